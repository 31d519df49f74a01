"""CPU seconds of a pile on Spark with one and two workers, beside the program on the same pile.

    python bench/spark/measure.py BINARY [--pages N] [--workers 1 2]

The Python it runs in must have the package with its extra `spark`, and there must be Java 17.

Prints, for the program and for each number of workers, CPU seconds (user and system; of Spark those of
the workers with their Python, not of the driver) and wall seconds: of the page stage, of the steps
across pages, and of `import`. The rows are compared, line by line of a JSONL export.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python" / "tests"))

import piles
from cluster import Cluster, java


def called(*command, codes=(0,)):
    """CPU and wall seconds of a program, and what it gives."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode in codes, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began, done.stdout


def on_spark(workers, files, folder):
    """CPU seconds of the workers before, and CPU and wall seconds of the page stage and of the steps
    across pages."""
    from onrecord import spark as reader

    with Cluster(workers) as cluster:
        spark = cluster.session()
        # Java and Python are up, and a first job has run, before anything is counted.
        spark.range(1000).mapInArrow(lambda batches: batches, "id bigint").count()
        marks = [(cluster.cpu_seconds(), time.monotonic())]
        rows = reader.read_pages(reader.spread(reader.files(spark, files), 8 * workers))
        reader.write(rows, folder)
        marks.append((cluster.cpu_seconds(), time.monotonic()))
        reader.write(reader.compare(rows), folder)
        marks.append((cluster.cpu_seconds(), time.monotonic()))
        stages = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(marks, marks[1:])]
        return marks[0][0], stages


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary")
    arguments.add_argument("--pages", type=int, default=600)
    arguments.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = arguments.parse_args()
    if java():
        sys.exit(f"SKIPPED: {java()}")
    binary = str(Path(options.binary).resolve())
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        files = piles.write("pile", options.pages)
        cpu, wall, _ = called(binary, "read", *files, "-o", "one.db", "-q", "--threads", "1", codes=(0, 3))
        count = "select (select count(*) from articles) as articles, (select count(*) from sentences) as sentences"
        _, _, counts = called(binary, "sql", "one.db", count, "--format", "csv")
        articles, sentences = map(int, counts.split()[1].split(","))
        _, _, rows = called(binary, "export", "one.db", "--format", "jsonl")
        print(f"{options.pages} pages, {articles} articles, {sentences} sentences, {len(rows.splitlines())} rows")
        print(f"program, one thread: {cpu:.1f} CPU seconds, {wall:.1f} wall, cross-page steps included")
        for workers in options.workers:
            before, stages = on_spark(workers, files, f"rows-{workers}")
            pages, across = (f"{cpu:.1f} CPU seconds, {wall:.1f} wall" for cpu, wall in stages)
            done, import_wall, _ = called(binary, "import", f"rows-{workers}", "-o", f"{workers}.db", "-q")
            _, _, others = called(binary, "export", f"{workers}.db", "--format", "jsonl")
            print(
                f"Spark, {workers} worker(s): pages {pages} (start-up before that: {before:.1f} CPU); across {across}; "
                f"import {done:.1f} CPU seconds, {import_wall:.1f} wall; rows equal: {rows == others}"
            )


if __name__ == "__main__":
    main()
