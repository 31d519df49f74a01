"""Trains the coreference head on what `onrecord score coref --examples` writes.

    onrecord score coref TREEBANK-train.conllu training/sentences/coref/*.txt --examples RUN/train
    onrecord score coref TREEBANK-dev.conllu --examples RUN/dev
    python training/coref.py --run RUN --shared ../shared/data --out weights/coreference.safetensors

GUM's five non-commercial genres are read for the figures on dev only. Fixed seed.
"""

import argparse
import json
import pathlib
import random

import numpy
import torch
from safetensors.torch import save_file
from torch import nn

from data import NON_COMMERCIAL

INNER, PRODUCT, GROUP = 64, 32, 64
#: Groups of features of a spot alone and of a pair: `coref/features.rs`.
FEATURES = (15 + 29) * GROUP


class Set:
    """The tables of one file, with the genre of each document."""

    def __init__(self, folder: pathlib.Path, treebank: pathlib.Path):
        def read(name, kind):
            return torch.from_numpy(numpy.fromfile(folder / name, kind).astype(kind))

        self.spots = read("spots.i32", "<i4").view(-1, 4).long()
        self.vectors = read("vectors.f32", "<f4").view(len(self.spots), -1)
        self.pairs = read("pairs.i32", "<i4").view(-1, 4).long()
        self.features = torch.from_numpy(numpy.fromfile(folder / "features.u16", "<u2").astype("i8"))
        self.pair_features = torch.from_numpy(
            numpy.fromfile(folder / "pair-features.u16", "<u2").astype("i8")
        )
        with treebank.open(encoding="utf-8") as lines:
            ids = [l.split("=")[1].strip() for l in lines if l.startswith("# newdoc id")]
        self.genres = [id.split("_")[1] for id in ids]
        counts = torch.bincount(self.spots[:, 0], minlength=len(ids)).tolist()
        # the passages written for this project come after the treebank's documents
        self.genres += ["own"] * (len(counts) - len(ids))
        self.documents, at = [], 0
        for count in counts:
            self.documents.append((at, at + count))
            at += count

    def document(self, n: int):
        """One document's tensors, its pairs' spots counted from its first."""
        a, b = self.documents[n]
        ends = lambda column: (0 if a == 0 else int(self.spots[a - 1, column]), int(self.spots[b - 1, column]))
        (p, q), (f, g) = ends(2), ends(3)
        pair_from = 0 if p == 0 else int(self.pairs[p - 1, 3])
        pairs = self.pairs[p:q]
        owner = torch.searchsorted(self.spots[a:b, 2].contiguous(), torch.arange(p, q), right=True)
        return {
            "vectors": self.vectors[a:b],
            "right": self.spots[a:b, 1],
            "features": self.features[f:g],
            "starts": torch.cat([torch.tensor([f]), self.spots[a : b - 1, 3]]) - f,
            "owner": owner,
            "last": pairs[:, 0] - a,
            "best": pairs[:, 1] - a,
            "is": pairs[:, 2].bool(),
            "pair_features": self.pair_features[pair_from : int(self.pairs[q - 1, 3]) if q > p else pair_from],
            "pair_starts": torch.cat([torch.tensor([pair_from]), pairs[:-1, 3]]) - pair_from,
        }


class Head(nn.Module):
    """The network of `coref/head.rs`."""

    def __init__(self, width: int, dropout: float):
        super().__init__()
        table = lambda: nn.EmbeddingBag(FEATURES, INNER, mode="sum")
        self.words = nn.Linear(width, 2 * INNER + PRODUCT, bias=False)
        self.own = nn.Linear(width, INNER, bias=False)
        self.products = nn.Linear(2 * PRODUCT, INNER, bias=False)
        self.pair, self.alone = table(), table()
        for t in (self.pair, self.alone):
            # features that are never seen stay at zero
            nn.init.zeros_(t.weight)
        self.pair_out = nn.Parameter(torch.randn(INNER) * 0.1)
        self.alone_out = nn.Parameter(torch.randn(2, INNER) * 0.1)
        self.bias = nn.Parameter(torch.zeros(2 * INNER + 2))
        self.drop = nn.Dropout(dropout)

    def forward(self, d):
        """The scores of [begins, nobody] of each spot, and of each pair."""
        vectors = self.drop(d["vectors"])
        words, own = self.words(vectors), self.own(vectors) + self.bias[:INNER]
        own = own + self.alone(d["features"], d["starts"])
        later = words[:, :INNER] + self.pair(d["features"], d["starts"])
        alone = self.drop(own.relu()) @ self.alone_out.T + self.bias[2 * INNER :]
        u = words[:, 2 * INNER :]
        owner, last, best = d["owner"], d["last"], d["best"]
        product = torch.cat([u[owner] * u[last], u[owner] * u[best]], -1)
        inner = later[owner] + words[last, INNER : 2 * INNER] + self.products(product)
        inner = inner + self.pair(d["pair_features"], d["pair_starts"]) + self.bias[INNER : 2 * INNER]
        return alone, self.drop(inner.relu()) @ self.pair_out

    def tensors(self):
        """As `head.rs` reads them."""
        return {
            "words": self.words.weight.T.contiguous(),
            "own": self.own.weight.T.contiguous(),
            "products": self.products.weight.T.contiguous(),
            "pair": self.pair.weight,
            "alone": self.alone.weight,
            "pair_out": self.pair_out,
            "alone_out": self.alone_out,
            "bias": self.bias,
        }


def scores(model, d):
    """Of each spot: the log of the sum over all it may become, and over what is right."""
    alone, pair = model(d)
    n = len(alone)
    top = torch.full((n,), -1e9).scatter_reduce(0, d["owner"], pair, "amax").maximum(alone.amax(1))
    top = top.detach()
    part = (pair - top[d["owner"]]).exp()
    own = (alone - top[:, None]).exp()
    total = own.sum(1).index_add(0, d["owner"], part)
    right = torch.zeros(n).index_add(0, d["owner"], part * d["is"])
    right = right + own[:, 0] * (d["right"] == 0) + own[:, 1] * (d["right"] == 1)
    return total, right, top


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    a.add_argument("--run", type=pathlib.Path, required=True)
    a.add_argument("--shared", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--epochs", type=int, default=16)
    a.add_argument("--rate", type=float, default=1e-3)
    a.add_argument("--dropout", type=float, default=0.3)
    a.add_argument("--seed", type=int, default=7)
    o = a.parse_args()
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    ud = o.shared / "ud"
    train = Set(o.run / "train", ud / "en_gum-train.conllu")
    dev = Set(o.run / "dev", ud / "en_gum-dev.conllu")
    own = [n for n, g in enumerate(train.genres) if g == "own"]
    aside = own[::10]
    read = [n for n, g in enumerate(train.genres) if g not in NON_COMMERCIAL and n not in aside]
    model = Head(train.vectors.shape[1], o.dropout)
    optimizer = torch.optim.AdamW(model.parameters(), lr=o.rate, weight_decay=0.02)
    total = o.epochs * len(read)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: max(0.02, 1 - n / total))
    for epoch in range(o.epochs):
        model.train()
        rng.shuffle(read)
        loss_sum = 0.0
        for n in read:
            d = train.document(n)
            everything, right, _ = scores(model, d)
            known = d["right"] != 2
            loss = -(right[known].clamp(min=1e-9) / everything[known]).log().mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            loss_sum += loss.item()
        figures = measure(model, dev, range(len(dev.documents)))
        news = measure(model, dev, [n for n, g in enumerate(dev.genres) if g == "news"])
        ours = measure(model, train, aside)
        print(
            f"epoch {epoch + 1} loss {loss_sum / len(read):.3f} dev {figures} news {news} own {ours}",
            flush=True,
        )
    made = {"features": str(FEATURES), "seed": str(o.seed)}
    save_file({k: v.detach().clone() for k, v in model.tensors().items()}, o.out, metadata=made)


def measure(model, of: Set, documents):
    """The share of spots whose likeliest fate is right, by what is right."""
    model.eval()
    right, all_ = {}, {}
    with torch.no_grad():
        for n in documents:
            d = of.document(n)
            alone, pair = model(d)
            best = torch.full((len(alone),), -1e9).scatter_reduce(0, d["owner"], pair, "amax")
            rights = torch.where(d["is"], pair, torch.tensor(-1e9))
            good = torch.full((len(alone),), -1e9).scatter_reduce(0, d["owner"], rights, "amax")
            choice = torch.stack([alone[:, 0], alone[:, 1], best], 1).argmax(1)
            for fate, name in ((0, "begins"), (1, "nobody"), (3, "on")):
                mine = d["right"] == fate
                won = choice == min(fate, 2)
                if fate == 3:
                    won &= good >= best
                right[name] = right.get(name, 0) + int((won & mine).sum())
                all_[name] = all_.get(name, 0) + int(mine.sum())
    model.train()
    return json.dumps({k: round(100 * right[k] / max(all_[k], 1), 1) for k in right})


if __name__ == "__main__":
    main()
