"""What the rest of the program knows of decoding: requests, pictures, the loader and its caches."""
