# ruff: noqa: S311, N812 (chance here shuffles training data)
"""One training run: windows in, a trained network out, the same for the same seed and thread count."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from evenhand.learning.batches import UNKNOWN, Batch, Links, Window, batches, stack
from evenhand.learning.network import NEVER, Network, chain_loss, moves_of
from evenhand.reading.tagging.labels import COLUMNS, LINK_SIZE, LINKS
from evenhand.reading.tagging.linking import gaps

BATCH, PEAK, HEAD_PEAK, WARM = 16, 1.5e-4, 1e-3, 0.1


def train(
    network: Network,
    epochs: list[Callable[[], list[Window]]],
    seed: int,
    checkpoint: Path,
    peak: float = PEAK,
    say: Callable[[str], None] = print,
    cycle: int | None = None,
) -> None:
    """Train over the epochs' windows (each made afresh, for augmentation) with a one-cycle rate.

    `cycle` is the cycle's length in epochs, by default as many as there are; longer, it is left unfinished.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    heads = [p for n, p in network.named_parameters() if not n.startswith(("words", "positions", "norm", "layers"))]
    known = {id(p) for p in heads}
    body = [p for p in network.parameters() if id(p) not in known]
    groups: list[dict[str, Any]] = [{"params": body, "lr": peak}, {"params": heads, "lr": HEAD_PEAK * peak / PEAK}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    first = epochs[0]()
    steps = sum(1 for _ in batches(first, BATCH, random.Random(0))) * (cycle or len(epochs)) + 8
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [peak, HEAD_PEAK * peak / PEAK], total_steps=steps, pct_start=WARM, anneal_strategy="linear"
    )
    network.train()
    began, seen, done = time.time(), 0, 0
    for number, make in enumerate(epochs):
        found = first if number == 0 else make()
        sums: dict[str, float] = {}
        for batch in batches(found, BATCH, chance):
            parts = losses(network, batch)
            total = sum(parts.values(), torch.zeros(()))
            optimiser.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            if done < steps - 1:
                rates.step()
            done += 1
            seen += int(batch.lengths.sum())
            for name, value in parts.items():
                sums[name] = 0.98 * sums.get(name, value.item()) + 0.02 * value.item()
            if done % 50 == 0:
                rate = seen / (time.time() - began)
                shown = " ".join(f"{k} {v:.3f}" for k, v in sums.items())
                say(f"step {done}/{steps} epoch {number + 1} {rate:.0f} pieces/s {shown}")
        torch.save(network.state_dict(), checkpoint)
    network.eval()


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The loss of every head on one batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = network.encode(
            torch.from_numpy(batch.ids), torch.from_numpy(batch.features), torch.from_numpy(batch.lengths)
        )
        out = network.heads(hidden).float()[:, 1:-1]
        silver = network.silver(hidden).float()[:, 1:-1]
    windows = batch.windows
    lengths = torch.from_numpy(batch.lengths - 2)
    longest = out.shape[1]
    parts: dict[str, Tensor] = {}
    for name in ("outer", "inner", "names"):
        rows = [i for i, w in enumerate(windows) if getattr(w, name) is not None]
        if rows:
            tags = stack([windows[i] for i in rows], [getattr(windows[i], name) for i in rows], longest)
            safe = torch.from_numpy(np.where(tags == UNKNOWN, 0, tags))
            parts[name] = chain_loss(moves_of(network, name), out[rows][..., COLUMNS[name]], safe, lengths[rows])
    tags = stack(windows, [w.silver for w in windows], longest)
    if (tags != UNKNOWN).any():
        known = torch.from_numpy(tags).flatten()
        parts["silver"] = 0.3 * F.cross_entropy(silver.flatten(0, 1), known, ignore_index=UNKNOWN)
    denial = stack(windows, [w.denial for w in windows], longest)
    if (denial != UNKNOWN).any():
        known = torch.from_numpy(denial != UNKNOWN)
        wanted = torch.from_numpy(denial).float()
        parts["denial"] = 0.1 * F.binary_cross_entropy_with_logits(
            out[..., COLUMNS["denial"]].squeeze(2)[known], wanted[known]
        )
    linked = list(link_losses(network, out, windows))
    if linked:
        parts["links"] = 0.3 * torch.cat(linked).mean()
    return parts


def link_losses(network: Network, out: Tensor, windows: list[Window]) -> Iterator[Tensor]:
    """-log p(a right answer) for every asking span of every link head, both ways for content and cue."""
    for i, window in enumerate(windows):
        for links in window.links:
            for link in LINKS:
                scores = link_scores(network, out[i], links, link)
                if scores is None:
                    continue
                right = torch.zeros(scores.shape, dtype=torch.bool)
                for row, answers in enumerate(links.answers[link]):
                    right[row, answers if answers else -1] = True
                logs = F.log_softmax(scores, 1)
                yield -torch.logsumexp(logs.masked_fill(~right, NEVER), 1)


def link_scores(network: Network, out: Tensor, links: Links, link: str) -> Tensor | None:
    """Scores (asking, answering + 1); the last column is "nothing". None when nobody asks."""
    role, answer = link.split("_")
    asking, answering = links.spans[role], links.spans[answer]
    if not asking:
        return None
    scale = LINK_SIZE**-0.5
    query = torch.stack([out[s:e, COLUMNS[f"{link}.query"]].mean(0) for s, e in asking])
    none: Tensor = (query @ network.nothing[link])[:, None] * scale + network.bias[link]
    if not answering:
        return None
    key = torch.stack([out[s:e, COLUMNS[f"{link}.key"]].mean(0) for s, e in answering])
    buckets, ranks = gaps(asking, answering)
    nearness = network.distance[link][torch.from_numpy(buckets)] + network.rank[link][torch.from_numpy(ranks)]
    return torch.cat([query @ key.T * scale + nearness, none], 1)
