"""What becomes of an error in a thread that reads a gallery: one sentence for the person who opened it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from viewer.gallery.files import why
from viewer.gallery.model import GalleryError

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")


def result_or_sentence(read: Callable[[], _Result]) -> _Result | str:
    """What `read` returns, or why it could not. An error that no reader foresees is logged with its traceback."""
    try:
        return read()
    except GalleryError as error:
        return str(error)
    except OSError as error:
        return f"The gallery cannot be opened: {why(error)}."
    except Exception as error:  # of any kind: a thread that ends without a word leaves an empty window
        import logging  # as good as never, and the first picture waits for this module

        logging.getLogger("liftoff").exception("A gallery could not be read.")
        return (f"The gallery cannot be opened: reading it failed ({type(error).__name__}). Check the file with "
                "“liftoff check”; the log says more.")
