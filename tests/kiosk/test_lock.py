from __future__ import annotations

import pytest

from viewer.actions import ACTIONS, BY_ID
from viewer.kiosk.config import KioskConfig, VisitorsConfig
from viewer.kiosk.lock import allowed_actions


def test_visitors_page_pause_look_closely_and_read_in_larger_type() -> None:
    allowed = allowed_actions(KioskConfig())

    assert {"next", "previous", "first", "last", "pause", "zoom_in", "zoom_out", "fit", "caption_larger", "say_slide",
            "leave_kiosk"} <= allowed


@pytest.mark.parametrize("action_id", [
    "open", "open_folder", "open_builtin", "reload", "edit_caption", "copy_picture", "copy_path", "preferences",
    "close", "quit", "fullscreen", "toggle_strip", "toggle_caption", "toggle_information", "reset_layout", "go_to",
    "play", "slower", "faster", "shuffle", "black", "leave", "help", "about",
])
def test_a_keepers_list_does_not_let_visitors_do_what_the_table_forbids(action_id: str) -> None:
    assert action_id in BY_ID
    assert action_id not in allowed_actions(KioskConfig())
    assert action_id not in allowed_actions(KioskConfig(visitors=VisitorsConfig(allowed=(action_id,))))


def test_a_keepers_list_allows_less_and_leaves_the_way_out() -> None:
    assert allowed_actions(KioskConfig(visitors=VisitorsConfig(allowed=("next",)))) == {"next", "leave_kiosk"}


def test_only_an_unattended_show_has_the_way_out_by_pin() -> None:
    assert [row.id for row in ACTIONS if row.when == "kiosk"] == ["leave_kiosk"]
