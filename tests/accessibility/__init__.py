"""The program as a screen reader gets it: over AT-SPI, by a client of our own, on a private desktop."""
