"""Paths of local files: as a manifest's `file`, best relative and with forward slashes, and in `file:` URLs (RFC 8089).

A file name on Linux need not be UTF-8, so URLs are decoded byte for byte.
"""

from __future__ import annotations

import os
import posixpath
import re
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from viewer.gallery.problems import Reporter, described, shown

LONGEST_PATH: Final = 4096  # characters; no system opens a longer one
_ROOT: Final = re.compile(r"[/\\]|[A-Za-z]:")  # absolute here or on another system: "/x", "C:\x", "C:x", "\\server\x"
# A scheme alone does not make a URL: "Expo: 1.jpg" is a good file name. "C:" is a drive and dealt with below.
_URL: Final = re.compile(
    r"\s*(?:[a-z][a-z0-9+.-]+://|(?:https?|ftps?|sftp|file|data|blob|javascript|about|mailto|urn|qrc|content):)",
    re.IGNORECASE,
)
_ESCAPES: Final = re.compile("(?:%[0-9A-Fa-f]{2})+")


def is_encodable(file: str) -> bool:
    """Whether `file` can be a file name in this system's encoding."""
    try:
        os.fsencode(file)
    except UnicodeEncodeError:
        return False
    return True


def begins_at_root(file: str) -> bool:
    """Whether `file` begins at the root of a disk, on this system or on another."""
    return _ROOT.match(file) is not None


def read_file(raw: object, folder: Path, reporter: Reporter) -> str | None:
    """The usable path in `raw`, or None; what is odd about it is reported."""
    refusal = _refusal(raw)
    if not isinstance(raw, str) or refusal:
        reporter.error(f"{refusal}; it is left out.")
        return None
    file = raw
    if "\\" in file and os.sep == "/" and not os.path.lexists(folder / file):
        file = file.replace("\\", "/")
        reporter.warning("the path is written with backslashes; write it with forward slashes.")
    if begins_at_root(file):
        reporter.warning("the path begins at the root of a disk; put the picture beside the gallery and write a "
                         "relative path, so that the gallery can be moved.")
    elif ".." in file and posixpath.normpath(file.replace("\\", "/")).split("/")[0] == "..":
        reporter.warning("the path leads out of the gallery's folder; put the picture in the folder.")
    return file


def seen_from(folder: Path, old_folder: Path, file: str) -> str:
    """`file`, relative to `old_folder`, as it is to be written into a manifest in `folder`."""
    if begins_at_root(file):
        return file
    try:
        return os.path.relpath(old_folder / file, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return str(old_folder / file)  # pragma: no mutate: on Windows alone


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

    return Path(url2pathname(parts.path))  # pragma: no mutate: on Windows alone


def percent_decoded(text: str) -> str:
    """`text` as a file name, its percent escapes (RFC 3986) undone; bytes that are not UTF-8 as in `os.fsdecode`."""
    return _ESCAPES.sub(lambda run: bytes.fromhex(run[0].replace("%", "")).decode(
        sys.getfilesystemencoding(), "surrogateescape"), text)


def _refusal(raw: object) -> str:
    if not isinstance(raw, str):
        return f"“file” is {described(raw)} and not the name of a picture; write it in quotes"
    if not raw.strip():
        return "“file” is empty; name a picture"
    if "\0" in raw or len(raw) > LONGEST_PATH or not is_encodable(raw):
        return f"“file” is no possible file name ({shown(raw)}); correct it"
    if _URL.match(raw):
        return f"“file” is an address ({shown(raw)}); save the picture beside the gallery and write its name"
    return ""
