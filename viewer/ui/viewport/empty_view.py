"""What stands in place of a picture where there are none: what was looked at, and buttons to open something else."""

from __future__ import annotations

import html
from itertools import pairwise
from string import Template
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from viewer.gallery.formats.folder import MOST_COUNTED, MOST_SUBFOLDERS
from viewer.gallery.safe_text import breakable, line, text
from viewer.ui.style.accessibility import announce
from viewer.ui.style.icons import svg_icon
from viewer.ui.viewport.placeholder import empty_placeholder, readable_colours, type_size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from viewer.gallery.formats.folder import Subfolder
    from viewer.ui.style.theme import Colours
    from viewer.ui.viewport.canvas import Canvas

_MEASURE: Final = 40.0
"""The widest line, in multiples of its type size: some 75 characters."""

_LONGEST_TEXT: Final = 600

_STYLE: Final = Template("""
    #emptyView, #sheet, #qt_scrollarea_viewport { background: transparent; }
    #words { color: $text; font-size: ${px}px; }
    #quiet { color: $quiet; font-size: ${px}px; }
    #heading { color: $text; font-size: ${large}px; font-weight: 600; }
    QPushButton { color: $text; font-size: ${px}px; background: $raised; border: 1px solid $quiet; border-radius: 6px; }
    QPushButton { padding: ${pad}px ${px}px; outline: none; }
    QPushButton:hover { border-color: $text; }
    QPushButton:focus { border: 2px solid $accent; }
    QPushButton#subfolder { text-align: left; }
""")


class Empty(NamedTuple):
    """A gallery without slides: what is wrong with it, if anything is, where it was looked for, and what there is."""

    problem: str = ""
    place: str = ""
    subfolders: Sequence[Subfolder] = ()


class EmptyView(QScrollArea):
    """Covers `canvas`, in its colours, for as long as it is wanted; scrolls where that is too small.

    `chosen` carries the path of a subfolder. `buttons` are what else can be opened: texts, and what they do.
    """

    chosen = Signal(object)

    def __init__(self, canvas: Canvas, buttons: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._wanted = False
        self.setObjectName("emptyView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.verticalScrollBar().setAccessibleName("Scroll what can be opened")
        self._icon = _Icon()
        self._heading, self._problem, self._place = _label("heading"), _label(), _label("quiet")
        self._offer, self._hint = _label(), _label("quiet")
        self._subfolders = QVBoxLayout()
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._offered: list[_SubfolderButton] = []
        self._openers = [_button(words, act) for words, act in buttons.items()]
        for button in self._openers:
            self._buttons.addWidget(button)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        self._column = column = QVBoxLayout(sheet)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._heading, self._problem, self._place, self._offer):
            column.addWidget(part)
        column.addLayout(self._subfolders)
        column.addLayout(self._buttons)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.setWidget(sheet)
        self.hide()
        canvas.installEventFilter(self)
        canvas.looks_changed.connect(self._follow)

    def show_empty(self, empty: Empty) -> None:
        """Show it; the first button has the focus if the canvas had it."""
        self._wanted = True
        self._heading.setText(empty_placeholder().heading)
        place = line(empty.place, _LONGEST_TEXT)
        for label, words in (
            (self._problem, text(empty.problem, _LONGEST_TEXT)),
            (self._place, place and f"Liftoff looked in {place}"),
            (self._offer, "These folders in it have pictures:" if empty.subfolders else ""),
            (self._hint, "Or drop pictures or a folder here."),
        ):
            label.setText(breakable(words))
            label.setVisible(bool(words))
        for old in self._offered:
            old.hide()
            old.deleteLater()
        self._offered = [_SubfolderButton(one, self.chosen.emit) for one in empty.subfolders[:MOST_SUBFOLDERS]]
        for button in self._offered:
            self._subfolders.addWidget(button)
            button.stackUnder(self._openers[0])  # read before it, as it is seen before it
        inside: list[QPushButton] = [*self._offered, *self._openers]
        for before, after in pairwise(inside):
            QWidget.setTabOrder(before, after)
        self._follow()
        if self.window().focusWidget() in (None, self._canvas):
            inside[0].setFocus()
        sentence = ". ".join(filter(None, (self._heading.text(), empty.problem, place)))
        self._openers[0].setAccessibleDescription("")
        inside[0].setAccessibleDescription(sentence)  # at the start a screen reader hears of the focus, not of more
        announce(self, sentence)

    def close_view(self) -> None:
        """There is something to see again: give way, and give the focus back."""
        self._wanted = False
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._canvas.setFocus()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the canvas."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set everything in type that suits the size."""
        super().resizeEvent(event)
        self._lay_out()

    def _follow(self) -> None:
        self.setVisible(self._wanted and not self._canvas.is_blank)
        if self._wanted:
            self.setGeometry(self._canvas.rect())
            self._lay_out()

    def _lay_out(self) -> None:
        if not self._wanted:
            return
        colours = readable_colours(self._canvas.colours)
        em = type_size(self.width(), self.height(), self._canvas.font())
        px, gap = round(em), round(em * 0.6)
        self.setStyleSheet(_STYLE.substitute(colours._asdict(), px=px, large=round(em * 1.6), pad=round(em * 0.45)))
        side = max(round((self.width() - min(self.width() - 2 * em, _MEASURE * em)) / 2), 8)
        self._column.setContentsMargins(side, gap, side, gap)
        self._column.setSpacing(gap)
        self._subfolders.setSpacing(round(em * 0.3))
        self._buttons.setSpacing(gap)
        self._buttons.setContentsMargins(0, gap, 0, gap // 2)
        self._offer.setContentsMargins(0, gap, 0, 0)
        self._icon.draw(colours, round(em * 4.2) if self.height() > em * 22 else 0)
        needed = sum(button.sizeHint().width() + gap for button in self._openers) - gap
        beside = needed <= self.width() - 2 * side
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)


class _Icon(QWidget):
    """The icon of an empty gallery."""

    def __init__(self) -> None:
        super().__init__()
        self._colours: Colours | None = None

    def draw(self, colours: Colours, side: int) -> None:
        """Draw it `side` logical pixels wide; not at all with 0."""
        self._colours = colours
        self.setFixedSize(QSize(side, side))
        self.setVisible(side > 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small
        """Paint it."""
        if self._colours is not None:
            painter = QPainter(self)
            svg_icon("empty", self._colours.quiet, self._colours.accent).render(painter, QRectF(self.rect()))


class _SubfolderButton(QPushButton):
    """The name of a subfolder and how many pictures it has; a name that is too long loses its middle."""

    def __init__(self, subfolder: Subfolder, choose: Callable[[object], object]) -> None:
        super().__init__()
        self.setObjectName("subfolder")
        self._name = line(subfolder.path.name, _LONGEST_TEXT)
        count = subfolder.pictures
        many = f"more than {MOST_COUNTED} pictures" if count > MOST_COUNTED else f"{count} pictures"
        self._count = "1 picture" if count == 1 else many
        self.setAutoDefault(True)
        self.setAccessibleName(f"Open {self._name}, {self._count}")
        self.setAccessibleDescription(self.accessibleName())  # or the tool tip would be read, with its markup
        self.setToolTip(f"<qt>{html.escape(self._name)}</qt>")  # or markup in the name would be run
        self.clicked.connect(lambda: choose(subfolder.path))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the name as there is space for."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        after = f" \N{EN DASH} {self._count}"
        space = self.width() - metrics.horizontalAdvance(after) - 3 * metrics.height()
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, space)
        self.setText(f"{name}{after}".replace("&", "&&"))


def _label(name: str = "words") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    return label


def _button(words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(True)  # Enter presses it, as Space does
    button.clicked.connect(lambda: act())
    return button
