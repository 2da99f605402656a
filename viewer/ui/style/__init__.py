"""Theme, icons, and what assistive technology is told."""
