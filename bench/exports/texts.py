"""Entities and annotations on the articles."""

import json
import re

from record import BIN, run


def ftm(record, folder):
    path = folder / "entities.ftm.jsonl"
    validated = folder / "validated.jsonl"
    run([BIN / "ftm", "validate", "-i", path, "-o", validated])
    from followthemoney import model

    def entities(file):
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                entity = json.loads(line)
                yield entity["id"], entity["schema"], entity["properties"]

    # Line by line: of 100,000 articles there are five million.
    ids = {id for id, _, _ in entities(path)}
    lost, n, count, events = set(), 0, 0, 0
    for (id, schema, properties), kept in zip(entities(path), entities(validated), strict=True):
        assert id == kept[0], f"ftm validate has {kept[0]} in place of {id}"
        count += 1
        events += schema == "Event"
        proxy = model.get_proxy({"id": id, "schema": schema, "properties": properties}, cleaned=False)
        for name, texts in properties.items():
            n += len(texts)
            if len(proxy.get(name)) != len(texts):
                lost.add((schema, name, texts[0]))
        for prop in proxy.iterprops():
            if prop.type.name == "entity":
                for other in proxy.get(prop):
                    assert other in ids, f"{id} names {other}, which is not there"
    assert not lost, f"{len(lost)} values are refused, such as {sorted(lost)[:3]}"
    assert len(ids) == count, f"{count} entities have {len(ids)} ids"
    want = sum(record.count(t) for t in ("statements", "events", "positions"))
    assert events == want, f"{events} events of {want}"
    return f"{count} entities pass `ftm validate`, {n} values, none refused"


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
    import ijson
    from pyld import jsonld

    # As a stream: of 100,000 articles it has 5 GB.
    path = folder / "annotations.jsonld"
    with open(path, "rb") as file:
        total = next(ijson.items(file, "total"))
    with open(path, encoding="utf-8") as file:
        head = json.loads(file.readline().rstrip().rstrip(",") + "}")
    assert head["@context"] == "http://www.w3.org/ns/anno.jsonld" and head["type"] == "AnnotationCollection"
    ids, first, texts = set(), [], {}
    with open(path, "rb") as file:
        for item in ijson.items(file, "first.items.item"):
            ids.add(item["id"])
            if len(first) < 300:
                first.append(item)
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
    assert total == len(ids), f"{total} are told, {len(ids)} ids are there"
    tables = ("mentions", "relations", "statements", "events", "positions", "outlooks", "framings")
    assert total == sum(record.count(t) for t in tables)
    # The vocabulary of the terms used, as the W3C's context maps them, so that no network is needed.
    page = {"id": "urn:onrecord:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": first}
    part = {**head, "@context": ANNO, "first": page, "total": total}
    triples = jsonld.to_rdf(part)["@default"]
    found = [t for t in triples if t["object"]["value"] == "http://www.w3.org/ns/oa#Annotation"]
    assert len(found) == len(first), "annotations are lost in RDF"
    known = json.dumps(jsonld.expand(part))
    assert len(re.findall(r"oa#exact", known)) > 0 or not first
    return f"{total} annotations, every quotation at its offsets; RDF of {len(found)} by pyld"


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
