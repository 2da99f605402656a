"""The table of options, which storage, preferences, command line and docs read.

`OPTIONS` is the table, `Option` a row. Values are str, int, float or bool; `Option.accept` makes a value in range of
whatever was stored or typed, or the default where it cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = str | int | float | bool


class Option(NamedTuple):
    """One option.

    `default` fixes the type. `choices` limits a str: its values, each with its name for people; with `high` it may be
    a number too, such as "2.5". `low` and `high` bound a number, which is counted in `unit`; `empty` says what an
    empty str means. `group` is the heading that `label` and `help`, a sentence, stand under in the preferences
    (`PAGES`); an option without a group is not shown there. `flag` is its command-line flag, if it has one.
    """

    key: str
    default: Value
    group: str
    label: str
    help: str
    choices: Mapping[str, str] = {}
    low: float = 0
    high: float = 0
    unit: str = ""
    empty: str = ""
    flag: str = ""

    def accept(self, raw: object) -> Value:
        """`raw` as a value of this option: right type, in range, one of the choices; else the default."""
        text = str(raw)
        if isinstance(self.default, bool):
            return _BOOLEANS.get(text.strip().lower(), self.default)
        if isinstance(self.default, str) and (text in self.choices or not self.choices):
            return text
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return self.default
        if number != number:  # not a number
            return self.default
        bounded = min(max(number, self.low), self.high)
        if isinstance(self.default, str):
            return self.default if number < self.low or not self.high else text if number == bounded else f"{bounded:g}"
        return int(bounded) if isinstance(self.default, int) else bounded


_BOOLEANS: Final = {"true": True, "1": True, "yes": True, "on": True,
                    "false": False, "0": False, "no": False, "off": False}

OPTIONS: Final[tuple[Option, ...]] = (
    Option("look/theme", "dark", "Look", "Theme", "The colours of the window; a full screen is always dark.",
           choices={"dark": "Dark", "light": "Light", "system": "Like the desktop"}),
    Option("look/transparency", "checkerboard", "Look", "Transparent parts",
           "What is seen through the transparent parts of a picture; in full screen, the background.",
           choices={"checkerboard": "A checkerboard", "background": "The background"}),
    Option("look/reduced-motion", False, "Look", "Reduce motion",
           "Pictures change at once instead of fading, and animated pictures stand still."),
    Option("caption/scale", 100, "Caption", "Text size", "How large captions are written.",
           low=60, high=300, unit="%"),
    Option("caption/fullscreen", "beside", "Caption", "In full screen",
           "Where the caption stands in full screen: on the side that leaves the picture the most room, or over the "
           "picture's lower part.",
           choices={"beside": "Beside or below the picture", "overlay": "Over the picture", "none": "None"}),
    Option("caption/language", "", "Caption", "Language",
           "The language of captions and titles, where a gallery has them in several.",
           empty="Like the desktop", flag="--lang"),
    Option("show/interval", "auto", "Show", "Time for each picture",
           "How long a playing show stays at each picture. A gallery may ask for another time.",
           choices={"auto": "As long as reading takes", "0": "By hand"}, high=86_400, unit="s", flag="--slideshow"),
    Option("show/transition", "crossfade", "Show", "Transition",
           "How one picture gives way to the next while the show plays. Paging by hand is always at once.",
           choices={"crossfade": "Crossfade", "cut": "At once"}, flag="--transition"),
    Option("show/transition-ms", 800, "Show", "Time for a crossfade",
           "In thousandths of a second; never longer than half the time that a picture has.",
           low=100, high=5000, unit="ms"),
    Option("show/end", "loop", "Show", "After the last picture", "What a playing show does at its end.",
           choices={"loop": "Begin again", "stop": "Stop playing", "hold": "Hold until a key is pressed"}),
    Option("show/read-to-end", False, "Show", "Wait for captions",
           "Stay at a picture until all of a caption that scrolls was seen, though less time was set for it."),
    Option("show/shuffle", False, "Show", "Shuffle",
           "Every picture once, in a random order.", flag="--shuffle"),
    Option("show/keep-awake", True, "Show", "Keep the screen on",
           "While a show plays, the screen stays lit and the computer awake."),
    Option("input/wheel", "page", "Mouse", "Wheel",
           "What turning the wheel does over a picture that is seen whole; with Ctrl it does the other.",
           choices={"page": "Go through the pictures", "zoom": "Zoom"}),
    Option("memory/pictures-mb", 128, "Memory", "Pictures kept ready",
           "How much memory they may take. More makes paging back quicker.", low=32, high=4096, unit="MB"),
    Option("memory/thumbnails-mb", 32, "Memory", "Thumbnails kept ready", "How much memory they may take.",
           low=8, high=1024, unit="MB"),
    Option("decode/deadline-s", 10, "Decoding", "Patience with one picture",
           "A picture that takes longer to decode is passed over. One of more than 32 million pixels or 64 MB has "
           "longer, up to five times as long.", low=1, high=120, unit="s"),
    Option("decode/partial", False, "Decoding", "Show incomplete JPEGs",
           "Of a JPEG whose file breaks off the part that can be read is shown, and is marked as incomplete. "
           "Otherwise it counts as damaged."),
    Option("decode/require-sandbox", False, "Decoding", "Insist on the sandbox",
           "Do not start where pictures cannot be decoded in a full sandbox (Landlock and seccomp, on Linux).",
           flag="--require-sandbox"),
    Option("limits/megapixels", 150, "Limits", "Millions of pixels",
           "A picture with more is passed over. More than 150 million do not fit into a decoding process.",
           low=1, high=150),
    Option("limits/side", 65_535, "Limits", "Width or height", "A picture that is wider or higher is passed over.",
           low=256, high=65_535, unit="px"),
    Option("limits/file-mb", 1024, "Limits", "Size of a file", "A picture whose file is larger is passed over, unread.",
           low=1, high=1024, unit="MB"),
    Option("limits/scans", 100, "Limits", "Passes over a JPEG",
           "A progressive JPEG with more passes is passed over: cameras and programs write about ten.",
           low=10, high=1000),
    Option("limits/frames", 20_000, "Limits", "Frames of an animation",
           "An animation is shown up to so many frames; 1 keeps them all still.", low=1, high=100_000),
    Option("limits/animation-gb", 16, "Limits", "Pixels of an animation",
           "Of an animation with more than that in all its frames together only the first picture is shown.",
           low=1, high=1024, unit="GB"),
    Option("limits/metadata-mb", 16, "Limits", "Words in a picture",
           "Of colour profile, Exif, XMP and IPTC what is beyond is not read; the picture is shown all the same.",
           low=0, high=64, unit="MB"),
)

PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "General": ("Look", "Caption", "Show", "Mouse"),
    "Advanced": ("Memory", "Decoding", "Limits"),
}
"""The pages of the preferences: the groups of options on each, in the table's order."""

BY_KEY: Final[dict[str, Option]] = {option.key: option for option in OPTIONS}
