"""A trained run to the one file that the binary reads.

    python training/export.py --run RUN --out weights/english.weights

Linear layers and the piece table become int8 with one scale a row; the rest stays float.
"""

import argparse
import json
import pathlib
import struct

import numpy as np
from safetensors.numpy import load_file

import data
import lemmas
import text as news
from pieces import Pieces

HERE = pathlib.Path(__file__).parent
#: Pieces a sentence may have in one pass of the network.
POSITIONS = 256


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--run", type=pathlib.Path, required=True)
    a.add_argument("--shared", type=pathlib.Path, default=HERE / "../../shared/data")
    a.add_argument("--out", type=pathlib.Path, required=True)
    o = a.parse_args()
    w = load_file(o.run / "weights.safetensors")
    labels = json.loads((o.run / "labels.json").read_text())
    sentences = data.sets(o.shared, HERE / "sentences").train
    kept = seen(labels["pieces"], sentences, o.shared)
    vocabulary = [labels["pieces"][i] for i in kept]
    rules, exceptions = lemmas.learn(sentences, {p for p in vocabulary if not p.startswith("##")})

    tensors: list[tuple[str, np.ndarray]] = []

    def text(name, lines):
        tensors.append((name, np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)))

    def floats(name, x):
        tensors.append((name, np.ascontiguousarray(x, dtype=np.float32)))

    def rounded(name, x, bias=None):
        scale = np.maximum(np.abs(x).max(1), 1e-12) / 127
        tensors.append((name + ".weight", np.rint(x / scale[:, None]).astype(np.int8)))
        floats(name + ".scale", scale)
        if bias is not None:
            floats(name + ".bias", bias)

    def linear(name, *layers):
        rounded(
            name,
            np.concatenate([w[n + ".weight"] for n in layers]),
            np.concatenate([w[n + ".bias"] for n in layers]),
        )

    text("vocabulary", vocabulary)
    text("lemma.rules", rules)
    text("lemma.exceptions", exceptions)
    fast = "endings.weight" in w
    rounded("pieces", w["pieces.weight"][kept])
    if fast:
        rounded("endings", w["endings.weight"])
    else:
        floats("positions.weight", w["positions.weight"][:POSITIONS])
    floats("shapes.weight", w["shapes.weight"])
    for part in ("weight", "bias"):
        floats(f"norm.{part}", w[f"norm.{part}"])
    layers = ""
    for i in range(1 + max(int(n.split(".")[1]) for n in w if n.startswith("layers."))):
        window = f"layers.{i}.near.weight" in w
        layers += "w" if window else "a"
        for part in ("near",) if window else ("qkv", "out", "up", "down"):
            linear(f"layers.{i}.{part}", f"layers.{i}.{part}")
        for norm in ("norm",) if window else ("norm1", "norm2"):
            for part in ("weight", "bias"):
                floats(f"layers.{i}.{norm}.{part}", w[f"layers.{i}.{norm}.{part}"])
    mix = np.exp(w["mix"])
    floats("mix", mix / mix.sum(1, keepdims=True))
    linear("tree", "arc_dep", "arc_head", "rel_dep", "rel_head")
    # which guidelines a name follows is settled here: UNER for names, re3d for mentions
    w["name_in.bias"] = w["name_in.bias"] + w["name_set.weight"][data.UNER]
    w["mention_in.bias"] = w["mention_in.bias"] + w["mention_set.weight"][data.RE3D]
    linear("tags", "name_in", "mention_in", "upos", "xpos")
    rounded("arc", w["arc"].T, w["arc_bias"])
    linear("rel", "rel")
    names, mentions = w["name_out.weight"], w["mention_out.weight"]
    apart = np.zeros_like(names)
    rounded(
        "spans",
        np.block([[names, apart], [apart, mentions]]),
        np.concatenate([w["name_out.bias"], w["mention_out.bias"]]),
    )

    at, listed = 0, []
    for name, x in tensors:
        at = (at + 63) // 64 * 64
        listed.append([name, x.dtype.name, list(x.shape), at])
        at += x.nbytes
    header = json.dumps(
        {
            "format": 2,
            "net": {
                "rows": "words" if fast else "pieces",
                "hidden": w["pieces.weight"].shape[1],
                "inner": next(v.shape[0] for n, v in w.items() if n.endswith("up.weight")),
                "layers": layers,
                "arc": w["arc"].shape[0],
                "rel": w["rel_dep.weight"].shape[0] // 2,
                "name": w["name_in.weight"].shape[0],
            },
            "labels": {k: labels[k] for k in ("upos", "xpos", "deprel", "bio")},
            "tensors": listed,
        },
        separators=(",", ":"),
    ).encode()
    o.out.parent.mkdir(parents=True, exist_ok=True)
    with o.out.open("wb") as f:
        f.write(b"onrecord weights\n" + struct.pack("<I", len(header)) + header)
        f.write(b"\0" * (-f.tell() % 64))
        base = f.tell()
        for (_, x), (_, _, _, at) in zip(tensors, listed):
            f.write(b"\0" * (base + at - f.tell()))
            f.write(x.tobytes())
    print(f"{o.out}: {o.out.stat().st_size / 1e6:.1f} MB, {len(kept)} pieces, "
          f"{len(rules)} lemma rules, {len(exceptions)} exceptions")


def seen(pieces: list[str], sentences, shared: pathlib.Path) -> list[int]:
    """Pieces that the training texts or the news texts reach, and all single characters."""
    cut = Pieces(pieces)
    used = set()
    for s in sentences:
        for word in s.words:
            used.update(cut.of(word))
    for paragraph in news.paragraphs(shared):
        for word in data.WORD.findall(paragraph):
            used.update(cut.of(word))
    return [
        i
        for i, piece in enumerate(pieces)
        if i in used or len(piece.removeprefix("##")) <= 1 or piece in ("[UNK]", "[CLS]", "[MASK]")
    ]


if __name__ == "__main__":
    main()
