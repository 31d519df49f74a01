"""Sentences about other things than politics, from the treebanks: for the head of events, which
otherwise sees only sentences that hold an event or nearly one.

    python training/others.py --shared ../shared/data > OTHERS
"""

import argparse
import pathlib
import re

#: EWT's and GUM's kinds of text in which hardly an event of PLOVER's stands.
KINDS = ("reviews-", "answers-", "GUM_academic", "GUM_textbook", "GUM_vlog", "GUM_conversation", "GUM_reddit")
EVERY = 3


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    a.add_argument("--shared", type=pathlib.Path, required=True)
    o = a.parse_args()
    n = 0
    for name in ("en_ewt", "en_gum"):
        kept = False
        for line in (o.shared / f"ud/{name}-train.conllu").read_text(encoding="utf-8").splitlines():
            if line.startswith("# sent_id = "):
                kept = line[12:].startswith(KINDS)
            elif line.startswith("# text = ") and kept:
                text = re.sub(r"[\[\]]", "", line[9:]).lstrip("#").strip()
                n += 1
                if n % EVERY == 0 and len(text) > 20:
                    print(text)


if __name__ == "__main__":
    main()
