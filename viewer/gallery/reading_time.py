"""How long it takes to read a text on a screen.

8 seconds to look at the picture, and the words at 150 a minute: the pace at which a text that stands beside a picture
is read by nearly everyone, about two thirds of what people reach with a page in front of them.
"""

from __future__ import annotations

import re
from typing import Final

from viewer.gallery.safe_text import LONGEST_TEXT

LOOKING: Final = 8.0
"""Seconds for the picture itself."""

SHORTEST: Final = 10.0
LONGEST: Final = 60.0
"""Seconds; nobody is hurried by a short caption or held up by a long one."""

WORDS_A_MINUTE: Final = 150
IDEOGRAPHS_A_MINUTE: Final = 200
"""Chinese characters and Japanese kana, which stand without spaces: two thirds of about 300 a minute on paper."""

LETTERS_A_MINUTE: Final = 600
"""Letters of Thai, Lao, Khmer, Burmese and Tibetan, written without spaces between words of four letters or so."""

_IDEOGRAPHS: Final = re.compile("[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                                "\uff66-\uff9f\U00020000-\U0003ffff]")
_LETTERS: Final = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4\u0f40-\u0f6c\u1000-\u102a"
                             "\u1780-\u17b3]")
_WORD: Final = re.compile(r"\w\S*")


def reading_time(*texts: str) -> float:
    """The seconds a picture with `texts` beside it wants to be seen: 10 for no words at all, never more than 60."""
    return min(max(LOOKING + words_time(*texts), SHORTEST), LONGEST)


def words_time(*texts: str) -> float:
    """The seconds it takes to read `texts` alone: by words, or by characters where the script has no spaces."""
    text = "\n".join(text[:LONGEST_TEXT] for text in texts)  # more is not shown, and takes longer than `LONGEST` anyway
    minutes = 0.0
    if not text.isascii():
        text, ideographs = _IDEOGRAPHS.subn(" ", text)
        text, letters = _LETTERS.subn(" ", text)
        minutes = ideographs / IDEOGRAPHS_A_MINUTE + letters / LETTERS_A_MINUTE
    return (minutes + len(_WORD.findall(text)) / WORDS_A_MINUTE) * 60
