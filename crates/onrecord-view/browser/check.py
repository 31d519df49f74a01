#!/usr/bin/env python3
"""Opens every screen of a record in a browser and goes the main paths; see README.md."""

import argparse
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
failures = []


def fail(where, what):
    failures.append(f"{where}: {what}")
    print(f"FAILED {where}: {what}", flush=True)


def ask(base, path):
    with urllib.request.urlopen(base + path, timeout=60) as answer:
        return json.load(answer)


def screens(base, record):
    """The address of every screen, with ids of this record."""
    one = lambda query: (record.execute(query).fetchone() or [None])[0]
    found = {
        "start": "/",
        "search": "/search",
        "search-words": "/search?q=troops",
        "search-events": "/search?table=events",
        "articles": "/articles",
        "actors": "/actors",
        "issues": "/positions",
        "timeline": "/timeline",
        "network": "/network",
        "network-issues": "/network?of=issues",
        "map": "/map",
        "compare": "/compare?outlets=1",
        "outlooks": "/outlooks",
        "disagreements": "/disagreements",
        "review": "/review?table=statements",
        "names": "/names",
        "export": "/export",
        "add": "/add",
        "help": "/help",
        "not-there": "/nothing",
    }
    article = one("select article_id from statements group by 1 order by count(*) desc limit 1")
    actor = one("select speaker_id from statements where speaker_id not null group by 1 order by count(*) desc limit 1")
    issue = one("select issue from positions group by 1 order by count(*) desc limit 1")
    story = one("select story_id from stories limit 1")
    found["reader"] = f"/article/{article}"
    found["raw"] = f"/article/{article}?raw=yes"
    found["actor"] = f"/actor/{actor}"
    found["names-of"] = f"/names?actor={actor}"
    if issue:
        found["positions"] = f"/positions/{issue}"
    if story:
        found["story"] = f"/story/{story}"
    for table, key in [("statements", "statement_id"), ("events", "event_id"), ("positions", "position_id")]:
        row = one(f"select {key} from {table} limit 1")
        if row:
            found[f"row-{table}"] = f"/row/{row}"
    return found


def watch(page, base, where, allowed=()):
    def console(message):
        if message.type in ("error", "warning") and not any(a in message.text for a in allowed):
            fail(where, f"console: {message.text}")

    def request(sent):
        if not sent.url.startswith((base, "blob:", "data:")):
            fail(where, f"asked for {sent.url}")

    page.on("console", console)
    page.on("request", request)
    page.on("pageerror", lambda error: fail(where, f"script: {error}"))


def serious(page, axe, where):
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    for one in found["violations"]:
        if one["impact"] in ("serious", "critical"):
            nodes = "; ".join(str(node["html"])[:160] for node in one["nodes"][:3])
            fail(where, f"axe {one['id']} ({one['impact']}, {len(one['nodes'])} places): {nodes}")
        else:
            print(f"  minor {where}: {one['id']} ({one['impact']}, {len(one['nodes'])} places)")


def look(browser, base, token, axe, pictures, addresses):
    for name, path in addresses.items():
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                where = f"{name} {size} {scheme}"
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=False
                )
                context.add_cookies([{"name": cookie(base), "value": token, "url": base}])
                context.set_default_timeout(200_000)
                page = context.new_page()
                watch(page, base, where, ["404"] if name == "not-there" else [])
                page.goto(base + path)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    fail(where, f"{wide} pixels wider than its window")
                page.screenshot(path=pictures / f"{name}-{size}-{scheme}.png", timeout=200_000)
                # The rules read the page, not its width: contrast is asked once a scheme.
                if (size, scheme) in (("desktop", "light"), ("phone", "dark")):
                    serious(page, axe, where)
                context.close()


def cookie(base):
    return "onrecord" + base.rsplit(":", 1)[1]


def numbers(base, record):
    """What pages and files show is what the record holds."""
    counts = ask(base, "/start.json")["counts"]
    for table, shown in counts.items():
        held = record.execute(f"select count(*) from {table}").fetchone()[0]
        if shown != held:
            fail("numbers", f"{table}: {shown} shown, {held} held")
    for table in ("statements", "events", "positions", "outlooks", "framings"):
        key = table[:-1] + "_id"
        rows = ask(base, f"/search.json?table={table}&size=10000")["rows"]
        held = {row[0] for row in record.execute(f"select {key} from {table}")}
        if {row[key] for row in rows} != held:
            fail("numbers", f"{table}: other rows in the list than in the record")
    issue = record.execute("select issue from positions group by 1 order by count(*) desc limit 1").fetchone()
    if issue:
        shown = {row["position_id"] for row in ask(base, f"/positions/{issue[0]}.json?actors=60")["rows"]}
        held = {row[0] for row in record.execute("select position_id from positions where issue = ?", issue)}
        if not shown <= held or len(shown) < 0.8 * len(held):
            fail("numbers", f"positions: {len(shown)} of {len(held)} in the chart")


def paths(browser, base, token, record, pictures, addresses):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(200_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
    page = context.new_page()
    watch(page, base, "paths", ["404"])

    # The token goes into a cookie and out of the address.
    page.goto(f"{base}/?token={token}")
    if "token" in page.url:
        fail("paths", "the token stays in the address")

    # Keys: search, open the second row.
    page.keyboard.press("/")
    page.keyboard.type("said")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=said*")
    page.locator("main h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    if page.locator(".row.current").count() != 1:
        fail("paths", "j does not choose a row")
    page.goto(base + "/search?table=statements")
    facet = page.locator(".facet", has=page.get_by_role("heading", name="Kind")).locator("a").first
    kind = facet.inner_text().strip()
    facet.click()
    if f"kind={kind}" not in page.url:
        fail("paths", f"a facet leads to {page.url}")
    shown = int(re.sub(r"\D", "", page.locator("h1").inner_text()) or 0)
    held = record.execute("select count(*) from statements where kind = ?", [kind]).fetchone()[0]
    if shown != min(held, 1000):
        fail("paths", f"{shown} {kind} statements shown, {held} held")

    # From the list to the row, its words, its citation.
    page.locator("main").click(position={"x": 5, "y": 5})
    page.keyboard.press("j")
    row = page.locator(".row.current").get_attribute("data-row")
    page.goto(f"{base}/row/{row}")
    sentence = json.loads(record.execute("select sentence_ids from statements where statement_id = ?", [row]).fetchone()[0])[0]
    text = record.execute("select text from sentences where sentence_id = ?", [sentence]).fetchone()[0]
    shown = page.locator(".context .sentence").first.inner_text()
    if shown.split() != text.split():
        fail("paths", f"the sentence on the row's page is another: {shown!r} for {text!r}")
    page.keyboard.press("c")
    page.wait_for_timeout(200)
    copied = page.evaluate("navigator.clipboard.readText()")
    if row not in copied or "SHA-256" not in copied:
        fail("paths", f"copied: {copied[:80]}")
    page.get_by_role("link", name="In the article").click()
    page.wait_for_url("**/article/**")
    if page.locator(f".mark[data-row='{row}']").count() == 0:
        fail("paths", "the row's words are not marked in the article")
    page.keyboard.press("w")
    page.wait_for_url("**raw=yes*")

    # Review: accept by key, take back by key, correct a field by mouse.
    page.goto(base + "/review?table=statements")
    first = page.locator(".review.current").get_attribute("data-row")
    page.keyboard.press("a")
    page.get_by_role("status").filter(has_text="Accepted").wait_for()
    judged = "select verdict from _judged where row_id = ?"
    if record.execute(judged, [first]).fetchone() != ("accepted",):
        fail("paths", "an accepted row is not accepted in the record")
    page.keyboard.press("u")
    page.get_by_role("status").filter(has_text="Taken back").wait_for()
    if record.execute(judged, [first]).fetchone() is not None:
        fail("paths", "what was taken back still holds")
    if addresses.get("row-positions"):
        page.goto(base + addresses["row-positions"])
        page.locator("summary", has_text="Correct a field").click()
        form = page.locator("form.field", has=page.locator("input[name=field][value=stance]"))
        before = form.locator("select").input_value()
        after = "mixed" if before != "mixed" else "support"
        form.locator("select").select_option(after)
        form.get_by_role("button").click()
        page.wait_for_url("**done=co-*")
        held = record.execute("select stance from positions where position_id = ?", [addresses["row-positions"][5:]]).fetchone()
        if held != (after,):
            fail("paths", f"a stance set to {after} is {held}")
        page.get_by_role("button", name="Take back").first.click()
        page.wait_for_load_state()
        held = record.execute("select stance from positions where position_id = ?", [addresses["row-positions"][5:]]).fetchone()
        if held != (before,):
            fail("paths", f"a stance taken back is {held}, not {before}")

    # Names: merge two, take it back.
    count = lambda: record.execute("select count(*) from actors").fetchone()[0]
    actors = record.execute(
        "select a.actor_id from actors a join mentions m using (actor_id) group by 1 order by count(*) limit 2"
    ).fetchall()
    before = count()
    page.goto(f"{base}/names?actor={actors[0][0]}")
    page.get_by_label("Merge into").fill(actors[1][0])
    page.get_by_role("button", name="Merge").click()
    page.wait_for_load_state()
    if count() != before - 1:
        fail("paths", f"{before} actors became {count()} by a merge")
    page.goto(base + "/names")
    page.get_by_role("button", name="Take back").first.click()
    page.wait_for_load_state()
    if count() != before:
        fail("paths", f"{count()} actors after a merge was taken back, {before} before")

    # A chart as a file.
    if "positions" in addresses:
        page.goto(base + addresses["positions"])
        with page.expect_download() as download:
            page.get_by_role("button", name="PNG").click()
        png = Path(download.value.path()).read_bytes()
        if not png.startswith(b"\x89PNG") or len(png) < 5000:
            fail("paths", "the chart is no PNG file")
        (pictures / "positions-saved.png").write_bytes(png)
        mark = page.locator("figure svg a").first
        if mark.count() and not (mark.get_attribute("href") or mark.get_attribute("xlink:href") or "").startswith("/"):
            fail("paths", "a mark of the chart leads nowhere")

    # A span drawn on the chart is the span that is shown.
    if "positions" in addresses:
        page.goto(base + addresses["positions"])
        axis = page.locator("figure.chart svg .oc-axis")
        box = page.locator("figure.chart svg").bounding_box()
        left, right, top = (float(axis.get_attribute(f"data-{name}")) for name in ("left", "right", "top"))
        across = right - left
        page.mouse.move(box["x"] + left + 0.05 * across, box["y"] + top + 3)
        page.mouse.down()
        page.mouse.move(box["x"] + left + 0.5 * across, box["y"] + top + 3, steps=5)
        page.screenshot(path=pictures / "brush.png")
        page.mouse.up()
        page.wait_for_url("**since=*")
        since, until = (re.search(rf"{name}=([0-9-]+)", page.url).group(1) for name in ("since", "until"))
        issue = addresses["positions"].rsplit("/", 1)[1]
        shown = {row["date"] for row in ask(base, f"/positions/{issue}.json?actors=60&since={since}&until={until}")["rows"]}
        if not shown or not all(date and since[: len(date)] <= date <= until for date in shown):
            fail("paths", f"drawn from {since} to {until}, shown {sorted(shown, key=str)}")

    # Pages are added by dropping files.
    page.goto(base + "/")
    before = record.execute("select count(*) from pages").fetchone()[0]
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          const text = "<html><head><title>Ferry strike ends</title></head><body><h1>Ferry strike ends</h1>" +
            "<p>Port Ferrol, 3 May 2021. The ferry workers' union said on Monday that its members would return to work.</p>" +
            "<p>\u201cWe have what we asked for,\u201d said Ines Okoru, who leads the union.</p></body></html>";
          files.items.add(new File([text], "ferry.html", { type: "text/html" }));
          dispatchEvent(new DragEvent("drop", { dataTransfer: files, cancelable: true, bubbles: true }));
        }"""
    )
    page.wait_for_url("**/add")
    page.get_by_role("heading", name="Done").wait_for()
    page.screenshot(path=pictures / "added.png")
    after = record.execute("select count(*) from pages").fetchone()[0]
    if after != before + 1:
        fail("paths", f"{after} pages after one was dropped, {before} before")
    row = record.execute("select uri from pages where uri like '%ferry.html'").fetchone()
    speaker = record.execute(
        "select a.name from statements s join actors a on a.actor_id = s.speaker_id where s.content like '%what we asked for%'"
    ).fetchone()
    if row is None or speaker != ("Ines Okoru",):
        fail("paths", f"the dropped page is at {row}, its speaker {speaker}")

    # Keys can be switched off.
    page.goto(base + "/help")
    page.locator("[data-keys-switch] input").uncheck()
    page.locator("main h1").click()
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_timeout(200)
    if not page.url.endswith("/help"):
        fail("paths", "keys act though they are off")
    context.close()


def bare(browser, base, token, addresses):
    """Everything can be read, and rows judged, without scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/?token={token}")
    for name, path in addresses.items():
        page.goto(base + path)
        if len(page.locator("main").inner_text()) < 20:
            fail("without scripts", f"{name} is empty")
    page.goto(base + "/review?table=statements")
    page.get_by_role("button", name="Accept").first.click()
    page.wait_for_url("**done=co-*")
    page.get_by_role("button", name="Take back").first.click()
    context.close()


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("onrecord", help="the binary")
    args.add_argument("record")
    args.add_argument("--axe", required=True)
    args.add_argument("--pictures", required=True, type=Path)
    args.add_argument("--chromium", default="/usr/bin/chromium")
    args.add_argument("--only", choices=["screens", "paths"])
    given = args.parse_args()
    given.pictures.mkdir(parents=True, exist_ok=True)
    axe = Path(given.axe).read_text()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(given.record).name
        shutil.copy(given.record, copy)
        server = subprocess.Popen([given.onrecord, "serve", copy, "--port", "0"], stderr=subprocess.PIPE, text=True)
        try:
            base, token = re.search(r"(http://\S+)/\?token=(\S+)", server.stderr.readline()).groups()
            record = sqlite3.connect(f"file:{copy}?mode=ro", uri=True)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
                addresses = screens(base, record)
                numbers(base, record)
                if given.only != "paths":
                    look(browser, base, token, axe, given.pictures, addresses)
                if given.only != "screens":
                    paths(browser, base, token, record, given.pictures, addresses)
                    bare(browser, base, token, addresses)
                browser.close()
        finally:
            server.terminate()
            server.wait()
    print(f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
