"""Confines the worker process before it reads the first byte of a picture: rlimits, Landlock, seccomp."""
