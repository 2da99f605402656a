"""Widgets and windows of an unattended screen: what visitors see and touch, and what keeps the window in its place."""
