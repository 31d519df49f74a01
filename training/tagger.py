"""Trains a head that labels words and links them, on what `--examples` of the binary writes.

    onrecord score attribution POLNEAR/train training/sentences/attribution/*.txt --examples RUN/train
    onrecord score attribution POLNEAR/dev --examples RUN/dev
    python training/tagger.py --run RUN --out weights/attribution.safetensors

    onrecord score events training/sentences/events/*.txt --examples RUN/train
    onrecord score relations PLV --examples RUN/plv
    python training/tagger.py --run RUN --also RUN/plv:2 --out weights/events.safetensors

Every tenth of our own passages is kept aside. A folder with pairs knows of two parties which
type of event stands between them, but not the word that names it. Fixed seed.
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
from score import spans

#: Widths of the layers: `tagger.rs`. Features come in groups of so many answers.
INNER, LINK, GROUP = 128, 64, 64
#: Classes of the way from a word to one it may be linked with: see `way`.
WAYS = 32


class Set:
    """The tables of one folder."""

    def __init__(self, folder: pathlib.Path):
        read = lambda name, kind: numpy.fromfile(folder / name, kind)
        #: The names of the labels; a tab before the kinds of links.
        head, _, kinds = (folder / "labels.txt").read_text(encoding="utf-8").strip().partition("\t")
        self.labels, self.kinds = head.split(), kinds.split()
        columns = 4 + len(self.kinds)
        self.words = torch.from_numpy(read("words.i32", "<i4").reshape(-1, columns)).long()
        self.vectors = numpy.memmap(folder / "vectors.f32", "<f4", "r").reshape(len(self.words), -1)
        features = read("features.u16", "<u2").reshape(len(self.words), -1)
        self.features = torch.from_numpy(features.astype("i4"))
        names = (folder / "articles.txt").read_text(encoding="utf-8").splitlines()
        ours = [".txt:" in name for name in names]
        first = ours.index(True) if any(ours) else len(ours)
        cuts = (self.words[1:, 1] != self.words[:-1, 1]).nonzero().flatten() + 1
        ends = [*cuts.tolist(), len(self.words)]
        #: First word and the word after the last, of the corpus, of our own, of those kept aside.
        self.corpus, self.own, self.aside = [], [], []
        #: Of each sentence, by its first word, the pairs: from, to, labels as bits.
        self.pairs: dict[int, list[list[int]]] = {}
        if (folder / "pairs.i32").exists():
            starts = [0, *ends[:-1]]
            for sentence, *pair in read("pairs.i32", "<i4").reshape(-1, 4).tolist():
                self.pairs.setdefault(starts[sentence], []).append(pair)
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
        features = torch.zeros((*shape, self.features.shape[1]), dtype=torch.long)
        parents, labels = torch.zeros(shape, dtype=torch.long), torch.full(shape, -1)
        links = torch.full((*shape, len(self.kinds)), -1)
        for i, (a, b) in enumerate(sentences):
            n = b - a
            vectors[i, :n] = torch.from_numpy(self.vectors[a:b].copy())
            features[i, :n] = self.features[a:b]
            parents[i, :n], labels[i, :n] = self.words[a:b, 2:4].T
            links[i, :n] = self.words[a:b, 4:]
        lengths = torch.tensor([b - a for a, b in sentences])
        pairs = [(i, *pair) for i, (a, _) in enumerate(sentences) for pair in self.pairs.get(a, ())]
        return {
            "vectors": vectors, "features": features, "parents": parents,
            "labels": labels, "links": links, "mask": torch.arange(longest)[None] < lengths[:, None],
            "pairs": torch.tensor(pairs, dtype=torch.long).reshape(-1, 4),
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
    """The network of `tagger.rs`."""

    def __init__(self, width: int, questions: int, labels: int, kinds: int, dropout: float):
        super().__init__()
        self.kinds = kinds
        self.first = nn.Linear(width, INNER)
        self.told = nn.EmbeddingBag(questions * GROUP, INNER, mode="sum")
        nn.init.zeros_(self.told.weight)
        # the word, the word before, the word after, the word it depends on
        self.second = nn.Linear(4 * INNER, INNER)
        self.labels = nn.Linear(INNER, labels)
        self.linked = nn.Linear(INNER, 2 * kinds * LINK)
        self.root = nn.Parameter(torch.zeros(kinds, LINK))
        self.way = nn.Parameter(torch.zeros(kinds, WAYS))
        self.follows = nn.Parameter(torch.zeros(labels, labels))
        self.begins = nn.Parameter(torch.zeros(labels))
        self.drop = nn.Dropout(dropout)

    def forward(self, d):
        """Scores of labels `[sentence, word, label]` and, for each kind, of links
        `[sentence, word, 1 + word]`."""
        b, n = d["mask"].shape
        told = self.told(d["features"].flatten(0, 1)).view(b, n, INNER)
        x = F.relu(self.first(self.drop(d["vectors"])) + told)
        x = self.drop(x) * d["mask"][:, :, None]
        edge = torch.zeros_like(x[:, :1])
        before, after = torch.cat([edge, x[:, :-1]], 1), torch.cat([x[:, 1:], edge], 1)
        parent = x.gather(1, d["parents"][:, :, None].expand(-1, -1, INNER))
        y = x + F.relu(self.second(torch.cat([x, before, after, parent], -1)))
        y = self.drop(y)
        parts = self.linked(y).split(LINK, -1)
        ways, found = way(d["parents"], d["mask"]), []
        for kind in range(self.kinds):
            from_, to = parts[kind], parts[self.kinds + kind]
            links = from_ @ to.transpose(1, 2) / LINK**0.5 + self.way[kind][ways]
            links = links.masked_fill(~d["mask"][:, None, :], -1e4)
            root = (from_ @ self.root[kind] / LINK**0.5)[:, :, None]
            found.append(torch.cat([root, links], -1))
        return self.labels(y), found

    def tensors(self):
        """As `tagger.rs` reads them: layers as `[output][input]`."""
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


def pair_shares(scores, links, d):
    """For each pair and label the share that some word whose label is not known bears the label
    and is linked with both: `[pair, label]`, none left out. They do not sum to one."""
    at, from_, to, _ = d["pairs"].T
    open_ = ((d["labels"] < 0) & d["mask"])[at, :, None]
    shares = scores.softmax(-1)[at, :, 1:] * open_
    for kind, end in ((0, from_), (1, to)):
        linked = links[kind].softmax(-1)[at]
        shares = shares * linked.gather(2, (end + 1)[:, None, None].expand(-1, linked.shape[1], 1))
    return shares.sum(1)


def pair_loss(scores, links, d):
    """Minus the log of the share of the right labels, or of none, a pair."""
    shares = pair_shares(scores, links, d)
    bits = d["pairs"][:, 3]
    right = (bits[:, None] >> torch.arange(1, shares.shape[1] + 1)) & 1
    share = torch.where(bits == 1, 1 - shares.sum(1), (shares * right).sum(1))
    return -share.clamp(1e-4, 1).log()


def best(scores, begins, follows):
    """The best labels of one sentence `[word, label]`."""
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
    a.add_argument("--also", nargs="*", default=[], metavar="FOLDER:TIMES",
                   help="further folders, read so often an epoch")
    a.add_argument("--epochs", type=int, default=8)
    a.add_argument("--words", type=int, default=3000, help="words a batch, padding included")
    a.add_argument("--pairs", type=float, default=0.5, help="what a pair counts beside a word")
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--dropout", type=float, default=0.3)
    a.add_argument("--seed", type=int, default=7)
    a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.threads)
    rng = random.Random(o.seed)
    train = Set(o.run / "train")
    dev = Set(o.run / "dev") if (o.run / "dev").exists() else None
    # our own are few beside a corpus
    read = [(train, train.corpus + (3 if train.corpus else 1) * train.own)]
    for also in o.also:
        folder, _, times = also.partition(":")
        more = Set(pathlib.Path(folder))
        read.append((more, int(times or 1) * (more.corpus + more.own + more.aside)))
    width, questions = train.vectors.shape[1], train.features.shape[1]
    model = Head(width, questions, len(train.labels), len(train.kinds), o.dropout)
    optimizer = torch.optim.AdamW(model.parameters(), lr=o.rate, weight_decay=0.01)
    total = o.epochs * len(mixed(read, rng, o.words))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 100, max(0.02, 1 - n / total))
    )
    for epoch in range(o.epochs):
        model.train()
        sums = [0.0, 0.0]
        groups = mixed(read, rng, o.words)
        for of, group in groups:
            d = of.batch(group)
            scores, links = model(d)
            known = ((d["labels"] >= 0) | ~d["mask"]).all(1)
            words = d["mask"][known].sum().clamp(min=1)
            labelled = (crf(scores, d, model.begins, model.follows) * known).sum() / words
            if len(d["pairs"]):
                labelled = labelled + o.pairs * pair_loss(scores, links, d).mean()
            linked = sum(
                F.cross_entropy(scores.flatten(0, 1), d["links"][..., kind].flatten(),
                                ignore_index=-1, reduction="sum")
                for kind, scores in enumerate(links)
            ) / (d["links"] >= 0).sum().clamp(min=1)
            optimizer.zero_grad()
            (labelled + 0.3 * linked).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            sums[0] += labelled.item()
            sums[1] += linked.item()
        figures = f"own {measure(model, train, train.aside)}"
        if dev:
            figures = f"dev {measure(model, dev, dev.corpus)} {figures}"
        print(f"epoch {epoch + 1} loss {sums[0] / len(groups):.4f} {sums[1] / len(groups):.3f} "
              f"{figures}", flush=True)
    made = {"seed": str(o.seed)}
    tensors = {k: v.detach().clone().contiguous() for k, v in model.tensors().items()}
    save_file(tensors, o.out, metadata=made)


def mixed(sets, rng, budget):
    """The groups of several sets, each with its set."""
    groups = [(of, group) for of, read in sets for group in batches(read, rng, budget)]
    rng.shuffle(groups)
    return groups


def batches(sentences, rng, budget):
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


def runs(labels):
    """Spans of labels: those named B-X and I-X as these say, others as runs of one label."""
    bio, last = [], "O"
    for label in labels:
        if label == "O" or label[:2] in ("B-", "I-"):
            bio.append(label)
        else:
            bio.append(("I-" if label == last else "B-") + label)
        last = label
    return spans(bio)


@torch.no_grad()
def measure(model, of: Set, sentences):
    """Exact span F1 within sentences, of each kind and of all, and the share of links that are
    right, by their kind."""
    model.eval()
    counts: dict[str, list[int]] = {}
    right, all_ = [0] * len(of.kinds), [0] * len(of.kinds)
    for group in batches(sentences, random.Random(0), 3000) if sentences else []:
        d = of.batch(group)
        scores, links = model(d)
        for kind, found in enumerate(links):
            gold = d["links"][..., kind]
            right[kind] += int((found.argmax(-1) == gold)[gold >= 0].sum())
            all_[kind] += int((gold >= 0).sum())
        for i, (a, b) in enumerate(group):
            gold = runs([of.labels[r] for r in d["labels"][i, : b - a].tolist()])
            path = best(scores[i, : b - a], model.begins, model.follows)
            found = runs([of.labels[r] for r in path])
            for kind in sorted({x[2] for x in gold | found}):
                for name in (kind, "all"):
                    c = counts.setdefault(name, [0, 0, 0])
                    ga, gb = ({x for x in y if x[2] == kind} for y in (gold, found))
                    c[0] += len(ga & gb)
                    c[1] += len(ga)
                    c[2] += len(gb)
    model.train()
    figures = {k: round(200 * c[0] / max(c[1] + c[2], 1), 1) for k, c in sorted(counts.items())}
    linked = {k: round(100 * r / max(a, 1), 1) for k, r, a in zip(of.kinds, right, all_)}
    return json.dumps(figures | linked)


if __name__ == "__main__":
    main()
