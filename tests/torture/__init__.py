"""Bad files, broken workers and very long shows, all through the program's own path: `python -m tests.torture`."""
