"""What the tests share: the example pages, and the program to compare with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def binary():
    """The program `onrecord`: of ONRECORD_BIN, else the one built here, else of PATH."""
    built = [ROOT / "target" / profile / "onrecord" for profile in ("release", "debug")]
    named = os.environ.get("ONRECORD_BIN") or next((str(b) for b in built if b.exists()), None)
    found = named or shutil.which("onrecord")
    if not found:
        pytest.skip("SKIPPED: no program to compare with; name it in ONRECORD_BIN")
    return found


@pytest.fixture(scope="session")
def run(binary):
    def call(*args, cwd=ROOT, codes=(0,), told=False):
        """What the program gives, or with ``told`` what it tells."""
        done = subprocess.run([binary, *map(str, args)], cwd=cwd, capture_output=True, text=True)
        assert done.returncode in codes, done.stderr
        return done.stderr if told else done.stdout

    return call


@pytest.fixture(scope="session")
def pages():
    """The example pages, by the names and in the order in which the program reads the folder."""
    folder = Path("examples/pages")
    return [folder / path.name for path in sorted((ROOT / folder).iterdir())]


@pytest.fixture(autouse=True)
def in_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def by_program(run, tmp_path_factory):
    """The record of the example pages that the program writes."""
    path = tmp_path_factory.mktemp("record") / "examples.db"
    run("read", "examples/pages", "-o", path, "-q", codes=(0, 3))
    return path
