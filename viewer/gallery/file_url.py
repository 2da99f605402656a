"""`file:` URLs of local files (RFC 8089), byte for byte: a file name on Linux need not be UTF-8."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit


def path_of(url: str) -> Path | None:
    """The local path that a percent-encoded `file:` URL names; None for another scheme or another computer's file.

    `QUrl.toLocalFile` and `url2pathname` decode to text and lose the bytes that are not UTF-8.
    """
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        return None
    if os.name == "posix":
        return Path(os.fsdecode(unquote_to_bytes(os.fsencode(parts.path))))
    from urllib.request import url2pathname  # much, and for drive letters only

    return Path(url2pathname(parts.path))
