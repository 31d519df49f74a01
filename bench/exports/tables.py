"""JSONL, CSV, Parquet and SQLite: every value reads back."""

import csv
import json
import re
import sqlite3

from record import BIN, BOOLEANS, LISTS, WORDS, native, run, same

csv.field_size_limit(1 << 30)


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


def as_read(record, folder):
    """Rows as read: those of every page are there, as many as the page says."""
    import pyarrow.parquet

    table = lambda name: pyarrow.parquet.read_table(folder / f"{name}.parquet").to_pylist()
    said = {}
    pages = table("read_pages")
    for page in pages:
        for name, n in json.loads(page["counts"]).items():
            said[name] = said.get(name, 0) + n
    assert {page["page_id"] for page in pages} == {page["page_id"] for page in table("pages")}
    assert len(pages) == record.count("pages")
    total = 0
    for name, n in said.items():
        if name in ("actors", "places"):
            continue
        assert len(table(name)) == n, name
        total += n
    sentences = {row["sentence_id"] for row in table("sentences")}
    assert all(row["sentence_id"] in sentences for row in table("mentions"))
    return f"{total} rows of {len(pages)} pages read back by pyarrow, as many as the pages say"


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
