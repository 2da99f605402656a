"""The worker gives away what it will not need, before it sees the first byte of a picture."""
