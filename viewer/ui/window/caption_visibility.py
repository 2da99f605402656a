"""Whether the caption panel is wanted, in the window and in full screen."""

from __future__ import annotations


class CaptionVisibility:
    """What was said last of the caption panel, separately for galleries with words and for those without.

    A gallery without words gives the panel's room to its pictures, unless somebody wants the panel in such galleries
    too. Information is shown in the panel, and so brings it in every gallery.
    """

    def __init__(self) -> None:
        self.with_words = True
        self.without_words = False
        self.gallery_has_words = False
        """Whether the open gallery has words (`viewer.gallery.words`)."""
        self.information = False
        """Whether information is shown."""

    @property
    def wanted(self) -> bool:
        """Whether the window's panel is wanted."""
        return self.information or (self.with_words if self.gallery_has_words else self.without_words)

    @property
    def hidden_by_hand(self) -> bool:
        """Whether somebody has hidden captions, rather than that there are none."""
        return not self.wanted and not self.with_words

    def set(self, wanted: bool) -> None:
        """Note what somebody wants for galleries like the open one; nobody wants information without the panel."""
        if self.gallery_has_words:
            self.with_words = wanted
        else:
            self.without_words = wanted
        self.information = self.information and wanted

    def in_fullscreen(self, wanted: bool) -> bool:
        """Whether the panel is wanted in full screen, where an option says whether it is `wanted` beside words."""
        return self.information or (wanted if self.gallery_has_words else self.without_words)
