"""Pictures of hundreds of kinds look as ImageMagick shows them.

Where the environment sets CI, all kinds are tried; otherwise one in thirteen.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.imaging.worker.client import Client
from tests.thorough import THOROUGH
from tests.torture import written_by_imagemagick as imagemagick
from viewer.imaging.protocol.messages import Done, Failed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Answer

STEP = 1 if THOROUGH else 13
BOX = max(imagemagick.SIZE)
MOST = 7.0
"""The largest mean difference, of 255: what AVIF with half the colours loses of a picture as small and bright."""


@pytest.mark.skipif(not imagemagick.is_installed(), reason="ImageMagick, which judges the colours, is not installed")
@pytest.mark.timeout(900)
def test_every_kind_is_shown_as_imagemagick_shows_it(tmp_path: Path) -> None:
    imagemagick.write_sources(tmp_path)
    profiles = imagemagick.write_profiles(tmp_path)
    kinds = imagemagick.kinds(profiles)
    outcomes: Counter[str] = Counter()
    wrong = []
    worker = Client(tmp_path)
    for number, kind in enumerate(kinds[::STEP]):
        path = imagemagick.write(kind, tmp_path, number)
        wanted = None if path is None else imagemagick.shown_by_imagemagick(path, profiles["sRGB"])
        if path is None or wanted is None:
            outcomes["not written"] += 1
            continue
        answer = worker.ask(path, (BOX, BOX))
        if isinstance(answer.last, Failed):
            wrong.append(f"{kind}: {answer.last.failure}")
        elif (difference := _difference(answer, wanted)) > MOST:
            wrong.append(f"{kind}: {difference:.1f} of 255 beside ImageMagick")
        else:
            outcomes["the same"] += 1
    worker.close()

    assert wrong == []
    assert len(kinds) >= 400
    assert outcomes["the same"] > 0.9 * len(kinds) / STEP, outcomes


def _difference(answer: Answer, wanted: Image.Image) -> float:
    """The mean difference of all channels, with what is transparent made black."""
    assert isinstance(answer.last, Done)
    if answer.size != wanted.size:
        return 255
    seen = Image.frombytes("RGBA", answer.size, answer.memory).convert("RGB")
    blue, green, red = seen.split()
    black = wanted.convert("RGBa")
    return max(ImageStat.Stat(ImageChops.difference(mine, theirs)).mean[0]
               for mine, theirs in zip((red, green, blue), black.split()[:3], strict=True))
