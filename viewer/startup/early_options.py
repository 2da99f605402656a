"""The one option that must be known before Qt is imported: whether decoding without the sandbox is refused.

QSettings writes the options file, in its own kind of ini format; here just as much of it is parsed as can hide that
option. What QSettings would read as yes is never read as no; what it would read as no may be read as yes where the
spelling is none that it writes itself.
"""

from __future__ import annotations

import re
from typing import Final

from viewer.locations import options_file

_KEY: Final = "require-sandbox"
_OFF: Final = frozenset(["", "false", "0", "no", "off", "@invalid()"])
_MOST_BYTES: Final = 1 << 20
_ESCAPED: Final = "%(?:U([0-9A-Fa-f]{4})|([0-9A-Fa-f]{2}))"


def sandbox_is_required() -> bool:
    """Whether the option `decode/require-sandbox` is set; so it is where the file is there but cannot be read."""
    try:
        with options_file().open("rb") as file:
            text = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return len(text) > _MOST_BYTES or any(map(_requires, re.split("[\r\n]", text.decode("latin-1"))))


def _requires(line: str) -> bool:
    key, _, value = line.partition("=")
    name = re.sub(_ESCAPED, lambda escape: chr(int(escape[1] or escape[2], 16)), key) if "%" in key else key
    return _KEY in name.lower() and not line.startswith(";") and (
        value.count('"') % 2 == 1 or value.strip(' \t"').lower() not in _OFF)
