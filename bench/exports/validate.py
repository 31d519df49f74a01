"""Exports a record in every format and reads each with a program made for it.

    python3 -m venv venv
    venv/bin/pip install -r bench/exports/requirements.txt
    venv/bin/python bench/exports/validate.py target/release/onrecord RECORD [--out DIR] [FORMAT ...]

Prints one line a format and exits 1 if any fails. The numbers are compared with the record itself,
which is read with SQLite.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from events import dna, gdelt, geojson, icews, plover, polecat, timelinejs
from networks import gexf, graphml
from record import Record, run
from tables import as_read, csv_, jsonl, parquet, sqlite
from texts import brat, ftm, webannotation

CHECKS = {
    "jsonl": jsonl, "csv": csv_, "parquet": parquet, "as-read": as_read, "sqlite": sqlite, "polecat": polecat, "plover": plover, "icews": icews,
    "gdelt": gdelt, "ftm": ftm, "webannotation": webannotation, "brat": brat, "dna": dna, "graphml": graphml, "gexf": gexf,
    "timelinejs": timelinejs, "geojson": geojson,
}  # fmt: skip


def listed(binary):
    lines = run([binary, "export", "--list"]).splitlines()
    return [line.split()[0] for line in lines if not line.startswith(" ")]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary")
    arguments.add_argument("record")
    arguments.add_argument("--out", help="keep the exports in this folder")
    arguments.add_argument("formats", nargs="*")
    options = arguments.parse_intermixed_args()
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
