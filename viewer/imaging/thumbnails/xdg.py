"""File names and keys of the desktop's shared thumbnails (freedesktop thumbnail specification, version 0.8).

A thumbnail's file name is the MD5 of its picture's canonical `file://` URI, so all programs must write that URI alike,
down to the characters that are escaped: like GLib, which nearly all of them use. Standard library only; the worker
reads thumbnails, the viewer writes them.
"""

from __future__ import annotations

import os
import os.path
from typing import Final

from viewer import __version__

BUCKETS: Final = (("normal", 128), ("large", 256), ("x-large", 512), ("xx-large", 1024))
"""The folders, and the pixels that a thumbnail in each has at most on a side."""

FAILED: Final = f"liftoff-{__version__}"
"""The folder below `fail/` for pictures that this version of the program could not read."""

URI_KEY: Final = "Thumb::URI"
MTIME_KEY: Final = "Thumb::MTime"
SIZE_KEY: Final = "Thumb::Size"
REASON_KEY: Final = "Liftoff::Reason"
"""Text keys in a thumbnail's PNG: the picture's URI, its modification time in whole seconds, its size in bytes; and, in
a note of failure only, the `viewer.imaging.protocol.failures.Reason`."""

_AS_THEY_ARE: Final = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,=:@/")
"""Unescaped in a path: RFC 3986's unreserved and sub-delimiters (but the semicolon), with : @ and /."""


def file_uri(path: str) -> str:
    """The canonical address of `path`: absolute, links not followed, every byte that needs it escaped as %XX."""
    absolute = os.path.abspath(path)  # noqa: PTH100  (pathlib keeps "..", and costs a worker its import)
    if os.sep == "\\":  # pragma: no mutate: on Windows alone
        absolute = "/" + absolute.replace("\\", "/")  # pragma: no mutate: likewise
    escaped = "".join(chr(byte) if byte in _AS_THEY_ARE else f"%{byte:02X}" for byte in os.fsencode(absolute))
    return "file://" + escaped


def bucket_for(box_side: int) -> str:
    """The smallest folder whose thumbnails fill a box with a longer side of `box_side` pixels, else the largest."""
    return next((bucket for bucket, side in BUCKETS if box_side <= side), BUCKETS[-1][0])


def cache_path(root: str, uri: str, bucket: str) -> str:
    """Where below `root` (usually ~/.cache/thumbnails) the thumbnail of `uri` lies in `bucket`."""
    return os.path.join(root, bucket, _file_name(uri))  # noqa: PTH118  (see file_uri)


def fail_path(root: str, uri: str) -> str:
    """Where below `root` this program notes that it could not read `uri`."""
    return os.path.join(root, "fail", FAILED, _file_name(uri))  # noqa: PTH118  (see file_uri)


def _file_name(uri: str) -> str:
    from hashlib import md5  # only thumbnails need it

    return md5(uri.encode("ascii"), usedforsecurity=False).hexdigest() + ".png"  # pragma: no mutate: FIPS alone
