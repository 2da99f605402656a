"""Reading time of the texts beside a picture.

8 seconds to look at the picture, and the words at 150 a minute: a speed at which nearly everyone can read on a screen,
about two thirds of that on paper.
"""

from __future__ import annotations

import re
from typing import Final

from viewer.gallery.safe_text import LONGEST_TEXT

LOOKING: Final = 8.0  # seconds for the picture itself
SHORTEST: Final = 10.0  # seconds: the bounds of the result
LONGEST: Final = 60.0
WORDS_A_MINUTE: Final = 150
# Chinese characters and Japanese kana, which stand without spaces: two thirds of about 300 a minute on paper.
IDEOGRAPHS_A_MINUTE: Final = 200
# Letters of Thai, Lao, Khmer, Burmese and Tibetan, written without spaces between words of four letters or so.
LETTERS_A_MINUTE: Final = 600
_IDEOGRAPHS: Final = re.compile("[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                                "\uff66-\uff9f\U00020000-\U0003ffff]")
_LETTERS: Final = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4\u0f40-\u0f6c\u1000-\u102a"
                             "\u1780-\u17b3]")
_WORD: Final = re.compile(r"\w\S*")


def reading_time(*texts: str, unlimited: bool = False) -> float:
    """Seconds for a picture with `texts` beside it: from 10, without any words, to 60, or `unlimited` to more."""
    seconds = max(LOOKING + words_time(*texts), SHORTEST)
    return seconds if unlimited else min(seconds, LONGEST)


def words_time(*texts: str) -> float:
    """Seconds to read `texts` alone, counted in words, or in characters where the script has no spaces."""
    text = "\n".join(text[:LONGEST_TEXT] for text in texts)  # more is not shown, and would exceed `LONGEST` anyway
    minutes = 0.0
    if not text.isascii():
        text, ideographs = _IDEOGRAPHS.subn(" ", text)
        text, letters = _LETTERS.subn(" ", text)
        minutes = ideographs / IDEOGRAPHS_A_MINUTE + letters / LETTERS_A_MINUTE
    return (minutes + len(_WORD.findall(text)) / WORDS_A_MINUTE) * 60
