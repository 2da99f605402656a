"""Timers and background calls for widgets."""
