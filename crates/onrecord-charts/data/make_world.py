"""Makes world.bin, the outlines of countries that maps are drawn on.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 make_world.py package/countries-50m.json world.bin

Reads the TopoJSON of the npm package world-atlas 2.0.2 (ISC), which is Natural Earth's
1:50m admin 0 countries (public domain). Each shared border is kept once, thinned so that no
point is off by more than a hundredth of a degree, and written in hundredths of a degree.

Form: numbers are LEB128, signed ones zigzag. Number of borders; of each the number of points,
the first point (east, north), then differences. Number of countries; of each the length of its
name, the name in UTF-8, the number of polygons; of each the number of rings, the first the
outer one; of each the number of borders; of each its number, or -1 - number if it runs
backwards.
"""

import json
import sys


def unsigned(value, out):
    while value >= 128:
        out.append(value % 128 + 128)
        value //= 128
    out.append(value)


def signed(value, out):
    unsigned(value * 2 if value >= 0 else -value * 2 - 1, out)


def thin(points, tolerance):
    """Douglas and Peucker's way, without recursion; the ends stay."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, at = tolerance, None
        for n in range(first + 1, last):
            px, py = points[n]
            if length == 0:
                off = ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
            else:
                off = abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
            if off > worst:
                worst, at = off, n
        if at is not None:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[n] for n in sorted(keep)]


def main(source, target):
    with open(source, encoding="utf-8") as file:
        atlas = json.load(file)
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    out = bytearray()
    unsigned(len(atlas["arcs"]), out)
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        whole = []
        for px, py in thin(points, 0.01):
            point = (round(px * 100), round(py * 100))
            if not whole or whole[-1] != point:
                whole.append(point)
        unsigned(len(whole), out)
        px = py = 0
        for x, y in whole:
            signed(x - px, out)
            signed(y - py, out)
            px, py = x, y
    countries = [c for c in atlas["objects"]["countries"]["geometries"] if c.get("arcs")]
    countries.sort(key=lambda c: c["properties"]["name"])
    unsigned(len(countries), out)
    for country in countries:
        name = country["properties"]["name"].encode()
        unsigned(len(name), out)
        out += name
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        unsigned(len(polygons), out)
        for rings in polygons:
            unsigned(len(rings), out)
            for ring in rings:
                unsigned(len(ring), out)
                for arc in ring:
                    signed(arc, out)
    with open(target, "wb") as file:
        file.write(out)


main(*sys.argv[1:])
