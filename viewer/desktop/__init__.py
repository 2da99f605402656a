"""The desktop around the program: what is asked of its services."""
