"""Exports a record in every format and reads each with a program made for it.

    python3 -m venv venv
    venv/bin/pip install -r bench/exports/requirements.txt
    venv/bin/python bench/exports/validate.py target/release/onrecord RECORD [--out DIR] [FORMAT ...]

Prints one line a format and exits 1 if any fails. The numbers are compared with the record itself,
which is read with SQLite.
"""

import argparse
import csv
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

csv.field_size_limit(1 << 30)
BIN = Path(sys.executable).parent


class Record:
    def __init__(self, path):
        self.path = path
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        schema = self.db.execute(
            "select name from sqlite_schema where type = 'table' and name not like '\\_%' escape '\\'"
            " and name not like 'sqlite%'"
        )
        self.tables = [name for (name,) in schema]

    def one(self, sql):
        return self.db.execute(sql).fetchone()[0]

    def count(self, table, where="1"):
        return self.one(f"select count(*) from {table} where {where}")

    def rows(self, table):
        """Rows by key, with lists, objects and booleans as such, and no clocks."""
        key = self.db.execute(f"pragma table_info({table})").fetchone()["name"]
        for row in self.db.execute(f"select * from {table}"):
            yield row[key], dict(row)


LISTS = {
    "notes", "sectors", "aliases", "roles", "sentence_ids", "content", "via", "actor_ids", "recipient_ids",
    "outcome_sentence_ids", "values", "article_ids", "publishers", "row_ids", "spans", "settings", "counts",
}  # fmt: skip
WORDS = {("outlooks", "content")}
BOOLEANS = {"named", "negated", "applied"}
CLOCKS = {"read_at", "started", "ended"}


def native(table, name, value):
    if name in CLOCKS:
        return None
    if value is None:
        return None
    if name in LISTS and (table, name) not in WORDS:
        return json.loads(value)
    if name in BOOLEANS:
        return bool(value)
    return value


def same(record, table, found):
    """Every row of a table, as a reader of the export sees it, is the row of the record."""
    n = 0
    key = None
    for row in found:
        key = key or next(iter(row))
        want = record.db.execute(f"select * from {table} where {key} = ?", [row[key]]).fetchone()
        assert want is not None, f"{table}: {row[key]} is not in the record"
        for name in want.keys():
            expected = native(table, name, want[name])
            assert row[name] == expected, f"{table} {row[key]} {name}: {row[name]!r} is not {expected!r}"
        n += 1
    assert n == record.count(table), f"{table}: {n} rows of {record.count(table)}"
    return n


def jsonl(record, folder):
    total = 0
    for table in record.tables:
        with open(folder / f"{table}.jsonl", encoding="utf-8") as lines:
            total += same(record, table, (json.loads(line) for line in lines))
    return f"{total} rows read back, all columns equal"


FORMULA = tuple("=+-@\t\r＝＋－＠")


def cells(text):
    """RFC 4180 by hand: null is an empty cell, an empty text a pair of quotation marks."""
    row, at = [], 0
    while at < len(text):
        if text[at] == '"':
            end = at + 1
            while True:
                end = text.index('"', end)
                if text[end + 1 : end + 2] != '"':
                    break
                end += 2
            row.append(text[at + 1 : end].replace('""', '"'))
            at = end + 1
        else:
            end = min(x for x in (text.find(",", at), text.find("\r\n", at)) if x >= 0)
            row.append(text[at:end] or None)
            at = end
        if text[at] == ",":
            at += 1
            if text[at : at + 2] == "\r\n":
                row.append(None)
        if text[at : at + 2] == "\r\n":
            yield row
            row, at = [], at + 2


def back(cell):
    inner = cell.lstrip("'")
    if inner is not cell and cell.startswith("'") and inner.lstrip(" ").startswith(FORMULA):
        return cell[1:]
    return cell


def csv_(record, folder):
    import pandas

    total = 0
    for table in record.tables:
        path = folder / f"{table}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        lines = cells(text)
        header = next(lines)
        types = {r["name"]: r["type"] for r in record.db.execute(f"pragma table_info({table})")}

        def value(name, cell):
            if cell is None:
                return None
            if name in LISTS and (table, name) not in WORDS:
                return json.loads(cell)
            if name in BOOLEANS:
                return {"true": True, "false": False}[cell]
            if types[name].lower() == "integer":
                return int(cell)
            if types[name].lower() == "real":
                return float(cell)
            assert not cell.lstrip(" ").startswith(FORMULA), f"{table}.{name}: a formula: {cell!r}"
            return back(cell)

        found = ({name: value(name, cell) for name, cell in zip(header, line, strict=True)} for line in lines)
        n = same(record, table, found)
        frame = pandas.read_csv(path, dtype=str)
        assert list(frame.columns) == header and len(frame) == n, f"pandas sees {frame.shape} in {table}"
        total += n
    return f"{total} rows read back, all columns equal; pandas agrees; no cell is a formula"


def parquet(record, folder):
    import pandas
    import pyarrow.parquet

    total = 0
    for table in record.tables:
        path = folder / f"{table}.parquet"
        file = pyarrow.parquet.ParquetFile(path)
        card = json.loads(file.metadata.metadata[b"onrecord"])
        assert card["runs"], "no data card"
        names = file.schema_arrow.names

        def rows():
            for batch in file.iter_batches(2000):
                for row in batch.to_pylist():
                    for name in names:
                        kind = file.schema_arrow.field(name).type
                        if name in LISTS and row[name] is not None and "list" not in str(kind):
                            if (table, name) not in WORDS:
                                row[name] = json.loads(row[name])
                    yield row

        n = same(record, table, rows())
        if n < 200_000:
            assert len(pandas.read_parquet(path)) == n
        total += n
    return f"{total} rows read back by pyarrow, all columns equal"


def sqlite(record, folder):
    path = folder / "record.db"
    inspected = run([BIN / "datasette", "inspect", path])
    tables = json.loads(inspected)["record"]["tables"]
    for table in record.tables:
        found, want = tables[table]["count"], record.count(table)
        assert found == want, f"{table}: {found} rows of {want}"
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    broken = db.execute("pragma foreign_key_check").fetchall()
    assert not broken, f"{len(broken)} foreign keys name no row, such as {tuple(broken[0])}"
    total = 0
    for table in record.tables:
        rows = db.execute(f"select * from {table}")
        total += same(record, table, ({k: native(table, k, row[k]) for k in row.keys()} for row in rows))
    for view, table in [
        ("who_said_what", "statements"),
        ("who_did_what", "events"),
        ("where_they_stand", "positions"),
        ("what_was_announced", "outlooks"),
    ]:
        n = db.execute(f"select count(*) from {view}").fetchone()[0]
        assert n == record.count(table), f"{view}: {n} rows"
    first = db.execute("select sentence_id, text from sentences where length(text) > 20 limit 1").fetchone()
    word = max(re.findall(r"[A-Za-z]+", first["text"]), key=len)
    answer = json.loads(
        run([
            BIN / "datasette", path, "--metadata", folder / "metadata.json",
            "--get", f"/record/sentences.json?_search={word}&_shape=array&_size=max",
        ])
    )  # fmt: skip
    assert any(word.lower() in row["text"].lower() for row in answer), f"no sentence with {word}"
    page = run([BIN / "datasette", path, "--metadata", folder / "metadata.json", "--get", "/record/who_did_what"])
    assert "who_did_what" in page
    return f"{total} rows equal; datasette inspects, searches and shows the views"


POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\t"
    "Primary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\t"
    "Recipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\t"
    "Placename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\t"
    "Publication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion"
).split("\t")
HAPPENED = "status = 'actual'"
DAY = r"\d{4}-\d\d-\d\d"


def table(path, **more):
    """A file of tabs as scripts read it: no quoting."""
    import pandas

    return pandas.read_csv(path, sep="\t", dtype=str, quoting=csv.QUOTE_NONE, keep_default_na=False, **more)


def polecat(record, folder):
    frame = table(folder / "polecat.tsv")
    assert list(frame.columns) == POLECAT, "the columns differ"
    assert len(frame) == record.count("events", HAPPENED)
    assert frame["Event ID"].is_unique and not (frame == "").any().any()
    assert frame["Event Date"].str.fullmatch(f"{DAY}|None").all()
    days = record.count("events", f"{HAPPENED} and date_precision = 'day'")
    assert (frame["Event Date"] != "None").sum() == days
    assert frame["Quad Code"].isin([f"{a} {b}" for a in ("VERBAL", "MATERIAL") for b in ("COOPERATION", "CONFLICT")]).all()
    assert frame["Intensity"].astype(float).between(-10, 10).all()
    return f"{len(frame)} events, 40 columns, {days} with a day"


def icews(record, folder):
    frame = table(folder / "icews.tsv")
    columns = (
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
        "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
    ).split(",")
    assert list(frame.columns) == columns, "the columns differ"
    assert frame["Event ID"].nunique() == record.count("events", f"{HAPPENED} and cameo is not null")
    assert frame["Event Date"].str.fullmatch(f"({DAY})?").all()
    assert frame["CAMEO Code"].str.fullmatch(r"[012]\d{2,3}").all()
    filled = frame[frame["Intensity"] != ""]["Intensity"].astype(float)
    assert filled.between(-10, 10).all() and (frame["Sentence Number"].astype(int) > 0).all()
    return f"{frame['Event ID'].nunique()} events on {len(frame)} lines, 20 columns"


def gdelt(record, folder):
    events = table(folder / "gdelt.export.CSV", header=None)
    mentions = table(folder / "gdelt.mentions.CSV", header=None)
    assert events.shape[1] == 61 and mentions.shape[1] == 16, (events.shape, mentions.shape)
    n = record.count("events", f"{HAPPENED} and cameo is not null")
    assert events[0].nunique() == n == len(mentions) and set(events[0]) == set(mentions[0])
    assert events[1].str.fullmatch(r"(\d{8})?").all() and events[2].str.fullmatch(r"(\d{6})?").all()
    assert events[3].str.fullmatch(r"(\d{4})?").all() and events[29].isin(list("1234")).all()
    assert events[26].str.fullmatch(r"\d{3,4}").all() and (events[28] == events[26].str[:2]).all()
    assert events[53].str.fullmatch(r"[A-Z]{0,2}").all()
    for column in (56, 57):
        events[column].where(events[column] != "", "0").astype(float)
    for column in (6, 7, 8, 9, 11):
        mentions[column].astype(int)
    return f"{n} events on {len(events)} lines of 61 columns, {len(mentions)} mentions of 16"


TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN SANCTION PROTEST MOBILIZE COERCE"
    " ASSAULT".split()
)


def plover(record, folder):
    import jsonschema

    entity = {
        "type": "object",
        "required": ["code", "sector", "entity_text"],
        "properties": {"code": {"type": ["string", "null"]}, "sector": {"type": "array"}, "entity_text": {"type": "string"}},
    }
    day = {"type": ["string", "null"], "pattern": f"^{DAY}$"}
    schema = jsonschema.Draft202012Validator({
        "type": "object",
        "required": ["id", "date", "actor", "recipient", "event"],
        "properties": {
            "id": {"type": "string"},
            "date": day,
            "enddate": day,
            "actor": {"type": "array", "items": entity},
            "recipient": {"type": "array", "items": entity},
            "event": {"enum": sorted(TYPES)},
            "mode": {"type": "array", "items": {"type": "string"}},
            "quad_code": {"enum": [1, 2, 3, 4]},
            "event_scale": {"type": "number", "minimum": -10, "maximum": 10},
            "text_info": {"required": ["sequence", "start", "end"]},
            "cite_info": {"type": "object"},
        },
    })  # fmt: skip
    n = 0
    for line in open(folder / "plover.jsonl", encoding="utf-8"):
        event = json.loads(line)
        schema.validate(event)
        where = event["text_info"]
        sql = "select substr(text, ?, ?) from articles where article_id = ?"
        text = record.db.execute(sql, [where["start"] + 1, where["end"] - where["start"], event["article_id"]])
        assert text.fetchone()[0] == event["text"], event["id"]
        n += 1
    assert n == record.count("events")
    return f"{n} events valid, every sentence found at its offsets"


def ftm(record, folder):
    path = folder / "entities.ftm.jsonl"
    validated = folder / "validated.jsonl"
    run([BIN / "ftm", "validate", "-i", path, "-o", validated])
    from followthemoney import model

    def values(file):
        found = {}
        for line in open(file, encoding="utf-8"):
            entity = json.loads(line)
            found[entity["id"]] = (entity["schema"], {k: sorted(v) for k, v in entity["properties"].items()})
        return found

    ours, kept = values(path), values(validated)
    assert ours.keys() == kept.keys(), "ftm validate dropped entities"
    lost, n = set(), 0
    for id, (schema, properties) in ours.items():
        proxy = model.get_proxy({"id": id, "schema": schema, "properties": properties}, cleaned=False)
        for name, texts in properties.items():
            n += len(texts)
            if len(proxy.get(name)) != len(texts):
                lost.add((schema, name, texts[0]))
        for _, value in proxy.itervalues():
            pass
        for prop in proxy.iterprops():
            if prop.type.name == "entity":
                for other in proxy.get(prop):
                    assert other in ours, f"{id} names {other}, which is not there"
    assert not lost, f"{len(lost)} values are refused, such as {sorted(lost)[:3]}"
    events = sum(1 for schema, _ in ours.values() if schema == "Event")
    want = sum(record.count(t) for t in ("statements", "events", "positions"))
    assert events == want, f"{events} events of {want}"
    return f"{len(ours)} entities pass `ftm validate`, {n} values, none refused"


ANNO = {
    "oa": "http://www.w3.org/ns/oa#", "as": "http://www.w3.org/ns/activitystreams#", "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "foaf": "http://xmlns.com/foaf/0.1/",
    "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "Software": "as:Application", "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "scope": {"@type": "@id", "@id": "oa:hasScope"}, "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "first": {"@type": "@id", "@id": "as:first"}, "generator": {"@type": "@id", "@id": "as:generator"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "tagging": "oa:tagging", "identifying": "oa:identifying", "describing": "oa:describing",
    "format": "dc:format", "value": "rdf:value", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"}, "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"}, "label": "rdfs:label", "name": "foaf:name",
}  # fmt: skip


def webannotation(record, folder):
    from pyld import jsonld

    doc = json.load(open(folder / "annotations.jsonld", encoding="utf-8"))
    assert doc["@context"] == "http://www.w3.org/ns/anno.jsonld" and doc["type"] == "AnnotationCollection"
    items = doc["first"]["items"]
    assert doc["total"] == len(items)
    assert len({item["id"] for item in items}) == len(items), "an id stands twice"
    texts = {}
    for item in items:
        assert item["type"] == "Annotation" and item["target"], item["id"]
        row = json.loads(item["body"][1]["value"])
        assert item["id"] == "urn:onrecord:" + next(iter(row.values()))
        for target in item["target"]:
            article = target["source"].removeprefix("urn:onrecord:")
            if article not in texts:
                sql = "select text from articles where article_id = ?"
                texts = {article: record.db.execute(sql, [article]).fetchone()[0]}
            place, quote = target["selector"]
            text, start, end = texts[article], place["start"], place["end"]
            assert text[start:end] == quote["exact"], item["id"]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
    tables = ("mentions", "relations", "statements", "events", "positions", "outlooks", "framings")
    assert len(items) == sum(record.count(t) for t in tables)
    # The vocabulary of the terms used, as the W3C's context maps them, so that no network is needed.
    part = {**doc, "@context": ANNO, "first": {**doc["first"], "items": items[:300]}}
    triples = jsonld.to_rdf(part)["@default"]
    found = [t for t in triples if t["object"]["value"] == "http://www.w3.org/ns/oa#Annotation"]
    assert len(found) == min(300, len(items)), "annotations are lost in RDF"
    known = json.dumps(jsonld.expand(part))
    assert len(re.findall(r"oa#exact", known)) > 0 or not items
    return f"{len(items)} annotations, every quotation at its offsets; RDF of {len(found)} by pyld"


def brat(record, folder):
    counts = {"T": 0, "E": 0, "A": 0, "R": 0, "#": 0}
    config = open(folder / "annotation.conf", encoding="utf-8").read()
    kinds = set(re.findall(r"^([A-Za-z]+)", config, re.M))
    papers = sorted(folder.glob("*/*.ann"))
    assert len(papers) == record.count("articles")
    for path in papers:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        ids = {}
        lines = path.read_bytes().decode("utf-8").split("\n")
        assert lines.pop() == ""
        for line in lines:
            parts = line.split("\t")
            assert parts[0] not in ids, f"{path}: {parts[0]} twice"
            ids[parts[0]] = parts
            counts[parts[0][0]] += 1
        for id, parts in ids.items():
            if id[0] == "T":
                kind, places = parts[1].split(" ", 1)
                pieces = [text[int(a) : int(b)] for a, b in (p.split(" ") for p in places.split(";"))]
                assert " ".join(pieces) == parts[2] and all(pieces), f"{path}: {id}"
                assert kind in kinds, f"{path}: {kind} is not in annotation.conf"
            elif id[0] == "E":
                names = [p.split(":") for p in parts[1].split(" ")]
                assert len({name for name, _ in names}) == len(names), f"{path}: {id}"
                assert all(of in ids for _, of in names) and names[0][0] in kinds
            elif id[0] in "A#":
                assert parts[1].split(" ")[1] in ids, f"{path}: {id}"
            else:
                assert all(p.split(":")[1] in ids for p in parts[1].split(" ")[1:]), f"{path}: {id}"
    triggers = record.count("events")
    with_cue = record.one("select count(*) from statements where json_extract(spans, '$.cue') is not null")
    assert counts["E"] == triggers + with_cue, f"{counts['E']} events of {triggers} + {with_cue}"
    return f"{len(papers)} documents; {counts['T']} spans at their offsets, {counts['E']} events, {counts['R']} relations"


def dna(record, folder):
    import pandas

    frame = pandas.read_csv(folder / "dna.csv", sep=";", dtype=str, keep_default_na=False)
    columns = ["statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text"]
    assert list(frame.columns) == columns + ["person", "organization", "concept", "agreement"]
    assert len(frame) == record.count("positions", "stance <> 'mixed'")
    assert frame["agreement"].isin(["0", "1"]).all() and ((frame["person"] != "") | (frame["organization"] != "")).all()
    times = frame["time"][frame["time"] != ""]
    pandas.to_datetime(times, format="%Y-%m-%d %H:%M:%S")
    assert len(times) == record.count("positions", "stance <> 'mixed' and date_precision = 'day'")
    return f"{len(frame)} statements, {len(times)} with a day"


def edges(record):
    return {
        "relation": record.count("relations"),
        "statement": record.count("statements", "speaker_id is not null and addressee_id is not null"),
        "event": record.one("select coalesce(sum(json_array_length(actor_ids) * json_array_length(recipient_ids)), 0) from events"),
        "position": record.count("positions"),
    }


def network(record, graph):
    issues = record.one("select count(distinct issue) from positions")
    assert graph.is_directed()
    assert graph.number_of_nodes() == record.count("actors") + issues, graph.number_of_nodes()
    found = dict.fromkeys(edges(record), 0)
    for _, _, data in graph.edges(data=True):
        found[data["class"]] += 1
    assert found == edges(record), (found, edges(record))
    names = {n: d["label"] for n, d in graph.nodes(data=True)}
    for id, name in record.db.execute("select actor_id, name from actors"):
        assert names[id] == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", name), id
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def graphml(record, folder):
    import networkx

    return network(record, networkx.read_graphml(folder / "network.graphml", force_multigraph=True)) + " by networkx"


def gexf(record, folder):
    import networkx
    from lxml import etree

    path = folder / "network.gexf"
    n = network(record, networkx.read_gexf(path))
    dated = 0
    for _, edge in etree.iterparse(str(path), tag="{http://gexf.net/1.3}edge", huge_tree=True):
        start, end = edge.get("start"), edge.get("end")
        assert (start is None) == (end is None)
        if start:
            assert re.fullmatch(DAY, start) and re.fullmatch(DAY, end) and start <= end
            dated += 1
        edge.clear()
    return f"{n} by networkx, {dated} with start and end"


def timelinejs(record, folder):
    import jsonschema

    text = {"type": "object", "properties": {"headline": {"type": "string"}, "text": {"type": "string"}}}
    date = {
        "type": "object",
        "required": ["year"],
        "properties": {
            "year": {"type": "integer"},
            "month": {"type": "integer", "minimum": 1, "maximum": 12},
            "day": {"type": "integer", "minimum": 1, "maximum": 31},
        },
        "additionalProperties": False,
    }
    slide = {
        "type": "object",
        "required": ["start_date", "text"],
        "properties": {"start_date": date, "text": text, "group": {"type": "string"}, "unique_id": {"type": "string"}},
    }
    schema = {"type": "object", "required": ["events"], "properties": {"title": {"properties": {"text": text}}, "events": {"items": slide}}}
    doc = json.load(open(folder / "timeline.json", encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(doc)
    slides = doc["events"]
    assert len({s["unique_id"] for s in slides}) == len(slides)
    assert len(slides) == record.count("events", "date is not null") + record.count("statements", "date is not null")
    for s in slides:
        tags = re.sub(r"</?p>|<a href=\"[^\"<>]*\">|</a>", "", s["text"]["text"])
        assert "<" not in tags and "<" not in s["text"]["headline"], s["unique_id"]
    return f"{len(slides)} slides valid, no markup of the pages in them"


def geojson(record, folder):
    import geojson as library

    doc = library.load(open(folder / "events.geojson", encoding="utf-8"))
    assert doc.is_valid, doc.errors()
    features = doc["features"]
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180 and -90 <= lat <= 90
    want = record.one("select count(*) from events join places using (place_id) where lat is not null and lon is not null")
    assert len(features) == want, f"{len(features)} of {want}"
    assert doc["onrecord"]["rows"].get("events", 0) == want
    return f"{len(features)} features valid"


CHECKS = {
    "jsonl": jsonl, "csv": csv_, "parquet": parquet, "sqlite": sqlite, "polecat": polecat, "plover": plover, "icews": icews,
    "gdelt": gdelt, "ftm": ftm, "webannotation": webannotation, "brat": brat, "dna": dna, "graphml": graphml, "gexf": gexf,
    "timelinejs": timelinejs, "geojson": geojson,
}  # fmt: skip


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    assert done.returncode == 0, f"{Path(command[0]).name} ends with {done.returncode}: {done.stderr.strip()[-500:]}"
    return done.stdout


def listed(binary):
    lines = run([binary, "export", "--list"]).splitlines()
    return [line.split()[0] for line in lines if not line.startswith(" ")]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary")
    arguments.add_argument("record")
    arguments.add_argument("--out", help="keep the exports in this folder")
    arguments.add_argument("formats", nargs="*")
    options = arguments.parse_args()
    known = listed(options.binary)
    assert set(known) == set(CHECKS), f"formats without a check, or the other way round: {set(known) ^ set(CHECKS)}"
    record = Record(options.record)
    out = Path(options.out or tempfile.mkdtemp(prefix="exports-"))
    failed = 0
    for name in options.formats or known:
        folder = out / name
        shutil.rmtree(folder, ignore_errors=True)
        began = time.time()
        try:
            command = [options.binary, "export", options.record, "--format", name, "-o", f"{folder}/"]
            done = subprocess.run(command, capture_output=True, text=True)
            assert done.returncode in (0, 1), f"export ends with {done.returncode}: {done.stderr.strip()[-500:]}"
            written = time.time() - began
            card = (folder / "CARD.md").read_text(encoding="utf-8")
            assert "How to cite" in card, "no data card"
            said = CHECKS[name](record, folder)
            print(f"ok      {name:<14} {said} (written in {written:.1f} s)", flush=True)
        except Exception as error:  # every format is tried
            failed += 1
            print(f"FAILED  {name:<14} {type(error).__name__}: {error}", flush=True)
    if not options.out:
        shutil.rmtree(out)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
