"""Formats of event data, timelines and maps."""

import csv
import json
import re

from record import DAY

POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\t"
    "Primary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\t"
    "Recipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\t"
    "Placename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\t"
    "Publication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion"
).split("\t")
HAPPENED = "status = 'actual'"


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
    if not record.count("events", f"{HAPPENED} and cameo is not null"):
        assert not any((folder / f"gdelt.{kind}.CSV").stat().st_size for kind in ("export", "mentions"))
        return "no event has a CAMEO code: both files are empty"
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
