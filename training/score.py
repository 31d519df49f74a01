"""Figures on the dev sets while training. The figures that count come from
`onrecord score`, which runs the committed weights the way a reader does."""

import torch

ROLES = ["O"] + [f"{b}-{kind}" for kind in ("source", "cue", "content") for b in "BI"]


def spans(labels: list[str]) -> set[tuple[int, int, str]]:
    found, start = set(), None
    for i, label in enumerate(list(labels) + ["O"]):
        if start is not None and not (label.startswith("I-") and label[2:] == start[1]):
            found.add((start[0], i, start[1]))
            start = None
        if label.startswith("B-") or (label.startswith("I-") and start is None):
            start = (i, label[2:])
    return found


def decode(scores: torch.Tensor, bio: list[str]) -> list[str]:
    """The best BIO sequence: an I- follows only its own kind."""
    n = len(bio)
    allowed = torch.full((n, n), 0.0)
    for i, a in enumerate(bio):
        for j, b in enumerate(bio):
            if b.startswith("I-") and a[2:] != b[2:]:
                allowed[i, j] = -1e9
    start = torch.tensor([-1e9 if b.startswith("I-") else 0.0 for b in bio])
    scores = scores.log_softmax(-1)
    best, back = scores[0] + start, []
    for row in scores[1:]:
        value, at = (best[:, None] + allowed).max(0)
        back.append(at)
        best = value + row
    at = int(best.argmax())
    path = [at]
    for row in reversed(back):
        at = int(row[at])
        path.append(at)
    return [bio[i] for i in reversed(path)]


@torch.no_grad()
def all(model, batches, dev, labels) -> dict[str, float]:
    from train import grouped
    import random

    model.eval()
    figures: dict[str, float] = {}
    for name, sentences in dev.items():
        n = upos = xpos = uas = las = 0
        counts: dict[tuple[str, str], list[int]] = {}
        for group in grouped(sentences, 2000, random.Random(0)):
            batch = batches.batch(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = model(batch)
                words = out["arcs"].shape[1]
                reach = torch.arange(words + 1)[None] <= batch["words"][:, None]
                arcs = out["arcs"].float().masked_fill(~reach[:, None], -1e4)
                heads = arcs.argmax(-1)
                rels = model.relations(out, heads).argmax(-1)
            for i, s in enumerate(group):
                k = len(s.words)
                if s.roles is not None:
                    a, b = (
                        spans([ROLES[r] for r in roles])
                        for roles in (s.roles, out["roles"][i, :k].argmax(-1).tolist())
                    )
                    for kind in ("source", "cue", "content"):
                        c = counts.setdefault(("roles", kind), [0, 0, 0, 0])
                        ga, gb = ({x for x in y if x[2] == kind} for y in (a, b))
                        c[0] += len(ga & gb)
                        c[1] += len(ga)
                        c[2] += len(gb)
                if s.triggers is not None:
                    found = out["triggers"][i, :k].argmax(-1)
                    linked = out["parties"][i, :, :k, : k + 1].argmax(-1)
                    for kind, same in (("triggers", lambda a, b: a > 0 and b > 0), ("events", lambda a, b: a == b > 0)):
                        c = counts.setdefault(("events", kind), [0, 0, 0, 0])
                        c[0] += sum(same(a, int(b)) for a, b in zip(s.triggers, found))
                        c[1] += sum(a > 0 for a in s.triggers)
                        c[2] += int((found > 0).sum())
                    for kind, gold in zip(("actors", "recipients"), s.parties):
                        c = counts.setdefault(("events", kind), [0, 0, 0, 0])
                        of = [j for j in range(k) if gold[j] >= 0]
                        c[0] += sum(int(linked[int(kind == "recipients"), j]) == gold[j] for j in of)
                        c[1] += len(of)
                        c[2] += len(of)
                if s.heads is not None:
                    n += k
                    for j in range(k):
                        right = int(heads[i, j]) == s.heads[j]
                        uas += right
                        base = labels["deprel"][int(rels[i, j])].split(":")[0]
                        las += right and base == s.deprels[j].split(":")[0]
                        upos += labels["upos"][int(out["upos"][i, j].argmax())] == s.upos[j]
                        xpos += labels["xpos"][int(out["xpos"][i, j].argmax())] == s.xpos[j]
                for field in ("names", "mentions"):
                    gold = getattr(s, field)
                    if gold is None:
                        continue
                    a = spans(gold)
                    b = spans(decode(out[field][i, :k].float(), labels["bio"]))
                    for kind in ("PER", "ORG", "LOC"):
                        c = counts.setdefault((field, kind), [0, 0, 0, 0])
                        ga = {x for x in a if x[2] == kind}
                        gb = {x for x in b if x[2] == kind}
                        c[0] += len(ga & gb)
                        c[1] += len(ga)
                        c[2] += len(gb)
                        c[3] += sum(any(y[0] < x[1] and x[0] < y[1] for y in gb) for x in ga)
        if n:
            figures[f"{name} upos"] = round(100 * upos / n, 2)
            figures[f"{name} xpos"] = round(100 * xpos / n, 2)
            figures[f"{name} uas"] = round(100 * uas / n, 2)
            figures[f"{name} las"] = round(100 * las / n, 2)
        for (field, kind), c in counts.items():
            if field in ("roles", "events"):
                figures[f"{name} {kind}"] = round(200 * c[0] / max(c[1] + c[2], 1), 1)
        for field in ("names", "mentions"):
            total = [0, 0, 0, 0]
            for kind in ("PER", "ORG", "LOC"):
                c = counts.get((field, kind))
                if c:
                    figures[f"{name} {field} {kind}"] = round(200 * c[0] / max(c[1] + c[2], 1), 1)
                    total = [x + y for x, y in zip(total, c)]
            if total[1]:
                figures[f"{name} {field}"] = round(200 * total[0] / max(total[1] + total[2], 1), 1)
                figures[f"{name} {field} overlap recall"] = round(100 * total[3] / total[1], 1)
    return figures
