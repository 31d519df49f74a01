#!/usr/bin/env python3
"""CPU and wall time of every screen of a record, with the ids that are hardest: the busiest actor,
the issue with most stands, the longest article.

    times.py BINARY RECORD

Each address is asked three times; the first is what a reader sees who opens it (after the pages of
the file are in the system's memory), the least of the others is beside it. Milliseconds."""

import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request


def cpu(pid):
    """Milliseconds that a process has run, with its threads, to a hundredth of a second."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def addresses(record):
    one = lambda query: record.execute(query).fetchone()[0]
    busiest = one("select actor_id from mentions where actor_id is not null group by 1 order by count(*) desc limit 1")
    issue = one("select issue from positions group by 1 order by count(*) desc limit 1")
    longest = one("select article_id from sentences group by 1 order by count(*) desc limit 1")
    story = one("select story_id from stories where kind = 'text' limit 1")
    statement = one("select statement_id from statements where speaker_id is not null limit 1")
    event = one("select event_id from events limit 1")
    year = one("select substr(published, 1, 4) from articles where published is not null limit 1")
    return [
        "/", "/search", "/search?q=troops", "/search?q=%22foreign+troops%22", "/search?q=said&table=statements",
        "/search?table=statements", "/search?table=events&event_type=ASSAULT", f"/search?table=events&actor={busiest}",
        f"/search?table=events&event_type=ASSAULT&actor={busiest}", f"/search?table=events&since={year}&until={year}",
        f"/search?table=positions&issue={issue}", "/search?table=framings&tone=negative", "/articles", f"/article/{longest}",
        f"/article/{longest}?raw=yes", f"/row/{statement}", f"/row/{event}", "/actors", "/actors?q=a", f"/actor/{busiest}", "/positions",
        f"/positions/{issue}", f"/positions/{issue}?actor={busiest}", f"/positions/{issue}?actors=60", "/timeline",
        f"/timeline?since={year}&until={year}", f"/timeline?actor={busiest}", "/network", f"/network?actor={busiest}", "/network?of=issues",
        "/map", f"/map?actor={busiest}", "/compare", "/compare?outlets=1", f"/story/{story}", "/outlooks", f"/outlooks?actor={busiest}",
        "/disagreements", "/review", "/review?table=events", "/review?table=statements", "/names", f"/names?actor={busiest}", "/export",
        "/add", "/help",
    ]  # fmt: skip


def main():
    binary, path = sys.argv[1:]
    record = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    server = subprocess.Popen([binary, "serve", path, "--port", "0"], stderr=subprocess.PIPE, text=True)
    base = re.search(r"(http://\S+)/\?token", server.stderr.readline()).group(1)
    worst = 0
    try:
        print(f"{'first':>8} {'wall':>8} {'again':>8} {'KB':>7}  address")
        for address in addresses(record):
            spent, walls = [], []
            for _ in range(3):
                before, began = cpu(server.pid), time.monotonic()
                try:
                    body = urllib.request.urlopen(base + address, timeout=120).read()
                except urllib.error.HTTPError as error:
                    sys.exit(f"{address}: {error.code} {error.read()[-300:]}")
                walls.append((time.monotonic() - began) * 1000)
                spent.append(cpu(server.pid) - before)
            worst = max(worst, spent[0])
            print(f"{spent[0]:8.0f} {walls[0]:8.0f} {min(spent[1:]):8.0f} {len(body) / 1024:7.0f}  {address}", flush=True)
        print(f"{worst:8.0f} at most")
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
