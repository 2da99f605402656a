"""Benchmarks of the parts, with pytest-benchmark. By hand only: `python -m pytest tests/bench/parts`."""
