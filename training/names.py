"""Learns what a difference of letters between two spellings of a name costs.

    python3 training/names.py --shared ../shared

Given names of `lexicon/words/given-names.tsv` are respelled by the rows of
`lexicon/names/romanisation.tsv`; to these come the words of the matching pairs of the
development file (columns name1, name2 and is_match alone), where it is at hand. An edit
distance with probabilities (Ristad and Yianilos) is fitted to the pairs by expectation
maximisation, and what an edit costs is how much less likely it is than writing the same
letter again, on a scale from 0 to 1. Writes `lexicon/names/costs.tsv`; the same seed gives
the same file.
"""

import argparse
import collections
import csv
import math
import pathlib
import random
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
VOWELS = {"a", "e", "i", "o", "u", "y", "ou", "oo", "ee"}
ROUNDS = 6
PAIRS = 40_000
# An edit this unlikely costs 1.
RAREST = 0.0005


def rows(name):
    for line in (ROOT / "lexicon" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def fold(word):
    marks = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in marks if "a" <= c <= "z")


def read_rules():
    signs, rules = {}, collections.defaultdict(list)
    for language, sound, spellings in rows("names/romanisation.tsv"):
        if language == "unit":
            signs[sound] = spellings
        else:
            ways = [way.split(":") for way in spellings.split()]
            rules[language].append([("" if s == "-" else s, int(n)) for s, n in ways])
    return signs, rules


def cut(word, signs):
    """A word as signs: the longest run of letters that is one, doubled letters once."""
    out, at = [], 0
    while at < len(word):
        size = next((n for n in (4, 3, 2) if word[at : at + n] in signs), 0)
        sign = signs[word[at : at + size]] if size else word[at]
        at += size or 1
        if not out or out[-1] != sign:
            out.append(sign)
    return out


def respell(word, rules, signs, chance):
    is_way = {s for ways in rules for s, _ in ways}.__contains__
    out, at = "", 0
    while at < len(word):
        sizes = [n for n in (4, 3, 2) if word[at : at + n] in signs or is_way(word[at : at + n])]
        size = sizes[0] if sizes else 1
        piece = word[at : at + size]
        sounds = [ways for ways in rules if any(s == piece for s, _ in ways)]
        if sounds and chance.random() < 0.5:
            ways = chance.choice(sounds)
            piece = chance.choices([s for s, _ in ways], [n for _, n in ways])[0]
        at += size
        if chance.random() < 0.04:
            piece += piece[-1:]
        out += piece
    if out.endswith("a") and chance.random() < 0.1:
        out += "h"
    return out


def made_pairs(rules, signs, chance):
    names = [(fold(name), region) for name, region, *_ in rows("words/given-names.tsv")]
    names = [(name, region) for name, region in names if len(name) > 2]
    share = collections.Counter(region for _, region in names if region in rules)
    # the field of use counts most
    weight = {"arabic": 6, "persian": 3, "turkish": 2, "kurdish": 2, "slavic": 4}
    pool = [n for n in names if n[1] in rules]
    weights = [weight.get(region, 1) / share[region] for _, region in pool]
    for name, region in chance.choices(pool, weights, k=PAIRS):
        ways = rules[region] + (rules["arabic"] if region in ("persian", "south-asian") else [])
        yield cut(name, signs), cut(respell(name, ways, signs, chance), signs)


def bench_pairs(path, signs):
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["is_match"] != "true":
                continue
            one, two = (re.findall(r"[^\W\d_]+", row[n]) for n in ("name1", "name2"))
            if len(one) == len(two):
                for a, b in zip(map(fold, one), map(fold, two)):
                    if min(len(a), len(b)) > 2 and a[0] == b[0]:
                        yield cut(a, signs), cut(b, signs)


def expect(a, b, p, counts):
    """Adds how often each edit is expected between two words."""
    floor = 1e-7
    n, m = len(a), len(b)
    get = lambda x, y: p.get((x, y), floor)
    front = [[0.0] * (m + 1) for _ in range(n + 1)]
    back = [[0.0] * (m + 1) for _ in range(n + 1)]
    front[0][0] = back[n][m] = 1.0
    for i in range(n + 1):
        for j in range(m + 1):
            if i:
                front[i][j] += front[i - 1][j] * get(a[i - 1], "-")
            if j:
                front[i][j] += front[i][j - 1] * get("-", b[j - 1])
            if i and j:
                front[i][j] += front[i - 1][j - 1] * get(a[i - 1], b[j - 1])
    total = front[n][m]
    if total <= 0.0:
        return
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i < n:
                w = get(a[i], "-") * back[i + 1][j]
                back[i][j] += w
                counts[a[i], "-"] += front[i][j] * w / total
            if j < m:
                w = get("-", b[j]) * back[i][j + 1]
                back[i][j] += w
                counts["-", b[j]] += front[i][j] * w / total
            if i < n and j < m:
                w = get(a[i], b[j]) * back[i + 1][j + 1]
                back[i][j] += w
                counts[a[i], b[j]] += front[i][j] * w / total


def learn(pairs):
    signs = sorted({s for pair in pairs for word in pair for s in word})
    p = {(s, s): 0.8 / len(signs) for s in signs}
    for s in signs:
        p[s, "-"] = p["-", s] = 0.05 / len(signs)
        for t in signs:
            if t != s:
                near = 4 if (s in VOWELS) == (t in VOWELS) else 1
                p[s, t] = near * 0.02 / len(signs) ** 2
    kinds = collections.Counter((tuple(a), tuple(b)) for a, b in pairs)
    for _ in range(ROUNDS):
        counts = collections.Counter()
        for (a, b), times in sorted(kinds.items()):
            one = collections.Counter()
            expect(a, b, p, one)
            for edit, value in one.items():
                counts[edit] += value * times
        both = {e: counts[e] + counts[e[::-1]] for e in set(counts) | {e[::-1] for e in counts}}
        total = sum(both.values())
        p = {e: c / total for e, c in both.items() if c > 1e-6}
    return signs, p


def costs(signs, p):
    def price(likely, same):
        ratio = max(likely / max(same, 1e-5), RAREST)
        return min(1.0, max(0.1, math.log(ratio) / math.log(RAREST)))

    for n, s in enumerate(signs):
        # of the rarer of the two signs
        yield s, "-", price(p.get((s, "-"), 0.0), p.get((s, s), 0.0))
        for t in signs[n + 1 :]:
            yield s, t, price(p.get((s, t), 0.0), min(p.get((s, s), 0.0), p.get((t, t), 0.0)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signs, rules = read_rules()
    chance = random.Random(options.seed)
    made = list(made_pairs(rules, signs, chance))
    read = list(bench_pairs(options.shared / "data/names/name_bench_dev.csv", signs))
    units, p = learn(made + read * 4)
    lines = [
        "# What a difference between two spellings of a name costs: 0 nothing, 1 another letter.",
        "#",
        f"# Made by training/names.py, seed {options.seed}: {len(made)} respelled given names and",
        f"# {len(read)} words of matching pairs of the development file. Do not edit; edit the rows",
        "# of romanisation.tsv and run it again. Signs as there; what is not here costs 1.",
        "# Columns: sign, sign (`-`: left out), cost.",
    ]
    lines += [f"{a}\t{b}\t{c:.2f}" for a, b, c in costs(units, p) if c < 0.995]
    path = ROOT / "lexicon/names/costs.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path}: {len(lines) - 6} costs")


if __name__ == "__main__":
    main()
