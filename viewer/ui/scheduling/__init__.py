"""Staged setup and background calls for widgets."""
