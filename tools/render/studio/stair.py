"""A short steep stair of steel: grated treads, stringers, posts, handrails and a landing, to be traced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.parts import Material, P, Thing, Turn, brick, rod, tube

GRATE = Material("#9aa09c", rough=0.5, metal=0.7, specular=0.04, mottle=0.30, crumple_size=0.10)
PAINTED = Material("#8a968d", rough=0.55, specular=0.04, mottle=0.13, crumple_size=0.22)
RAIL = Material("#c9a53f", "#b08f45", "blotches", 0.09, rough=0.45, specular=0.045, mottle=0.14, crumple_size=0.05)
BOLT = Material("#5e605d", rough=0.4, metal=0.6)


@dataclass(frozen=True)
class Stair:
    """A stair from `foot` climbing towards `heading` (degrees from +z to +x): `treads`, each `rise` above the last."""

    foot: P
    heading: float
    treads: int
    rise: float = 0.225
    run: float = 0.155
    half: float = 0.46

    @property
    def axes(self) -> Turn:
        """Across (to the right when climbing), up, and ahead."""
        c, s = float(np.cos(np.radians(self.heading))), float(np.sin(np.radians(self.heading)))
        return (c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c)

    def at(self, across: float, step: float, up: float = 0.0, ahead: float = 0.0) -> P:
        """A place by tread (a fraction lies between two), metres across from the middle, above and ahead of it."""
        (cx, _, cz), _, (ax, _, az) = self.axes
        far = step * self.run + ahead
        x, y, z = self.foot
        return x + cx * across + ax * far, y + step * self.rise + up, z + cz * across + az * far

    def rail(self, side: float, step: float) -> P:
        """A place on the handrail of a side (-1 left, 1 right, climbing)."""
        return self.at(side * (self.half + 0.03), step, 0.92)

    def slope(self, side: float) -> tuple[P, P, P]:
        """Directions at a handrail: up along it, away from the stair, and square to both, upwards."""
        along = np.asarray(self.rail(side, 1.0)) - np.asarray(self.rail(side, 0.0))
        along = along / np.linalg.norm(along)
        out = np.asarray(self.axes[0]) * side
        square = np.cross(along, out) * side
        rows = [(float(a), float(b), float(c)) for a, b, c in (along, out, square * np.sign(square[1]))]
        return rows[0], rows[1], rows[2]

    def parts(self, landing: float = 1.5) -> list[Thing]:
        """The whole stair with its landing, `landing` metres deep."""
        things: list[Thing] = []
        for i in range(self.treads + 1):
            things += self._tread(i)
        for side in (-1.0, 1.0):
            things += self._side(side, landing)
        return [*things, *self._landing(landing)]

    def _tread(self, i: int) -> list[Thing]:
        """Bearing bars, two cross bars, a rounded nosing, plates at both ends."""
        axes, depth = self.axes, 0.125
        things: list[Thing] = []
        for n in range(7):
            z = -depth + (n + 0.5) * 2 * depth / 7
            things.append(brick(self.at(0, i, -0.016, z), (self.half, 0.016, 0.004), GRATE, 0.001, turn=axes))
        for n in range(11):
            x = (n - 5) * self.half / 5.4
            things.append(brick(self.at(x, i, -0.010, 0), (0.003, 0.006, depth), GRATE, 0.001, turn=axes))
        nose = brick(
            self.at(0, i, -0.017, -depth - 0.006), (self.half, 0.019, 0.012), GRATE, 0.004, turn=axes, group="n"
        )
        ends = [
            brick(self.at(s * (self.half - 0.004), i, -0.03, 0), (0.005, 0.036, depth), PAINTED, 0.002, turn=axes)
            for s in (-1, 1)
        ]
        return [*things, nose, *ends]

    def _side(self, side: float, landing: float) -> list[Thing]:
        """A channel-shaped stringer, posts, two rails with a bend on to the landing."""
        top = float(self.treads)
        edge = side * (self.half + 0.012)
        low, high = self.at(edge, -1.4, -0.10), self.at(edge, top + 0.4, -0.10)
        slope = np.asarray(high) - np.asarray(low)
        length = float(np.linalg.norm(slope))
        along = slope / length
        across = np.asarray(self.axes[0])
        normal = np.cross(along, across)
        rows = [(float(a[0]), float(a[1]), float(a[2])) for a in (across, normal, along)]
        turn = (rows[0], rows[1], rows[2])
        middle = (np.asarray(low) + np.asarray(high)) / 2

        def web(out: float, lift: float, half: P, group: str) -> Thing:
            x, y, z = (float(v) for v in middle + across * out + normal * lift)
            return brick((x, y, z), half, PAINTED, 0.003, turn=turn, group=group)

        things = [
            web(0.0, 0.0, (0.006, 0.105, length / 2), "web"),
            web(side * 0.03, 0.10, (0.032, 0.006, length / 2), "flange"),
            web(side * 0.03, -0.10, (0.032, 0.006, length / 2), "flange"),
        ]
        for step in range(self.treads + 1):
            for far in (-0.055, 0.055):
                head = self.at(edge, step, -0.055, far), self.at(edge + side * 0.014, step, -0.055, far)
                things.append(tube(*head, 0.009, BOLT, edge=0.002, group="bolt"))
        rail, mid = side * (self.half + 0.03), 0.50
        end = self.at(rail, top, 0.92, landing)
        for lift, thick in ((0.92, 0.0215), (mid, 0.0165)):
            corner = self.at(rail, top, lift, 0.06)
            things += [
                rod(self.at(rail, -1.2, lift), corner, thick, thick, RAIL, 0.02, group="rail"),
                rod(corner, (end[0], corner[1], end[2]), thick, thick, RAIL, 0.02, group="rail"),
            ]
        for step in np.arange(-0.6, top + 0.1, 3.2):
            foot, head = self.at(rail, float(step), -0.16), self.at(rail, float(step), 0.92)
            things += [
                rod(foot, head, 0.019, 0.019, RAIL, 0.012, group="rail"),
                brick(self.at(rail, float(step), -0.10), (0.012, 0.055, 0.035), PAINTED, 0.004, turn=self.axes),
                tube(self.at(rail, float(step), -0.07), self.at(rail + side * 0.02, float(step), -0.07), 0.010, BOLT),
                tube(self.at(rail, float(step), -0.13), self.at(rail + side * 0.02, float(step), -0.13), 0.010, BOLT),
            ]
        for far in (0.06, landing / 2, landing):
            foot, head = self.at(rail, top, -0.05, far), self.at(rail, top, 0.92, far)
            things.append(rod(foot, head, 0.019, 0.019, RAIL, 0.012, group="rail"))
        return things

    def _landing(self, deep: float) -> list[Thing]:
        top, axes = float(self.treads), self.axes
        things: list[Thing] = []
        for n in range(24):
            x = (n - 11.5) * 2 * self.half / 24
            things.append(brick(self.at(x, top, -0.016, deep / 2), (0.004, 0.016, deep / 2), GRATE, 0.001, turn=axes))
        for side in (-1.0, 1.0):
            at = self.at(side * self.half, top, -0.08, deep / 2)
            things.append(brick(at, (0.035, 0.09, deep / 2), PAINTED, 0.004, turn=axes, group="beam"))
        return things
