"""What happens before Qt is imported: checks of the machine, and the first worker's first picture."""
