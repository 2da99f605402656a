"""People, built of round parts: somebody in clothes and a pose, with hands that reach where they are told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.figures import P, Part, ball, brick, placed, rod
from studio.light import vec


@dataclass(frozen=True)
class Clothes:
    """The paints of a person."""

    coat: str = "#3c4654"
    legs: str = "#3a3733"
    skin: str = "#a47a5f"
    hair: str = "#2b241f"
    hat: str = ""
    shoes: str = "#26231f"


@dataclass(frozen=True)
class Pose:
    """Where the hands are (own axes, metres), how far the knees and the back bend, how the head sits."""

    left: P = (-0.27, 0.82, 0.08)
    right: P = (0.27, 0.82, 0.08)
    crouch: float = 0.0
    lean: float = 0.0
    nod: float = 0.0
    stance: float = 0.15
    bulk: float = 1.0


def person(pose: Pose, clothes: Clothes, height: float = 1.75) -> list[Part]:
    """Somebody standing: legs, trunk, arms reaching for where the pose wants the hands, a head."""
    hip_y = 0.93 - pose.crouch
    lean = np.radians(pose.lean)
    sx, cy = float(np.sin(lean)), float(np.cos(lean))
    k = pose.bulk
    hip = (0.0, hip_y, -0.12 * pose.crouch)
    chest = (0.0, hip_y + 0.44 * cy, hip[2] + 0.44 * sx)
    neck = (0.0, chest[1] + 0.13 * cy, chest[2] + 0.13 * sx)
    nod = np.radians(pose.lean * 0.6 + pose.nod)
    head = (0.0, neck[1] + 0.185 * float(np.cos(nod)), neck[2] + 0.17 * float(np.sin(nod)) + 0.01)
    coat, legs = clothes.coat, clothes.legs
    parts = [
        rod((0, hip_y + 0.02, hip[2]), (0, hip_y + 0.22 * cy, hip[2] + 0.2 * sx), 0.165 * k, 0.165 * k, coat, 0.08),
        rod((-0.09, chest[1], chest[2]), (0.09, chest[1], chest[2]), 0.15 * k, 0.15 * k, coat, 0.1),
        rod((0, hip_y + 0.2, hip[2] + 0.18 * sx), chest, 0.15 * k, 0.16 * k, coat, 0.1),
        rod((-0.17, chest[1] + 0.07, chest[2]), (0.17, chest[1] + 0.07, chest[2]), 0.085 * k, 0.085 * k, coat, 0.06),
    ]
    for side, hand in ((-1.0, pose.left), (1.0, pose.right)):
        shoulder = (side * 0.205 * k, chest[1] + 0.07, chest[2])
        elbow, reach = _joint(shoulder, hand, 0.30, 0.28, (side * 0.5, -0.8, -0.35))
        wrist = _toward(elbow, reach, 0.24)
        parts += [
            rod(shoulder, elbow, 0.072 * k, 0.058 * k, coat, 0.05),
            rod(elbow, wrist, 0.057 * k, 0.045 * k, coat, 0.03),
            rod(wrist, reach, 0.036, 0.045, clothes.skin, 0.012),
        ]
        parts += _leg(side, hip, pose, legs, clothes.shoes, k)
    parts += [
        rod(neck, head, 0.055, 0.06, clothes.skin, 0.02),
        ball(head, 0.098, clothes.skin, 0.02),
        ball((head[0], head[1] + 0.035, head[2] - 0.022), 0.102, clothes.hat or clothes.hair, 0.01),
    ]
    if clothes.hat:
        brim = head[1] + 0.045
        parts.append(rod((0, brim, head[2]), (0, brim + 0.004, head[2] + 0.11), 0.085, 0.055, clothes.hat, 0.004))
    scale = height / 1.75
    return placed(parts, (0, 0, 0), 0, scale)


def _leg(side: float, hip: P, pose: Pose, paint: str, shoe: str, bulk: float) -> list[Part]:
    top = (side * 0.095, hip[1] - 0.02, hip[2])
    foot = (side * pose.stance, 0.08, 0.0)
    knee, ankle = _joint(top, foot, 0.45, 0.44, (side * 0.15, 0.0, 1.0))
    toe = (ankle[0] + side * 0.04, 0.05, ankle[2] + 0.17)
    return [
        rod(top, knee, 0.105 * bulk, 0.078 * bulk, paint, 0.05),
        rod(knee, ankle, 0.076 * bulk, 0.062 * bulk, paint, 0.03),
        rod((ankle[0], 0.055, ankle[2] - 0.03), toe, 0.056, 0.046, shoe, 0.02),
    ]


def _joint(a: P, target: P, upper: float, lower: float, hint: P) -> tuple[P, P]:
    """Elbow or knee between `a` and a target, bent towards `hint`; also the target as far as it can be reached."""
    va, vt = vec(*a), vec(*target)
    line = vt - va
    distance = float(np.linalg.norm(line))
    reach = min(distance, (upper + lower) * 0.995)
    axis = line / max(distance, 1e-6)
    out = (upper**2 - lower**2 + reach**2) / (2 * reach)
    lift = float(np.sqrt(max(upper**2 - out**2, 0)))
    side = vec(*hint) - float(vec(*hint) @ axis) * axis
    side = side / max(float(np.linalg.norm(side)), 1e-6)
    elbow, end = va + axis * out + side * lift, va + axis * reach
    return (float(elbow[0]), float(elbow[1]), float(elbow[2])), (float(end[0]), float(end[1]), float(end[2]))


def _toward(a: P, b: P, distance: float) -> P:
    line = vec(*b) - vec(*a)
    p = vec(*a) + line / max(float(np.linalg.norm(line)), 1e-6) * distance
    return float(p[0]), float(p[1]), float(p[2])


def hand_camera(at: P, long: float = 0.22, tilt: float = 0.15) -> list[Part]:
    """A camera with a lens pointing ahead, to hold before the face."""
    end = (at[0], at[1] + tilt * long, at[2] + long)
    return [brick(at, (0.075, 0.055, 0.04), "#1b1b1c", 0.012), rod(at, end, 0.036, 0.042, "#1f1f20", 0.004)]


def phone(at: P) -> list[Part]:
    """A phone held upright."""
    return [brick(at, (0.082, 0.042, 0.006), "#141518", 0.004)]
