"""News text without labels: PolNeAR's articles and NewsMTSC's sentences, training halves.

    python training/text.py --shared ../shared/data > TEXT
"""

import argparse
import json
import pathlib


def paragraphs(shared: pathlib.Path):
    """Each text once, in order."""
    for path in sorted((shared / "polnear/train/text").glob("*")):
        yield path.read_text(encoding="utf-8", errors="replace").strip()
    found = {}
    for line in (shared / "newsmtsc/train.jsonl").read_text(encoding="utf-8").splitlines():
        found[json.loads(line)["sentence"].strip()] = None
    yield from found


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--shared", type=pathlib.Path, required=True)
    o = a.parse_args()
    for text in paragraphs(o.shared):
        print(text + "\n")


if __name__ == "__main__":
    main()
