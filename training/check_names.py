"""Checks the files of `sentences/names/`: brackets, types, length, no sentence twice.

    python training/check_names.py [FILE...]
"""

import pathlib
import re
import sys

SPAN = re.compile(r"\[(PER|ORG|LOC) ([^\[\]]+)\]")


def faults(path: pathlib.Path, seen: dict[str, str]) -> list[str]:
    found = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{path}:{n}"
        bare = SPAN.sub(r"\2", line)
        if "[" in bare or "]" in bare:
            found.append(f"{where}: a bracket that is no [PER ...], [ORG ...] or [LOC ...]")
        for kind, name in SPAN.findall(line):
            if name != name.strip() or "  " in name:
                found.append(f"{where}: white space at the edge of {name!r}")
            if name.endswith(("'s", "’s")) or name.endswith((",", ";", ":")):
                found.append(f"{where}: {name!r} takes its ending along")
        if line != line.strip() or "\t" in line:
            found.append(f"{where}: white space at an edge, or a tab")
        if len(bare.split()) > 60:
            found.append(f"{where}: more than 60 words")
        if bare in seen:
            found.append(f"{where}: stands already at {seen[bare]}")
        seen[bare] = where
    return found


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent / "sentences" / "names"
    files = [pathlib.Path(f) for f in sys.argv[1:]] or sorted(folder.glob("*.txt"))
    seen: dict[str, str] = {}
    faults_found = [fault for path in files for fault in faults(path, seen)]
    print("\n".join(faults_found) or f"{len(seen)} sentences, no fault")
    sys.exit(bool(faults_found))
