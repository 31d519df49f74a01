"""Cleans the HTML pages of a generated pile with ours and with Python's trafilatura, side by side.

    cargo run --release -p onrecord-bench --example pile -- 500 /tmp/pile --bodies
    python3 -m venv venv && venv/bin/pip install trafilatura lxml_html_clean
    venv/bin/python bench/cleaning/compare.py --pile /tmp/pile --onrecord target/release/onrecord

The pile's truth names every page's paragraphs. Both get the same bytes, already in memory, and are counted
by the metric of the article-extraction-benchmark (shingles of four words, a page one vote).
"""

import argparse
import collections
import gzip
import json
import pathlib
import re
import subprocess
import tempfile
import time

WORD = re.compile(r"\w+")
SHINGLE = 4


def shingles(text):
    words = WORD.findall(text)
    if len(words) <= SHINGLE:
        return words, collections.Counter([tuple(words)] if words else [])
    return words, collections.Counter(tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


def overlap(right, tried):
    """Shares of shingles in both, in the tried alone, in the right alone; whether the words are the same."""
    (right_words, right), (tried_words, tried) = shingles(right), shingles(tried)
    both = sum((right & tried).values())
    more = sum((tried - right).values())
    less = sum((right - tried).values())
    unit = (both + more + less) or 1
    return both / unit, more / unit, less / unit, right_words == tried_words


def row(name, pages, seconds):
    both, more, less, same = (sum(column) / len(pages) for column in zip(*pages))
    precision = both / ((both + more) or 1)
    recall = both / ((both + less) or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    speed = f"{len(pages) / seconds:8.0f}" if seconds else "       -"
    return f"{name:44} {f1:.4f}    {precision:.4f}  {recall:.4f}     {same:.3f}  {speed}"


def worst(name, truth, texts):
    told = []
    for page, right in truth.items():
        both, more, less, _ = overlap(right["text"], texts[page])
        told.append((2 * both / (2 * both + more + less or 1), right["look"], page))
    looks = collections.defaultdict(list)
    for f1, look, _ in told:
        looks[look].append(f1)
    by_look = ", ".join(f"{look} {sum(f) / len(f):.3f} ({len(f)})" for look, f in sorted(looks.items()))
    return f"{name}, F1 by look (pages): {by_look}"


def trafilaturas(pages):
    import trafilatura

    def texts(**options):
        began = time.process_time()
        found = {page: trafilatura.extract(html, include_comments=False, **options) or "" for page, html in pages.items()}
        return found, time.process_time() - began

    # Once before: its tables and caches are made at the first page.
    trafilatura.extract(next(iter(pages.values())), with_metadata=True)
    version = trafilatura.__version__
    for mode, options in [
        ("default", {}),
        ("precision", {"favor_precision": True}),
    ]:
        found, _ = texts(**options)
        # With title, date and author, as ours; they are not part of the text that is counted.
        _, seconds = texts(with_metadata=True, **options)
        yield f"Python trafilatura {version}, {mode}", found, seconds


def ours(o, folder, truth):
    predictions = folder / "ours.json"
    out = subprocess.run(
        [o.onrecord, "score", "pages", folder, "--predictions", predictions], capture_output=True, text=True, check=True
    ).stdout
    line = next(line for line in out.splitlines() if line.startswith("onrecord"))
    speed = float(line.split()[-1].replace(",", ""))
    texts = json.loads(predictions.read_text())["output"]
    return line, {page: texts[page]["articleBody"] for page in truth}, len(truth) / speed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pile", type=pathlib.Path, required=True)
    parser.add_argument("--onrecord", type=pathlib.Path, required=True)
    o = parser.parse_args()
    o.onrecord = o.onrecord.resolve()
    truth, pages = {}, {}
    for line in o.pile.with_name(o.pile.name + ".truth.jsonl").read_text().splitlines():
        told = json.loads(line)
        if told["file"].endswith(".html") and told["paragraphs"]:
            page = f"{told['page']:07}"
            truth[page] = {"text": "\n".join(told["paragraphs"]), "look": told["look"]}
            pages[page] = (o.pile / told["file"]).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "html").mkdir()
        for page, html in pages.items():
            (folder / "html" / f"{page}.html.gz").write_bytes(gzip.compress(html))
        bodies = {page: {"articleBody": right["text"]} for page, right in truth.items()}
        (folder / "ground-truth.json").write_text(json.dumps(bodies))
        line, texts, seconds = ours(o, folder, truth)
    print(f"{len(pages)} pages of HTML, {sum(map(len, pages.values())) / len(pages):.0f} bytes a page")
    print(f"{'':44} F1     precision  recall identical  pages/CPU-s")
    counted = [overlap(right["text"], texts[page]) for page, right in truth.items()]
    print(row("onrecord", counted, seconds), flush=True)
    told = [worst("onrecord", truth, texts)]
    for name, texts, seconds in trafilaturas(pages):
        counted = [overlap(right["text"], texts[page]) for page, right in truth.items()]
        print(row(name, counted, seconds), flush=True)
        told.append(worst(name, truth, texts))
    print("\n" + "\n".join(told))
    print(f"\nas `onrecord score pages` counts ours: {line}")


if __name__ == "__main__":
    main()
