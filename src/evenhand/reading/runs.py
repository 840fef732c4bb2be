"""Runs of plain words, which make up most of a text and which every cutter of words cuts alike.

A plain word is letters alone. A run is one or more of them, each with one blank behind it, from a blank or the
beginning of what is cut up to one more letter. Nothing printed there has a second meaning: no figure, sign, clitic or
line end touches it. So a cutter takes a run at once, and asks its own pattern only for what stands between runs.
"""


def run(but: str = "") -> str:
    """Pattern of a run: it ends behind its last blank, and the word after it is the cutter's own again.

    `but` is the pattern of words that a cutter sees otherwise.
    """
    return r"(?<!\S)(?:" + (f"(?!{but})" if but else "") + r"[^\W\d_]++\x20)+(?=[^\W\d_])"


RUN = run()
