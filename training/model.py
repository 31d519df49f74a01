"""The networks: an encoder, and light heads on each word's vector.

`Parser` is the one that is shipped: MiniLM's six layers. `Teacher` is larger (MPNet's twelve
layers of 768) and is only there to be learned from.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

from data import BIO
from pieces import SHAPES

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
#: Widths of the heads: arcs, each half of relations, names.
WIDE, NARROW = (256, 160, 192), (192, 96, 128)
#: Labels of attribution, and widths of its heads: labels, links.
ROLES, ROLE, LINK = 7, 128, 96
#: Labels of events: none and PLOVER's types.
EVENTS = 17


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
    def __init__(self, hidden: int, inner: int, dropout: float, eps=1e-12, heads=HEADS):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=eps)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=eps)
        self.dropout = dropout

    def forward(self, x, mask):
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        # the fused attention's backward pass is several times slower on a CPU
        a = (q @ k.transpose(-1, -2) / math.sqrt(h // self.heads) + mask).softmax(-1) @ v
        a = a.transpose(1, 2).reshape(b, t, h)
        x = self.norm1(x + dropout(self.out(a), p))
        wide = self.down(F.gelu(self.up(x)))
        return self.norm2(x + dropout(wide, p))


class Heads(nn.Module):
    """Pieces in; for each word its tags, arc scores, relation parts and names out.

    Index 0 of the heads' axis is the root. A network on top of it gives `words`: the vectors
    of the root and all words, as the tree reads them, and as tags and names read them.
    """

    def __init__(self, hidden, layers, upos, xpos, deprels, dropout, widths=WIDE):
        super().__init__()
        self.hidden = hidden
        ARC, REL, NAME = self.widths = widths
        # which layers the heads read, for the tree, and for tags and names
        self.mix = nn.Parameter(torch.tensor([[0.0] * (layers - 1) + [1.0, 3.0]] * 2))
        self.upos = nn.Linear(hidden, upos)
        self.xpos = nn.Linear(hidden, xpos)
        self.arc_dep = nn.Linear(hidden, ARC)
        self.arc_head = nn.Linear(hidden, ARC)
        self.arc = nn.Parameter(torch.eye(ARC) * 0.1 + torch.randn(ARC, ARC) * 0.01)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.rel_dep = nn.Linear(hidden, 2 * REL)
        self.rel_head = nn.Linear(hidden, 2 * REL)
        self.rel = nn.Linear(2 * REL, deprels)
        self.name_in = nn.Linear(hidden, NAME)
        self.name_set = nn.Embedding(3, NAME)
        self.name_out = nn.Linear(NAME, len(BIO))
        self.mention_in = nn.Linear(hidden, NAME)
        self.mention_set = nn.Embedding(3, NAME)
        self.mention_out = nn.Linear(NAME, len(BIO))
        # only to shape the vectors: the head that is shipped reads them
        self.role_in = nn.Linear(hidden, ROLE)
        self.role_out = nn.Linear(ROLE, ROLES)
        self.link_from = nn.Linear(hidden, LINK)
        self.link_to = nn.Linear(hidden, LINK)
        self.link = nn.Parameter(torch.eye(LINK) * 0.1)
        self.event_in = nn.Linear(hidden, ROLE)
        self.event_out = nn.Linear(ROLE, EVENTS)
        self.event_from = nn.Linear(hidden, 2 * LINK)
        self.event_to = nn.Linear(hidden, 2 * LINK)
        nn.init.zeros_(self.name_set.weight)
        nn.init.zeros_(self.mention_set.weight)
        self.drop = Dropout(dropout)

    def mixed(self, layers):
        """The two mixes of the layers."""
        weights = self.mix.softmax(-1)
        return [sum(w * h for w, h in zip(weights[task], layers)) for task in range(2)]

    def forward(self, batch):
        tree, tags = self.words(batch)
        every = self.drop(tags)
        tree, tags = self.drop(tree), every[:, 1:]
        dep = self.drop(F.gelu(self.arc_dep(tree[:, 1:])))
        head = self.drop(F.gelu(self.arc_head(tree)))
        arcs = (dep @ self.arc + self.arc_bias) @ head.transpose(1, 2) / math.sqrt(self.widths[0])
        out = {
            "upos": self.upos(tags),
            "xpos": self.xpos(tags),
            "arcs": arcs,
            "rel_dep": self.rel_dep(tree[:, 1:]),
            "rel_head": self.rel_head(tree),
        }
        for kind in ("name", "mention"):
            hidden = getattr(self, kind + "_in")(tags)
            hidden = hidden + getattr(self, kind + "_set")(batch[kind + "_by"])[:, None]
            out[kind + "s"] = getattr(self, kind + "_out")(self.drop(F.gelu(hidden)))
        if "gold_roles" in batch:
            out["roles"] = self.role_out(self.drop(F.gelu(self.role_in(tags))))
            links = self.drop(F.gelu(self.link_from(tags))) @ self.link
            to = self.drop(F.gelu(self.link_to(every)))
            out["links"] = links @ to.transpose(1, 2) / math.sqrt(LINK)
        if "gold_triggers" in batch:
            out["triggers"] = self.event_out(self.drop(F.gelu(self.event_in(tags))))
            from_ = self.event_from(tags).split(LINK, -1)
            to = self.event_to(every).split(LINK, -1)
            out["parties"] = torch.stack(
                [a @ b.transpose(1, 2) / math.sqrt(LINK) for a, b in zip(from_, to)], 1
            )
        return out

    def relations(self, out, heads):
        """Scores of the relations of given arcs; `heads` [batch, word] counts from 0, the root."""
        chosen = out["rel_head"].gather(
            1, heads[:, :, None].expand(-1, -1, out["rel_head"].shape[2])
        )
        dep, REL = out["rel_dep"], self.widths[1]
        added = F.gelu(dep[..., :REL] + chosen[..., :REL])
        product = dep[..., REL:] * chosen[..., REL:]
        return self.rel(self.drop(torch.cat([added, product], -1)))


class Encoder(Heads):
    """An encoder of pieces: `encode` gives their vectors. A word is the mean of its first and
    last piece, the root the first of all."""

    def words(self, batch):
        def words(x):
            index = lambda at: at[:, :, None].expand(-1, -1, self.hidden)
            first = x.gather(1, index(batch["first"]))
            last = x.gather(1, index(batch["last"]))
            return (first + last) / 2

        tree, tags = self.encode(batch["pieces"], batch["shapes"], batch["mask"])
        return words(tree), words(tags)

    def load_layers(self, tensors, attention: str, qkv, out: str, norm: str) -> None:
        """Takes the layers from a published file, by the names it gives their parts."""
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                names = [f"{p}{attention}{x}.{part}" for x in qkv]
                getattr(layer.qkv, part).copy_(torch.cat([tensors[n] for n in names]))
                for ours, theirs in (
                    (layer.out, out),
                    (layer.norm1, norm),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(ours, part).copy_(tensors[f"{p}{theirs}.{part}"])


class Parser(Encoder):
    """MiniLM's encoder, with a shape of its word added to each piece."""

    def __init__(self, vocabulary, upos, xpos, deprels, inner=INNER, dropout=0.3):
        super().__init__(HIDDEN, LAYERS, upos, xpos, deprels, dropout)
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(HIDDEN, inner, 0.1) for _ in range(LAYERS))

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
            self.load_layers(
                tensors, "attention.self.", ("query", "key", "value"),
                "attention.output.dense", "attention.output.LayerNorm",
            )

    def encode(self, pieces, shapes, mask):
        t = pieces.shape[1]
        x = self.pieces(pieces) + self.positions.weight[:t] + self.shapes(shapes)
        x = dropout(self.norm(x), 0.1 if self.training else 0.0)
        layers = [x]
        attend = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attend)
            layers.append(x)
        return self.mixed(layers)


class Teacher(Encoder):
    """MPNet's encoder, its vocabulary whole, with the shapes added behind the frozen layers."""

    HIDDEN, LAYERS, INNER, BUCKETS = 768, 12, 3072, 32
    #: Layers that keep the published weights, as the pieces do.
    FROZEN = 4

    def __init__(self, vocabulary, upos, xpos, deprels, dropout=0.3):
        super().__init__(self.HIDDEN, self.LAYERS, upos, xpos, deprels, dropout)
        self.pieces = nn.Embedding(vocabulary, self.HIDDEN)
        self.positions = nn.Embedding(512, self.HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), self.HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.distance = nn.Embedding(self.BUCKETS, HEADS)
        self.norm = nn.LayerNorm(self.HIDDEN, eps=1e-5)
        self.layers = nn.ModuleList(
            Layer(self.HIDDEN, self.INNER, 0.1, 1e-5) for _ in range(self.LAYERS)
        )
        for part in (self.pieces, self.positions, self.norm, self.distance, *self.layers[: self.FROZEN]):
            part.requires_grad_(False)

    def load_mpnet(self, tensors: dict[str, torch.Tensor]) -> None:
        """Takes the encoder's weights from the published file."""
        with torch.no_grad():
            e = "embeddings."
            self.pieces.weight.copy_(tensors[e + "word_embeddings.weight"])
            # its positions count from two
            self.positions.weight.copy_(tensors[e + "position_embeddings.weight"][2:])
            self.norm.weight.copy_(tensors[e + "LayerNorm.weight"])
            self.norm.bias.copy_(tensors[e + "LayerNorm.bias"])
            self.distance.weight.copy_(tensors["encoder.relative_attention_bias.weight"])
            self.load_layers(
                tensors, "attention.attn.", "qkv", "attention.attn.o", "attention.LayerNorm"
            )

    def buckets(self, t: int) -> torch.Tensor:
        """The bucket of each distance: near ones alone, far ones together by their logarithm."""
        far = torch.arange(t)[:, None] - torch.arange(t)[None]
        half = self.BUCKETS // 2
        exact = half // 2
        n = far.abs()
        large = exact + (
            (n.clamp(min=1).float() / exact).log() / math.log(128 / exact) * (half - exact)
        ).long()
        return (far < 0) * half + torch.where(n < exact, n, large.clamp(max=half - 1))

    def encode(self, pieces, shapes, mask):
        t = pieces.shape[1]
        with torch.no_grad():
            bias = self.distance(self.buckets(t)).permute(2, 0, 1)[None]
            attend = bias + torch.where(mask, 0.0, -1e4)[:, None, None, :]
            x = self.norm(self.pieces(pieces) + self.positions.weight[:t])
            layers = [dropout(x, 0.1 if self.training else 0.0)]
            for layer in self.layers[: self.FROZEN]:
                layers.append(layer(layers[-1], attend))
        x = layers[-1] + self.shapes(shapes)
        for layer in self.layers[self.FROZEN :]:
            x = layer(x, attend)
            layers.append(x)
        return self.mixed(layers)


#: Rows of the fast network's table of word endings.
ENDINGS = 4096


class Window(nn.Module):
    """A word and its two neighbours to one vector, added to the word's."""

    def __init__(self, hidden: int, dropout: float):
        super().__init__()
        self.near = nn.Linear(3 * hidden, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, mask):
        x = x.masked_fill(~mask[:, :, None], 0.0)
        edge = torch.zeros_like(x[:, :1])
        left = torch.cat([edge, x[:, :-1]], 1)
        right = torch.cat([x[:, 1:], edge], 1)
        new = F.gelu(self.near(torch.cat([left, x, right], -1)))
        return self.norm(x + dropout(new, self.dropout if self.training else 0.0))


class Fast(Heads):
    """Words from tables (the mean of their pieces, their ending, their shape), windows of
    three words, and two layers of attention."""

    HIDDEN, INNER = 256, 512
    LAYERS = "wwawwa"

    def __init__(self, vocabulary, upos, xpos, deprels, dropout=0.1):
        h = self.HIDDEN
        super().__init__(h, len(self.LAYERS), upos, xpos, deprels, dropout, NARROW)
        self.pieces = nn.Embedding(vocabulary, h)
        self.endings = nn.Embedding(ENDINGS, h)
        self.shapes = nn.Embedding(len(SHAPES), h)
        for table in (self.pieces, self.endings, self.shapes):
            nn.init.normal_(table.weight, std=0.3)
        self.norm = nn.LayerNorm(h, eps=1e-12)
        self.layers = nn.ModuleList(
            Window(h, 0.05) if kind == "w" else Layer(h, self.INNER, 0.05, heads=8)
            for kind in self.LAYERS
        )

    def load_tables(self, pieces: torch.Tensor) -> None:
        """Starts the pieces from those of another encoder, on their main directions."""
        with torch.no_grad():
            centred = pieces - pieces.mean(0)
            _, _, v = torch.linalg.svd(centred[:: max(len(pieces) // 8000, 1)], full_matrices=False)
            found = centred @ v[: self.HIDDEN].T
            self.pieces.weight.copy_(found / found.std() * 0.3)

    def words(self, batch):
        known = batch["word_pieces"] >= 0
        pieces = self.pieces(batch["word_pieces"].clamp(min=0)) * known[..., None]
        x = pieces.sum(2) / known.sum(2, keepdim=True).clamp(min=1)
        x = x + self.endings(batch["endings"]) + self.shapes(batch["word_shapes"])
        x = dropout(self.norm(x), 0.1 if self.training else 0.0)
        mask = torch.arange(x.shape[1])[None] <= batch["words"][:, None]
        attend = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        layers = [x]
        for layer, kind in zip(self.layers, self.LAYERS):
            x = layer(x, mask if kind == "w" else attend)
            layers.append(x)
        return self.mixed(layers)
