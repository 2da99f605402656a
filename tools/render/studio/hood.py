"""The soft helmet of a Sokol suit: neck ring, headset cap, hood folded open, clear visor swung up."""

from __future__ import annotations

from studio.heads import Head, head
from studio.parts import Fold, P, Part, Thing, ball, brick, carved, egg, ring, rod, tube, turned_by
from studio.skeleton import Joint, Skeleton
from studio.suit_cloth import ANODISED, CAP, CAP_PALE, RUBBER, SOFT, TRIM, VISOR


def hood(s: Skeleton, look: Head) -> list[Thing]:
    """A head in its cap, the hood about it."""
    j = s.head
    collar = Joint(s.neck[0], s.chest.axes)
    things: list[Thing] = [*head(j, s.neck, look), *_headset(j)]
    group = "hood"
    things += [
        ring(collar.at(0, 0.022, 0.022), (0.118, 0.122), 0.011, ANODISED, tall=0.006, turn=collar.axes, group="neck"),
        egg(j.at(0, 0.010, -0.065), (0.150, 0.165, 0.120), SOFT, 0.04, j.axes, group),
        egg(collar.at(0, 0.03, -0.03), (0.150, 0.075, 0.140), SOFT, 0.05, collar.axes, group),
        carved(egg(j.at(0, 0.010, 0.045), (0.108, 0.132, 0.150), SOFT, turn=j.axes, group=group), 0.016),
        carved(egg(j.at(0, -0.085, 0.16), (0.10, 0.10, 0.12), SOFT, turn=j.axes, group=group), 0.03),
        Fold(j.at(0, -0.10, -0.08), j.axes[1], (0.0, 0.0, -1.0), 0.2, 0.020, 0.04),
    ]
    return [*things, *_visor(j)]


def _headset(j: Joint) -> list[Thing]:
    """The black and white cap with its edge, ear cups, chin strap and microphone."""
    things: list[Thing] = [
        egg(j.at(0, 0.046, -0.020), (0.083, 0.085, 0.104), CAP, 0.02, j.axes, "cap"),
        egg(j.at(0, -0.02, -0.03), (0.083, 0.075, 0.075), CAP, 0.03, j.axes, "cap"),
        carved(egg(j.at(0, -0.022, 0.095), (0.070, 0.088, 0.075), CAP, turn=j.axes, group="cap"), 0.006),
        egg(j.at(0, 0.085, -0.02), (0.030, 0.055, 0.098), CAP_PALE, 0.004, j.axes, "stripe"),
        rod(j.at(-0.08, -0.035, 0.03), j.at(-0.040, -0.078, 0.098), 0.0028, 0.0028, RUBBER, group="boom"),
        ball(j.at(-0.036, -0.077, 0.101), 0.0075, RUBBER, group="boom"),
    ]
    for side in (-1.0, 1.0):
        things += [
            tube(j.at(side * 0.072, -0.01, 0.0), j.at(side * 0.098, -0.01, 0.0), 0.036, RUBBER, edge=0.006),
            rod(j.at(side * 0.078, -0.03, 0.02), j.at(side * 0.03, -0.108, 0.055), 0.005, 0.005, CAP, 0.004),
        ]
    return things


def _visor(j: Joint) -> list[Thing]:
    """The clear bubble above the forehead, its blue hinged rim."""
    up = Joint(j.at(0, 0.085, -0.030), _nodded(j, -66))
    things: list[Part] = [
        egg(up.at(0, 0.0, 0.060), (0.122, 0.118, 0.105), VISOR, 0.004, up.axes, "visor"),
        carved(egg(up.at(0, 0.0, 0.048), (0.118, 0.114, 0.101), VISOR, turn=up.axes, group="visor"), 0.003),
        carved(brick(up.at(0, 0.0, -0.10), (0.3, 0.3, 0.16), VISOR, turn=up.axes, group="visor"), 0.003),
    ]
    flat = (up.axes[0], up.axes[2], (-up.axes[1][0], -up.axes[1][1], -up.axes[1][2]))
    things.append(ring(up.at(0, 0.0, 0.056), (0.125, 0.121), 0.0075, ANODISED, turn=flat, group="rim"))
    for side in (-1.0, 1.0):
        near, far = j.at(side * 0.128, 0.055, -0.005), j.at(side * 0.146, 0.055, -0.005)
        things += [
            tube(near, far, 0.020, ANODISED, edge=0.003, group="hinge"),
            tube(far, j.at(side * 0.152, 0.055, -0.005), 0.009, TRIM, edge=0.002, group="pin"),
        ]
    return [*things]


def _nodded(j: Joint, degrees: float) -> tuple[P, P, P]:
    """The joint's axes nodded on."""
    plain = Joint((0.0, 0.0, 0.0), j.axes)
    a, b, c = (plain.at(*row) for row in turned_by(0, degrees))
    return a, b, c
