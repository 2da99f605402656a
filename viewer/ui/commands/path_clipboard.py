"""A file's path as it is put on the clipboard: as a `file:` URL and as text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def path_as_mime_data(path: str) -> QMimeData:
    """`path` as a URL of its very bytes, percent-encoded (text/uri-list), and as text.

    The text is the path itself. Text on a clipboard has no bytes that are not UTF-8: a path with such bytes is quoted
    as a shell reads it, with octal escapes ($'...', POSIX.1-2024, 2.2.4).
    """
    data = QMimeData()
    # Not by QUrl.fromLocalFile, nor by setText with the path as it is: they drop the bytes that are not UTF-8.
    data.setData("text/uri-list", f"{Path(path).absolute().as_uri()}\r\n".encode())
    data.setText(path if path.isprintable() else _shell_quoted(path))
    return data


def _shell_quoted(path: str) -> str:
    letters = "".join(letter if letter.isprintable() and letter not in "'\\" else "".join(
        f"\\{byte:03o}" for byte in letter.encode(errors="surrogateescape")) for letter in path)
    return f"$'{letters}'"
