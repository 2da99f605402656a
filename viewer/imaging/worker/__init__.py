"""The worker process: the only place where a picture file is parsed. Pillow, no Qt."""
