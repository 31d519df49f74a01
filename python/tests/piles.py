"""A pile of invented pages, made anew each time the same: several outlets, their menus, reprints."""

import random
import zlib
from pathlib import Path

PEOPLE = ["Mira Tolen", "Ister Vakh", "Danno Pell", "Oshi Marrin", "Keld Aronsen", "Tabi Worun"]
BODIES = ["Harbour Council", "Salt League", "Ministry of Roads", "Northern Command", "Union of Pilots"]
PLACES = ["Veska", "Port Arl", "Tamsin", "Lower Quay", "Ostergard"]
VERBS = ["said", "announced", "denied", "warned", "promised"]
DEEDS = [
    "would reopen the port of {place}", "had attacked a convoy near {place}", "would withdraw its guards from {place}",
    "rejected the treaty of {place}", "would hold talks with the {other} in {place}", "demanded that the {other} leave {place}",
]  # fmt: skip
HOSTS = ["herald.example", "veska-times.example", "daily-salt.example"]


def article(n):
    chance = random.Random(n)
    sentences = []
    for _ in range(chance.randint(6, 14)):
        deed = chance.choice(DEEDS).format(place=chance.choice(PLACES), other=chance.choice(BODIES))
        person, body = chance.choice(PEOPLE), chance.choice(BODIES)
        day = f"{chance.randint(1, 28)} May 2019"
        sentences.append(f"{person} of the {body} {chance.choice(VERBS)} on {day} that the {chance.choice(BODIES)} {deed}.")
    return f"Talks in {chance.choice(PLACES)}, day {n}", sentences


def html(host, n):
    title, sentences = article(n)
    body = "".join(f"<p>{' '.join(sentences[i:i + 2])}</p>" for i in range(0, len(sentences), 2))
    return (
        f'<html><head><title>{title}</title><link rel="canonical" href="https://{host}/{n}.html"></head><body>'
        f"<ul><li>Home</li><li>Politics of the coast</li><li>Weather</li></ul><h1>{title}</h1>"
        f"<article>{body}</article><p>Read more from {host} every day of the week</p></body></html>"
    ).encode()


def text(n):
    title, sentences = article(n)
    lines = [title, "", "Subscribe to our letter about the coast", ""] + sentences
    return "\n".join(lines).encode()


def warc(pages):
    """Each page a member of its own, as crawlers write them; one of them is broken."""
    out = b""
    for n, (url, body) in enumerate(pages):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        length = len(http) + (999_999 if n == 7 else 0)
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-05-02T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{n:012d}>\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {length}\r\n\r\n"
        )
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        out += packer.compress(head.encode() + http + b"\r\n\r\n") + packer.flush()
    return out


def write(folder, pages):
    """Writes a pile of so many pages and gives its files, in their order."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    crawled = []
    for n in range(pages):
        host = HOSTS[n % 3]
        # Every ninth text was printed before, by another outlet.
        told = n - 8 if n % 9 == 8 else n
        match n % 3:
            case 0:
                path = folder / host / f"{n:05d}.txt"
                path.parent.mkdir(exist_ok=True)
                # Every twelfth file is the one before it, byte for byte.
                path.write_bytes(text(told - 3 if n % 12 == 9 else told))
            case 1:
                path = folder / host / f"{n:05d}.html"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(html(host, told))
            case _:
                crawled.append((f"https://{host}/{n}.html", html(host, told)))
    (folder / "crawl.warc.gz").write_bytes(warc(crawled))
    (folder / "broken.html").write_bytes(b"\x00\x01\x02" * 40)
    return sorted(path for path in folder.rglob("*") if path.is_file())
