"""Stress and fault-injection tests of the whole program, run by hand: `python -m tests.torture`."""
