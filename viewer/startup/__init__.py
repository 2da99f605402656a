"""Before Qt is imported: checks of the machine, and the first picture's decode."""
