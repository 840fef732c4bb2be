"""Train the light dependency parser of `reading/syntax` (word classes, heads, relations).

    python -m evenhand.learning.syntax ../shared/data -o src/evenhand/reading/syntax/weights --minutes 20

Gold trees are UD EWT and GUM, silver ones the parses that come with PolNeAR. Punctuation is dropped at
random and clitics are glued on, because the reports that are read have often lost both. Needs torch (`train` extra).
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from evenhand.learning import syntax_graph
from evenhand.learning.trees import Tree, conllu_trees, silver_trees, worn
from evenhand.reading.syntax.network import AFFIX_ROWS, DILATIONS, WIDTHS, features, quantize

torch.set_num_threads(1)
MIN_LEN, MAX_LEN = 4, 70
VOCABULARY = 14000
RATE = 2e-3


class ParserNet(nn.Module):  # type: ignore[misc]  # torch is untyped where it is not installed
    """The network in torch; `syntax_graph` has the same sums for onnxruntime."""

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


@dataclass(frozen=True)
class Labels:
    """The vocabulary and the label sets of one training, and a tree as arrays of their indices."""

    vocabulary: tuple[str, ...]
    tags: tuple[str, ...]
    relations: tuple[str, ...]
    count: Counter[str]

    def encode(self, tree: Tree, rng: random.Random | None) -> Any:
        """Features, tags, heads and relations of a tree; with `rng` rare words are hidden now and then."""
        index, tag_id, rel_id = self._maps
        x = features(tree.words, index)
        if rng is not None:
            for i, word in enumerate(tree.words):
                if rng.random() < 0.4 / (0.4 + self.count[word.lower()]) or rng.random() < 0.02:
                    x[i, 0] = 1
        tags = [tag_id.get(v, -100) for v in tree.tags]
        return x, tags, tree.heads, [rel_id.get(v, -100) for v in tree.relations]

    @cached_property
    def _maps(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        return (
            {w: i + 2 for i, w in enumerate(self.vocabulary)},
            {x: i for i, x in enumerate(self.tags)},
            {x: i for i, x in enumerate(self.relations)},
        )


def score(net: ParserNet, labels: Labels, trees: list[Tree]) -> tuple[float, float, float]:
    """Shares of words (punctuation aside) with the right tag, head, head and relation."""
    net.eval()
    right = np.zeros(4)
    with torch.no_grad():
        for x, mask, t, h, r in batches(trees, lambda tree: labels.encode(tree, None), random.Random(1)):  # noqa: S311
            tag, arcs, rooted = net(x, mask)
            heads = arcs.argmax(-1)
            rel = net.relations(rooted, heads).argmax(-1)
            keep = mask.bool() & (t != labels.tags.index("PUNCT"))
            hits = (tag.argmax(-1) == t, heads == h, (heads == h) & (rel == r), torch.ones_like(keep))
            right += [float((hit & keep).sum()) for hit in hits]
    net.train()
    return float(right[0] / right[3]), float(right[1] / right[3]), float(right[2] / right[3])


def loss_of(net: ParserNet, batch: Any) -> torch.Tensor:
    """Cross entropies of tags (half weight), heads and relations."""
    x, mask, t, h, r = batch
    tag, arcs, rooted = net(x, mask)
    rel = net.relations(rooted, h.clamp(min=0))
    parts = ((0.5, tag, t), (1.0, arcs, h), (1.0, rel, r))
    total = torch.zeros(())
    for weight, guess, gold in parts:
        total = total + weight * functional.cross_entropy(guess.flatten(0, 1), gold.flatten(), ignore_index=-100)
    return total


def corpora(data: Path) -> tuple[list[Tree], list[Tree], dict[str, list[Tree]]]:
    """Gold and silver training trees and the development trees by corpus, none longer than `MAX_LEN` words."""
    gold = [t for c in ("ewt", "gum") for t in conllu_trees(data / f"ud/{c}-train.conllu")]
    silver = list(silver_trees(data / "polnear/corenlp-train.jsonl.gz"))
    dev = {c: list(conllu_trees(data / f"ud/{c}-dev.conllu")) for c in ("ewt", "gum")}
    dev["silver"] = list(silver_trees(data / "polnear/corenlp-dev.jsonl.gz"))[:800]
    short = {c: [t for t in trees if len(t.words) <= MAX_LEN] for c, trees in dev.items()}
    return (
        [t for t in gold if len(t.words) <= MAX_LEN],
        [t for t in silver if MIN_LEN <= len(t.words) <= MAX_LEN],
        short,
    )


def train(data: Path, out: Path, minutes: float, seed: int = 7) -> None:
    """Train for `minutes` of wall time and write `parser.npz`, its graphs and `words.json` into `out`."""
    rng, start = random.Random(seed), time.time()  # noqa: S311
    torch.manual_seed(seed)
    gold, silver, dev = corpora(data)
    count = Counter(w.lower() for t in gold + silver for w in t.words)
    labels = Labels(
        vocabulary=tuple(w for w, n in count.most_common(VOCABULARY) if n >= 3),
        tags=tuple(sorted({x for t in gold for x in t.tags})),
        relations=tuple(sorted({x for t in gold for x in t.relations})),
        count=count,
    )
    net = ParserNet(len(labels.vocabulary) + 2, len(labels.tags), len(labels.relations))
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE, betas=(0.9, 0.98))
    best, epoch, step = 0.0, 0, 0
    while (time.time() - start) / 60 < minutes:
        used = gold + rng.sample(silver, min(len(silver), len(gold) // 2))
        for batch in batches([worn(tree, rng) for tree in used], lambda tree: labels.encode(tree, rng), rng):
            done = (time.time() - start) / (60 * minutes)
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / 200) * max(0.02, 1 - done)
            optimiser.zero_grad()
            loss_of(net, batch).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            if done >= 1:
                break
        epoch += 1
        scores = {c: score(net, labels, trees) for c, trees in dev.items()}
        shown = "  ".join(f"{c} {tag:.4f} {arc:.4f} {both:.4f}" for c, (tag, arc, both) in scores.items())
        sys.stdout.write(f"{epoch} {time.time() - start:.0f}s {shown}\n")
        sys.stdout.flush()
        if scores["gum"][2] + scores["ewt"][2] > best:
            best = scores["gum"][2] + scores["ewt"][2]
            quantize({k: v.detach().numpy() for k, v in net.state_dict().items()}, out / "parser.npz")
            syntax_graph.write(out)
            known = {"words": labels.vocabulary, "tags": labels.tags, "relations": labels.relations}
            (out / "words.json").write_text(json.dumps(known, ensure_ascii=False) + "\n", "utf-8")


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
