"""Reads generated piles with the real binary and tells what an article costs.

    cargo build --release -p onrecord-bench --example pile
    python bench/piles/measure.py --onrecord target/release/onrecord \
        --pile target/release/examples/pile --work FOLDER [--sizes 1000 10000] [--threads 1 2]
        [--profiles default fast] [--texts DIR] [--seed 1]

Times are CPU seconds of the child alone (user and system), memory its highest resident set, both as
the kernel counts them. `start` is a run over one page. `idle` is a run over one page that the record
holds: nothing is new, but the actors of all pages are joined. `across` are all steps that look at the
whole record: such a run once the record has forgotten what it compared. Both less `start`. `pages` is the
rest: finding, cleaning, reading and committing pages. Piles stay in the folder and are used again.
"""

import argparse
import contextlib
import json
import math
import os
import pathlib
import sqlite3
import subprocess
import sys
import time


def ran(command, codes=(0,)):
    """CPU seconds, wall seconds, peak MB and the exit code of a command."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in codes:
        sys.exit(f"{' '.join(map(str, command))}: {child.returncode}\n{told}")
    return {
        "cpu": used.ru_utime + used.ru_stime,
        "wall": time.monotonic() - began,
        "mb": used.ru_maxrss / 1024,
    }


def counted(o, record):
    query = "select (select count(*) from articles) as articles, (select count(*) from sentences) as sentences"
    out = subprocess.run([o.onrecord, "sql", record, query, "--format", "jsonl"], capture_output=True, check=True)
    return json.loads(out.stdout)


def size(record):
    beside = [record, *(record.with_name(record.name + end) for end in ("-wal", "-shm"))]
    return sum(path.stat().st_size for path in beside if path.exists())


def pile(o, pages):
    """A pile as one file, and one of its pages in a folder."""
    made = o.work / f"pile-{o.seed}-{pages}.warc.gz"
    options = ["--seed", str(o.seed)] + (["--texts", str(o.texts)] if o.texts else [])
    if not made.exists():
        subprocess.run([o.pile, str(pages), str(made), "--format", "warc", *options], check=True)
    one = o.work / f"one-{o.seed}"
    if not one.exists():
        subprocess.run([o.pile, "1", str(one), *options], check=True)
    return made, one


def measure(o, pages, profile, threads, start):
    made, one = pile(o, pages)
    record = o.work / f"{profile}-{threads}-{pages}.db"
    for path in record.parent.glob(record.name + "*"):
        path.unlink()
    options = ["--threads", str(threads), "-q"] + (["--fast"] if profile == "fast" else [])
    read = ran([o.onrecord, "read", made, "-o", record, *options])
    row = {"profile": profile, "threads": threads, "pages": pages, **counted(o, record), **read}
    row["bytes"] = size(record)
    # Page 0 is in the pile, too: nothing is read.
    row["idle"] = max(0.0, ran([o.onrecord, "read", one, "-o", record, *options])["cpu"] - start)
    with contextlib.closing(sqlite3.connect(record)) as connection, connection:
        connection.execute("delete from _compared_with")
    again = ran([o.onrecord, "read", one, "-o", record, *options])
    row["across"] = max(0.0, again["cpu"] - start)
    row["across_mb"] = again["mb"]
    row["start"] = start
    row["reading"] = row["cpu"] - row["across"] - start
    record.unlink()
    return row


def line(row):
    n = row["articles"]
    return (
        f"| {row['profile']} | {row['threads']} | {n:,} | {row['sentences']:,} | {row['cpu']:.1f} | "
        f"{1000 * row['cpu'] / n:.1f} | {row['sentences'] / row['cpu']:.0f} | {1000 * row['reading'] / n:.1f} | "
        f"{row['sentences'] / row['reading']:.0f} | {row['across']:.1f} | {1000 * row['across'] / n:.2f} | {row['idle']:.1f} | "
        f"{row['mb']:.0f} | {row['across_mb']:.0f} | {row['bytes'] / n / 1024:.1f} | {row['wall']:.0f} |"
    )


# From fewer articles nothing is said of a million.
LEAST = 5_000

HEAD = """\
| profile | threads | articles | sentences | CPU s | CPU ms an article | sentences a CPU s | pages: CPU ms an article | \
pages: sentences a CPU s | across: CPU s | across: CPU ms an article | idle: CPU s | peak MB | peak MB, across alone | \
record KB an article | wall s |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


def night(rows):
    """What a million articles take, from the two largest sizes."""
    rows = sorted(rows, key=lambda row: row["pages"])
    big = rows[-1]
    n = big["articles"]
    if n < LEAST:
        return f"{n:,} articles are too few to say what a million take; measure 10,000 and more"
    reading = big["reading"] / n * 1e6
    told = [f"a million articles, from {n:,}: pages {reading / 3600:.1f} CPU hours"]
    if len(rows) > 1:
        small = rows[-2]
        grows = math.log(big["across"] / small["across"]) / math.log(n / small["articles"]) if small["across"] else 1
        across = big["across"] * (1e6 / n) ** max(1.0, grows)
        step = (big["mb"] - small["mb"]) / (n - small["articles"])
        memory = big["mb"] + max(0.0, step) * (1e6 - n)
        told.append(f"across {across / 3600:.1f} CPU hours on one core (it grew as articles to the power of {grows:.2f})")
        told.append(f"memory {memory / 1024:.1f} GB if it grows on as from {small['articles']:,} to {n:,} articles")
        told.append(f"on two free cores {(reading / 2 + across) / 3600:.1f} hours, if reading is twice as fast on two")
    told.append(f"record {big['bytes'] / n * 1e6 / 1e9:.0f} GB")
    return "; ".join(told) + "."


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onrecord", type=pathlib.Path, required=True)
    parser.add_argument("--pile", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profiles", nargs="+", choices=["default", "fast"], default=["default", "fast"])
    parser.add_argument("--texts", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    o = parser.parse_args()
    o.onrecord, o.pile = o.onrecord.resolve(), o.pile.resolve()
    o.work.mkdir(parents=True, exist_ok=True)
    print(HEAD, flush=True)
    nights = []
    for profile in o.profiles:
        _, one = pile(o, o.sizes[0])
        options = ["--threads", "1", "-q"] + (["--fast"] if profile == "fast" else [])
        start = math.inf
        for _ in range(3):
            record = o.work / "start.db"
            start = min(start, ran([o.onrecord, "read", one, "-o", record, *options])["cpu"])
            for path in o.work.glob("start.db*"):
                path.unlink()
        for threads in o.threads:
            rows = []
            for pages in o.sizes:
                rows.append(measure(o, pages, profile, threads, start))
                print(line(rows[-1]), flush=True)
            if threads == 1:
                nights.append(f"{profile}: start {start:.2f} CPU s; {night(rows)}")
    print("\n" + "\n".join(nights))


if __name__ == "__main__":
    main()
