"""Every caption can be read to its end: in three fonts, on nine screens and in windows, at all sizes of type.

The rule, for one who looks at the picture first and then reads line by line, as fast as a reading time is counted:
every line is whole, not faded and within the panel while it is to be read, and is so long enough for a quick reader
(`least_ms`). No line is ever cut, neither above nor below nor at its ends.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QWidget

from tests.fakes import ManualClock
from tests.needs import need
from viewer.gallery.model import Slide
from viewer.gallery.open import builtin_manifest, open_source
from viewer.gallery.reading_time import words_time
from viewer.show.timing import Timing
from viewer.ui.captions.auto_scroll import LINE_TIME, looking_share
from viewer.ui.captions.composition import CaptionText
from viewer.ui.captions.label import CaptionLabel
from viewer.ui.captions.line_scroll_area import LineScrollArea
from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.captions.text import longest_words, words_for
from viewer.ui.style.theme import FULLSCREEN
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.fullscreen_layout import AT_A_DISTANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytestqt.qtbot import QtBot

FONTS: Final = ("DejaVu Sans", "Noto Sans", "Liberation Sans")
SCREENS: Final = ((1280, 800), (1920, 1080), (2560, 1080), (800, 1200), (1080, 1920), (1366, 768), (1024, 600),
                  (640, 480))
"""Logical pixels. The ninth, 3840 x 2160 at scale 2, has as many as the second."""

HALLS: Final = ((1280, 800), (1366, 768), (1920, 1080), (1080, 1920), (1080, 1080), (3840, 2160))
"""Screens of unattended shows, in logical pixels."""

PANELS: Final = ((308, 560), (308, 900), (1000, 180), (760, 300), (420, 200))
"""The caption's dock beside and below the picture, in windows of several sizes."""

STEPS: Final = 60  # of a slide's time


def words(count: int) -> str:
    """A caption of so many words."""
    sentence = ("The", "commander", "and", "both", "engineers", "climb", "the", "stairs", "to", "the", "rocket.")
    return " ".join((sentence * count)[:count])


def caption(text: str, title: str = "Capturing Every Angle") -> CaptionText:
    return CaptionText("3 of 11", title, text, "6 June 2018, 17:12",
                       "Illustration after the photograph by NASA/Joel Kowsky. Caption: space.com")


GALLERY: Final = open_source(builtin_manifest()).gallery
SLIDES: Final = tuple(words_for(GALLERY, index, "en", None) for index in range(len(GALLERY.slides)))
LENGTHS: Final = tuple(caption(words(count)) for count in (0, 17, 100, 300))
LONG_WORD: Final = caption("See " + "Donaudampfschifffahrtsgesellschaft" * 2 + " and " + "x" * 300 + ".")
OTHER_SCRIPTS: Final = (
    caption("أقلعت المركبة الفضائية سويوز من قاعدة بايكونور وعلى متنها ثلاثة رواد فضاء. " * 8, "هدير عظيم"),
    caption("ยานโซยุซเอ็มเอส09ทะยานขึ้นจากฐานปล่อยไบโคนูร์พร้อมนักบินอวกาศสามคน" * 8, "เสียงคำราม"),
    caption("联盟号飞船搭载三名宇航员从拜科努尔发射场升空前往国际空间站。" * 12, "巨大的轰鸣"),
    caption("On 6 June\n\n\nthree people\nleft.\n" * 12),
)


@pytest.fixture(params=FONTS)
def font(request: pytest.FixtureRequest) -> QFont:
    need([] if request.param in QFontDatabase.families() else [f"the font {request.param}"])
    return QFont(request.param)


class FullScreen:
    """The central widget of a full screen of any size."""

    def __init__(self, qtbot: QtBot, font: QFont) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.setFont(font)
        self.central = CentralWidget(SlideView(ManualClock()), self.window)
        self.panel = self.central.panel
        self.panel.set_reduced_motion(True)
        self.window.setWindowState(Qt.WindowState.WindowFullScreen)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.central.change_mode(ThumbnailBar())

    def show(self, size: tuple[int, int], all_words: Iterable[CaptionText], *, longest: CaptionText,
             place: str = "beside", scale: float = 1.0) -> Iterator[CaptionText]:
        """Show one caption after the other."""
        self.central.set_caption(place, scale)  # type: ignore[arg-type] # one of its choices
        self.central.set_gallery(lambda: longest)
        self.central.resize(*size)
        for each in all_words:
            self.central.set_words(each)
            yield each


@pytest.fixture
def full_screen(qtbot: QtBot, font: QFont) -> FullScreen:
    return FullScreen(qtbot, font)


class SeenLine(NamedTuple):
    label: str
    number: int


def visible_part(label: QWidget, panel: QWidget) -> QRect:
    """The part of `label` that is neither outside `panel` nor cut off by what is between them."""
    part, widget = label.rect(), label
    while widget is not panel:
        parent = widget.parentWidget()
        assert parent is not None
        part = part.translated(widget.pos()).intersected(parent.rect())
        widget = parent
    return part.translated(-label.mapTo(panel, label.rect().topLeft()))


def lines_in_view(panel: CaptionPanel, *, faded: bool = False) -> set[SeenLine]:
    """The lines that can be read now, those that are `faded` only if wanted. Raises AssertionError if one is cut."""
    seen = set()
    for label in panel.findChildren(CaptionLabel):
        if not label.isVisible() or label.laid_out is None:
            continue
        name = label.objectName()
        visible = visible_part(label, panel)
        if visible.isEmpty():
            continue
        top, bottom = visible.top(), visible.bottom() + 1
        for number, line in enumerate(label.laid_out.lines):
            if line.bottom <= top or line.top >= bottom:
                continue
            assert top <= line.top < line.bottom <= bottom, f"line {number} of {name} is cut"
            if faded or number not in label.faded:
                seen.add(SeenLine(name, number))
    return seen


def assert_no_line_is_too_long(panel: CaptionPanel) -> None:
    for label in panel.findChildren(CaptionLabel):
        if label.isVisible() and label.laid_out is not None:
            left, overhang = label.mapTo(panel, QPoint()).x(), 3
            assert 0 <= left < left + label.width() <= panel.width()
            for layout in label.laid_out.layouts:
                for number in range(layout.lineCount()):
                    text = layout.lineAt(number).naturalTextRect()
                    assert 0 <= text.left() <= text.right() <= label.width() - overhang, "it is painted so far inside"


def all_lines(panel: CaptionPanel) -> list[tuple[SeenLine, str]]:
    """All lines in the order of reading, with their words."""
    found = []
    for name in ("Slide", "Title", "Caption", "Date", "Credit"):
        label = label_of(panel, name)
        if label.isVisible() and label.laid_out is not None:
            found += [(SeenLine(name, number), line.text) for number, line in enumerate(label.laid_out.lines)]
    return found


def label_of(panel: CaptionPanel, name: str) -> CaptionLabel:
    label = panel.findChild(CaptionLabel, name)
    assert label is not None
    return label


def check(panel: CaptionPanel, words: CaptionText) -> None:
    """Assert that `words` can be read to their end, at rest or within the slide's time."""
    assert panel.words == words
    assert [*"".join(text for _line, text in all_lines(panel)).split()], "there are words"
    assert_no_line_is_too_long(panel)
    at_rest = lines_in_view(panel)
    lines = all_lines(panel)
    if not panel.overflows:
        assert at_rest == {line for line, _text in lines}
        return
    texts = (words.title, words.caption, words.credit)
    total = Timing().slide_ms(Slide("a.jpg"), texts, unlimited=True)
    assert total is not None
    looking = looking_share(*texts)
    flowing = area_of(panel).lines
    by_top: dict[int, set[SeenLine]] = {}

    def seen_at(share: float) -> set[SeenLine]:
        panel.follow(share)
        top = panel.scroll_bar.value()
        if top not in by_top:
            by_top[top] = lines_in_view(panel)
        return by_top[top]

    counts: Counter[SeenLine] = Counter()
    for step in range(1, STEPS + 1):
        counts.update(seen_at(step / STEPS))
    for line, text in lines:
        assert counts[line], f"{line} is not seen"
        if min(area_of(panel).in_view) >= 3:
            assert counts[line] * total / STEPS >= least_ms(text), f"{line}: {text!r} is too short in view"
    seconds = [LINE_TIME + words_time(line.text) for line in flowing]
    for number, placed in enumerate(flowing):
        for part in (0.01, 0.99):
            read = (sum(seconds[:number]) + part * seconds[number]) / sum(seconds)
            line = SeenLine(placed.label.objectName(), placed.number)
            assert line in seen_at(looking + read * (1 - looking)), f"{line} is out of view while it is read"
    panel.follow(1.0)
    assert not any(label.faded for label in panel.findChildren(CaptionLabel) if label.isVisible()), "nothing follows"


def least_ms(text: str) -> float:
    """The milliseconds that a line is to be seen at least: its words at 250 a minute, as people read silently."""
    return words_time(text) * 150 / 250 * 1000


def area_of(panel: CaptionPanel) -> LineScrollArea:
    area = panel.findChild(LineScrollArea)
    assert area is not None
    return area


@pytest.mark.parametrize("size", SCREENS)
def test_in_full_screen_every_caption_can_be_read(full_screen: FullScreen, size: tuple[int, int]) -> None:
    for each in full_screen.show(size, (*SLIDES, *LENGTHS, LONG_WORD), longest=longest_words(GALLERY, "en")):
        check(full_screen.panel, each)


@pytest.mark.parametrize("size", HALLS)
def test_in_a_hall_every_caption_can_be_read_in_type_of_three_percent_of_the_height(
    full_screen: FullScreen, size: tuple[int, int],
) -> None:
    full_screen.central.set_type_shares(AT_A_DISTANCE)
    for each in full_screen.show(size, (*SLIDES, *LENGTHS, *OTHER_SCRIPTS), longest=longest_words(GALLERY, "en")):
        check(full_screen.panel, each)
        label = label_of(full_screen.panel, "Caption")
        assert not label.isVisible() or label.font().pixelSize() >= round(size[1] * 0.03)


@pytest.mark.parametrize("font", ["Noto Sans"], indirect=True)
@pytest.mark.parametrize("scale", [0.6, 2.0, 3.0])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1200), (640, 480)])
def test_so_it_can_in_smaller_and_larger_type(full_screen: FullScreen, size: tuple[int, int], scale: float) -> None:
    shown = (SLIDES[0], *LENGTHS, LONG_WORD)
    for each in full_screen.show(size, shown, longest=SLIDES[0], scale=scale):
        check(full_screen.panel, each)


@pytest.mark.parametrize("font", ["DejaVu Sans"], indirect=True)
@pytest.mark.parametrize("size", [(1280, 800), (800, 1200), (640, 480)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_so_it_can_over_the_picture_of_which_it_leaves_two_thirds(
    full_screen: FullScreen, size: tuple[int, int], scale: float,
) -> None:
    shown = (SLIDES[0], *LENGTHS, LONG_WORD)
    for each in full_screen.show(size, shown, longest=SLIDES[0], place="overlay", scale=scale):
        check(full_screen.panel, each)
        assert full_screen.panel.height() <= size[1] / 3


@pytest.mark.parametrize("font", ["Noto Sans"], indirect=True)
@pytest.mark.parametrize("size", [(1280, 800), (800, 1200), (640, 480)])
def test_so_can_scripts_from_right_to_left_and_without_spaces(full_screen: FullScreen, size: tuple[int, int]) -> None:
    for each in full_screen.show(size, OTHER_SCRIPTS, longest=OTHER_SCRIPTS[0]):
        check(full_screen.panel, each)


@pytest.mark.parametrize("size", PANELS)
def test_in_a_window_every_caption_can_be_read(qtbot: QtBot, font: QFont, size: tuple[int, int]) -> None:
    panel = CaptionPanel()
    qtbot.addWidget(panel)
    panel.setFont(font)
    panel.set_reduced_motion(True)
    panel.resize(*size)
    panel.set_wide(size[0] > 2 * size[1])
    with qtbot.waitExposed(panel):
        panel.show()
    for scale, shown in ((1.0, (*SLIDES, *LENGTHS, LONG_WORD)), (2.0, (SLIDES[0], LONG_WORD, *OTHER_SCRIPTS))):
        panel.set_type(17 * scale)
        for each in shown:
            panel.set_words(each)
            check(panel, each)


@pytest.mark.parametrize("size", SCREENS)
def test_the_place_stands_at_the_same_pixel_on_every_slide(full_screen: FullScreen, size: tuple[int, int]) -> None:
    panel = full_screen.panel
    places = set()
    for each in full_screen.show(size, (*SLIDES, *LENGTHS), longest=longest_words(GALLERY, "en")):
        label = label_of(panel, "Slide")
        assert each.place, label
        places.add((label.mapTo(full_screen.central, label.rect().topLeft()).toTuple(), label.font().pixelSize(),
                    panel.geometry().getRect()))
    assert len(places) == 1, "nothing jumps"


@pytest.mark.parametrize("size", SCREENS)
def test_words_that_were_not_known_before_get_as_much_room_as_those_of_a_manifest_and_keep_it(
    full_screen: FullScreen, size: tuple[int, int],
) -> None:
    def places(longest: CaptionText) -> list[QRect]:
        given = (LENGTHS[1], LENGTHS[2], LENGTHS[1])
        return [full_screen.panel.geometry() for _each in full_screen.show(size, given, longest=longest)]

    known, unknown = places(LENGTHS[2]), places(LENGTHS[0])

    assert unknown[1:] == known[1:]


@pytest.mark.parametrize("size", SCREENS)
def test_type_is_between_three_and_two_point_two_percent_of_the_height(
    full_screen: FullScreen, size: tuple[int, int],
) -> None:
    found = []
    for _each in full_screen.show(size, (*SLIDES, *LENGTHS), longest=longest_words(GALLERY, "en")):
        label = label_of(full_screen.panel, "Caption")
        if label.isVisible():
            found.append(label.font().pixelSize())
    assert max(found) == max(round(size[1] * 0.03), 13), "a short caption has all of it"
    assert min(found) >= max(round(size[1] * 0.022), 13)


def test_at_twice_the_size_several_lines_of_the_caption_are_seen(full_screen: FullScreen) -> None:
    for size in SCREENS:
        for _each in full_screen.show(size, SLIDES[:1], longest=SLIDES[0], scale=2.0):
            seen = lines_in_view(full_screen.panel, faded=True)
            assert [line.label for line in seen].count("Caption") >= 3, size


@pytest.mark.parametrize("ratio", [1, 2])
def test_the_rows_at_the_edges_of_what_scrolls_are_black_and_those_between_are_not(
    full_screen: FullScreen, ratio: int,
) -> None:
    panel, area = full_screen.panel, area_of(full_screen.panel)
    for _each in full_screen.show((1280, 800), LENGTHS[3:], longest=SLIDES[0]):
        for top in (0, 1, 5, area.last_top):
            panel.scroll_bar.setValue(top)
            image = QImage(panel.size() * ratio, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            panel.render(image)
            black = image.copy(0, 0, image.width(), 1)
            rows = [y for y in range(image.height()) if image.copy(0, y, image.width() - 20 * ratio, 1)
                    != black.copy(0, 0, image.width() - 20 * ratio, 1)]
            first, last = area.lines[top], area.lines[top + area.in_view[top] - 1]
            above, below = area.y() * ratio, (area.y() + last.bottom - first.top) * ratio
            assert black.pixelColor(0, 0).name() == FULLSCREEN.panel
            assert above < min(rows), "no letter touches an edge"
            assert max(rows) < below - 1
