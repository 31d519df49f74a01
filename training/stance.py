"""Trains the head that tells how a sentence speaks of somebody in it, on what `--examples` of
the binary writes.

    onrecord score stance NEWSMTSC/train.jsonl --examples RUN/train
    onrecord score stance NEWSMTSC/rw-dev.jsonl --examples RUN/rw-dev
    onrecord score stance NEWSMTSC/mt-dev.jsonl --examples RUN/mt-dev
    python training/stance.py --run RUN --out weights/tone.safetensors

Trained on `train` alone; the others are only measured on. Networks that differ by their seed are
trained first, one behind the other, each without a part of the rows; what the others make of a
row is what the last, which is kept, learns beside its label. Words have a row of their own, of
which three numbers are VADER's valence. Fixed seed, one thread: the same file again.
"""

import argparse
import collections
import importlib.util
import math
import pathlib
import random

import numpy
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

#: Widths of the layers, heads of attention, classes of distance: `tone/layers.rs`.
INNER, HEADS, FAR = 128, 4, 20
#: Questions asked of a word, answers to one, the question whether it is the target's, and those
#: of the way in the tree and the distance: `tone/features.rs`.
QUESTIONS, ANSWERS, TARGET, WAY = 11, 64, 9, range(4, 8)
#: Numbers in a word's own row, and how many of them are VADER's.
ROW, VALENCE = 16, 3
STEPS = (1, 2, 3, 4, 6, 9, 14, 22, 35)


class Set:
    """The tables of one folder."""

    def __init__(self, folder: pathlib.Path):
        read = lambda name, kind: numpy.fromfile(folder / name, kind)
        rows = read("rows.i32", "<i4").reshape(-1, 2)
        ends = numpy.cumsum(rows[:, 0])
        #: First word and the word after the last of each row, and its label.
        self.spans = list(zip((ends - rows[:, 0]).tolist(), ends.tolist()))
        self.labels = torch.from_numpy(rows[:, 1].copy()).long()
        self.features = read("features.u16", "<u2").reshape(ends[-1], QUESTIONS).astype("i8")
        vectors = numpy.memmap(folder / "vectors.f32", "<f4", "r").reshape(ends[-1], -1)
        self.vectors = vectors.astype("f2")
        self.forms = (folder / "forms.txt").read_text(encoding="utf-8").split("\n")[:-1]
        assert len(self.forms) == ends[-1]

    def batch(self, rows, words):
        """Tensors of rows, padded."""
        n = max(1, max(self.spans[i][1] - self.spans[i][0] for i in rows))
        vectors = numpy.zeros((len(rows), n, self.vectors.shape[1]), "f4")
        features = numpy.zeros((len(rows), n, QUESTIONS), "i8") + ANSWERS * numpy.arange(QUESTIONS)
        mask, own = numpy.zeros((len(rows), n), bool), numpy.zeros((len(rows), n), "i8")
        for k, i in enumerate(rows):
            a, b = self.spans[i]
            vectors[k, : b - a], features[k, : b - a] = self.vectors[a:b], self.features[a:b]
            own[k, : b - a], mask[k, : b - a] = [words.get(w, 0) for w in self.forms[a:b]], True
        return [torch.from_numpy(x) for x in (vectors, features, own, mask)]


def valence():
    """VADER's words, each with its valence, its being known, and its valence where good."""
    spec = importlib.util.find_spec("vaderSentiment")
    path = pathlib.Path(spec.submodule_search_locations[0]) / "vader_lexicon.txt"
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, value = line.split("\t")[:2]
        if word.isalpha():
            found[word.lower()] = [float(value) / 2, 1.0, max(float(value), 0) / 2]
    return found


class Layer(nn.Module):
    """A layer of attention between words."""

    def __init__(self, dropout):
        super().__init__()
        self.asked, self.out = nn.Linear(INNER, 3 * INNER), nn.Linear(INNER, INNER)
        self.up, self.down = nn.Linear(INNER, 2 * INNER), nn.Linear(2 * INNER, INNER)
        self.norm, self.last = nn.LayerNorm(INNER, 1e-12), nn.LayerNorm(INNER, 1e-12)
        self.far = nn.Parameter(torch.zeros(HEADS, FAR))
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask):
        q, k, v = (split(part) for part in self.asked(x).split(INNER, -1))
        at = torch.arange(x.shape[1])
        far = at[None, :] - at[:, None]
        far = sum((far.abs() >= least).long() for least in STEPS) + 10 * (far < 0)
        taken = attend(q, k, v, self.far[:, far], mask)
        x = self.norm(x + self.drop(self.out(taken)))
        return self.last(x + self.drop(self.down(self.drop(F.relu(self.up(x))))))


def split(x):
    """`[row, word, INNER]` to `[row, head, word, each]`."""
    return x.view(*x.shape[:2], HEADS, INNER // HEADS).transpose(1, 2)


def attend(q, k, v, bias, mask):
    scores = q @ k.transpose(2, 3) / (INNER // HEADS) ** 0.5 + bias
    share = scores.masked_fill(~mask[:, None, None], -1e4).softmax(-1)
    return (share @ v).transpose(1, 2).flatten(2)


class Head(nn.Module):
    """The network of `tone/head.rs`."""

    def __init__(self, width, table, dropout, hide):
        super().__init__()
        self.first = nn.Linear(width, INNER)
        self.told = nn.EmbeddingBag(QUESTIONS * ANSWERS, INNER, mode="sum")
        nn.init.normal_(self.told.weight, std=0.02)
        self.register_buffer("known", table)
        self.rows = nn.Embedding(len(table), ROW - VALENCE)
        nn.init.normal_(self.rows.weight, std=0.1)
        self.row = nn.Linear(ROW, INNER, bias=False)
        self.norm, self.layer = nn.LayerNorm(INNER, 1e-12), Layer(dropout)
        self.query, self.key = nn.Linear(INNER, INNER), nn.Linear(INNER, INNER)
        self.value = nn.Linear(INNER, INNER)
        self.way = nn.Embedding(QUESTIONS * ANSWERS, HEADS)
        nn.init.zeros_(self.way.weight)
        self.inner, self.out = nn.Linear(3 * INNER, INNER), nn.Linear(INNER, 3)
        self.drop, self.hide = nn.Dropout(dropout), hide

    def table(self):
        """The words' rows; the first is of all others, and zero."""
        rows = torch.cat([self.known, self.rows.weight], 1)
        return torch.cat([torch.zeros_like(rows[:1]), rows[1:]])

    def forward(self, vectors, features, words, mask):
        b, n = mask.shape
        if self.training:
            vectors = F.dropout(vectors, self.drop.p / 2)
            words = words * (torch.rand(words.shape) > self.hide)
        x = self.first(vectors) + self.row(F.embedding(words, self.table()))
        x = x + self.told(features.flatten(0, 1)).view(b, n, INNER)
        x = self.drop(F.relu(self.norm(x)))
        if self.training:
            x = x * (torch.rand(b, n, 1) > self.hide)
        x = self.layer(x, mask)
        target = mean(x, features[..., TARGET] == TARGET * ANSWERS + 1)
        way = self.way(features[..., list(WAY)]).sum(2).permute(0, 2, 1)[:, :, None]
        q, k, v = split(self.query(target)[:, None]), split(self.key(x)), split(self.value(x))
        taken = attend(q, k, v, way, mask)[:, 0]
        all_ = torch.cat([target, taken, mean(x, mask)], -1)
        return self.out(self.drop(F.relu(self.inner(self.drop(all_)))))

    def tensors(self):
        """As `tone/head.rs` reads them: layers as `[output][input]`."""
        way = torch.zeros_like(self.way.weight)
        for question in WAY:
            part = slice(question * ANSWERS, (question + 1) * ANSWERS)
            way[part] = self.way.weight[part]
        found = {"told": self.told.weight, "rows": self.table()[1:], "row": self.row.weight,
                 "way": way, "far": self.layer.far}
        layers = {"first": self.first, "norm": self.norm, "asked": self.layer.asked,
                  "taken": self.layer.out, "mid": self.layer.norm, "up": self.layer.up,
                  "down": self.layer.down, "last": self.layer.last, "query": self.query,
                  "key": self.key, "value": self.value, "inner": self.inner, "out": self.out}
        for name, layer in layers.items():
            found[name], found[name + "_bias"] = layer.weight, layer.bias
        found = {k: v.detach().float().clone().contiguous() for k, v in found.items()}
        found["rows"] = (32 * found["rows"]).round().clamp(-127, 127).to(torch.int8)
        return found


def mean(x, of):
    of = of.float()[..., None]
    return (x * of).sum(1) / of.sum(1).clamp(min=1)


def batches(of, rows, rng, size=32):
    """Groups of rows, those of like length together."""
    rows, found = list(rows), []
    rng.shuffle(rows)
    for i in range(0, len(rows), 20 * size):
        part = sorted(rows[i : i + 20 * size], key=lambda r: of.spans[r][1] - of.spans[r][0])
        found += [part[j : j + size] for j in range(0, len(part), size)]
    rng.shuffle(found)
    return found


@torch.no_grad()
def shares(model, of, rows, words):
    """`[row, tone]`"""
    model.eval()
    found = torch.zeros(len(of.labels), 3)
    order = sorted(rows, key=lambda r: of.spans[r][1] - of.spans[r][0])
    for i in range(0, len(order), 128):
        found[order[i : i + 128]] = model(*of.batch(order[i : i + 128], words)).softmax(-1)
    model.train()
    return found


def macro_f1(found, gold):
    of = lambda c: 200 * ((found == c) & (gold == c)).sum() / ((found == c).sum() + (gold == c).sum())
    return float(sum(of(c) for c in range(3)) / 3)


def fit(o, train, rows, words, table, seed, soft=None):
    """A network trained on rows: its weights are a running mean over the steps."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Head(train.vectors.shape[1], table, o.dropout, o.hide)
    kept = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998))
    optimizer = torch.optim.AdamW(model.parameters(), lr=o.rate, weight_decay=0.02)
    total = o.epochs * math.ceil(len(rows) / 32)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 100, max(0.02, 1 - n / total)))
    for epoch in range(o.epochs):
        groups, sum_ = batches(train, rows, rng), 0.0
        for group in groups:
            scores = model(*train.batch(group, words))
            loss = F.cross_entropy(scores, train.labels[group], label_smoothing=o.smooth)
            if soft is not None:
                loss = 0.4 * loss + 0.6 * F.cross_entropy(scores, soft[group])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            kept.update_parameters(model)
            sum_ += loss.item()
        print(f"seed {seed} epoch {epoch + 1} loss {sum_ / len(groups):.4f}", flush=True)
    return kept.module


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    a.add_argument("--run", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--teachers", type=int, default=4, help="networks that the last learns from")
    a.add_argument("--epochs", type=int, default=7)
    a.add_argument("--rate", type=float, default=1.5e-3)
    a.add_argument("--dropout", type=float, default=0.3)
    a.add_argument("--hide", type=float, default=0.12, help="share of words hidden")
    a.add_argument("--smooth", type=float, default=0.1)
    a.add_argument("--seed", type=int, default=7)
    o = a.parse_args()
    torch.set_num_threads(1)
    train = Set(o.run / "train")
    dev = {name: Set(o.run / name) for name in ("rw-dev", "mt-dev") if (o.run / name).exists()}
    known = valence()
    counts = collections.Counter(train.forms)
    names = sorted({w for w, n in counts.items() if n >= 3} | known.keys())
    words = {word: 1 + n for n, word in enumerate(names)}
    table = torch.tensor([[0.0] * VALENCE] + [known.get(w, [0.0] * VALENCE) for w in names])
    # rows without a target teach nothing
    rows = [i for i, (start, end) in enumerate(train.spans) if end > start]
    told = lambda model, what: print(what, {
        name: round(macro_f1(shares(model, of, range(len(of.labels)), words).argmax(-1), of.labels), 1)
        for name, of in dev.items()}, flush=True)
    soft = None
    if o.teachers > 1:
        soft, seen = torch.zeros(len(train.labels), 3), torch.zeros(len(train.labels), 1)
        for n in range(o.teachers):
            # neighbours are of one article: parts are runs of 100 rows
            aside = [i for i in rows if i // 100 % o.teachers == n]
            model = fit(o, train, [i for i in rows if i // 100 % o.teachers != n], words, table,
                        o.seed + 1 + n)
            soft[aside] += shares(model, train, aside, words)[aside]
            seen[aside] += 1
            right = macro_f1(soft[aside].argmax(-1), train.labels[aside])
            told(model, f"teacher {n + 1}, rows aside {right:.1f}")
        soft /= seen.clamp(min=1)
    model = fit(o, train, rows, words, table, o.seed, soft)
    told(model, "kept")
    tensors = model.tensors()
    text = "\n".join(names).encode()
    tensors["words"] = torch.frombuffer(bytearray(text), dtype=torch.uint8)
    save_file(tensors, o.out, metadata={"seed": str(o.seed)})


if __name__ == "__main__":
    main()
