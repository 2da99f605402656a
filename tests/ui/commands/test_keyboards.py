"""Keys as people press them on keyboards of several countries: real displays, and a program of its own on each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests import wayland_keyboard as wl
from tests.needs import need
from tests.stories.wayland import WaylandDesktop, missing_tools
from tests.x_keyboard import ALTGR, CONTROL, SHIFT, TYPEWRITER, Stroke, XKeyboard
from tests.x_server import x_server
from viewer.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.timeout(60)  # what the program does not write down is waited for

ROOT: Final = Path(__file__).parents[3]
F12: Final = 88
LAYOUTS: Final = ("us", "gb", "de", "fr", "ru", "gr", "us,ru", "us,gr")
"""The last of several is the one in use."""

ODD_LAYOUTS: Final = ("az", "hu", "il")
"""One types no W, one [ with AltGr and F, one Latin letters with Shift only."""


class Noted(NamedTuple):
    """What the program wrote down: the actions that were triggered, and the text in its text field."""

    done: list[str]
    text: str


class Desk:
    """A keyboard, and the program whose window has the focus."""

    def __init__(self, keyboard: XKeyboard, program: subprocess.Popen[str]) -> None:
        self.keyboard = keyboard
        self._program = program
        self.noted()

    def noted(self) -> Noted:
        """What was written down since the last time."""
        assert self._program.stdout is not None
        return Noted(**json.loads(self._program.stdout.readline()))

    def type(self, *keys: str | Stroke) -> Noted:
        """Press keys, one after the other."""
        strokes = [self.keyboard.stroke(key) if isinstance(key, str) else key for key in keys]
        self.keyboard.press(*strokes, self.keyboard.named("F12"))
        return self.noted()

    def type_at_place_of(self, characters: str) -> Noted:
        """Press the keys that have these characters on a US keyboard."""
        return self.type(*map(self.keyboard.at_place_of, characters))


@contextmanager
def sitting_down(*words: str, **environment: str) -> Iterator[Desk]:
    """A desk of its own, with the program started with these words."""
    need([name for name in ("X11", "Xtst") if find_library(name) is None])
    with ExitStack() as ending:
        display = ending.enter_context(x_server("640x480", needs=("setxkbmap",)))
        keyboard = XKeyboard(display)
        ending.callback(keyboard.close)
        program = ending.enter_context(subprocess.Popen(
            [sys.executable, "-m", "tests.ui.commands.keyboard_program", *words], cwd=ROOT, stdout=subprocess.PIPE,
            text=True, env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", **environment},
        ))
        ending.callback(program.terminate)
        yield Desk(keyboard, program)


@pytest.fixture(scope="module")
def shared_desk() -> Iterator[Desk]:
    with sitting_down() as desk:
        yield desk


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    """A desk with a US keyboard."""
    shared_desk.keyboard.use("us")
    return shared_desk


@pytest.mark.parametrize("layout", [*LAYOUTS, *ODD_LAYOUTS])
def test_every_key_of_the_table_does_its_action_and_nothing_else(desk: Desk, layout: str) -> None:
    desk.keyboard.use(layout)

    wrong = {(row.id, key): noted.done for row in ACTIONS for key in row.keys
             if (noted := desk.type(key)).done != [row.id]}
    assert wrong == {}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_key_press_means_two_things_or_has_qt_complain(desk: Desk, layout: str) -> None:
    desk.keyboard.use(layout)
    ways = [(), (SHIFT,), (CONTROL,), (CONTROL, SHIFT), (ALTGR,)]

    strokes = [Stroke(code, held) for code in TYPEWRITER for held in ways]
    done = desk.type(*(key for stroke in strokes for key in (stroke, "End"))).done
    actions = " ".join(what for what in done if not what.startswith("typed")).split("last")
    assert len(actions) == len(strokes) + 1
    assert [what for what in actions if len(what.split()) > 1] == []


def test_keys_that_someone_bound_so_that_one_press_is_two_do_what_was_typed() -> None:
    with sitting_down(json.dumps({"caption_larger": ["Ctrl+Shift+="], "zoom_in": ["Ctrl++"]})) as desk:
        assert desk.type("Ctrl+Shift+=", "Ctrl+Shift+=", "Ctrl++").done == ["zoom_in"] * 3


@pytest.mark.parametrize("layout", ["ru", "us,ru", "gr"])
def test_letters_work_by_their_place_where_the_layout_has_none(desk: Desk, layout: str) -> None:
    desk.keyboard.use(layout)

    assert desk.type_at_place_of("fspnrztcieb").done == [
        "fullscreen", "play", "pause", "next", "rotate_right", "toggle_zoom", "toggle_strip", "toggle_caption",
        "toggle_information", "edit_caption", "black"]


def test_a_character_that_the_layout_types_somewhere_works_there_alone(desk: Desk) -> None:
    desk.keyboard.use("de")
    assert desk.type_at_place_of("zy").done == ["toggle_zoom"]  # Y and Z have changed places
    desk.keyboard.use("ru")
    assert desk.type_at_place_of("./").done == ["black"]  # where a US keyboard has the slash
    desk.keyboard.use("fr,ru")
    assert desk.type_at_place_of("wz").done == ["toggle_zoom"]  # by the French letter


def test_digits_with_and_without_shift_on_a_french_keyboard(desk: Desk) -> None:
    desk.keyboard.use("fr")
    places = [desk.keyboard.at_place_of(digit) for digit in "1234567890"]
    one, two, three, *_, nought = places
    shifted = [Stroke(key.code, (SHIFT,)) for key in places]

    assert desk.type(two, three, "Return").done == desk.type(shifted[1], shifted[2], "Return").done == [
        "typed 2", "typed 23", "go to 23"]
    assert desk.type(one, nought).done == desk.type(shifted[0], shifted[-1]).done == [
        "actual_size", "typed 10", "fit"]
    assert desk.type(one, two, "Return").done == ["actual_size", "typed 12", "go to 12"]


def test_a_french_minus_is_a_six_in_a_number_only(desk: Desk) -> None:
    desk.keyboard.use("fr")

    assert desk.type("-").done == ["zoom_out"]
    assert desk.type(desk.keyboard.at_place_of("2"), "-", "Return").done == ["typed 2", "typed 26", "go to 26"]


def test_a_text_field_keeps_every_key(desk: Desk) -> None:
    desk.keyboard.use("ru")
    focus = desk.keyboard.named("F9")
    desk.keyboard.press(focus)
    noted = desk.type_at_place_of("fs[1")
    desk.keyboard.press(focus)

    assert noted == ([], "аых1")


def test_the_keypad_and_the_locks_change_nothing(desk: Desk) -> None:
    keys = desk.keyboard
    pad = {name: keys.named(f"KP_{name}") for name in ("Add", "Subtract", "Home", "Next", "Enter")}
    assert desk.type(pad["Add"], pad["Subtract"], pad["Home"]).done == ["zoom_in", "zoom_out", "first"]
    for lock in ("Num_Lock", "Caps_Lock"):
        keys.press(keys.named(lock))
        letters = desk.type("F", "Shift+R", "Ctrl+O", "Ctrl+Shift+C", "+", "Ctrl++", "?").done
        number = desk.type(pad["Home"], pad["Next"], pad["Enter"]).done
        desk.keyboard.use("ru")
        places = desk.type_at_place_of("fs[").done
        desk.keyboard.use("us")
        keys.press(keys.named(lock))

        assert letters == ["fullscreen", "rotate_left", "open", "copy_path", "zoom_in", "zoom_in", "help"], lock
        assert number == (["typed 7", "typed 73", "go to 73"] if lock == "Num_Lock" else ["first", "next"]), lock
        assert places == ["fullscreen", "play", "slower"], lock


def test_a_dead_key_does_nothing_and_swallows_nothing(desk: Desk) -> None:
    desk.keyboard.use("fr")
    assert desk.type_at_place_of("[").done == []  # a circumflex for the next letter
    assert desk.type_at_place_of("[f").done == ["fullscreen"]
    desk.keyboard.use("gr")
    assert desk.type_at_place_of(";fs").done == ["fullscreen", "play"]


def test_a_letter_with_super_or_altgr_is_another_key(desk: Desk) -> None:
    for layout in ("de", "ru"):
        desk.keyboard.use(layout)
        place = desk.keyboard.at_place_of("f")
        assert desk.type(Stroke(place.code, ("Super_L",)), Stroke(place.code, (ALTGR,))).done == [], layout


def test_an_input_method_that_is_named_and_not_there_takes_no_keys() -> None:
    with sitting_down(QT_IM_MODULE="ibus") as desk:
        desk.keyboard.use("ru")
        assert desk.type_at_place_of("fs").done == ["fullscreen", "play"]


def test_focus_goes_on_with_tab_and_back_with_shift(desk: Desk) -> None:
    tab = desk.keyboard.named("Tab")

    assert desk.type(tab, "A").text == "a"
    assert desk.type(Stroke(tab.code, (SHIFT,)), "F") == (["fullscreen"], "")


@pytest.fixture
def wayland() -> Iterator[Callable[..., list[str]]]:
    """Type keys of some layouts, by evdev's codes, under Wayland; returns what was done."""
    need(missing_tools())
    with ExitStack() as ending:
        desktop = WaylandDesktop()
        ending.callback(desktop.close)
        desktop.begin()
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
        program = ending.enter_context(subprocess.Popen(
            [sys.executable, "-m", "tests.ui.commands.keyboard_program"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env=environment | desktop.environment | {"QT_LOGGING_RULES": "qt.qpa.wayland.textinput=false"},
        ))
        ending.callback(program.terminate)
        assert program.stdout is not None
        program.stdout.readline()
        keyboard = wl.WaylandKeyboard(desktop.environment["WAYLAND_DISPLAY"])
        ending.callback(keyboard.close)
        lines = program.stdout

        def type_codes(layouts: str, *codes: int | tuple[int, int]) -> list[str]:
            keyboard.use(layouts)
            for code in (*codes, F12):
                keyboard.press(*code) if isinstance(code, tuple) else keyboard.press(code)
            return Noted(**json.loads(lines.readline())).done

        yield type_codes


def test_wayland_has_keys_work_by_place_too(wayland: Callable[..., list[str]]) -> None:
    f, s, o, left_bracket, q, two, three, six, enter = 33, 31, 24, 26, 16, 3, 4, 7, 28
    for layouts in ("us", "ru", "gr", "us,ru", "us,gr"):
        keys = (f, s, (o, wl.CONTROL), left_bracket, (f, wl.SHIFT))
        assert wayland(layouts, *keys) == ["fullscreen", "play", "open", "slower"], layouts
    assert wayland("ru", (q, wl.CONTROL)) == ["quit"]
    assert wayland("fr", two, (three, wl.SHIFT), six, enter) == ["typed 2", "typed 23", "typed 236", "go to 236"]
    assert wayland("fr", six) == ["zoom_out"]
    assert wayland("de", (9, wl.ALTGR)) == ["slower"]
