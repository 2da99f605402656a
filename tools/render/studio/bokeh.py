"""Out of focus: every point spread to the disc of a lens's open iris, in linear light, never a Gaussian."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import fftconvolve

if TYPE_CHECKING:
    from studio.light import Array


def iris(radius: float, blades: int = 9) -> Array:
    """The disc a point becomes: `radius` pixels, a faint rim, corners where the iris blades meet."""
    reach = int(np.ceil(radius)) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    sector = 2 * np.pi / blades
    turn = np.mod(np.arctan2(y, x) + 0.3, sector) - sector / 2
    edge = radius * (0.4 + 0.6 * np.cos(sector / 2) / np.cos(turn))
    r = np.hypot(x, y)
    disc = np.clip(edge - r + 0.5, 0, 1) * (0.86 + 0.14 * np.clip(r / max(radius, 1e-3), 0, 1) ** 4)
    return (disc / disc.sum()).astype(np.float32)


def spread(image: Array, radius: float) -> Array:
    """`image` (h, w) or (h, w, c) with every point spread to a disc of `radius` pixels."""
    if radius < 0.6:
        return image
    kernel = iris(radius)
    edge = kernel.shape[0] // 2
    padded = np.pad(image, [(edge, edge), (edge, edge)] + [(0, 0)] * (image.ndim - 2), mode="edge")
    if image.ndim == 3:
        kernel = kernel[..., None]
    return np.maximum(fftconvolve(padded, kernel, mode="valid", axes=(0, 1)), 0).astype(np.float32)


def by_depth(image: Array, radius: Array, steps: tuple[float, ...]) -> Array:
    """`image` spread pixel by pixel to discs of `radius` (h, w), between a few `steps` worked out in full."""
    marks = (0.0, *steps)
    layers = [image, *(spread(image, r) for r in steps)]
    out = np.zeros_like(image)
    for n, layer in enumerate(layers):
        weight = np.ones_like(radius)
        if n > 0:
            weight = np.minimum(weight, (radius - marks[n - 1]) / (marks[n] - marks[n - 1]))
        if n < len(marks) - 1:
            weight = np.minimum(weight, (marks[n + 1] - radius) / (marks[n + 1] - marks[n]))
        out += layer * np.clip(weight, 0, 1)[..., None]
    return out.astype(np.float32)
