"""What a lens does to what is not in focus: every point becomes a disc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import oaconvolve

if TYPE_CHECKING:
    from studio.light import Array


def disc_radius(depth: float, focus: float, aperture: float, focal: float) -> float:
    """Radius in pixels of the disc a point at `depth` becomes; lens focused at `focus`, opening `aperture` metres."""
    return aperture * focal * abs(1 / focus - 1 / depth) / 2


def defocus(image: Array, radius: float) -> Array:
    """Every pixel of (h, w) or (h, w, c) spread over a disc of `radius` pixels with a soft edge."""
    if radius < 0.4:
        return image
    reach = int(np.ceil(radius + 1))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    kernel /= kernel.sum()
    planes = image[..., None] if image.ndim == 2 else image
    spread = []
    for k in range(planes.shape[-1]):
        padded = np.pad(planes[..., k], reach, mode="edge")
        spread.append(np.clip(oaconvolve(padded, kernel, mode="valid"), 0, None))
    result = np.stack(spread, axis=-1).astype(np.float32)
    return result[..., 0] if image.ndim == 2 else result
