"""The types that are told are the types that are there."""

import subprocess
import sys

USE = """
import onrecord
from pathlib import Path

record: onrecord.Record = onrecord.read(Path("a.html"), url="https://a.example", fast=True)
table: onrecord.Table = record.table("events", since="2014", limit=3)
names: list[str] = table.column_names
for citation in record.cite("ev-1"):
    print(citation["text"])
"""
WRONG = USE + "\nonrecord.read(3)\nrecord.table(limit='x')\n"


def mypy(path, text):
    path.write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", str(path)]
    return subprocess.run(command, capture_output=True, text=True, cwd=path.parent)


def test_stubs(tmp_path):
    good = mypy(tmp_path / "use.py", USE)
    assert good.returncode == 0, good.stdout
    wrong = mypy(tmp_path / "wrong.py", WRONG)
    assert wrong.stdout.count("error:") >= 2, wrong.stdout


def test_stubs_and_module_agree():
    command = [sys.executable, "-m", "mypy.stubtest", "onrecord._onrecord", "--ignore-missing-stub"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
