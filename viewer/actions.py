"""The table of actions: menus, keys, tool tips and the help overlay are all made from it.

Keys are spelt as Qt's portable key sequences. None may be Shift with a symbol, for on some keyboard another symbol is
typed that way: Ctrl++ is Ctrl+Shift+= on a US one. `also` names what a key sequence cannot: the mouse, the wheel,
digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

When: TypeAlias = Literal["always", "slides", "several", "picture", "writable", "window", "kiosk"]

SEPARATOR: Final = ""
"""An entry of a menu that is a line between two others."""


class Action(NamedTuple):
    """One action.

    `text` is its menu text with the mnemonic marked by ``&``; `tip` says in a sentence what it does. `when` says
    when it can be used: always; with slides; with more than one; with a picture shown; with a gallery whose captions
    can be saved; in a window, not in full screen; in an unattended show, whose menus nobody sees. `kiosk` tells whether
    that allows visitors the action: nothing that ends the show, opens a dialog, writes a file, hides a credit or shows
    a curator's notes. Of the rows of a `group` one is checked.
    """

    id: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    also: str = ""
    when: When = "always"
    checkable: bool = False
    kiosk: bool = False
    group: str = ""


class Menu(NamedTuple):
    """A menu: its title with the mnemonic marked by ``&``, and its entries, ids of actions and further menus."""

    title: str
    entries: tuple[str | Menu, ...]

    def ids(self) -> Iterator[str]:
        """The ids of all actions in it and in the menus within it."""
        for entry in self.entries:
            if isinstance(entry, Menu):
                yield from entry.ids()
            elif entry != SEPARATOR:
                yield entry


Side: TypeAlias = Literal["left", "right", "top", "bottom"]

SIDES: Final[Mapping[Side, tuple[str, str]]] = {
    "left": ("On the &Left", "on the left of"), "right": ("On the &Right", "on the right of"),
    "top": ("At the &Top", "above"), "bottom": ("At the &Bottom", "below"),
}
"""Where caption and thumbnails can stand: the text of the action for that, and its words for the tip."""


def _side_actions(prefix: str, what: str) -> Iterator[Action]:
    """The actions that put `what` on a side, such as "caption_left"."""
    for side, (text, where) in SIDES.items():
        yield Action(f"{prefix}_{side}", text, f"Put the {what} {where} the picture", when="window", checkable=True,
                     group=f"{prefix} side")


ACTIONS: Final[tuple[Action, ...]] = (
    Action("open", "&Open…", "Open a manifest or pictures", ("Ctrl+O",)),
    Action("open_folder", "Open &Folder…", "Open a folder of pictures", ("Ctrl+Shift+O",)),
    Action("open_builtin", "Open the &Launch Gallery", "Open the gallery that comes with Liftoff"),
    Action("reload", "&Reload", "Read the gallery and its pictures again", ("Ctrl+Shift+R",)),
    Action("edit_caption", "&Edit the Caption…", "Change the words of this slide", ("E",), when="writable"),
    Action("copy_picture", "&Copy Picture", "Copy the whole picture, and its file", ("Ctrl+C",), when="picture"),
    Action("copy_path", "Copy &Path", "Copy where the picture's file lies", ("Ctrl+Shift+C",), when="slides"),
    Action("preferences", "Prefere&nces…", "Change how Liftoff looks and behaves", ("Ctrl+,",)),
    Action("close", "Close &Window", "Close the window", ("Ctrl+W",)),
    Action("quit", "&Quit", "Quit Liftoff", ("Ctrl+Q",)),
    Action("zoom_in", "Zoom &In", "Look closer", ("+", "=", "Ctrl++", "Ctrl+="), "Ctrl+wheel", when="picture",
           kiosk=True),
    Action("zoom_out", "Zoom &Out", "Step back", ("-", "Ctrl+-"), "Ctrl+wheel", when="picture", kiosk=True),
    Action("fit", "&Fit", "Show the whole picture", ("0", "Ctrl+0"), when="picture", kiosk=True),
    Action("actual_size", "&Actual Size", "One pixel of the picture on one pixel of the screen", ("1", "Ctrl+1"),
           when="picture", kiosk=True),
    Action("toggle_zoom", "Fit or Actual &Size", "Change between the whole picture and actual size", ("Z",),
           "double click", when="picture", kiosk=True),
    Action("pan_left", "Pan Left", "Move over the enlarged picture", ("Ctrl+Left",), "drag", "picture", kiosk=True),
    Action("pan_right", "Pan Right", "Move over the enlarged picture", ("Ctrl+Right",), "drag", "picture", kiosk=True),
    Action("pan_up", "Pan Up", "Move over the enlarged picture", ("Ctrl+Up",), "drag", "picture", kiosk=True),
    Action("pan_down", "Pan Down", "Move over the enlarged picture", ("Ctrl+Down",), "drag", "picture", kiosk=True),
    Action("rotate_right", "Rotate &Right", "Turn the view a quarter to the right", ("R",), when="picture"),
    Action("rotate_left", "Rotate L&eft", "Turn the view a quarter to the left", ("Shift+R",), when="picture"),
    Action("fullscreen", "F&ull Screen", "The picture and nothing else, or back", ("F11", "F"),
           checkable=True),
    Action("toggle_strip", "&Thumbnails", "Show or hide the thumbnails", ("T",), checkable=True),
    Action("toggle_caption", "&Caption", "Show or hide the caption", ("C",), checkable=True),
    Action("toggle_information", "I&nformation", "Show or hide notes, sources and the file's particulars", ("I",),
           checkable=True),
    Action("say_slide", "Say This Sli&de", "Have a screen reader say all words of this slide", ("Shift+C",),
           when="slides", kiosk=True),
    Action("caption_larger", "Caption &Larger", "Larger type in the caption", ("L",), kiosk=True),
    Action("caption_smaller", "Caption S&maller", "Smaller type in the caption", ("Shift+L",), kiosk=True),
    *_side_actions("caption", "caption"),
    Action("caption_panel_larger", "Larg&er Panel", "More space for the caption", when="window"),
    Action("caption_panel_smaller", "&Smaller Panel", "Less space for the caption", when="window"),
    *_side_actions("strip", "thumbnails"),
    Action("reset_layout", "Reset the La&yout", "Have caption and thumbnails where they were at first", when="window"),
    Action("next", "&Next", "The next slide", ("Right", "PgDown", "N"), "mouse forward, wheel", "several",
           kiosk=True),
    Action("previous", "&Previous", "The slide before", ("Left", "PgUp", "Backspace"), "mouse back, wheel", "several",
           kiosk=True),
    Action("first", "&First", "The first slide", ("Home",), when="several", kiosk=True),
    Action("last", "&Last", "The last slide", ("End",), when="several", kiosk=True),
    Action("go_to", "&Go to Slide…", "Go to a slide by its number", ("Ctrl+G",), "digits, then Enter", "several"),
    Action("play", "&Play the Show", "Start the show, or end it", ("F5", "S"), when="slides", checkable=True),
    Action("pause", "P&ause", "Pause the show, or go on", ("Space", "P"), when="slides", checkable=True, kiosk=True),
    Action("slower", "&Slower", "More time for each picture", ("[",), when="slides"),
    Action("faster", "&Faster", "Less time for each picture", ("]",), when="slides"),
    Action("shuffle", "S&huffle", "Every picture once, in a random order", checkable=True, when="several"),
    Action("black", "&Black Screen", "Black the screen out, or bring the picture back", (".", "B"), checkable=True),
    Action("leave", "End the Show, Leave Full Screen", "End the show, then leave full screen; never quits", ("Esc",)),
    Action("leave_kiosk", "Leave the Kiosk", "Ask for the PIN that ends an unattended show", ("Ctrl+Alt+Q",),
           "hold the upper left corner", "kiosk", kiosk=True),
    Action("help", "&Keys", "All keys on one page", ("F1", "?", "Ctrl+?"), checkable=True),
    Action("about", "&About Liftoff", "Version, formats and licences"),
)

BY_ID: Final[dict[str, Action]] = {action.id: action for action in ACTIONS}

MENUS: Final[tuple[Menu, ...]] = (
    Menu("&File", ("open", "open_folder", "open_builtin", "reload", SEPARATOR, "edit_caption", "copy_picture",
                   "copy_path", SEPARATOR, "preferences", SEPARATOR, "close", "quit")),
    Menu("&View", ("fullscreen", SEPARATOR, "toggle_strip", "toggle_caption", "toggle_information", "say_slide",
                   SEPARATOR, "zoom_in", "zoom_out", "fit", "actual_size", "toggle_zoom", SEPARATOR, "pan_left",
                   "pan_right", "pan_up", "pan_down", SEPARATOR, "rotate_right", "rotate_left", SEPARATOR,
                   "caption_larger", "caption_smaller", SEPARATOR,
                   Menu("Ca&ption Panel", (*(f"caption_{side}" for side in SIDES), SEPARATOR, "caption_panel_larger",
                                           "caption_panel_smaller")),
                   Menu("Thum&bnail Strip", tuple(f"strip_{side}" for side in SIDES)),
                   "reset_layout")),
    Menu("&Go", ("next", "previous", "first", "last", SEPARATOR, "go_to")),
    Menu("&Show", ("play", "pause", "slower", "faster", "shuffle", SEPARATOR, "black", "leave")),
    Menu("&Help", ("help", "about")),
)
