"""Speed, measured on the large demo company: `python -m benchmarks` prints one JSON object a line."""
