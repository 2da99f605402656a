"""The composition root: builds every object of the program and connects them."""
