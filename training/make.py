"""The one command: labelled sets in, `weights/english.weights` out.

    python training/make.py --shared ../shared/data --out weights/english.weights
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--shared", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--run", type=pathlib.Path, help="where the run is kept [default: a temporary folder]")
    a.add_argument("--epochs", type=int, default=11)
    a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    run = o.run or pathlib.Path(tempfile.mkdtemp(prefix="onrecord-training-"))
    python = [sys.executable, "-u"]
    shared = ["--shared", str(o.shared)]
    subprocess.run([*python, str(HERE / "check_names.py")], check=True)
    subprocess.run(
        [*python, str(HERE / "train.py"), *shared, "--out", str(run),
         "--epochs", str(o.epochs), "--threads", str(o.threads)],
        check=True,
    )
    subprocess.run(
        [*python, str(HERE / "export.py"), *shared, "--run", str(run), "--out", str(o.out)],
        check=True,
    )


if __name__ == "__main__":
    main()
