"""Writes `pieces-check.tsv`: words with their shape and pieces, by `pieces.py` and the
vocabulary of a weights file. A test of `onrecord-language` must find the same.

    python training/check_pieces.py weights/english.weights
"""

import json
import pathlib
import struct
import sys

from pieces import Pieces, shape

WORDS = """
Baghdad baghdad BAGHDAD al-Qaim Ta'izz Ta’izz São Đặng Erdoğan İstanbul Çelik Łódź Straße naïve
U.S. U.K. Gen. Mr. Ph.D J. A I iPhone McDonald AlSumaria F-16 5th 2,500 10:30 3.5% $5 €20 1990s
'90s ’s n't N'T -- — – … ... ? ?! “ ” " `` '' ( ) @ # & AT&T www.example.org/path http://a.b/c
mobilisation counter-terrorism Zhyrgalbekov Ouagadougou Nyamwasa Tshisekedi antidisestablishmentarianism
supercalifragilisticexpialidocious Москва 東京 بغداد 서울 हिन्दी Ελλάδα 😀 👩‍👧 é é ﬁ ½ ² № ™ ° ¿ ¡ · §
x​y so­ft a‏b ÀÉÎÕÜ ǅ ß ſ K Å aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
""".split()


def main():
    data = pathlib.Path(sys.argv[1]).read_bytes()
    start = len(b"onrecord weights\n")
    (length,) = struct.unpack("<I", data[start : start + 4])
    header = json.loads(data[start + 4 : start + 4 + length])
    base = (start + 4 + length + 63) // 64 * 64
    _, _, shape_, at = next(t for t in header["tensors"] if t[0] == "vocabulary")
    pieces = Pieces(data[base + at : base + at + shape_[0]].decode().split("\n"))
    lines = ["# word, shape, pieces: written by check_pieces.py"]
    for word in WORDS + ["a" * 101, "-" * 40]:
        cut = " ".join(pieces.vocabulary[i] for i in pieces.of(word))
        lines.append(f"{word}\t{shape(word)}\t{cut}")
    out = pathlib.Path(__file__).parent / "pieces-check.tsv"
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{out}: {len(lines) - 1} words")


if __name__ == "__main__":
    main()
