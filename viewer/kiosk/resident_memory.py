"""The memory that this process keeps in RAM."""

from __future__ import annotations

import os
from pathlib import Path


def resident_memory() -> int:
    """Resident memory in bytes, shared libraries included; 0 where the system does not tell. Source: proc(5), statm."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):  # not on Linux
        return 0
