"""Liftoff: a desktop slideshow viewer."""

__version__ = "0.1.0"
