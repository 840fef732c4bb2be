"""Figures against the gold in ../shared; `python -m benchmarks.quality` compares them with floors.json."""
