from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from tests.desktop.bus import InhibitService, PrivateBus, need_a_bus
from viewer.desktop.keep_awake import BEGIN_MS
from viewer.kiosk.config import KioskConfig, VisitorsConfig
from viewer.kiosk.lock import FIXED_OPTIONS
from viewer.locations import options_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow


def test_a_kiosk_plays_in_full_screen_by_itself(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest([1, 2, 3]))

    show.waits_to_see(1)

    assert show.window.isFullScreen()
    assert show.state == "playing"


def test_visitors_page_and_pause_but_open_nothing(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest([1, 2, 3]))
    show.waits_to_see(1)

    show.press(Qt.Key.Key_Right)
    show.waits_to_see(2)
    assert show.state == "paused"
    show.press(Qt.Key.Key_Space)
    assert show.state == "playing"
    show.press(Qt.Key.Key_Space)
    assert show.state == "paused"
    for action_id in ("open", "open_folder", "preferences", "edit_caption", "quit", "close", "leave", "about"):
        action = show.program.action_set[action_id]
        action.trigger()
        assert not action.isVisible()
        assert not action.shortcuts()
        assert show.window.isVisible()


def test_a_keeper_can_allow_less_by_keys_and_by_gestures_alike(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest([1, 2, 3]), KioskConfig(visitors=VisitorsConfig(allowed=("next",))))
    show.waits_to_see(1)
    gestures = show.program.slide_view.gestures

    gestures.page.emit(-1)
    show.press(Qt.Key.Key_End, Qt.Key.Key_3, Qt.Key.Key_Return)
    gestures.zoom_at.emit(3.0, QPointF(100, 100))
    gestures.toggled.emit(QPointF(100, 100))

    assert show.program.session.index == 0
    assert show.program.slide_view.zoom is None
    gestures.page.emit(1)
    show.waits_to_see(2)


def test_a_kiosk_has_no_menus(unattended: Callable[..., KioskShow], manifest: Callable[..., Path]) -> None:
    show = unattended(manifest([1]))
    show.waits_to_see(1)

    assert not show.window.menuBar().actions()
    assert show.window.menuBar().isHidden()


def test_a_kiosk_reads_nobodys_options_and_saves_none(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    options_file().parent.mkdir(parents=True, exist_ok=True)
    options_file().write_text("[caption]\nscale=250\nfullscreen=none\n")
    before = options_file().read_bytes()
    show = unattended(manifest([1, 2, 3]), KioskConfig(options={
        "caption/scale": 120, "show/end": "stop", "decode/partial": True}))
    show.waits_to_see(1)

    show.press(Qt.Key.Key_L)
    scale = show.program.settings.number("caption/scale")
    show.close()

    assert scale > 120
    assert show.program.settings.text("show/end") == FIXED_OPTIONS["show/end"]
    assert not show.program.settings.flag("decode/partial"), "what is damaged is not shown to visitors"
    assert show.program.central.panel.words.title
    assert options_file().read_bytes() == before


def test_an_open_show_keeps_the_screen_lit_and_a_pause_lets_it_go(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], monkeypatch: pytest.MonkeyPatch,
    clock: ManualClock,
) -> None:
    need_a_bus()
    with PrivateBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        service = InhibitService(bus.address, "org.freedesktop.ScreenSaver")
        show = unattended(manifest([1, 2, 3]))
        show.until(lambda: show.program.keep_awake is not None)

        clock.advance(BEGIN_MS)
        service.wait_for(held=1)
        show.press(Qt.Key.Key_Space)
        service.wait_for(held=0)
        show.close()
        service.close()


def test_a_keeper_can_let_the_screen_go_dark(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1, 2]), KioskConfig(awake=False))
    show.until(lambda: show.program.keep_awake is not None)

    clock.advance(2 * BEGIN_MS)

    assert show.program.keep_awake is not None
    assert not show.program.keep_awake.state.wanted


def test_what_is_wrong_with_a_gallery_is_for_the_log_and_not_for_visitors(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], caplog: pytest.LogCaptureFixture,
) -> None:
    path = manifest([1, 2])
    show = unattended(path)
    show.waits_to_see(1)
    path.write_text("{")
    show.program.gallery_watcher.look()

    show.until(lambda: any(str(path.name) in record.message for record in caplog.records))

    assert not show.program.central.toast.isVisible()
    assert show.sees() == 1


def test_words_stand_elsewhere_with_each_slide_in_a_panel_of_the_same_size_and_never_over_the_picture(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest(list(range(1, 11))))
    show.waits_to_see(1)
    panel, view = show.program.central.panel, show.program.slide_view
    places = []

    for number in range(2, 11):
        show.press(Qt.Key.Key_Right)
        show.waits_to_see(number)
        places.append(panel.geometry())
        assert not panel.geometry().intersects(view.geometry())

    assert len({place.size().toTuple() for place in places}) == 1
    assert len({place.topLeft().toTuple() for place in places}) == 9


def test_nobody_sees_a_window_while_the_show_is_moved_to_another_screen_as_one(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest([1, 2, 3]))
    show.waits_to_see(1)
    seen = []
    for state in (Qt.WindowState.WindowNoState, Qt.WindowState.WindowFullScreen):
        show.window.setWindowState(state)
        show.turn()
        seen.append((show.window.menuBar().isVisible(), show.window.panel.isVisible(),
                     show.program.thumbnail_bar.isVisible(), show.program.central.panel.isVisible()))

    assert seen == 2 * [(False, False, False, True)]
