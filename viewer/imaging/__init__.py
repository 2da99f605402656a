"""Pixels: worker processes that decode, and the viewer side that asks them."""
