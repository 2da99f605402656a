"""What is shown: slides, galleries, and everything that reads or writes them. Pure Python, no Qt."""
