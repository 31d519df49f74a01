"""Labels news text with the teacher and the first parser together.

    python training/label.py --teacher RUN --first RUN --text TEXT.conllu --out LABELS

Of the text only the words are read. Names are labelled as Universal NER does, mentions as re3d.
What the two networks say is put together as the weighted mean of their log probabilities: they
err in different places, and together are right more often than either.
"""

import argparse
import json
import pathlib
import random

import torch
from safetensors.torch import load_file

import data
import soft
from model import Parser, Teacher
from pieces import Pieces
from train import Batches, grouped

HERE = pathlib.Path(__file__).parent
#: Sentences outside these lengths are headings, lists or lines that were not split.
SHORTEST, LONGEST = 4, 80
#: The teacher's share in the mean.
SHARE = 0.6


def load(run: pathlib.Path, net: str):
    """A trained network, and what makes its batches."""
    labels = json.loads((run / "labels.json").read_text())
    sizes = [len(labels[k]) for k in ("pieces", "upos", "xpos", "deprel")]
    model = (Teacher if net == "teacher" else Parser)(*sizes)
    model.load_state_dict(load_file(run / "weights.safetensors"))
    model.eval()
    return model, Batches(Pieces(labels["pieces"]), labels, net), labels


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--teacher", type=pathlib.Path, required=True)
    a.add_argument("--first", type=pathlib.Path, required=True)
    a.add_argument("--text", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--words", type=int, default=600_000, help="words of text that are labelled")
    a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    *teacher, theirs = load(o.teacher, "teacher")
    *first, ours = load(o.first, "full")
    assert all(theirs[k] == ours[k] for k in ("upos", "xpos", "deprel", "bio"))
    unique = {tuple(s.words): None for s in data.conllu(o.text)}
    text = [w for w in unique if SHORTEST <= len(w) <= LONGEST]
    random.Random(7).shuffle(text)
    left, sentences = o.words, []
    for words in text:
        left -= len(words)
        if left < 0:
            break
        sentences.append(data.Sentence(words=list(words), mentions_by=data.RE3D))
    print(f"{len(text)} sentences of text, {len(sentences)} are labelled", flush=True)
    found = {"words": [], "soft": []}
    for n, group in enumerate(grouped(sentences, 2000, random.Random(0))):
        for s, labelled in zip(group, label([teacher, first], group)):
            found["words"].append(s.words)
            found["soft"].append(labelled)
        if n % 50 == 0:
            print(f"{len(found['words'])} sentences", flush=True)
    torch.save(found, o.out)


@torch.no_grad()
def label(networks, group):
    """The labels of each sentence by two networks together."""
    outs = []
    for model, batches in networks:
        batch = batches.batch(group)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(batch)
        words = out["arcs"].shape[1]
        reach = torch.arange(words + 1)[None] <= batch["words"][:, None]
        out["arcs"] = out["arcs"].float().masked_fill(~reach[:, None], -1e4)
        outs.append(out)

    def mean(scores):
        first, second = (x.float().log_softmax(-1).clamp(min=-20) for x in scores)
        return (SHARE * first + (1 - SHARE) * second).softmax(-1)

    spread = {
        k: mean([out[k] for out in outs]) for k in ("arcs", "upos", "xpos", "names", "mentions")
    }
    heads = spread["arcs"].argmax(-1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        relations = [model.relations(out, heads) for (model, _), out in zip(networks, outs)]
    spread["deprel"] = mean(relations)
    for i, s in enumerate(group):
        n = len(s.words)
        labelled = {
            k: soft.of(k, v[i, :n, : n + 1] if k == "arcs" else v[i, :n])
            for k, v in spread.items()
            if k in soft.KEPT
        }
        for k in ("names", "mentions"):
            labelled[k] = spread[k][i, :n].half()
        labelled["heads"] = heads[i, :n].short()
        # slices of a batch would keep the whole batch
        yield {
            k: tuple(x.clone() for x in v) if isinstance(v, tuple) else v.clone()
            for k, v in labelled.items()
        }


if __name__ == "__main__":
    main()
