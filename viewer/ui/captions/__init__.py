"""The caption panel, its text, and the caption editor."""
