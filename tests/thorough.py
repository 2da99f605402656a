"""Whether tests that try many things try as many as can be waited for, as continuous integration does."""

from __future__ import annotations

import os
from typing import Final

THOROUGH: Final = bool(os.environ.get("CI"))
