"""The rows are those of the program."""

import json
import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest

import onrecord

CLOCK = {"read_at", "started", "ended"}


def plain(rows):
    return [{name: row[name] for name in row if name not in CLOCK} for row in rows]


def of_sqlite(path, table, key):
    """The rows as SQLite holds them, without this package."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return {row[key]: dict(row) for row in connection.execute(f"select * from {table}")}


def test_all_rows_of_the_examples_are_equal(pages, by_program):
    mine, theirs = onrecord.read(pages), onrecord.open(by_program)
    assert mine.counts() == theirs.counts()
    assert sum(mine.counts().values()) > 500
    for table in mine.tables:
        rows = mine[table].to_pylist()
        assert plain(rows) == plain(theirs[table].to_pylist()), table
        held = of_sqlite(by_program, table, mine[table].column_names[0])
        assert len(held) == len(rows)
        for row in rows:
            there = held[row[mine[table].column_names[0]]]
            for name, value in row.items():
                if name in CLOCK:
                    continue
                if isinstance(value, list):
                    value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
                elif isinstance(value, bool):
                    value = int(value)
                assert value == there[name], (table, name)


def test_what_is_saved_is_the_programs_record(pages, by_program, run, tmp_path):
    path = tmp_path / "saved.db"
    onrecord.read(pages).save(path)
    for table in ("statements", "events", "actors", "stories", "runs"):
        export = ["--format", "jsonl", "--tables", table]
        assert run("export", path, *export) == run("export", by_program, *export), table
    run("verify", path)
    with pytest.raises(onrecord.OnrecordError, match="is there already"):
        onrecord.read("A word.").save(path)


def test_a_warc_and_the_fast_profile(run, tmp_path, pages):
    shutil.copytree("examples/pages", tmp_path / "news.example.org")
    run("read", "news.example.org", "-o", "fast.db", "-q", "--fast", cwd=tmp_path, codes=(0, 3))
    import os

    os.chdir(tmp_path)
    mine = onrecord.read([Path("news.example.org") / path.name for path in pages], fast=True)
    theirs = onrecord.open("fast.db")
    for table in mine.tables:
        assert plain(mine[table].to_pylist()) == plain(theirs[table].to_pylist()), table
    assert mine["runs"].to_pylist()[0]["run_id"] == theirs["runs"].to_pylist()[0]["run_id"]


def test_strings_and_bytes_are_pages(pages):
    path = next(path for path in pages if path.suffix == ".html")
    data = path.read_bytes()
    as_file = onrecord.read(path)
    as_bytes = onrecord.read(data, uri=str(path))
    assert plain(as_file["events"].to_pylist()) == plain(as_bytes["events"].to_pylist())
    assert as_file["pages"].to_pylist()[0]["page_id"] == as_bytes["pages"].to_pylist()[0]["page_id"]
    text = onrecord.read("The port\n\nVESKA, 3 May 2019 - Mira Tolen said the port would reopen.\n")
    assert text["pages"].to_pylist()[0]["uri"] == "text"
    assert text.counts()["sentences"] >= 1
    lines = b'{"url": "https://a.example/1", "text": "The port of Veska reopened on Monday, Mira Tolen said."}\n'
    jsonl = onrecord.read(lines, uri="a.jsonl")
    assert jsonl["pages"].to_pylist()[0]["uri"] == "a.jsonl#L1"


def test_what_is_wrong_is_told(tmp_path, pages):
    with pytest.raises(ValueError, match="pathlib.Path"):
        onrecord.read(str(pages[0]))
    with pytest.raises(ValueError, match="is a folder"):
        onrecord.read(Path("examples"))
    with pytest.raises(FileNotFoundError):
        onrecord.read(Path("none.txt"))
    with pytest.raises(TypeError, match="takes a string"):
        onrecord.read(3)
    with pytest.raises(onrecord.OnrecordError, match="no such file"):
        onrecord.open(tmp_path / "none.db")
    record = onrecord.read("The port reopened.")
    with pytest.raises(KeyError, match="statements"):
        record["statement"]
    with pytest.raises(LookupError, match="no row"):
        record.cite("ev-0000")
    with pytest.raises(onrecord.OnrecordError):
        record.sql("delete from pages")
    with pytest.raises(onrecord.OnrecordError):
        record.table("pages", issue="x")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    broken = onrecord.read([pages[0], tmp_path / "broken.zip"])
    assert broken.counts()["pages"] == 1
    assert [note["severity"] for note in broken.notes] == ["unread"]
    with pytest.raises(onrecord.OnrecordError):
        onrecord.read(pages[0], lexicon=pages[0])


def test_questions_to_a_record(by_program):
    record = onrecord.open(by_program)
    statement = record["statements"].to_pylist()[0]
    cited = record.cite(statement["statement_id"])
    assert [c["sentence_id"] for c in cited] == statement["sentence_ids"]
    assert statement["content"][0] in " ".join(c["text"] for c in cited)
    assert record.row(statement["statement_id"])["cue"] == statement["cue"]
    word = max(cited[0]["text"].split(), key=len).strip(".,\"'")
    assert cited[0]["sentence_id"] in [hit["row_id"] for hit in record.search(word, limit=100).to_pylist()]
    speaker = statement["speaker_id"]
    if speaker:
        said = record.table("statements", actor=speaker).to_pylist()
        assert statement["statement_id"] in [row["statement_id"] for row in said]
    counted = record.sql("select count(*) as n, ?1 as word, ?2 as part from events", ["x", 0.5])
    assert counted.to_pylist() == [{"n": record.counts()["events"], "word": "x", "part": 0.5}]


def test_the_lock_is_free_while_pages_are_read(pages):
    ticks = []
    over = threading.Event()

    def tick():
        while not over.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.005)

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.monotonic()
    onrecord.read(pages)
    took = time.monotonic() - began
    over.set()
    thread.join()
    inside = [t for t in ticks if began < t < began + took]
    # With the lock held there would be none but at the edges.
    assert len(inside) > 5, (took, len(inside))
