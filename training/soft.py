"""Labels by other networks: kept small, and spread out to tensors again."""

import pathlib

import torch

import data

#: How many of the likeliest labels of a word are kept.
KEPT = {"arcs": 6, "deprel": 4, "upos": 3, "xpos": 4}


def of(name: str, probabilities: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The likeliest labels of each word and their shares, which sum to 1."""
    p, at = probabilities.topk(min(KEPT[name], probabilities.shape[-1]), dim=-1)
    return at.short(), (p / p.sum(-1, keepdim=True)).half()


def text(path: pathlib.Path) -> "list[data.Sentence]":
    """The sentences of a file of labels."""
    found = torch.load(path)
    sentences = []
    for words, soft in zip(found["words"], found["soft"]):
        names = [data.BIO[i] for i in soft["names"].argmax(-1).tolist()]
        sentences.append(
            data.Sentence(words=words, mentions_by=data.RE3D, soft=soft, swap=data.fix_bio(names))
        )
    return sentences


def batch(softs: list[dict | None], n: int, sizes: dict[str, int]) -> dict[str, torch.Tensor]:
    """The labels of sentences as dense distributions, `[sentence, word, label]`: zeros where a
    sentence has none. `heads` are -1 there."""
    sizes = sizes | {"arcs": n + 1}
    out = {"heads": torch.full((len(softs), n), -1)}
    for name in (*KEPT, "names", "mentions"):
        dense = torch.zeros((len(softs), n, sizes.get(name, sizes["bio"])))
        for i, s in enumerate(softs):
            if s is None:
                continue
            if name in KEPT:
                at, p = s[name]
                dense[i, : len(at)].scatter_(1, at.long(), p.float())
            else:
                dense[i, : len(s[name])] = s[name].float()
        out[name] = dense
    for i, s in enumerate(softs):
        if s is not None:
            out["heads"][i, : len(s["heads"])] = s["heads"].long()
    return out
