"""The network: MiniLM's six layers, and light heads on each word's vector."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from data import BIO
from pieces import SHAPES

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, REL, NAME = 256, 160, 192


def dropout(x: torch.Tensor, p: float) -> torch.Tensor:
    """Dropout with one random byte an element: on a CPU the draw costs more than the rest."""
    if p == 0.0:
        return x
    draw = torch.randint(-(2**63), 2**63 - 1, ((x.numel() + 7) // 8,)).view(torch.uint8)
    limit = round(p * 256)
    hidden = (draw[: x.numel()] < limit).view(x.shape)
    return x.masked_fill(hidden, 0.0) * (256 / (256 - limit))


class Dropout(nn.Module):
    def __init__(self, p: float):
        super().__init__()
        self.p = p

    def forward(self, x):
        return dropout(x, self.p if self.training else 0.0)


class Layer(nn.Module):
    def __init__(self, dropout: float):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        # the fused attention's backward pass is several times slower on a CPU
        a = (q @ k.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS) + mask).softmax(-1) @ v
        a = a.transpose(1, 2).reshape(b, t, HIDDEN)
        x = self.norm1(x + dropout(self.out(a), p))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + dropout(h, p))


class Parser(nn.Module):
    """Pieces in; for each word its vector, tags, arc scores, relation parts and names out.

    Index 0 of the heads' axis is the root, whose vector is that of [CLS].
    """

    def __init__(self, vocabulary: int, upos: int, xpos: int, deprels: int, dropout=0.3):
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(0.1) for _ in range(LAYERS))
        # which layers the heads read, for the tree, and for tags and names
        self.mix = nn.Parameter(torch.tensor([[0.0, 0, 0, 0, 0, 1, 3]] * 2))
        self.upos = nn.Linear(HIDDEN, upos)
        self.xpos = nn.Linear(HIDDEN, xpos)
        self.arc_dep = nn.Linear(HIDDEN, ARC)
        self.arc_head = nn.Linear(HIDDEN, ARC)
        self.arc = nn.Parameter(torch.eye(ARC) * 0.1 + torch.randn(ARC, ARC) * 0.01)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.rel_dep = nn.Linear(HIDDEN, 2 * REL)
        self.rel_head = nn.Linear(HIDDEN, 2 * REL)
        self.rel = nn.Linear(2 * REL, deprels)
        self.name_in = nn.Linear(HIDDEN, NAME)
        self.name_set = nn.Embedding(3, NAME)
        self.name_out = nn.Linear(NAME, len(BIO))
        self.mention_in = nn.Linear(HIDDEN, NAME)
        self.mention_set = nn.Embedding(3, NAME)
        self.mention_out = nn.Linear(NAME, len(BIO))
        nn.init.zeros_(self.name_set.weight)
        nn.init.zeros_(self.mention_set.weight)
        self.drop = Dropout(dropout)

    def load_minilm(self, tensors: dict[str, torch.Tensor], kept: list[int]) -> None:
        """Takes the encoder's weights from the published file."""
        with torch.no_grad():
            e = "embeddings."
            self.pieces.weight.copy_(tensors[e + "word_embeddings.weight"][kept])
            self.positions.weight.copy_(
                tensors[e + "position_embeddings.weight"]
                + tensors[e + "token_type_embeddings.weight"][0]
            )
            self.norm.weight.copy_(tensors[e + "LayerNorm.weight"])
            self.norm.bias.copy_(tensors[e + "LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    names = [f"{p}attention.self.{x}.{part}" for x in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat([tensors[n] for n in names]))
                    for ours, theirs in (
                        (layer.out, "attention.output.dense"),
                        (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"),
                        (layer.down, "output.dense"),
                        (layer.norm2, "output.LayerNorm"),
                    ):
                        getattr(ours, part).copy_(tensors[f"{p}{theirs}.{part}"])

    def encode(self, pieces, shapes, mask):
        """The vectors of all pieces, mixed over the layers: [task, batch, piece, hidden]."""
        t = pieces.shape[1]
        x = self.pieces(pieces) + self.positions.weight[:t] + self.shapes(shapes)
        x = dropout(self.norm(x), 0.1 if self.training else 0.0)
        layers = [x]
        attend = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attend)
            layers.append(x)
        weights = self.mix.softmax(-1)
        return [sum(w * h for w, h in zip(weights[task], layers)) for task in range(2)]

    def forward(self, batch):
        tree, tags = self.encode(batch["pieces"], batch["shapes"], batch["mask"])

        def words(x):
            index = lambda at: at[:, :, None].expand(-1, -1, HIDDEN)
            first = x.gather(1, index(batch["first"]))
            last = x.gather(1, index(batch["last"]))
            return (first + last) / 2

        # the first "word" is the root: [CLS]
        tree, tags = self.drop(words(tree)), self.drop(words(tags)[:, 1:])
        dep = self.drop(F.gelu(self.arc_dep(tree[:, 1:])))
        head = self.drop(F.gelu(self.arc_head(tree)))
        arcs = (dep @ self.arc + self.arc_bias) @ head.transpose(1, 2) / math.sqrt(ARC)
        out = {
            "upos": self.upos(tags),
            "xpos": self.xpos(tags),
            "arcs": arcs,
            "rel_dep": self.rel_dep(tree[:, 1:]),
            "rel_head": self.rel_head(tree),
        }
        for kind in ("name", "mention"):
            hidden = getattr(self, kind + "_in")(tags)
            hidden = hidden + getattr(self, kind + "_set")(batch["guideline"])[:, None]
            out[kind + "s"] = getattr(self, kind + "_out")(self.drop(F.gelu(hidden)))
        return out

    def relations(self, out, heads):
        """Scores of the relations of given arcs; `heads` [batch, word] counts from 0, the root."""
        chosen = out["rel_head"].gather(
            1, heads[:, :, None].expand(-1, -1, out["rel_head"].shape[2])
        )
        dep = out["rel_dep"]
        added = F.gelu(dep[..., :REL] + chosen[..., :REL])
        product = dep[..., REL:] * chosen[..., REL:]
        return self.rel(self.drop(torch.cat([added, product], -1)))
