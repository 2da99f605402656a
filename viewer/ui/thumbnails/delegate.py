"""The cells of the strip: one thumbnail each, painted from pixmaps that were finished before.

A picture is cut to 3:2 about its slide's focal point, with its number in the corner and a frame if it is current.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from viewer.imaging.client.lru import ByteLru
from viewer.imaging.client.picture import Picture, PictureRequest, Priority
from viewer.imaging.protocol.messages import THUMBNAIL_SIDE, Box
from viewer.ui.style.theme import DARK
from viewer.ui.thumbnails.metrics import CELL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem

    from viewer.imaging.protocol.failures import Failure
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.model import ThumbnailModel

_MARGIN: Final = 6
_RADIUS: Final = 4.0
_PIXMAP_BYTES: Final = 24 * 1024 * 1024
_FINISHED_A_ROUND: Final = 3  # about 1 ms each
_COARSE: Final = 0.4
_QUICKLY_SCALED: Final = 3_000_000  # pixels: about 3 ms

class ThumbnailSource(Protocol):
    """What the strip needs of the loader."""

    def request(self, priority: Priority, requests: Sequence[PictureRequest]) -> None:
        """Replace the wishes of `priority`."""

    def picture(self, request: PictureRequest) -> Picture | None:
        """The picture, if it is at hand."""

    def best(self, path: str) -> Picture | None:
        """The largest picture of the file at hand."""

    def failure(self, path: str) -> Failure | None:
        """What is known to be wrong with the file."""


class _Finished(NamedTuple):
    """A cell's pixmap, and how many pixels the picture had that it was made of."""

    pixmap: QPixmap
    pixels: int


class ThumbnailDelegate(QStyledItemDelegate):
    """Paints one thumbnail: the picture cut to 3:2 about its focal point, its number, a frame if it is current."""

    def __init__(self, source: ThumbnailSource, model: ThumbnailModel, parent: QWidget | None = None) -> None:
        """`source` is asked for pictures while painting, and answers from memory."""
        super().__init__(parent)
        self._source = source
        self._model = model  # asked by row: QVariant drops the bytes of a path that are not UTF-8
        self._colours = DARK
        self._left = _FINISHED_A_ROUND
        self.put_off = False
        """Whether the round just painted left thumbnails for the next."""
        self._pixmaps: ByteLru[tuple[str, int, int], _Finished] = ByteLru(_PIXMAP_BYTES)

    def begin(self) -> None:
        """A new round of painting: so many thumbnails may be finished in it that the round stays within a frame."""
        self._left = _FINISHED_A_ROUND
        self.put_off = False

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours

    def forget(self, path: str | None = None) -> None:
        """Paint `path` anew next time; or every picture."""
        if path is None:
            self._pixmaps.clear()
        else:
            for key in [key for key in self._pixmaps if key[0] == path]:
                self._pixmaps.discard(key)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002 - every cell is alike
        """Every cell is alike."""
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint one cell, from pixmaps made before wherever possible."""
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        cell: QRect = option.rect
        room = QRectF(cell).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixmap = self._pixmap(index.row(), room.size().toSize(), painter.device().devicePixelRatioF())
        outline = QPainterPath()
        outline.addRoundedRect(room, _RADIUS, _RADIUS)
        if pixmap is None:
            painter.fillPath(outline, QColor(self._colours.raised))
            if self._source.failure(self._model.path(index.row())) is not None:
                self._paint_cross(painter, room)
        else:
            painter.drawPixmap(room.topLeft(), pixmap)
        self._paint_number(painter, room, index.row() + 1, over_picture=pixmap is not None)
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._colours.accent), 2.5))
            painter.drawRoundedRect(room.adjusted(-2.5, -2.5, 2.5, 2.5), _RADIUS + 2, _RADIUS + 2)
        painter.restore()

    def _pixmap(self, row: int, size: QSize, dpr: float) -> QPixmap | None:
        path = self._model.path(row)
        key = (path, round(size.width() * dpr), round(size.height() * dpr))
        known = self._pixmaps.get(key)
        if known is not None and known.pixels >= key[1] * key[2]:
            return known.pixmap
        request = PictureRequest(path, thumbnail_box(dpr))
        picture = self._source.picture(request)
        if picture is None or not picture.is_sharp_in(request.box):
            picture = at_hand(self._source, path, dpr) or picture
        pixels = 0 if picture is None else picture.image.width() * picture.image.height()
        if picture is None or (known is not None and known.pixels >= pixels):
            return None if known is None else known.pixmap
        if not self._left:
            self.put_off = True
            return None if known is None else known.pixmap
        self._left -= 1
        made = cut_to_fill(picture.image, Box(key[1], key[2]), self._model.focus(row), _RADIUS * dpr)
        made.setDevicePixelRatio(dpr)
        self._pixmaps.put(key, _Finished(made, pixels), key[1] * key[2] * 4)
        return made

    def _paint_number(self, painter: QPainter, room: QRectF, number: int, *, over_picture: bool) -> None:
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        place = room.adjusted(6, 0, -6, -4)
        align = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        if over_picture:
            painter.setPen(QColor(0, 0, 0, 190))
            for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                painter.drawText(place.translated(dx, dy), align, str(number))
            painter.setPen(QColor("#ffffff"))
        else:
            painter.setPen(QColor(self._colours.quiet))
        painter.drawText(place, align, str(number))

    def _paint_cross(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(QPen(QColor(self._colours.quiet), 1.5))
        middle = room.center()
        for dx, dy in ((6, 6), (6, -6)):
            painter.drawLine(round(middle.x() - dx), round(middle.y() - dy), round(middle.x() + dx),
                             round(middle.y() + dy))


def at_hand(source: ThumbnailSource, path: str, dpr: float) -> Picture | None:
    """A picture of the file that is as good as the thumbnail that is wished, if there is one, or that thumbnail."""
    best, box = source.best(path), thumbnail_box(dpr)
    if best is None or best.image.width() * best.image.height() > _QUICKLY_SCALED:
        return None
    return best if best.is_sharp_in(box) else None


def thumbnail_box(dpr: float) -> Box:
    """How large a thumbnail to wish for, in device pixels: the size the desktop's cache keeps, 256 or 512."""
    side = THUMBNAIL_SIDE if max(CELL.width(), CELL.height()) * dpr <= THUMBNAIL_SIDE else 2 * THUMBNAIL_SIDE
    return Box(side, side)


def cut_to_fill(image: QImage, room: Box, focus: tuple[float, float], radius: float) -> QPixmap:
    """`image` scaled to fill `room` (device pixels), cut about `focus` (0 to 1), its corners rounded by `radius`."""
    scale = max(room.width / image.width(), room.height / image.height())
    if scale < _COARSE:  # the painter would leave pixels out
        fast = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(max(room.width, round(image.width() * scale)),
                             max(room.height, round(image.height() * scale)), *fast)
        scale = max(room.width / image.width(), room.height / image.height())
    width, height = room.width / scale, room.height / scale
    left = min(max(focus[0] * image.width() - width / 2, 0), image.width() - width)
    top = min(max(focus[1] * image.height() - height / 2, 0), image.height() - height)
    made = QPixmap(room.width, room.height)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    clip = QPainterPath()
    clip.addRoundedRect(QRectF(0, 0, room.width, room.height), radius, radius)
    painter.setClipPath(clip)
    painter.drawImage(QRectF(0, 0, room.width, room.height), image, QRectF(left, top, width, height))
    painter.end()
    return made
