"""What stands where there is no picture: one that failed, an empty gallery, one that is still loading."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextDocument, QTextOption

from viewer.gallery.safe_text import line, text
from viewer.imaging.protocol.messages import Region
from viewer.ui.style.icons import svg_icon
from viewer.ui.style.theme import DARK, LIGHT, contrast

if TYPE_CHECKING:
    from viewer.imaging.protocol.failures import Failure
    from viewer.imaging.protocol.messages import Box
    from viewer.ui.style.theme import Colours
    from viewer.ui.viewport.content import PaintStyle

_LONGEST_TEXT: Final = 600

_MEASURE: Final = 34.0
"""The widest line of text, in multiples of its type size: some 65 characters."""

_READABLE: Final = 7.0
"""The least contrast of text (WCAG 2.2, 1.4.6)."""


class Placeholder(NamedTuple):
    """The texts and the icon that stand in for a picture; plain texts, markup is shown as it was typed.

    `heading` is one strong line, `body` says what happened and what to do, `name` is a file's name (elided in the
    middle). An empty gallery's texts are for a screen reader alone: others see `viewer.ui.viewport.empty_view`.
    """

    icon: Literal["broken", "empty", "loading"]
    heading: str
    body: str = ""
    name: str = ""

    @property
    def description(self) -> str:
        """All but the heading as one text, for a screen reader."""
        return "\n".join(filter(None, (self.body, self.name)))


def failed_placeholder(failure: Failure, name: str) -> Placeholder:
    """For the picture in the file `name`, which cannot be shown."""
    return Placeholder("broken", _translated("This picture can’t be shown"), _translated(failure.sentence),
                       line(name, _LONGEST_TEXT))


def empty_placeholder(problem: str = "") -> Placeholder:
    """For a gallery without slides: what is wrong with it, if anything is, and what to do."""
    body = _translated("Open a folder of pictures or a gallery, or drop them here.")
    if problem:
        body = f"{text(problem, _LONGEST_TEXT)}\n{body}"
    return Placeholder("empty", _translated("No pictures here yet"), body)


class StandbyWords(Protocol):
    """What stands on the cards of an unattended show, for people who can do nothing about what is wrong."""

    @property
    def later(self) -> str:
        """There are no slides at the moment."""

    @property
    def missing(self) -> str:
        """There is no such picture at the moment."""


def standby_placeholder(words: StandbyWords, problem: str = "") -> Placeholder:
    """For an unattended show that has no slides at the moment: what its keeper has to know, if anything."""
    return Placeholder("loading", words.later, text(problem, _LONGEST_TEXT))


def unshown_placeholder(words: StandbyWords) -> Placeholder:
    """For a picture of an unattended show that cannot be shown: why, and which file it is, is for its keeper."""
    return Placeholder("broken", words.missing)


def loading_placeholder(name: str) -> Placeholder:
    """For a picture that takes its time."""
    return Placeholder("loading", _translated("Loading…"), name=line(name, _LONGEST_TEXT))


def _translated(words: str) -> str:
    """`words` in the language of the window."""
    return QCoreApplication.translate("Placeholder", words)


class PlaceholderContent:
    """A placeholder on the background."""

    def __init__(self, placeholder: Placeholder, viewport: Box) -> None:
        self._placeholder = placeholder
        self._viewport = viewport

    @property
    def covered(self) -> Region:
        """All of the viewport: text may be anywhere."""
        return Region(0, 0, *self._viewport)

    def resize(self, viewport: Box) -> None:
        """Fill a viewport of another size, in device pixels."""
        self._viewport = viewport

    def paint(self, painter: QPainter, style: PaintStyle) -> None:
        """Paint background and placeholder; `painter` is in device pixels."""
        width, height = self._viewport
        painter.fillRect(0, 0, width, height, style.around)
        if self._placeholder.icon == "empty":
            return
        painter.save()
        painter.scale(style.ratio, style.ratio)
        paint_placeholder(painter, QRectF(0, 0, width / style.ratio, height / style.ratio), self._placeholder,
                          readable_colours(style.colours), style.font)
        painter.restore()


def readable_colours(colours: Colours) -> Colours:
    """`colours`, with another theme's text where theirs cannot be read on their background."""
    choice = next((one for one in (colours, DARK, LIGHT) if contrast(one.text, colours.background) >= _READABLE), LIGHT)
    return choice._replace(background=colours.background)


def type_size(width: float, height: float, font: QFont) -> float:
    """The size of type for an area, all in logical pixels: the desktop's own, larger in a large area, smaller in a
    tiny one.
    """
    own = QFontMetricsF(font).height() / 1.25
    return min(max(own, min(width, height * 1.6) / 90), max(8.0, width / 14), own * 3)


def paint_placeholder(painter: QPainter, area: QRectF, placeholder: Placeholder, colours: Colours, font: QFont) -> None:
    """Paint `placeholder` into the middle of `area` (logical pixels); the background is there already."""
    em = type_size(area.width(), area.height(), font)
    width = min(area.width() - 2 * em, _MEASURE * em)
    if area.width() < 24 or area.height() < 16 or width < 2 * em:
        return
    document = _laid_out(placeholder, colours, font, em, width)
    side, gap = em * 4.2, em * 1.1
    with_icon = area.height() - document.size().height() >= side * 1.6
    height = document.size().height() + (side + gap if with_icon else 0)
    top = max(area.center().y() - height / 2, area.top() + em / 2)
    painter.save()
    painter.setClipRect(area)
    if with_icon:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon_area = QRectF(area.center().x() - side / 2, top, side, side)
        svg_icon(placeholder.icon, colours.quiet, colours.accent).render(painter, icon_area)
        top = icon_area.bottom() + gap
    painter.translate(area.center().x() - width / 2, top)
    document.drawContents(painter)
    painter.restore()


def _laid_out(placeholder: Placeholder, colours: Colours, font: QFont, em: float, width: float) -> QTextDocument:
    """The texts as a document of that width, in type of `em`, both logical pixels."""
    base = QFont(font)
    base.setPixelSize(max(6, round(em * 0.95)))
    quiet = colours.quiet if contrast(colours.quiet, colours.background) >= _READABLE else colours.text
    name = QFontMetricsF(base).elidedText(placeholder.name, Qt.TextElideMode.ElideMiddle, width)
    blocks = [
        f"<p style='margin: {round(em * above)}px 0 0 0; line-height: 112%; font-size: {max(6, round(em * size))}px; "
        f"font-weight: {weight}; color: {colour}'>{html.escape(words)}</p>".replace("\n", "<br>")
        for words, above, size, weight, colour in (
            (placeholder.heading, 0, 1.6, 600, colours.text), (placeholder.body, 0.7, 1.05, 400, colours.text),
            (name, 1, 0.95, 400, quiet),
        ) if words
    ]
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(base)
    document.setDefaultTextOption(option)
    document.setHtml("".join(blocks))
    document.setTextWidth(width)
    return document
