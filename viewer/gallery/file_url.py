"""`file:` URLs of local files (RFC 8089), byte for byte: a file name on Linux need not be UTF-8."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_ESCAPES: Final = re.compile("(?:%[0-9A-Fa-f]{2})+")


def path_of(url: str) -> Path | None:
    """The local path that a percent-encoded `file:` URL names; None for anything else or another computer's file.

    `QUrl.toLocalFile` and `url2pathname` decode to text and lose the bytes that are not UTF-8.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # file://[x/a.jpg
        return None
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        return None
    if os.name == "posix":
        return Path(percent_decoded(parts.path))
    from urllib.request import url2pathname  # much, and for drive letters only

    return Path(url2pathname(parts.path))


def percent_decoded(text: str) -> str:
    """`text` as a file name, its percent escapes (RFC 3986) undone; bytes that are not UTF-8 as in `os.fsdecode`."""
    return _ESCAPES.sub(lambda run: bytes.fromhex(run[0].replace("%", "")).decode(
        sys.getfilesystemencoding(), "surrogateescape"), text)
