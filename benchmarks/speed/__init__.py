"""Speed and memory, measured on real reports; `python -m benchmarks.speed` prints one figure a line."""
