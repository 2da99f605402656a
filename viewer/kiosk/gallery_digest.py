"""Identifies the version of a gallery that was shown, for the play log and the status."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from viewer.gallery.lazy_slides import identities_of

if TYPE_CHECKING:
    from viewer.gallery.model import Gallery


class GalleryDigest:
    """The SHA-256 of a gallery's file as it was read; of a folder or of pictures, which have none, that of their names.

    Computed when it is first asked for, which for a manifest of 64 MiB takes a tenth of a second: not in the window's
    thread.
    """

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery

    @cached_property
    def hex(self) -> str:
        """The hash as 64 hexadecimal digits: for a file, what ``sha256sum`` says of it."""
        data = self._gallery.file_bytes
        names = () if data else identities_of(self._gallery.slides).files
        return hashlib.sha256(data or "\n".join(names).encode("utf-8", "backslashreplace")).hexdigest()

    @property
    def known(self) -> str:
        """The same if it has been computed, else empty: for the window's thread."""
        return str(vars(self).get("hex", ""))
