"""The railway to the pad: a curved line of rails that mirror the sky ahead, and what lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import skia
from scipy.interpolate import CubicSpline

from studio import steel
from studio.noise import noise2

if TYPE_CHECKING:
    from studio.camera import Camera
    from studio.film import Film
    from studio.light import Array

GAUGE = 1.52
FOOT, HEAD = 0.33, 0.49  # height of a rail's lower and upper side over the plain, metres


class Track:
    """A line over the ground given by marks (z, x), smooth between them."""

    def __init__(self, marks: tuple[tuple[float, float], ...]) -> None:
        self._spline = CubicSpline([z for z, _ in marks], [x for _, x in marks])
        self.start, self.end = marks[0][0], marks[-1][0]

    def middle(self, z: Array) -> Array:
        """The x of the line at `z`."""
        return np.asarray(self._spline(z), np.float32)

    def table(self, eye_z: float, step: float = 0.5) -> Array:
        """Rows of (depth before the eye, x), as the ground wants them."""
        z = np.arange(self.start, self.end, step)
        return np.stack([z - eye_z, self.middle(z)], axis=1).astype(np.float32)


def rails(film: Film, camera: Camera, track: Track, mirror: Array, dark: Array) -> None:
    """Lay both rails: rusty sides of the colour `dark`, heads that reflect `mirror` (light of the sky, h, w, 3)."""
    marks = track.start + (track.end - track.start) * np.linspace(0, 1, 240) ** 1.8
    y, x = np.mgrid[0 : camera.height, 0 : camera.width].astype(np.float32)
    unit_px = camera.width / 1920
    for side in (-1, 1):
        centre = track.middle(marks) + side * GAUGE / 2
        wear = noise2(x * 0.8, y * 2.0, 260 * unit_px, 951 + side, beta=1.1)[..., None]
        near = -1 if float(centre[0]) > camera.eye[0] else 1
        lines = {
            name: _line(camera, centre + dx, level, marks)
            for name, dx, level in (
                ("flange left", -0.075, FOOT + 0.02),
                ("flange right", 0.075, FOOT + 0.02),
                ("web low", near * 0.012, FOOT + 0.02),
                ("web high", near * 0.012, HEAD - 0.045),
                ("head low", near * 0.036, HEAD - 0.045),
                ("head side", near * 0.036, HEAD - 0.006),
                ("head left", -0.036, HEAD),
                ("head right", 0.036, HEAD),
                ("band left", -0.022, HEAD),
                ("band right", 0.024, HEAD),
            )
        }
        for one, other, tone in (
            ("flange left", "flange right", 0.9),
            ("web low", "web high", 0.45),
            ("web high", "head low", 0.2),
            ("head low", "head side", 1.5),
        ):
            film.over((tone * dark * (0.6 + 0.8 * wear)).astype(np.float32), _ribbon(camera, lines[one], lines[other]))
        film.over((mirror * 0.25 * wear).astype(np.float32), _ribbon(camera, lines["head left"], lines["head right"]))
        film.over(
            (mirror * (0.5 + 0.8 * wear)).astype(np.float32), _ribbon(camera, lines["band left"], lines["band right"])
        )


def _line(camera: Camera, x: Array, level: float, z: Array) -> Array:
    """Pixels of a line along the track."""
    pixels, _ = camera.project(np.stack([x, np.full_like(x, level), z], axis=-1).astype(np.float32))
    return pixels


def _ribbon(camera: Camera, one: Array, other: Array) -> Array:
    """How far the band between two lines covers each pixel."""
    outline = np.concatenate([one, other[::-1]])

    def draw(canvas: skia.Canvas) -> None:
        path = skia.Path()
        path.addPoly([skia.Point(float(x), float(y)) for x, y in outline], True)
        canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=skia.ColorWHITE))

    return steel.layer(camera, draw)[1]
