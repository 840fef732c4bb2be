"""Train the light dependency parser of `reading/syntax` (word classes, heads, relations).

    python -m evenhand.learning.syntax ../shared/data -o src/evenhand/reading/syntax/weights --minutes 20

Gold trees are UD EWT and GUM, silver ones the parses that come with PolNeAR. Punctuation is dropped at
random and clitics are glued on, because the reports that are read have often lost both. Needs torch (`train` extra).
"""

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from evenhand.learning.trees import Tree, conllu_trees, silver_trees, worn
from evenhand.reading.syntax.network import AFFIX_ROWS, DILATIONS, WIDTHS, features, quantize

torch.set_num_threads(1)
MAX_LEN = 70


class ParserNet(nn.Module):
    """The network in torch; `reading.syntax.network` runs the same sums in numpy."""

    def __init__(self, words: int, tags: int, relations: int) -> None:
        super().__init__()
        word, suffix, prefix, shape, width, arc, rel = WIDTHS
        self.word = nn.Embedding(words, word)
        self.suffix = nn.Embedding(AFFIX_ROWS, suffix)
        self.prefix = nn.Embedding(AFFIX_ROWS, prefix)
        self.shape = nn.Embedding(64, shape)
        self.enter = nn.Linear(word + suffix + prefix + shape, width)
        self.convs = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in DILATIONS)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in DILATIONS)
        self.last = nn.LayerNorm(width)
        self.tag = nn.Linear(width, tags)
        self.dependent = nn.Linear(width, arc)
        self.head = nn.Linear(width, arc)
        self.bilinear = nn.Parameter(torch.randn(arc, arc) * 0.05)
        self.head_bias = nn.Linear(arc, 1)
        self.distance = nn.Parameter(torch.zeros(2 * 16 + 1))
        self.root = nn.Parameter(torch.zeros(width))
        self.rel_dependent = nn.Linear(width, rel)
        self.rel_head = nn.Linear(width, rel)
        self.rel = nn.Parameter(torch.randn(relations, rel, rel) * 0.05)
        self.rel_linear = nn.Linear(2 * rel, relations)
        self.drop = nn.Dropout(0.25)

    def encode(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Features (batch, length, 4) to vectors (batch, length, width)."""
        parts = [self.word(x[..., 0]), self.suffix(x[..., 1]), self.prefix(x[..., 2]), self.shape(x[..., 3])]
        h = torch.relu(self.enter(self.drop(torch.cat(parts, -1)))) * mask[..., None]
        for conv, norm in zip(self.convs, self.norms, strict=True):
            inner = norm(h) * mask[..., None]
            h = (h + self.drop(torch.relu(conv(inner.transpose(1, 2)).transpose(1, 2)))) * mask[..., None]
        return self.last(h)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Tag scores, arc scores (batch, dependent, head; head 0 is the root) and the vectors with the root."""
        h = self.drop(self.encode(x, mask))
        rooted = torch.cat([self.root.expand(len(h), 1, -1), h], 1)
        dependent, head = torch.relu(self.dependent(h)), torch.relu(self.head(rooted))
        arcs = dependent @ self.bilinear @ head.transpose(1, 2) + self.head_bias(head).transpose(1, 2)
        size = h.shape[1]
        offset = (torch.arange(size)[:, None] - torch.arange(size)[None, :]).clamp(-16, 16) + 16
        near = torch.cat([torch.zeros(size, 1), self.distance[offset]], 1)
        arcs = (arcs + near).masked_fill(
            torch.cat([torch.zeros(len(h), 1, dtype=torch.bool), ~mask.bool()], 1)[:, None, :], -1e9
        )
        return self.tag(h), arcs, rooted

    def relations(self, rooted: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Relation scores for every word given its head's index (0 = root)."""
        index = heads[..., None].expand(-1, -1, rooted.shape[-1])
        d = torch.relu(self.rel_dependent(rooted[:, 1:]))
        g = torch.relu(self.rel_head(rooted.gather(1, index)))
        both = torch.einsum("bnd,rde,bne->bnr", d, self.rel, g)
        return both + self.rel_linear(torch.cat([d, g], -1))


def batches(trees: list[Tree], encode: Any, rng: random.Random, size: int = 1200) -> Iterator[Any]:
    """Padded batches of about `size` words, sentences of like length together."""
    ordered = sorted(trees, key=lambda t: len(t.words) + rng.random() * 4)
    groups: list[list[Tree]] = [[]]
    for tree in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(tree.words) > size:
            groups.append([])
        groups[-1].append(tree)
    rng.shuffle(groups)
    for group in groups:
        length = max(len(t.words) for t in group)
        x = np.zeros((len(group), length, 4), np.int64)
        tags, heads, rels = (np.full((len(group), length), -100) for _ in range(3))
        mask = np.zeros((len(group), length), np.float32)
        for i, tree in enumerate(group):
            n = len(tree.words)
            mask[i, :n] = 1
            x[i, :n], tags[i, :n], heads[i, :n], rels[i, :n] = encode(tree)
        yield tuple(torch.from_numpy(a) for a in (x, mask, tags, heads, rels))


def train(data: Path, out: Path, minutes: float, seed: int = 7) -> None:
    """Train for `minutes` of wall time and write `parser.npz` and `words.json` into `out`."""
    rng, start = random.Random(seed), time.time()
    torch.manual_seed(seed)
    gold = [t for c in ("ewt", "gum") for t in conllu_trees(data / f"ud/{c}-train.conllu")]
    dev = {c: [t for t in conllu_trees(data / f"ud/{c}-dev.conllu") if len(t.words) <= MAX_LEN] for c in ("ewt", "gum")}
    silver = list(silver_trees(data / "polnear/corenlp-train.jsonl.gz"))
    dev["silver"] = list(silver_trees(data / "polnear/corenlp-dev.jsonl.gz"))[:800]
    gold = [t for t in gold if len(t.words) <= MAX_LEN]
    silver = [t for t in silver if 4 <= len(t.words) <= MAX_LEN]
    dev["silver"] = [t for t in dev["silver"] if len(t.words) <= MAX_LEN]
    count = Counter(w.lower() for t in gold + silver for w in t.words)
    vocabulary = [w for w, n in count.most_common(14000) if n >= 3]
    tags = sorted({x for t in gold for x in t.tags})
    relations = sorted({x for t in gold for x in t.relations})
    print(len(gold), len(silver), len(vocabulary), len(tags), len(relations), relations, flush=True)
    index = {w: i + 2 for i, w in enumerate(vocabulary)}
    tag_id, rel_id = {x: i for i, x in enumerate(tags)}, {x: i for i, x in enumerate(relations)}

    def encode(tree: Tree, train: bool = True) -> Any:
        x = features(tree.words, index)
        if train:
            for i, word in enumerate(tree.words):
                if rng.random() < 0.4 / (0.4 + count[word.lower()]) or rng.random() < 0.02:
                    x[i, 0] = 1
        return (
            x,
            [tag_id.get(v, -100) for v in tree.tags],
            tree.heads,
            [rel_id.get(v, -100) for v in tree.relations],
        )

    net = ParserNet(len(vocabulary) + 2, len(tags), len(relations))
    optimiser = torch.optim.Adam(net.parameters(), lr=2e-3, betas=(0.9, 0.98))
    best, epoch = 0.0, 0

    def score(trees: list[Tree]) -> tuple[float, float, float]:
        net.eval()
        tag_ok = arc_ok = both_ok = total = 0
        with torch.no_grad():
            for x, mask, t, h, r in batches(trees, lambda tree: encode(tree, False), random.Random(1)):
                tag, arcs, rooted = net(x, mask)
                heads = arcs.argmax(-1)
                rel = net.relations(rooted, heads).argmax(-1)
                keep = mask.bool() & (t != tag_id.get("PUNCT", -1))
                tag_ok += int(((tag.argmax(-1) == t) & keep).sum())
                arc_ok += int(((heads == h) & keep).sum())
                both_ok += int(((heads == h) & (rel == r) & keep).sum())
                total += int(keep.sum())
        net.train()
        return tag_ok / total, arc_ok / total, both_ok / total

    while True:
        used = gold + rng.sample(silver, min(len(silver), len(gold) // 2))
        for n, (x, mask, t, h, r) in enumerate(batches([worn(tree, rng) for tree in used], encode, rng)):
            done = (time.time() - start) / (60 * minutes)
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * min(1.0, (epoch * 999 + n + 1) / 200) * max(0.02, 1 - done)
            tag, arcs, rooted = net(x, mask)
            rel = net.relations(rooted, h.clamp(min=0))
            loss = (
                0.5 * functional.cross_entropy(tag.flatten(0, 1), t.flatten(), ignore_index=-100)
                + functional.cross_entropy(arcs.flatten(0, 1), h.flatten(), ignore_index=-100)
                + functional.cross_entropy(rel.flatten(0, 1), r.flatten(), ignore_index=-100)
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            if done >= 1:
                break
        epoch += 1
        scores = {c: score(trees) for c, trees in dev.items()}
        print(epoch, round(time.time() - start), {c: [round(v, 4) for v in s] for c, s in scores.items()}, flush=True)
        if scores["gum"][2] + scores["ewt"][2] > best:
            best = scores["gum"][2] + scores["ewt"][2]
            quantize({k: v.detach().numpy() for k, v in net.state_dict().items()}, out / "parser.npz")
            (out / "words.json").write_text(
                json.dumps({"words": vocabulary, "tags": tags, "relations": relations}, ensure_ascii=False) + "\n"
            )
        if (time.time() - start) / 60 >= minutes:
            return


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("data", type=Path)
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--minutes", type=float, default=20)
    a = ap.parse_args()
    train(a.data, a.out, a.minutes)


if __name__ == "__main__":
    main()
