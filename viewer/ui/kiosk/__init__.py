"""Widgets and windows of an unattended screen."""
