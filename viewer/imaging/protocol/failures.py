"""The closed set of reasons why a picture cannot be shown, each with the sentence shown to the user."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Reason: TypeAlias = Literal[
    "missing", "forbidden", "not-a-file", "empty", "unknown-format", "unsupported", "damaged", "too-many-pixels",
    "too-long-a-side", "file-too-big", "too-many-scans", "out-of-memory", "crashed", "too-slow", "unreadable",
    "no-worker", "needs-formats",
]

INSTALL_FORMATS: Final = "pip install 'liftoff-viewer[formats]'"
"""The line that installs what rarer formats need."""

SENTENCES: Final[dict[Reason, str]] = {
    "missing": "The file is not there. Put it back or reload the gallery.",
    "forbidden": "The file may not be read. Change its permissions or reload the gallery.",
    "not-a-file": "This is not a picture file but a folder, a device or a pipe. Choose a file instead.",
    "empty": "The file is empty. Copy it here again.",
    "unknown-format": "This is not a picture in a format Liftoff knows. Save it as JPEG or PNG.",
    "unsupported": "This is a kind of picture that Liftoff does not open. Save it as JPEG or PNG.",
    "damaged": "The picture is damaged or incomplete. Copy it here again.",
    "too-many-pixels": "The picture has more pixels than may be decoded. Save a smaller copy, or see the limits in the "
                       "preferences.",
    "too-long-a-side": "The picture is wider or higher than may be decoded. Save a smaller copy, or see the limits in "
                       "the preferences.",
    "file-too-big": "The file is larger than may be read. Save a smaller copy, or see the limits in the preferences.",
    "too-many-scans": "The picture is stored in more passes than any camera or program needs. Save it anew, or see the "
                      "limits in the preferences.",
    "out-of-memory": "There was not enough memory to decode the picture. Save a smaller copy.",
    "crashed": "Decoding this picture crashed twice, so it is left alone until the file changes.",
    "too-slow": "Decoding this picture took too long, so it is left alone until the file changes.",
    "unreadable": "The file could not be read to its end. Check the disk or the connection.",
    "needs-formats": f"This kind of picture needs an addition to Liftoff. Install it: {INSTALL_FORMATS}.",
    "no-worker": "The program that decodes pictures does not start. Install Liftoff again.",
}

LIMITED: Final[frozenset[Reason]] = frozenset({"too-many-pixels", "too-long-a-side", "file-too-big", "too-many-scans"})
"""Reasons that depend on the limits in the preferences (`viewer.imaging.protocol.limits`)."""


class Failure(NamedTuple):
    """Why a picture cannot be shown: the reason, and at most 200 characters of detail for the log.

    The detail of an unsupported kind, or of one that needs an addition, is its name, and that of an unknown format what
    the file is, if `viewer.unsupported_formats` has a name for it.
    """

    reason: Reason
    detail: str = ""

    @property
    def sentence(self) -> str:
        """What happened, and what to do, for the user."""
        if self.reason == "unsupported" and self.detail:
            return f"This is a kind of picture that Liftoff does not open: {self.detail}. Save it as JPEG or PNG."
        if self.reason == "needs-formats" and self.detail:
            return f"This kind of picture ({self.detail}) needs an addition to Liftoff. Install it: {INSTALL_FORMATS}."
        if self.reason == "unknown-format":
            from viewer.unsupported_formats import named  # rarely needed, and the first picture waits for this module

            if found := named(self.detail):
                return f"This is {found.end_of_sentence}"
        return SENTENCES[self.reason]
