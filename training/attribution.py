"""Trains the attribution head on what `onrecord score attribution --examples` writes.

    onrecord score attribution POLNEAR/train training/sentences/attribution/*.txt --examples RUN/train
    onrecord score attribution POLNEAR/dev --examples RUN/dev
    python training/attribution.py --run RUN --out weights/attribution.safetensors

Every tenth of our own passages is kept aside. Fixed seed.
"""

import argparse
import json
import pathlib
import random

import numpy
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

from data import ASIDE
from score import ROLES, spans

#: Widths of the layers, and features: `head/net.rs`, `head/features.rs`.
INNER, LINK, QUESTIONS, GROUP = 128, 64, 9, 64
FEATURES = QUESTIONS * GROUP
#: Classes of the way from a word to one it may be linked with: see `way`.
WAYS = 32
LABELS = len(ROLES)


class Set:
    """The tables of one folder."""

    def __init__(self, folder: pathlib.Path):
        read = lambda name, kind: numpy.fromfile(folder / name, kind)
        self.words = torch.from_numpy(read("words.i32", "<i4").reshape(-1, 5)).long()
        self.vectors = numpy.memmap(folder / "vectors.f32", "<f4", "r").reshape(len(self.words), -1)
        features = read("features.u16", "<u2").reshape(-1, QUESTIONS)
        self.features = torch.from_numpy(features.astype("i4"))
        names = (folder / "articles.txt").read_text(encoding="utf-8").splitlines()
        ours = [".txt:" in name for name in names]
        first = ours.index(True) if any(ours) else len(ours)
        cuts = (self.words[1:, 1] != self.words[:-1, 1]).nonzero().flatten() + 1
        ends = [*cuts.tolist(), len(self.words)]
        #: First word and the word after the last, of the corpus, of our own, of those kept aside.
        self.corpus, self.own, self.aside = [], [], []
        for start, end in zip([0, *ends], ends):
            article = int(self.words[start, 0])
            if article < first:
                self.corpus.append((start, end))
            else:
                last = (article - first) % ASIDE == ASIDE - 1
                (self.aside if last else self.own).append((start, end))

    def batch(self, sentences):
        """Tensors of sentences, padded."""
        longest = max(b - a for a, b in sentences)
        shape = (len(sentences), longest)
        vectors = torch.zeros((*shape, self.vectors.shape[1]))
        features = torch.zeros((*shape, QUESTIONS), dtype=torch.long)
        parents = torch.zeros(shape, dtype=torch.long)
        labels, links = torch.full(shape, -1), torch.full(shape, -1)
        for i, (a, b) in enumerate(sentences):
            n = b - a
            vectors[i, :n] = torch.from_numpy(self.vectors[a:b].copy())
            features[i, :n] = self.features[a:b]
            parents[i, :n], labels[i, :n], links[i, :n] = self.words[a:b, 2:5].T
        return {
            "vectors": vectors, "features": features, "parents": parents,
            "labels": labels, "links": links, "mask": labels >= 0,
        }


def way(parents, mask):
    """How the tree leads from each word to each other, `[sentence, word, word]`: the distance in
    words (8 classes each side), and whether one depends on the other or on the other's head."""
    n = parents.shape[1]
    at = torch.arange(n)
    far = at[None, :] - at[:, None]
    steps = torch.tensor([0, 1, 2, 3, 3, 4, 4, 4] + [5] * 5 + [6] * 8 + [7])
    distance = steps[far.abs().clamp(max=len(steps) - 1)] + 8 * (far < 0)
    up = parents[:, :, None] == at[None, None, :]
    down = at[None, :, None] == parents[:, None, :]
    same = parents[:, :, None] == parents[:, None, :]
    near = (up | down | same) & mask[:, None, :] & mask[:, :, None]
    return distance[None] + 16 * near


class Head(nn.Module):
    """The network of `head/net.rs`."""

    def __init__(self, width: int, dropout: float):
        super().__init__()
        self.first = nn.Linear(width, INNER)
        self.told = nn.EmbeddingBag(FEATURES, INNER, mode="sum")
        nn.init.zeros_(self.told.weight)
        # the word, the word before, the word after, the word it depends on
        self.second = nn.Linear(4 * INNER, INNER)
        self.labels = nn.Linear(INNER, LABELS)
        self.linked = nn.Linear(INNER, 2 * LINK)
        self.root = nn.Parameter(torch.zeros(LINK))
        self.way = nn.Parameter(torch.zeros(WAYS))
        self.follows = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.begins = nn.Parameter(torch.zeros(LABELS))
        self.drop = nn.Dropout(dropout)

    def forward(self, d):
        """Scores of labels `[sentence, word, LABELS]` and of links `[sentence, word, 1 + word]`."""
        b, n = d["mask"].shape
        told = self.told(d["features"].view(b * n, QUESTIONS)).view(b, n, INNER)
        x = F.relu(self.first(self.drop(d["vectors"])) + told)
        x = self.drop(x) * d["mask"][:, :, None]
        edge = torch.zeros_like(x[:, :1])
        before, after = torch.cat([edge, x[:, :-1]], 1), torch.cat([x[:, 1:], edge], 1)
        parent = x.gather(1, d["parents"][:, :, None].expand(-1, -1, INNER))
        y = x + F.relu(self.second(torch.cat([x, before, after, parent], -1)))
        y = self.drop(y)
        from_, to = self.linked(y).split(LINK, -1)
        links = from_ @ to.transpose(1, 2) / LINK**0.5 + self.way[way(d["parents"], d["mask"])]
        links = links.masked_fill(~d["mask"][:, None, :], -1e4)
        root = (from_ @ self.root / LINK**0.5)[:, :, None]
        return self.labels(y), torch.cat([root, links], -1)

    def tensors(self):
        """As `head/net.rs` reads them: layers as `[output][input]`."""
        return {
            "first": self.first.weight,
            "told": self.told.weight,
            "second": self.second.weight,
            "labels": self.labels.weight,
            "linked": self.linked.weight,
            "bias": torch.cat([self.first.bias, self.second.bias, self.labels.bias, self.linked.bias]),
            "root": self.root,
            "way": self.way,
            "follows": self.follows,
            "begins": self.begins,
        }


def crf(scores, d, begins, follows):
    """Minus the log probability of the labels, a sentence."""
    gold, mask = d["labels"].clamp(min=0), d["mask"].float()
    score = begins[gold[:, 0]] + scores[:, 0].gather(1, gold[:, :1])[:, 0]
    all_ = begins + scores[:, 0]
    for t in range(1, scores.shape[1]):
        m = mask[:, t]
        step = follows[gold[:, t - 1], gold[:, t]] + scores[:, t].gather(1, gold[:, t : t + 1])[:, 0]
        score = score + m * step
        next_ = (all_[:, :, None] + follows).logsumexp(1) + scores[:, t]
        all_ = torch.where(m[:, None] > 0, next_, all_)
    return all_.logsumexp(1) - score


def best(scores, begins, follows):
    """The best labels of one sentence `[word, LABELS]`."""
    value, back = begins + scores[0], []
    for row in scores[1:]:
        value, at = (value[:, None] + follows).max(0)
        back.append(at)
        value = value + row
    path = [int(value.argmax())]
    for at in reversed(back):
        path.append(int(at[path[-1]]))
    return path[::-1]


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    a.add_argument("--run", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--epochs", type=int, default=6)
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--dropout", type=float, default=0.2)
    a.add_argument("--seed", type=int, default=7)
    a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.threads)
    rng = random.Random(o.seed)
    train, dev = Set(o.run / "train"), Set(o.run / "dev")
    model = Head(train.vectors.shape[1], o.dropout)
    optimizer = torch.optim.AdamW(model.parameters(), lr=o.rate, weight_decay=0.01)
    total = o.epochs * len(batches(train.corpus + 3 * train.own, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 100, max(0.02, 1 - n / total))
    )
    for epoch in range(o.epochs):
        model.train()
        sums = [0.0, 0.0]
        groups = batches(train.corpus + 3 * train.own, rng)
        for group in groups:
            d = train.batch(group)
            scores, links = model(d)
            words = d["mask"].sum()
            labelled = crf(scores, d, model.begins, model.follows).sum() / words
            linked = F.cross_entropy(links.flatten(0, 1), d["links"].flatten(), ignore_index=-1,
                                     reduction="sum") / (d["links"] >= 0).sum().clamp(min=1)
            optimizer.zero_grad()
            (labelled + 0.3 * linked).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            sums[0] += labelled.item()
            sums[1] += linked.item()
        figures = [measure(model, dev, dev.corpus), measure(model, train, train.aside)]
        print(f"epoch {epoch + 1} loss {sums[0] / len(groups):.4f} {sums[1] / len(groups):.3f} "
              f"dev {figures[0]} own {figures[1]}", flush=True)
    made = {"seed": str(o.seed)}
    tensors = {k: v.detach().clone().contiguous() for k, v in model.tensors().items()}
    save_file(tensors, o.out, metadata=made)


def batches(sentences, rng, budget=3000):
    """Groups of about `budget` words, sentences of like length together."""
    order = sorted(sentences, key=lambda s: s[1] - s[0] + rng.random() * 4)
    groups, now = [], []
    for s in order:
        if now and (len(now) + 1) * (s[1] - s[0]) > budget:
            groups.append(now)
            now = []
        now.append(s)
    groups.append(now)
    rng.shuffle(groups)
    return groups


@torch.no_grad()
def measure(model, of: Set, sentences):
    """Exact span F1 of each role within sentences, and the share of links that are right."""
    model.eval()
    counts = {kind: [0, 0, 0] for kind in ("source", "cue", "content")}
    right = all_ = 0
    for group in batches(sentences, random.Random(0)) if sentences else []:
        d = of.batch(group)
        scores, links = model(d)
        known = d["links"] >= 0
        right += int((links.argmax(-1) == d["links"])[known].sum())
        all_ += int(known.sum())
        for i, (a, b) in enumerate(group):
            gold = spans([ROLES[r] for r in d["labels"][i, : b - a].tolist()])
            found = spans([ROLES[r] for r in best(scores[i, : b - a], model.begins, model.follows)])
            for kind, c in counts.items():
                ga, gb = ({x for x in y if x[2] == kind} for y in (gold, found))
                c[0] += len(ga & gb)
                c[1] += len(ga)
                c[2] += len(gb)
    model.train()
    figures = {k: round(200 * c[0] / max(c[1] + c[2], 1), 1) for k, c in counts.items()}
    return json.dumps(figures | {"links": round(100 * right / max(all_, 1), 1)})


if __name__ == "__main__":
    main()
