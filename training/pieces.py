"""Words to word pieces: the uncased WordPiece of BERT, word by word.

The Rust side (`crates/onrecord-language/src/pieces.rs`) does the same, and a test holds
the two against each other on `training/pieces-check.tsv`.
"""

import unicodedata

#: A word of more pieces keeps this many at its front and at its end.
KEEP_FRONT, KEEP_BACK = 5, 3

#: Shapes of a word, which give the uncased encoder the case back.
SHAPES = [
    "none",        # the [CLS] piece
    "lower",       # kurdish
    "title",       # Baghdad
    "upper",       # PMF
    "capital",     # one capital letter alone: A, B
    "camel",       # AlSumaria, iPhone
    "number",      # 2,500
    "alphanumeric",  # 5th, F-16
    "mark",        # punctuation or symbol
    "title-stop",  # Gen.  Mr.
    "upper-stop",  # U.S.  J.
    "other",       # no letter with case
]


def shape(word: str) -> int:
    """The index in SHAPES of a word."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isnumeric() for c in word)
    if not letters:
        return SHAPES.index("number" if digits else "mark")
    if digits:
        return SHAPES.index("alphanumeric")
    upper = [c for c in letters if c.isupper()]
    lower = [c for c in letters if c.islower()]
    if not upper and not lower:
        return SHAPES.index("other")
    stop = "." in word
    if not upper:
        return SHAPES.index("lower")
    if not lower:
        if len(letters) == 1 and not stop:
            return SHAPES.index("capital")
        return SHAPES.index("upper-stop" if stop else "upper")
    if len(upper) == 1 and letters[0].isupper():
        return SHAPES.index("title-stop" if stop else "title")
    return SHAPES.index("camel")


def ending(word: str) -> int:
    """A number for the last three characters of a word, folded: FNV-1a of 32 bits."""
    found = 2166136261
    for byte in fold(word)[-3:].encode():
        found = (found ^ byte) * 16777619 & 0xFFFFFFFF
    return found


def is_mark(c: str) -> bool:
    """Whether BERT's splitter makes the character a piece of its own."""
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def fold(word: str) -> str:
    """Lower case without accents: NFD of the lower-cased word, marks left out."""
    word = unicodedata.normalize("NFD", word.lower())
    return "".join(
        c for c in word
        if unicodedata.category(c) != "Mn" and not (ord(c) in (0, 0xFFFD))
        and unicodedata.category(c) not in ("Cc", "Cf") and not c.isspace()
    )


class Pieces:
    """The vocabulary, and words cut by it."""

    def __init__(self, vocabulary: list[str]):
        self.vocabulary = vocabulary
        self.index = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self.index["[UNK]"]
        # MPNet's vocabulary calls them otherwise
        self.first = self.index["<s>" if "<s>" in self.index else "[CLS]"]
        self.hidden = self.index["<mask>" if "<mask>" in self.index else "[MASK]"]
        self.cache: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """The pieces of one word: at least one, at most KEEP_FRONT + KEEP_BACK."""
        if word in self.cache:
            return self.cache[word]
        found: list[int] = []
        for part in self.parts(fold(word)):
            found.extend(self.part(part))
        if not found:
            found = [self.unknown]
        if len(found) > KEEP_FRONT + KEEP_BACK:
            found = found[:KEEP_FRONT] + found[-KEEP_BACK:]
        self.cache[word] = found
        return found

    @staticmethod
    def parts(word: str) -> list[str]:
        parts: list[str] = []
        run = ""
        for c in word:
            if is_mark(c):
                if run:
                    parts.append(run)
                parts.append(c)
                run = ""
            else:
                run += c
        if run:
            parts.append(run)
        return parts

    def part(self, part: str) -> list[int]:
        """Greedy longest match; a part with no match, or over 100 characters, is unknown."""
        if len(part) > 100:
            return [self.unknown]
        found, at = [], 0
        while at < len(part):
            end = len(part)
            while end > at:
                piece = ("##" if at else "") + part[at:end]
                if piece in self.index:
                    found.append(self.index[piece])
                    break
                end -= 1
            if end == at:
                return [self.unknown]
            at = end
        return found


def keep(vocabulary: list[str]) -> list[int]:
    """The pieces kept of BERT's vocabulary: those that English text in Latin letters can
    reach. Unused slots and pieces with letters of other scripts are left out."""
    kept = []
    for i, piece in enumerate(vocabulary):
        if piece in ("[UNK]", "[CLS]", "[MASK]"):
            kept.append(i)
            continue
        if piece.startswith("[") and piece.endswith("]") and len(piece) > 2:
            continue
        bare = piece[2:] if piece.startswith("##") and len(piece) > 2 else piece
        if all(reachable(c) for c in bare):
            kept.append(i)
    return kept


def reachable(c: str) -> bool:
    """A Latin letter, a digit, a mark or a symbol."""
    if not c.isalpha():
        return ord(c) < 0x3000
    return "LATIN" in unicodedata.name(c, "") and ord(c) < 0x250
