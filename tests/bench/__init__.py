"""Benchmarks of the whole program, from outside: real keys in, pixels out. By hand only: `python -m tests.bench`."""
