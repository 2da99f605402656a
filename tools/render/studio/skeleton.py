"""Where a person's bones are: a pose of an adult of 1.75 m (7.5 heads), joints found from where hands and feet are put.

All places are in the person's own axes (x to its right, y up, z ahead), metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.parts import P, Turn, turned_by

Vector = NDArray[np.float64]
UPPER_ARM, FOREARM, PALM = 0.295, 0.255, 0.085
THIGH, SHANK, ANKLE = 0.435, 0.415, 0.085


@dataclass(frozen=True)
class Pose:
    """Where hands (wrist targets) and feet are, how the trunk bends (degrees), which hip carries the weight.

    `sway` from -1 to 1 puts the weight on the left or right leg; `crouch` lowers the hips, metres; `lean` bends ahead,
    `side` to the right, `twist` turns the chest to the right; `look` turns the head right and down. A hand's shape is
    one of `studio.hands.SHAPES`; a palm faces `left_palm` or `right_palm`, as far as the wrist allows; `left_ahead` and
    `right_ahead` say where the hands point, the way of the forearm unless given.
    """

    left: P = (-0.25, 0.83, 0.06)
    right: P = (0.25, 0.83, 0.06)
    left_foot: P = (-0.10, 0.0, 0.02)
    right_foot: P = (0.11, 0.0, -0.02)
    toes: tuple[float, float] = (-12.0, 14.0)
    sway: float = 0.0
    crouch: float = 0.0
    lean: float = 2.0
    side: float = 0.0
    twist: float = 0.0
    look: tuple[float, float] = (0.0, 0.0)
    hips: P = (0.0, 0.0, 0.0)
    left_shape: str = "relaxed"
    right_shape: str = "relaxed"
    left_palm: P = (1.0, 0.0, -0.2)
    right_palm: P = (-1.0, 0.0, -0.2)
    left_ahead: P | None = None
    right_ahead: P | None = None
    left_elbow: P = (-0.7, -0.7, -0.6)
    right_elbow: P = (0.7, -0.7, -0.6)


@dataclass(frozen=True)
class Joint:
    """A place with axes of its own: right, up, ahead."""

    origin: P
    axes: Turn

    def at(self, x: float, y: float, z: float) -> P:
        """The place x to its right, y up, z ahead of it."""
        return point(np.asarray(self.origin) + np.array((x, y, z)) @ np.asarray(self.axes))


@dataclass(frozen=True)
class Limb:
    """Three joints of an arm or a leg, and the direction the middle one points to."""

    root: P
    bend: P
    end: P
    hint: P


@dataclass(frozen=True)
class Skeleton:
    """The trunk's joints, and arms and legs, left first."""

    pelvis: Joint
    waist: Joint
    chest: Joint
    head: Joint
    neck: tuple[P, P]
    arms: tuple[Limb, Limb]
    legs: tuple[Limb, Limb]
    feet: tuple[Joint, Joint]


def point(v: Vector) -> P:
    """A vector as three plain numbers."""
    return float(v[0]), float(v[1]), float(v[2])


def between(a: P, b: P, t: float) -> P:
    """The place a share `t` of the way from `a` to `b`."""
    return point(np.asarray(a) + (np.asarray(b) - np.asarray(a)) * t)


def towards(a: P, b: P) -> P:
    """The unit direction from `a` to `b`."""
    line = np.asarray(b) - np.asarray(a)
    return point(line / max(float(np.linalg.norm(line)), 1e-9))


def stand(pose: Pose, shoulder: float = 0.185, hip: float = 0.09) -> Skeleton:
    """The bones of a pose; `shoulder` and `hip` are how far those joints are from the middle."""
    sway = pose.sway
    middle = np.array([0.045 * sway + pose.hips[0], 0.935 - 0.008 * abs(sway) - pose.crouch + pose.hips[1], 0.0])
    middle[2] = pose.hips[2] - 0.10 * np.sin(np.radians(pose.lean)) - 0.25 * pose.crouch
    roll = -5.0 * sway
    pelvis = Joint(point(middle), turned_by(pose.twist * 0.3, pose.lean * 0.4, roll))
    waist = Joint(pelvis.at(0, 0.15, 0.0), turned_by(pose.twist * 0.6, pose.lean * 0.8, pose.side * 0.5 + roll * 0.2))
    chest = Joint(
        waist.at(0, 0.19, -0.008),
        turned_by(pose.twist, pose.lean + 3, pose.side - roll * 0.7),
    )
    base = chest.at(0, 0.178, -0.022)
    tilt = turned_by(pose.twist + pose.look[0] * 0.5, pose.lean * 0.7 + pose.look[1] * 0.4 + 10, pose.side * 0.4)
    top = Joint(base, tilt).at(0, 0.158, 0.0)
    head = Joint(top, turned_by(pose.twist * 0.5 + pose.look[0], pose.lean * 0.35 + pose.look[1], pose.side * 0.2))
    arms = tuple(
        _limb(chest.at(s * shoulder, 0.118, -0.012), wrist, UPPER_ARM, FOREARM, elbow)
        for s, wrist, elbow in ((-1, pose.left, pose.left_elbow), (1, pose.right, pose.right_elbow))
    )
    feet = tuple(
        Joint((x, y + ANKLE, z), turned_by(toe))
        for (x, y, z), toe in zip((pose.left_foot, pose.right_foot), pose.toes, strict=True)
    )
    legs = tuple(
        _limb(pelvis.at(s * hip, -0.015, 0.0), foot.origin, THIGH, SHANK, foot.at(s * 0.1, -foot.origin[1], 1.0))
        for s, foot in zip((-1, 1), feet, strict=True)
    )
    return Skeleton(
        pelvis,
        waist,
        chest,
        head,
        (base, head.at(0, -0.03, -0.012)),
        (arms[0], arms[1]),
        (legs[0], legs[1]),
        (feet[0], feet[1]),
    )


def _limb(root: P, target: P, upper: float, lower: float, hint: P) -> Limb:
    """An arm or leg from `root` reaching for `target`, its middle joint bent towards `hint`."""
    line = np.asarray(target) - np.asarray(root)
    distance = float(np.linalg.norm(line))
    reach = min(max(distance, abs(upper - lower) * 1.2), (upper + lower) * 0.996)
    axis = line / max(distance, 1e-9)
    out = (upper**2 - lower**2 + reach**2) / (2 * reach)
    lift = float(np.sqrt(max(upper**2 - out**2, 0)))
    side = np.asarray(hint) - float(np.asarray(hint) @ axis) * axis
    side = side / max(float(np.linalg.norm(side)), 1e-9)
    bend = np.asarray(root) + axis * out + side * lift
    return Limb(root, point(bend), point(np.asarray(root) + axis * reach), point(side))
