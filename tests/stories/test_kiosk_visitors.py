"""Visitors of an unattended show: what stops it, what brings it back to its start, and what they find on the screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from viewer.kiosk.config import KioskConfig, VisitorsConfig
from viewer.ui.captions.label import CaptionLabel
from viewer.ui.kiosk.language_list import LanguageList
from viewer.ui.kiosk.touch_button import LEAST_SIDE, target_side
from viewer.ui.kiosk.visitor_bar import SHOWN_MS, VisitorBar
from viewer.ui.style.theme import DARK, contrast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QPointingDevice

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow
    from viewer.ui.kiosk.countdown import Countdown

RIGHT, SPACE, TAB, RETURN = Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return
IDLE_MS, COUNTDOWN_MS = 60_000, 20_000
USUAL_LANGUAGE = KioskConfig(options={"caption/language": "en"})


@pytest.fixture
def show(unattended: Callable[..., KioskShow], manifest: Callable[..., Path]) -> KioskShow:
    begun = unattended(manifest([1, 2, 3]))
    begun.waits_to_see(1)
    begun.until(begun.is_painted)
    return begun


@pytest.fixture
def in_languages(unattended: Callable[..., KioskShow], manifest: Callable[..., Path]) -> Callable[..., KioskShow]:
    """Begin a show whose titles come in some languages, the title being "Title TAG"."""
    def begin(*tags: str) -> KioskShow:
        path = manifest([1, 2])
        content = json.loads(path.read_text())
        for slide in content["slides"]:
            slide["title"] = {tag: f"Title {tag}" for tag in tags}
        path.write_text(json.dumps(content))
        begun = unattended(path, USUAL_LANGUAGE)
        begun.waits_to_see(1)
        return begun

    return begin


def bar_of(show: KioskShow) -> VisitorBar:
    bar = show.kiosk.visitors.screen.bar
    assert bar is not None
    return bar


def countdown_of(show: KioskShow) -> Countdown | None:
    countdown = show.kiosk.visitors.screen.countdown
    return countdown if countdown is not None and countdown.isVisible() else None


def middle(show: KioskShow) -> QPoint:
    return show.program.slide_view.mapTo(show.window, show.program.slide_view.rect().center())


def is_zoomed(show: KioskShow) -> bool:
    return show.program.slide_view.zoom is not None


def plays_on_to(show: KioskShow, clock: ManualClock, number: int) -> None:
    """Let time pass until that picture is seen, whole."""
    def has_come() -> bool:
        clock.advance(400)
        return show.sees() == number

    show.until(has_come)


def tap(show: KioskShow, place: QPoint, device: QPointingDevice) -> None:
    QTest.touchEvent(show.native, device).press(0, place, show.native).commit()
    QTest.touchEvent(show.native, device).release(0, place, show.native).commit()
    show.turn()


@pytest.fixture(scope="module")
def finger(qapp: object) -> QPointingDevice:  # noqa: ARG001 - there has to be one
    return QTest.createTouchDevice()


def test_paging_stops_the_show(show: KioskShow, clock: ManualClock) -> None:
    show.press(RIGHT)
    show.waits_to_see(2)
    assert show.state == "paused"

    clock.advance(50_000)
    show.turn()
    assert show.sees() == 2


def test_a_slide_that_a_visitor_pages_to_is_announced_to_a_screen_reader(show: KioskShow) -> None:
    heard: list[str] = []
    show.program.presenter.announced.connect(heard.append)

    QTest.keyClick(show.native, RIGHT)
    assert show.state == "paused"
    show.waits_to_see(2)

    show.until(lambda: bool(heard))
    assert heard[0].startswith("2 / 3, Title 2")


def test_a_touch_stops_the_show_and_shows_the_buttons_for_a_while(
    show: KioskShow, clock: ManualClock, finger: QPointingDevice,
) -> None:
    tap(show, middle(show), finger)

    show.until(lambda: show.state == "paused")
    bar = bar_of(show)
    assert bar.isVisible()
    clock.advance(SHOWN_MS)
    assert not bar.isVisible()


def test_who_presses_play_lets_the_show_go_on(show: KioskShow, clock: ManualClock) -> None:
    show.press(RIGHT)
    show.waits_to_see(2)

    show.press(SPACE)

    assert show.state == "playing"
    plays_on_to(show, clock, 3)
    plays_on_to(show, clock, 1)
    clock.advance(IDLE_MS)
    assert countdown_of(show) is None


def test_pausing_by_key_or_by_button_pauses_and_does_not_do_so_twice(show: KioskShow) -> None:
    show.press(SPACE)
    assert show.state == "paused"
    show.press(SPACE)
    assert show.state == "playing"

    QTest.mouseMove(show.native, QPoint(300, 300))
    QTest.mouseMove(show.native, QPoint(400, 300))
    show.click_on(bar_of(show).buttons["pause"])
    assert show.state == "paused"
    assert bar_of(show).buttons["pause"].accessibleName() == "Play"
    show.click_on(bar_of(show).buttons["pause"])
    assert show.state == "playing"


def test_the_pointer_brings_the_buttons_and_stops_nothing(show: KioskShow) -> None:
    QTest.mouseMove(show.native, QPoint(300, 300))
    QTest.mouseMove(show.native, QPoint(400, 300))
    show.turn()

    assert bar_of(show).isVisible()
    assert show.state == "playing"
    assert not show.kiosk.visitors.idle.is_visited


def test_a_knock_at_the_table_is_no_movement(show: KioskShow) -> None:
    QTest.mouseMove(show.native, QPoint(300, 300))
    show.turn()
    show.kiosk.visitors.screen.dismiss()
    for step in range(8):
        QTest.mouseMove(show.native, QPoint(300 + step % 2, 300))

    assert not show.window.findChildren(VisitorBar) or not bar_of(show).isVisible()


def test_after_the_idle_time_a_countdown_is_seen_and_then_the_show_begins_again_as_it_was(
    show: KioskShow, clock: ManualClock,
) -> None:
    usual = show.program.settings.number("caption/scale")
    show.press(Qt.Key.Key_End, Qt.Key.Key_L)
    show.waits_to_see(3)
    show.press(Qt.Key.Key_Plus)
    assert is_zoomed(show)
    assert show.program.settings.number("caption/scale") > usual

    clock.advance(IDLE_MS)
    countdown = countdown_of(show)
    assert countdown is not None
    assert countdown.sentence == "Starting again in 20"
    assert "Starting again in 20" in countdown.accessibleDescription()
    assert countdown.geometry() == show.window.rect()
    clock.advance(5000)
    assert countdown.sentence == "Starting again in 15"
    clock.advance(COUNTDOWN_MS - 5000)

    assert countdown_of(show) is None
    show.waits_to_see(1)
    assert show.state == "playing"
    assert not is_zoomed(show)
    assert show.program.settings.number("caption/scale") == usual


def test_the_ring_of_the_countdown_empties(show: KioskShow, clock: ManualClock) -> None:
    def accent() -> int:
        image = show.window.grab().toImage()
        return sum(image.pixelColor(x, y).name() == "#ff8a3d" for x in range(0, image.width(), 2)
                   for y in range(0, image.height() - 10, 2))

    show.press(RIGHT)
    clock.advance(IDLE_MS)
    whole = accent()
    clock.advance(COUNTDOWN_MS // 2)

    assert whole > 100
    assert whole * 0.3 < accent() < whole * 0.7


@pytest.mark.parametrize("how", ["key", "click", "touch", "pointer", "key without a meaning"])
def test_anything_cancels_the_countdown_and_does_nothing_else(
    show: KioskShow, clock: ManualClock, finger: QPointingDevice, how: str,
) -> None:
    show.press(RIGHT)
    show.waits_to_see(2)
    clock.advance(IDLE_MS + 3000)
    assert countdown_of(show)

    match how:
        case "key":
            show.press(RIGHT)
        case "key without a meaning":
            show.press(Qt.Key.Key_F24)
        case "click":
            show.click(middle(show))
        case "touch":
            tap(show, middle(show), finger)
        case "pointer":
            QTest.mouseMove(show.native, QPoint(100, 100))
            QTest.mouseMove(show.native, QPoint(200, 100))
    show.turn()

    assert not countdown_of(show)
    assert show.sees() == 2
    assert show.state == "paused"
    clock.advance(IDLE_MS - 1)
    assert not countdown_of(show)
    clock.advance(1)
    assert countdown_of(show)


def test_no_countdown_runs_while_the_show_plays_untouched(show: KioskShow, clock: ManualClock) -> None:
    for _ in range(30):
        clock.advance(10_000)
        show.turn()
        assert countdown_of(show) is None


def test_a_key_that_something_lies_on_counts_once(show: KioskShow, clock: ManualClock) -> None:
    show.press(RIGHT)
    show.waits_to_see(2)
    for _ in range(50):
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            QCoreApplication.sendEvent(show.native, QKeyEvent(kind, RIGHT, Qt.KeyboardModifier.NoModifier, "", True))
        show.turn()
        clock.advance(2000)

    assert not show.kiosk.visitors.idle.is_visited
    assert show.state == "playing"


def test_an_expired_slide_is_not_what_the_show_goes_back_to(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    path = manifest([1, 2, 3])
    content = json.loads(path.read_text())
    content["slides"][0]["valid"] = {"until": "2020-01-01"}
    path.write_text(json.dumps(content))
    show = unattended(path)
    plays_on_to(show, clock, 2)

    show.press(Qt.Key.Key_End)
    show.waits_to_see(3)
    clock.advance(IDLE_MS + COUNTDOWN_MS)

    show.waits_to_see(2)


def test_the_buttons_are_large_enough_and_never_over_words(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest([1, 2, 3]))
    show.waits_to_see(1)
    show.click(middle(show))
    bar, panel = bar_of(show), show.program.central.panel

    for button in bar.buttons.values():
        if not button.isHidden():
            assert min(button.width(), button.height()) >= max(LEAST_SIDE, target_side(show.window.size()))
    words = panel.rect().translated(panel.mapTo(show.window, QPoint()))
    assert panel.isVisible()
    assert not bar.geometry().intersects(words)
    assert show.window.rect().contains(bar.geometry())


def test_the_buttons_page_and_enlarge_the_words(show: KioskShow) -> None:
    usual = show.program.settings.number("caption/scale")
    show.click(middle(show))
    buttons = bar_of(show).buttons

    show.click_on(buttons["next"])
    show.waits_to_see(2)
    show.click_on(buttons["previous"])
    show.waits_to_see(1)
    sizes = []
    for _ in range(3):
        show.click_on(buttons["caption_larger"])
        sizes.append(show.program.settings.number("caption/scale"))

    assert sizes == [usual * 1.3, usual * 1.7, usual]
    assert buttons["caption_larger"].accessibleName() == "Larger text"


def test_everything_on_the_bar_is_reached_by_tab_and_pressed_by_enter(show: KioskShow, clock: ManualClock) -> None:
    show.press(TAB)
    bar = bar_of(show)
    assert bar.isVisible()
    reached = []
    for _ in range(12):
        if bar.isAncestorOf(focused := QApplication.focusWidget() or show.window):
            reached.append(focused.accessibleName())
        if focused is bar.buttons["next"]:
            break
        show.press(TAB)
    assert reached == ["The slide before", "Play", "The next slide"]
    clock.advance(SHOWN_MS * 3)
    assert bar.isVisible()

    show.press(RETURN)

    show.waits_to_see(2)
    clock.advance(IDLE_MS + COUNTDOWN_MS)
    assert not bar.isVisible()
    assert not bar.isAncestorOf(QApplication.focusWidget() or show.window)


def test_a_gallery_in_one_language_has_no_button_for_it(show: KioskShow) -> None:
    show.click(middle(show))

    assert bar_of(show).buttons["language"].isHidden()


def test_of_two_languages_the_button_names_the_other_in_its_own_words(
    in_languages: Callable[..., KioskShow], clock: ManualClock,
) -> None:
    show = in_languages("en", "ru")
    show.click(middle(show))
    button = bar_of(show).buttons["language"]
    assert button.text() == "русский"
    assert show.program.central.panel.words.title == "Title en"

    show.click_on(button)

    assert show.program.central.panel.words.title == "Title ru"
    assert button.text() == "English"
    clock.advance(IDLE_MS + COUNTDOWN_MS)
    assert show.program.central.panel.words.title == "Title en"


def test_all_that_visitors_are_told_is_in_the_language_they_read(
    in_languages: Callable[..., KioskShow], clock: ManualClock,
) -> None:
    show = in_languages("en", "ru")
    show.waits_to_see(1)
    show.click(middle(show))
    bar = bar_of(show)
    assert bar.buttons["next"].accessibleName() == "The next slide"
    bar.buttons["language"].click()
    assert bar.buttons["next"].accessibleName() == "Следующий снимок"

    clock.advance(IDLE_MS)
    countdown = countdown_of(show)
    assert countdown is not None
    assert countdown.sentence == "Возврат к началу: 20"
    clock.advance(COUNTDOWN_MS)
    assert bar.buttons["next"].accessibleName() == "The next slide", "the next visitor begins in the usual one"


def test_of_more_languages_one_is_chosen_from_large_buttons(
    in_languages: Callable[..., KioskShow], finger: QPointingDevice,
) -> None:
    show = in_languages("en", "de", "fr", "ru")
    show.click(middle(show))
    show.click_on(bar_of(show).buttons["language"])
    languages = show.window.findChild(LanguageList)
    assert isinstance(languages, LanguageList)
    assert [button.text() for button in languages.buttons] == ["Deutsch", "English", "français", "русский"]
    assert [button.isChecked() for button in languages.buttons] == [False, True, False, False]
    assert all(button.height() >= LEAST_SIDE for button in languages.buttons)

    french = languages.buttons[2]
    tap(show, french.mapTo(show.window, french.rect().center()), finger)

    show.until(lambda: show.program.central.panel.words.title == "Title fr")
    assert not languages.isVisible()


def test_a_keeper_who_allows_less_gives_visitors_fewer_buttons(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest([1, 2]), KioskConfig(visitors=VisitorsConfig(allowed=("next", "pause"))))
    show.waits_to_see(1)
    show.click(middle(show))

    assert {name for name, button in bar_of(show).buttons.items() if button.isVisible()} == {"next", "pause"}


def test_a_gallery_with_credits_alone_shows_them(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    path = manifest([1, 2])
    content = json.loads(path.read_text())
    for slide in content["slides"]:
        slide.update(title="", credit="Port Archive")
    path.write_text(json.dumps(content))
    show = unattended(path)
    show.waits_to_see(1)

    show.press(Qt.Key.Key_C, Qt.Key.Key_I)

    panel = show.program.central.panel
    assert panel.isVisible()
    credit = next(label for label in panel.findChildren(CaptionLabel) if label.objectName() == "Credit")
    assert credit.isVisible()
    assert credit.text() == "Port Archive"


@pytest.mark.parametrize("count", [5, 300])
def test_body_text_has_three_percent_of_the_screens_height_at_least(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], count: int,
) -> None:
    path = manifest([1, 2])
    content = json.loads(path.read_text())
    for slide in content["slides"]:
        slide.update(caption="word " * count)
    path.write_text(json.dumps(content))
    show = unattended(path)
    show.waits_to_see(1)

    panel = show.program.central.panel
    caption = next(label for label in panel.findChildren(CaptionLabel) if label.objectName() == "Caption")
    assert panel.overflows == (count == 300)
    assert caption.font().pixelSize() >= 0.03 * show.window.height()


def test_what_stands_on_buttons_and_cards_can_be_read() -> None:
    for front, ground in ((DARK.text, DARK.raised), (DARK.text, DARK.panel), (DARK.quiet, DARK.panel),
                          (DARK.selected_text, DARK.selection)):
        assert contrast(front, ground) >= 7
    assert contrast(DARK.accent, DARK.line) >= 3, "the ring on its groove"


def test_fingers_may_look_closely_until_the_show_begins_again(show: KioskShow, clock: ManualClock) -> None:
    show.program.slide_view.gestures.zoom_at.emit(3.0, QPointF(100, 100))
    show.press(Qt.Key.Key_Plus)
    assert is_zoomed(show)

    clock.advance(IDLE_MS + COUNTDOWN_MS)

    assert not is_zoomed(show)
