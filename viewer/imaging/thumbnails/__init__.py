"""The desktop's shared thumbnail cache (freedesktop.org thumbnail specification)."""
