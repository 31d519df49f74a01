"""The mean of the weights of two runs of one network: what the second learned besides, at half
the price for what the first knew.

    python training/mean.py --first RUN --second RUN --out RUN
"""

import argparse
import pathlib
import shutil

from safetensors.torch import load_file, save_file


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    a.add_argument("--shared", help="not read: given to every stage")
    for name in ("--first", "--second", "--out"):
        a.add_argument(name, type=pathlib.Path, required=True)
    o = a.parse_args()
    first, second = (load_file(x / "weights.safetensors") for x in (o.first, o.second))
    o.out.mkdir(parents=True, exist_ok=True)
    # a head that the first lacks is the second's
    mean = {k: ((v + first[k]) / 2 if k in first else v).contiguous() for k, v in second.items()}
    save_file(mean, o.out / "weights.safetensors")
    shutil.copy(o.second / "labels.json", o.out / "labels.json")


if __name__ == "__main__":
    main()
