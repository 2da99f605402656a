"""What is said where there is no picture: one that failed, an empty gallery, one that is still loading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from viewer.actions import BY_ID
from viewer.gallery.safe_text import line, text

if TYPE_CHECKING:
    from viewer.imaging.protocol.failures import Failure

Sign: TypeAlias = Literal["broken", "empty", "loading"]

_LONGEST_TEXT: Final = 600


class Placeholder(NamedTuple):
    """The texts and the sign that stand in for a picture; plain texts, markup is shown as it was typed.

    `heading` is one strong line, `body` says what happened and what to do, `name` is a file's name (elided in the
    middle), `keys` are pairs of a key and what it does.
    """

    sign: Sign
    heading: str
    body: str = ""
    name: str = ""
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def description(self) -> str:
        """All but the heading as one text, for a screen reader."""
        return "\n".join(filter(None, (self.body, self.name, *(f"{key}: {what}" for key, what in self.keys))))


def failed_placeholder(failure: Failure, name: str) -> Placeholder:
    """For the picture in the file `name`, which cannot be shown."""
    return Placeholder("broken", _translated("This picture can’t be shown"), _translated(failure.sentence),
                       line(name, _LONGEST_TEXT))


def empty_placeholder(problem: str = "") -> Placeholder:
    """For a gallery without slides: what is wrong with it, if anything is, and how to open another."""
    native = QKeySequence.SequenceFormat.NativeText
    keys = tuple((QKeySequence(action.keys[0]).toString(native), _translated(action.tip))
                 for action in (BY_ID["open"], BY_ID["open_folder"]))
    body = _translated("Open a folder of pictures or a gallery, or drop them here.")
    if problem:
        body = f"{text(problem, _LONGEST_TEXT)}\n{body}"
    return Placeholder("empty", _translated("No pictures here yet"), body, keys=keys)


def loading_placeholder(name: str) -> Placeholder:
    """For a picture that takes its time."""
    return Placeholder("loading", _translated("Loading…"), name=line(name, _LONGEST_TEXT))


def _translated(words: str) -> str:
    """`words` in the language of the window."""
    return QCoreApplication.translate("Placeholder", words)
