"""Prints lines on a terminal, into a file or a pipe, whatever these can take."""

from __future__ import annotations

import os
import sys
from typing import Any


def print_line(text: str, stream: Any = None) -> bool:
    """Print `text`, escaping what the stream cannot encode; returns whether all of it was written.

    A stream that is not there (a windowed program on Windows) or whose reader has ended is no failure.
    """
    out = sys.stdout if stream is None else stream
    if out is None:
        return True
    encoding = getattr(out, "encoding", None) or "utf-8"
    try:
        out.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        out.flush()
    except OSError as error:
        # Or Python would report what is left in the buffer at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has seen enough (`liftoff check ... | head`)
            return True
        if out is not sys.stderr:
            print_line(f"liftoff: The answer could not be written: {error.strerror}.", sys.stderr)
        return False
    return True
