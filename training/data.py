"""The labelled sets, read into one kind of sentence.

A label that a set does not give is None, and the loss leaves it out.
"""

import dataclasses
import pathlib
import random
import re

#: GUM's genres whose texts are licensed for non-commercial use only.
NON_COMMERCIAL = {"fiction", "whow", "essay", "letter", "podcast"}

KINDS = ["PER", "ORG", "LOC"]
BIO = ["O"] + [f"{b}-{k}" for k in KINDS for b in "BI"]

#: Which guidelines a name label follows: the names and mentions heads are told.
UNER, GUM, RE3D = 0, 1, 2


@dataclasses.dataclass
class Sentence:
    words: list[str]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    heads: list[int] | None = None  # 0 is the root, n the n-th word
    deprels: list[str] | None = None
    names: list[str] | None = None
    mentions: list[str] | None = None
    names_by: int = UNER  # the guidelines that its names ...
    mentions_by: int = UNER  # ... and its mentions follow
    soft: dict | None = None  # labels by other networks
    swap: list[str] | None = None  # names that may be swapped where no labels say so
    id: str = ""
    genre: str = ""
    lemmas: list[str] | None = None
    roles: list[int] | None = None  # of attributions: see `attributed`
    links: list[int] | None = None
    triggers: list[int] | None = None  # of events: see `events`
    parties: list[list[int]] | None = None
    pairs: list[list[int]] | None = None


#: Of the passages written for this project every so many-th is kept aside.
ASIDE = 10


def attributed(folder: pathlib.Path) -> tuple[list[Sentence], list[Sentence], list[Sentence]]:
    """The sentences that `onrecord score attribution --examples` writes: of the corpus, of our
    own passages, and of those kept aside. Roles: 0 none, 1 and 2 first and further words of a
    source, 3 and 4 of a cue, 5 and 6 of content. Links: of content the first word of its cue, of
    a cue that of its source, from 1; 0 if it stands elsewhere, -1 for other words."""
    import numpy

    rows = numpy.fromfile(folder / "words.i32", "<i4").reshape(-1, 5)
    forms = (folder / "forms.txt").read_text(encoding="utf-8").split("\n")
    names = (folder / "articles.txt").read_text(encoding="utf-8").splitlines()
    ours = [".txt:" in name for name in names]
    place = [n - ours.index(True) if own else 0 for n, own in enumerate(ours)]
    ends = [*(numpy.flatnonzero(numpy.diff(rows[:, 1])) + 1).tolist(), len(rows)]
    found, at = ([], [], []), 0
    for end in ends:
        article = rows[at, 0]
        group = 0 if not ours[article] else 2 if place[article] % ASIDE == ASIDE - 1 else 1
        found[group].append(
            Sentence(
                words=forms[at:end], mentions_by=RE3D, id=f"attribution:{article}",
                roles=rows[at:end, 3].tolist(), links=rows[at:end, 4].tolist(),
            )
        )
        at = end
    return found


def events(folder: pathlib.Path) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences that `onrecord score events --examples` and its like write, and those of our
    own that are kept aside. Triggers: the number of the event's type, 0 none, -1 unknown.
    Parties: of a trigger's words the head of actor and of recipient, from 1; 0 none, -1 for
    other words. Pairs: heads of actor and recipient, and the types as bits, bit 0 for none."""
    import numpy

    read = lambda name, width: numpy.fromfile(folder / name, "<i4").reshape(-1, width)
    rows, pairs = read("words.i32", 6), read("pairs.i32", 4)
    forms = (folder / "forms.txt").read_text(encoding="utf-8").split("\n")
    ends = [*(numpy.flatnonzero(numpy.diff(rows[:, 1])) + 1).tolist(), len(rows)]
    found, at = ([], []), 0
    for end in ends:
        article = int(rows[at, 0])
        # the public sets, which know pairs, are read whole
        found[not len(pairs) and article % ASIDE == ASIDE - 1].append(
            Sentence(
                words=forms[at:end], mentions_by=RE3D, id=f"events:{article}",
                triggers=rows[at:end, 3].tolist(), parties=rows[at:end, 4:].T.tolist(),
                pairs=pairs[pairs[:, 0] == rows[at, 1], 1:].tolist(),
            )
        )
        at = end
    return found


def conllu(path: pathlib.Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file, by syntactic words."""
    sentences, rows, id, genre = [], [], "", ""
    entities: list[str] = []

    def close():
        if not rows:
            return
        s = Sentence(
            words=[r[1] for r in rows],
            upos=[r[3] for r in rows],
            xpos=[r[4] for r in rows],
            heads=[int(r[6]) for r in rows],
            deprels=[r[7] for r in rows],
            lemmas=[r[2] for r in rows],
            id=id,
            genre=genre,
        )
        if id.startswith("GUM"):
            gum_entities(s, [r[9] for r in rows])
        sentences.append(s)

    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id = "):
            id = line.split(" = ", 1)[1]
        elif line.startswith("# meta::genre = "):
            genre = line.split(" = ", 1)[1]
        elif line.startswith("#"):
            pass
        elif not line:
            close()
            rows = []
        else:
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
    close()
    return sentences


ENTITY = re.compile(r"\(?(\d+(?:\[[^\]]*\])?)(?:-([a-z]+))?[^()]*\)?")
GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def gum_entities(s: Sentence, misc: list[str]) -> None:
    """Names and mentions of a GUM sentence from its `Entity` annotation."""
    spans: list[tuple[int, int, str]] = []
    open_: list[tuple[str, str, int]] = []
    for i, column in enumerate(misc):
        value = next((p[7:] for p in column.split("|") if p.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", value):
            match = ENTITY.match(piece)
            if not match:
                continue
            entity, kind = match.group(1), match.group(2)
            if piece.startswith("("):
                open_.append((entity, kind or "", i))
            if piece.endswith(")"):
                for at in range(len(open_) - 1, -1, -1):
                    if open_[at][0] == entity:
                        _, kind, start = open_.pop(at)
                        if kind in GUM_KINDS:
                            spans.append((start, i + 1, GUM_KINDS[kind]))
                        break
    s.names_by = s.mentions_by = GUM
    s.mentions = ["O"] * len(s.words)
    s.names = ["O"] * len(s.words)
    # the longest mention of at most twelve words that overlaps no longer one
    for start, end, kind in sorted(spans, key=lambda x: (x[0] - x[1], x[0])):
        if end - start <= 12:
            put(s.mentions, start, end, kind)
    for start, end, kind in sorted(spans, key=lambda x: (x[0] - x[1], x[0])):
        head = next(
            (i for i in range(start, end) if not start < s.heads[i] <= end), None
        )
        if head is None or s.upos[head] != "PROPN":
            continue
        while start < end and s.upos[start] in ("DET", "PUNCT"):
            start += 1
        # a name, not the clause about it: cut behind the last capital
        while end > start and not s.words[end - 1][0].isupper():
            end -= 1
        if 0 < end - start <= 8:
            put(s.names, start, end, kind)


def put(labels: list[str], start: int, end: int, kind: str) -> None:
    """Writes one span, unless a word of it is taken."""
    if any(label != "O" for label in labels[start:end]):
        return
    for i in range(start, end):
        labels[i] = ("B-" if i == start else "I-") + kind


def add_uner(sentences: list[Sentence], path: pathlib.Path) -> None:
    """Puts the names of a UNER file on the same sentences of the treebank."""
    by_id = {}
    id, words, labels = "", [], []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if line.startswith("# sent_id = "):
            id = line.split(" = ", 1)[1]
        elif line.startswith("#"):
            pass
        elif not line:
            if words:
                by_id[id] = (words, labels)
            words, labels = [], []
        else:
            columns = line.split("\t")
            words.append(columns[1])
            label = columns[2]
            labels.append(label if label in BIO else "O")
    for s in sentences:
        words, labels = by_id.get(s.id, ([], []))
        if words == s.words:
            s.names = fix_bio(labels)


def fix_bio(labels: list[str]) -> list[str]:
    """An I- that follows no span of its kind begins one."""
    fixed, last = [], "O"
    for label in labels:
        if label.startswith("I-") and last[2:] != label[2:]:
            label = "B-" + label[2:]
        fixed.append(label)
        last = label
    return fixed


RE3D_KINDS = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}


def re3d(path: pathlib.Path) -> list[Sentence]:
    """The sentences of a re3d file with their mentions: names, descriptions, pronouns."""
    sentences, words, labels = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        columns = line.split("\t")
        if len(columns) < 2 or not columns[0]:
            if words:
                sentences.append(
                    Sentence(words=words, mentions=fix_bio(labels), mentions_by=RE3D)
                )
            words, labels = [], []
            continue
        kind = RE3D_KINDS.get(columns[1][2:])
        words.append(columns[0])
        labels.append(columns[1][:2] + kind if kind else "O")
    return sentences


#: Words as the treebanks cut them: hyphens and marks alone, 's and n't parted.
WORD = re.compile(
    r"https?://\S+|(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Sen|Rep|Gov|Prof|St|Jr|Sr|Inc|Co|Corp|Ltd|vs|Rev|Brig)\."
    r"|\d+(?:[.,:]\d+)+|(?<=\w)n['’]t\b|['’](?:s|re|ve|ll|d|m|S)\b|\w+?(?=n['’]t\b)|\w+(?:&\w+)?|\.{2,}|--+|\S"
)
NAME = re.compile(r"\[(PER|ORG|LOC) ([^\[\]]+)\]")


def marked(path: pathlib.Path) -> list[Sentence]:
    """Sentences with names in brackets: `[PER Qasim al-Araji] spoke in [LOC Erbil].`"""
    sentences = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        bare, spans, at = "", [], 0
        for match in NAME.finditer(line):
            bare += line[at : match.start()]
            spans.append((len(bare), len(bare) + len(match.group(2)), match.group(1)))
            bare += match.group(2)
            at = match.end()
        bare += line[at:]
        words, labels, last = [], [], None
        for match in WORD.finditer(bare):
            span = next(
                (x for x in spans if x[0] <= match.start() and match.end() <= x[1]), None
            )
            words.append(match.group())
            labels.append(
                "O" if span is None else ("I-" if span == last else "B-") + span[2]
            )
            last = span
        sentences.append(Sentence(words=words, names=labels, id=f"{path.stem}:{len(sentences)}"))
    return sentences


def split_tenth(sentences: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Every tenth sentence is kept aside as a test."""
    return (
        [s for i, s in enumerate(sentences) if i % 10 != 9],
        [s for i, s in enumerate(sentences) if i % 10 == 9],
    )


@dataclasses.dataclass
class Sets:
    train: list[Sentence]
    dev: dict[str, list[Sentence]]
    text: list[Sentence] = dataclasses.field(default_factory=list)  # with labels by other networks only


def labels(sentences: list[Sentence], pieces: list[str]) -> dict[str, list[str]]:
    """All labels the sentences carry, in order."""
    collect = lambda field: sorted({x for s in sentences for x in (getattr(s, field) or [])})
    return {
        "pieces": pieces,
        "upos": collect("upos"),
        "xpos": collect("xpos"),
        "deprel": collect("deprels"),
        "bio": BIO,
    }


def sets(shared: pathlib.Path, own: pathlib.Path, small: int = 2) -> Sets:
    """All training sentences, the small sets `small` times, and the dev sets by name."""
    ewt = conllu(shared / "ud/en_ewt-train.conllu")
    add_uner(ewt, shared / "uner/en_ewt-train.iob2")
    ewt_dev = conllu(shared / "ud/en_ewt-dev.conllu")
    add_uner(ewt_dev, shared / "uner/en_ewt-dev.iob2")
    gum = [
        s
        for s in conllu(shared / "ud/en_gum-train.conllu")
        if s.genre not in NON_COMMERCIAL
    ]
    train, held = [], []
    for path in sorted((own / "names").glob("*.txt")):
        a, b = split_tenth(marked(path))
        train += a
        held += b
    named = train * small
    mentions = re3d(shared / "re3d/train.txt") * small
    return Sets(
        train=ewt + gum + named + mentions,
        dev={
            "ewt": ewt_dev,
            "gum": conllu(shared / "ud/en_gum-dev.conllu"),
            "re3d": re3d(shared / "re3d/dev.txt"),
            "own": held,
        },
    )


# What training does to sentences, so that the network sees what news pages print.

QUOTES = [('"', '"'), ("“", "”"), ("``", "''"), ("«", "»"), ("‘", "’")]


def vary(s: Sentence, rng: random.Random, names: dict[tuple[str, int], list[list[str]]]) -> list[str]:
    """The words of a sentence, now and then printed another way, one for one."""
    words = list(s.words)
    spans = s.names if s.names is not None else s.swap
    if spans is not None and rng.random() < 0.35:
        start = 0
        while start < len(words):
            label = spans[start]
            end = start + 1
            while end < len(words) and spans[end].startswith("I-"):
                end += 1
            if label.startswith("B-") and rng.random() < 0.7:
                others = names.get((label[2:], end - start))
                # a name inside a tree keeps its tags: only those written as the old one
                if others and all(w[0].isupper() or not w[0].isalpha() for w in words[start:end]):
                    words[start:end] = rng.choice(others)
            start = end
    draw = rng.random()
    if draw < 0.02:
        words = [w.upper() for w in words]
    elif draw < 0.045:
        words = [w.lower() for w in words]
    elif draw < 0.06:
        words = [w[:1].upper() + w[1:] for w in words]
    if rng.random() < 0.5:
        opening, closing = rng.choice(QUOTES)
        inside = False
        for i, w in enumerate(words):
            if w in ('"', "“", "”", "``", "''"):
                inside = not inside if w == '"' else w in ("“", "``")
                words[i] = opening if inside else closing
    if rng.random() < 0.5:
        mark = rng.choice(["'", "’"])
        words = [
            mark + w[1:] if len(w) > 1 and w[0] in "'’" else w.replace("n't", "n" + mark + "t")
            for w in words
        ]
    if rng.random() < 0.3:
        dash = rng.choice(["-", "–", "—", "--"])
        words = [dash if w in ("–", "—", "--") else w for w in words]
    return words


def names_by_length(sentences: list[Sentence]) -> dict[tuple[str, int], list[list[str]]]:
    """The names of the sentences written for this project, by kind and number of words."""
    found: dict[tuple[str, int], list[list[str]]] = {}
    for s in sentences:
        if ":" not in s.id or s.names is None:
            continue
        start = 0
        while start < len(s.words):
            end = start + 1
            while end < len(s.words) and s.names[end].startswith("I-"):
                end += 1
            if s.names[start].startswith("B-") and s.words[start][0].isupper():
                key = (s.names[start][2:], end - start)
                found.setdefault(key, []).append(s.words[start:end])
            start = end
    return found
