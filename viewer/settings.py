"""The table of options, which storage, preferences, command line and docs read.

`OPTIONS` is the table, `Option` a row. Values are str, int, float or bool; `Option.accept` makes a value in range of
whatever was stored or typed, or the default where it cannot.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

Value: TypeAlias = str | int | float | bool


class Option(NamedTuple):
    """One option.

    `default` fixes the type. `choices` limits a str; `low` and `high` bound a number. `page` and `label` place it
    in the preferences (an empty page: not shown there); `flag` is its command-line flag, if it has one.
    """

    key: str
    default: Value
    page: str
    label: str
    help: str
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    flag: str = ""

    def accept(self, raw: object) -> Value:
        """`raw` as a value of this option: right type, in range, one of the choices; else the default."""
        text = str(raw)
        if isinstance(self.default, bool):
            return _BOOLEANS.get(text.strip().lower(), self.default)
        if isinstance(self.default, str):
            return text if not self.choices or text in self.choices else self.default
        try:
            number = float(text)
        except ValueError:
            return self.default
        if number != number:  # not a number
            return self.default
        bounded = min(max(number, self.low), self.high)
        return int(bounded) if isinstance(self.default, int) else bounded


_BOOLEANS: Final = {"true": True, "1": True, "yes": True, "on": True,
                    "false": False, "0": False, "no": False, "off": False}

OPTIONS: Final[tuple[Option, ...]] = (
    Option("look/theme", "dark", "Look", "Theme",
           "Dark, light, or whichever the desktop uses.", choices=("dark", "light", "system")),
    Option("look/transparency", "checkerboard", "Look", "Behind transparent pictures",
           "What is seen through the transparent parts of a picture.", choices=("checkerboard", "background")),
    Option("look/reduced-motion", False, "Look", "Reduce motion",
           "Pictures change with a cut, and panels appear at once."),
    Option("caption/scale", 100, "Caption", "Text size (percent)",
           "The size of the caption's type.", low=60, high=300),
    Option("caption/fullscreen", "beside", "Caption", "In full screen",
           "Beside or below the picture and never on it; or over the picture's lower edge, on a dark background; "
           "or none.", choices=("beside", "overlay", "none")),
    Option("caption/language", "", "Caption", "Language",
           "The language of captions that come in several, such as en or ru; empty follows the desktop.",
           flag="--lang"),
    Option("show/interval", "auto", "Show", "Seconds for each picture",
           "A number of seconds, 0 for by hand, or auto for the time it takes to read the caption.",
           flag="--slideshow"),
    Option("show/transition", "crossfade", "Show", "Transition",
           "How one picture gives way to the next while the show plays. Paging by hand is always instant.",
           choices=("crossfade", "cut"), flag="--transition"),
    Option("show/transition-ms", 800, "Show", "Transition time (milliseconds)",
           "How long a crossfade takes; never longer than half the time a picture has.", low=100, high=5000),
    Option("show/end", "loop", "Show", "After the last picture",
           "Begin again, stop playing, or hold the last picture until a key is pressed.",
           choices=("loop", "stop", "hold")),
    Option("show/shuffle", False, "Show", "Shuffle",
           "Every picture once in a random order; Back goes back.", flag="--shuffle"),
    Option("input/wheel", "page", "Mouse", "Wheel",
           "What turning the wheel over a fitted picture does; with Ctrl it does the other.", choices=("page", "zoom")),
    Option("memory/pictures-mb", 128, "Memory", "Decoded pictures (megabytes)",
           "How much memory pictures kept ready may take.", low=32, high=4096),
    Option("memory/thumbnails-mb", 32, "Memory", "Thumbnails (megabytes)",
           "How much memory thumbnails may take.", low=8, high=1024),
    Option("decode/deadline-s", 10, "Memory", "Patience with one picture (seconds)",
           "A picture that takes longer to decode is passed over.", low=1, high=120),
    Option("decode/require-sandbox", False, "Memory", "Refuse to go on without the sandbox",
           "Do not start where pictures cannot be decoded in a full sandbox (Landlock and seccomp, on Linux).",
           flag="--require-sandbox"),
    Option("limits/megapixels", 150, "Limits", "Pixels of a picture (millions)",
           "A picture with more pixels is passed over. More than 150 million do not fit into a decoding process.",
           low=1, high=150),
    Option("limits/side", 65_535, "Limits", "Width or height (pixels)",
           "A picture that is wider or higher is passed over.", low=256, high=65_535),
    Option("limits/file-mb", 1024, "Limits", "Size of a file (megabytes)",
           "A picture whose file is larger is passed over, unread.", low=1, high=1024),
    Option("limits/scans", 100, "Limits", "Passes over a JPEG",
           "A progressive JPEG with more passes is passed over: cameras and programs write about ten.",
           low=10, high=1000),
    Option("limits/frames", 20_000, "Limits", "Frames of an animation",
           "An animation is shown up to so many frames; 1 keeps them all still.", low=1, high=100_000),
    Option("limits/animation-gb", 16, "Limits", "Pixels of an animation (gigabytes)",
           "Of an animation with more than that in all its frames together only the first picture is shown.",
           low=1, high=1024),
    Option("limits/metadata-mb", 16, "Limits", "Words and profiles in a picture (megabytes)",
           "Of colour profile, Exif, XMP and IPTC what is beyond is not read; the picture is shown all the same.",
           low=0, high=64),
)

BY_KEY: Final[dict[str, Option]] = {option.key: option for option in OPTIONS}
