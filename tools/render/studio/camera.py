"""A pinhole camera: points to pixels, pixels to rays. A point's depth is its distance along the view axis, metres."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.light import Array, unit, vec

LONG, SHORT = 1920, 1280  # a picture's sides in the units scenes are drawn in; `scale` is pixels per unit


def lying(scale: float) -> tuple[int, int]:
    """Width and height of a landscape picture at `scale` pixels per unit."""
    return round(LONG * scale), round(SHORT * scale)


def upright(scale: float) -> tuple[int, int]:
    """Width and height of a portrait picture at `scale` pixels per unit."""
    return round(SHORT * scale), round(LONG * scale)


@dataclass(frozen=True)
class Camera:
    """Where we stand (`eye`), what we look at (`target`), `fov` the vertical angle in degrees, size in pixels.

    `shift` moves the picture's centre up (+) or down (-) in fractions of its height, as a shift lens does: uprights
    stay upright.
    """

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    fov: float
    width: int
    height: int
    shift: float = 0.0

    @property
    def axes(self) -> tuple[Array, Array, Array]:
        """Unit vectors right, up and forward."""
        forward = unit(vec(*self.target) - vec(*self.eye))
        right = unit(np.cross(vec(0, 1, 0), forward).astype(np.float32))
        return right, np.cross(forward, right).astype(np.float32), forward

    @property
    def focal(self) -> float:
        """Focal length in pixels."""
        return self.height / 2 / float(np.tan(np.radians(self.fov / 2)))

    @property
    def centre(self) -> tuple[float, float]:
        """The pixel the view axis goes through."""
        return self.width / 2, self.height * (0.5 + self.shift)

    def scaled(self, factor: float) -> Camera:
        """The same view with `factor` times the pixels."""
        return replace(self, width=round(self.width * factor), height=round(self.height * factor))

    def to_camera(self, points: Array) -> Array:
        """World points as (right, up, depth)."""
        right, up, forward = self.axes
        return ((points - vec(*self.eye)) @ np.stack([right, up, forward], axis=1)).astype(np.float32)

    def project(self, points: Array) -> tuple[Array, Array]:
        """Pixels (..., 2) and depths (...) of world points; a point behind us lands far outside."""
        p = self.to_camera(np.asarray(points, dtype=np.float32))
        depth = p[..., 2]
        safe = np.where(depth > 0.05, depth, 0.05)
        cx, cy = self.centre
        pixels = np.stack([cx + self.focal * p[..., 0] / safe, cy - self.focal * p[..., 1] / safe], axis=-1)
        return pixels.astype(np.float32), depth

    def rays(self, box: tuple[int, int, int, int] | None = None) -> Array:
        """World directions (h, w, 3) through pixel centres of `box` (left, top, right, bottom), depth 1 long."""
        left, top, right_, bottom = box or (0, 0, self.width, self.height)
        cx, cy = self.centre
        u = ((np.arange(left, right_, dtype=np.float32) + 0.5) - cx) / self.focal
        v = (cy - (np.arange(top, bottom, dtype=np.float32) + 0.5)) / self.focal
        right, up, forward = self.axes
        return (forward + u[None, :, None] * right + v[:, None, None] * up).astype(np.float32)

    def bounds(self, points: Array, margin: int = 4) -> tuple[int, int, int, int]:
        """The pixel box (left, top, right, bottom) around `points`, clipped to the picture."""
        pixels, _ = self.project(points)
        low, high = pixels.min(axis=0) - margin, pixels.max(axis=0) + margin
        left, top = (int(max(0, v)) for v in np.minimum(low, 1e5))
        right, bottom = int(min(self.width, max(high[0], 0))), int(min(self.height, max(high[1], 0)))
        return left, top, max(right, left), max(bottom, top)
