"""How many pictures of the viewport's size are cached, and what that takes: the one rule for cache and prefetch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Box

_BYTES_A_PIXEL: Final = 4

_PICTURES_KEPT: Final = 10
"""The current slide, three neighbours, those just left, and a quarter of all for the frames of animations."""

_LEAST_BYTES: Final = 32 << 20
"""The cache may grow to this however small the viewport is."""


def pictures_budget(viewport: Box, limit: int) -> int:
    """Bytes to cache of pictures that fill `viewport` (device pixels), `limit` being the most that is allowed."""
    return min(limit, max(_PICTURES_KEPT * _bytes_of(viewport), _LEAST_BYTES))


def stills_share(budget: int) -> int:
    """The part of a budget for pictures, in bytes, that is for stills; the rest is for later frames of animations."""
    return budget - budget // 4


def neighbours_that_fit(viewport: Box, limit: int) -> int:
    """How many pictures can be cached beside the current one, which the view holds in any case; one at least."""
    return max(1, stills_share(pictures_budget(viewport, limit)) // _bytes_of(viewport))


def _bytes_of(viewport: Box) -> int:
    return max(1, viewport.width * viewport.height) * _BYTES_A_PIXEL
