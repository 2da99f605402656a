"""Paints one thumbnail of the strip: the picture cut to 3:2 about its focal point, a number, a frame if current.

Pictures are scaled and cut once, into pixmaps that are kept; painting from them costs little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from viewer.imaging.client.lru import ByteLru
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.messages import THUMBNAIL_SIDE, Box
from viewer.ui.style.checkerboard import checkerboard
from viewer.ui.style.theme import DARK
from viewer.ui.thumbnails.metrics import CELL

if TYPE_CHECKING:
    from PySide6.QtGui import QBrush
    from PySide6.QtWidgets import QStyleOptionViewItem

    from viewer.imaging.client.picture import Picture
    from viewer.show.picture_source import PictureSource
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.model import ThumbnailModel

_MARGIN: Final = 6
_RADIUS: Final = 4.0
_PIXMAP_BYTES: Final = 24 * 1024 * 1024
_PREPARED_A_ROUND: Final = 3  # about 1 ms each
OUTLINE_ALPHA: Final = 190
"""Opacity, 0 to 255, of the black outline that a number has over a picture."""

_COARSE: Final = 0.4
_QUICKLY_SCALED: Final = 3_000_000  # pixels: about 3 ms


class _Prepared(NamedTuple):
    """A row's pixmap, its size in device pixels, its file, and how many pixels the picture had that it was made of."""

    pixmap: QPixmap
    size: Box
    path: str
    pixels: int


class ThumbnailDelegate(QStyledItemDelegate):
    """Paints thumbnails; `source` is asked for pictures while painting, and answers from memory."""

    def __init__(self, source: PictureSource, model: ThumbnailModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._model = model
        self._colours = DARK
        self._checkered = True
        self._left = _PREPARED_A_ROUND
        self.put_off = False
        """Whether the round just painted left thumbnails for the next."""
        self._pixmaps: ByteLru[int, _Prepared] = ByteLru(_PIXMAP_BYTES)

    def begin(self) -> None:
        """Begin a round of painting, in which so few pixmaps are prepared that it stays within a frame's time."""
        self._left = _PREPARED_A_ROUND
        self.put_off = False

    def set_colours(self, colours: Colours) -> None:
        """Take another theme's colours."""
        self._colours = colours

    def set_checkered(self, checkered: bool) -> None:
        """Whether a checkerboard is seen through transparent parts, or the strip."""
        self._checkered = checkered
        self._pixmaps.clear()

    def renew(self, path: str) -> None:
        """Prepare the pixmaps of a file anew, from the picture there is now; until then the old ones are painted."""
        for row in self._pixmaps:
            known = self._pixmaps.peek(row)
            if known is not None and known.path == path:
                self._keep(row, known._replace(pixels=0))

    def clear(self) -> None:
        """Forget all pixmaps: the rows are other slides."""
        self._pixmaps.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint one cell."""
        row, area = index.row(), QRectF(option.rect).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixmap = self._pixmap(row, area.size().toSize(), painter.device().devicePixelRatioF())
        if pixmap is None:
            painter.fillPath(_rounded(area, _RADIUS), QColor(self._colours.raised))
            if self._source.failure(self._model.path(row)) is not None:
                painter.setPen(QPen(QColor(self._colours.quiet), 1.5))
                for arm in (QPointF(6, 6), QPointF(6, -6)):
                    painter.drawLine((area.center() - arm).toPoint(), (area.center() + arm).toPoint())
        else:
            painter.drawPixmap(area.topLeft(), pixmap)
        self._paint_number(painter, area, str(row + 1), over_picture=pixmap is not None)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._colours.accent), 2.5))
            painter.drawRoundedRect(area.adjusted(-2.5, -2.5, 2.5, 2.5), _RADIUS + 2, _RADIUS + 2)
        painter.restore()

    def _pixmap(self, row: int, size: QSize, dpr: float) -> QPixmap | None:
        """The pixmap of a row, made of the best picture there is; None where there is none, or not yet."""
        path, wanted = self._model.path(row), Box(round(size.width() * dpr), round(size.height() * dpr))
        known = self._pixmaps.get(row)
        if known is not None and known.size != wanted:
            known = None
        old = None if known is None else known.pixmap
        if known is not None and known.pixels >= wanted.width * wanted.height:
            return old
        request = PictureRequest(path, thumbnail_box(dpr))
        picture = self._source.picture(request)
        if picture is None or not picture.is_sharp_in(request.box):
            picture = best_in_memory(self._source, path, dpr) or picture
        pixels = 0 if picture is None else picture.image.width() * picture.image.height()
        if picture is None or (known is not None and known.pixels >= pixels):
            return old
        if not self._left:
            self.put_off = True
            return old
        self._left -= 1
        behind = checkerboard(dpr) if self._checkered and picture.image.hasAlphaChannel() else None
        made = cut_to_fill(picture.image, wanted, self._model.focus(row), _RADIUS * dpr, behind)
        made.setDevicePixelRatio(dpr)
        self._keep(row, _Prepared(made, wanted, path, pixels))
        return made

    def _keep(self, row: int, prepared: _Prepared) -> None:
        self._pixmaps.put(row, prepared, prepared.size.width * prepared.size.height * 4)

    def _paint_number(self, painter: QPainter, area: QRectF, number: str, *, over_picture: bool) -> None:
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        place = area.adjusted(6, 0, -6, -4)
        align = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        if over_picture:
            painter.setPen(QColor(0, 0, 0, OUTLINE_ALPHA))
            for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                painter.drawText(place.translated(dx, dy), align, number)
        painter.setPen(QColor("#ffffff" if over_picture else self._colours.quiet))
        painter.drawText(place, align, number)


def best_in_memory(source: PictureSource, path: str, dpr: float) -> Picture | None:
    """The largest picture of the file in memory, if it is as good as a thumbnail and quickly made one."""
    best = source.best(path)
    if best is None or best.image.width() * best.image.height() > _QUICKLY_SCALED:
        return None
    return best if best.is_sharp_in(thumbnail_box(dpr)) else None


def thumbnail_box(dpr: float) -> Box:
    """How large a thumbnail to request, in device pixels: a size that the desktop's cache keeps, 256 or 512."""
    side = THUMBNAIL_SIDE if max(CELL.width(), CELL.height()) * dpr <= THUMBNAIL_SIDE else 2 * THUMBNAIL_SIDE
    return Box(side, side)


def cut_to_fill(image: QImage, size: Box, focus: tuple[float, float], radius: float,
                behind: QBrush | None = None) -> QPixmap:
    """`image` scaled to fill `size` (device pixels), cut about `focus` (0 to 1), its corners rounded by `radius`.

    `behind` is seen through its transparent parts.
    """
    scale = max(size.width / image.width(), size.height / image.height())
    if scale < _COARSE:  # the painter would leave pixels out
        image = image.scaled(max(size.width, round(image.width() * scale)),
                             max(size.height, round(image.height() * scale)), Qt.AspectRatioMode.IgnoreAspectRatio,
                             Qt.TransformationMode.SmoothTransformation)
        scale = max(size.width / image.width(), size.height / image.height())
    width, height = size.width / scale, size.height / scale
    left = min(max(focus[0] * image.width() - width / 2, 0), image.width() - width)
    top = min(max(focus[1] * image.height() - height / 2, 0), image.height() - height)
    made = QPixmap(size.width, size.height)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    area = QRectF(0, 0, size.width, size.height)
    painter.setClipPath(_rounded(area, radius))
    if behind is not None:
        painter.fillRect(area, behind)
    painter.drawImage(area, image, QRectF(left, top, width, height))
    painter.end()
    return made


def _rounded(area: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    return path
