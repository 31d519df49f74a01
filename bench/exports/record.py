"""The record that exports are compared with."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
DAY = r"\d{4}-\d\d-\d\d"


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


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    assert done.returncode == 0, f"{Path(command[0]).name} ends with {done.returncode}: {done.stderr.strip()[-500:]}"
    return done.stdout
