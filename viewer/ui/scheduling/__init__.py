"""Timers and background calls that widgets use."""
