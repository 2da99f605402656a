"""People: a dressed adult of any build in any pose, made of melting parts for `studio.sculpt`."""

from __future__ import annotations

from studio.hands import hand
from studio.heads import Head, head
from studio.legs import hips, leg_and_cloth, shoe
from studio.outfit import Build, Outfit
from studio.parts import Fold, Material, P, Part, Thing, brick, carved, egg, placed, plastic, ring, rod, tube
from studio.skeleton import PALM, Joint, Limb, Pose, Skeleton, between, stand, towards

__all__ = ["Build", "Outfit", "grip", "person", "shell"]


def person(pose: Pose, outfit: Outfit, build: Build | None = None) -> list[Thing]:
    """Somebody dressed, standing on y 0 of their own axes; put into the world with `studio.parts.placed`."""
    build = build or Build()
    s = stand(pose, 0.165 if build.woman else 0.185, 0.094 if build.woman else 0.09)
    looks = Head(
        outfit.skin,
        outfit.locks,
        outfit.hair,
        outfit.hat,
        outfit.hat_cloth,
        outfit.beard,
        0.94 if build.woman else 0.97 + 0.05 * (build.girth - 1),
        outfit.glasses,
    )
    things: list[Thing] = [*head(s.head, s.neck, looks), *_trunk(s, outfit, build), *hips(s, outfit, build)]
    shapes = ((pose.left_shape, pose.left_palm), (pose.right_shape, pose.right_palm))
    for side, arm, (shape, palm) in zip((-1.0, 1.0), s.arms, shapes, strict=True):
        things += _arm(arm, side, outfit, build)
        ahead = towards(arm.bend, arm.end)
        things += hand(arm.end, ahead, palm, side, shape, outfit.skin, 1.0, f"hand{side:.0f}")
    for side, leg, foot in zip((-1.0, 1.0), s.legs, s.feet, strict=True):
        things += leg_and_cloth(leg, side, outfit, build)
        things += shoe(foot, leg, side, outfit.shoes)
    return placed(things, (0.0, 0.0, 0.0), 0.0, build.height / 1.75)


def grip(pose: Pose) -> tuple[P, P]:
    """Where a pose's palms are, left and right, about (own axes, 1.75 m): for cameras, phones, rails."""
    arms = stand(pose).arms
    left, right = (between(arm.end, arm.bend, -PALM / 0.255) for arm in arms)
    return left, right


def shell(s: Skeleton, b: Build, paint: Material, ease: float, group: str = "", hips: bool = True) -> list[Part]:
    """Ribs, chest, waist, belly, maybe hips and seat, `ease` metres of cloth round them."""
    c, w, p, g = s.chest, s.waist, s.pelvis, b.girth
    wide, seat = (0.90, 1.08) if b.woman else (1.0, 1.0)

    def e(j: Joint, at: P, half: P, soft: float = 0.07) -> Part:
        return egg(j.at(*at), (half[0] + ease, half[1] + ease, half[2] + ease), paint, soft, j.axes, group)

    parts = [
        e(c, (0, -0.01, 0.0), (0.148 * g * wide, 0.19, 0.110 * g)),
        e(c, (0, 0.085, 0.004), (0.160 * wide, 0.085, 0.094)),
        e(w, (0, 0.0, 0.0), (0.136 * g * wide, 0.15, 0.098 * g)),
        e(w, (0, -0.03, 0.040 + 0.05 * b.belly), (0.115 * g, 0.115, 0.05 + 0.09 * b.belly)),
    ]
    if hips:
        parts.append(e(p, (0, 0.02, 0.0), (0.152 * g * seat, 0.10, 0.108 * g)))
        parts += [e(p, (x, -0.04, -0.045), (0.085 * g, 0.075, 0.086 * g), 0.06) for x in (-0.07, 0.07)]
    for side in (-1.0, 1.0):
        parts += [
            e(c, (side * 0.072 * wide, 0.03, 0.070), (0.064, 0.058, 0.040 + (0.02 if b.woman else 0.0)), 0.06),
            e(c, (side * 0.075 * wide, 0.03, -0.070), (0.068, 0.10, 0.040), 0.06),
        ]
    return parts


def _trunk(s: Skeleton, o: Outfit, b: Build) -> list[Thing]:
    """The shirt or jacket: its body, slope of the shoulders, hem and collar."""
    c, w, p, g, top = s.chest, s.waist, s.pelvis, b.girth, o.top
    ease = 0.014 if o.cut == "jacket" else 0.007
    parts: list[Thing] = list(shell(s, b, top, ease, hips=o.cut != "tucked"))
    for side, arm in zip((-1.0, 1.0), s.arms, strict=True):
        slope = between(arm.root, c.at(side * 0.15, 0.135, -0.012), 0.4)
        across = towards(arm.root, arm.bend)
        parts += [
            rod(c.at(side * 0.040, 0.150, -0.026), slope, 0.034, 0.046, top, 0.06),
            Fold(between(arm.root, c.at(0, 0.05, 0), 0.3), across, (-side * 0.6, -0.8, 0.2), 0.13, 0.012, 0.045, 9.0),
        ]
    parts.append(Fold(w.at(0, -0.02, 0.02), w.axes[1], w.axes[2], 0.20, 0.010, 0.06))
    if o.cut == "tucked":
        belt = plastic("#2a211b", 0.45)
        around = (0.157 * g * (1.08 if b.woman else 1.0), 0.116 * g + 0.04 * b.belly)
        parts.append(ring(p.at(0, 0.085, 0.006), around, 0.009, belt, tall=0.016, turn=p.axes))
    else:
        hem = (0.168 + ease) * g * (1.06 if b.woman else 1.0)
        flat = 0.80 + 0.15 * b.belly
        low = p.at(0, -0.115, -0.004)
        parts.append(tube(low, p.at(0, 0.08, 0.0), hem + 0.010, top, 0.05, hem - 0.010, 0.004, flat, p.axes))
    base, up = s.neck
    if o.cut == "jacket" or o.sleeves == "long":
        rim = between(base, up, 0.40)
        parts.append(tube(between(base, up, -0.1), rim, 0.074, top, 0.012, 0.066, 0.003, group="collar"))
    else:
        rim = between(base, up, 0.16)
        parts.append(ring(rim, (0.064, 0.064), 0.006, top, tall=0.006, turn=c.axes, group="collar"))
    if o.vest is not None:
        parts += _vest(s, o.vest, b)
    return parts


def _vest(s: Skeleton, paint: Material, b: Build) -> list[Thing]:
    """A reporter's sleeveless vest, open in front, with pockets."""
    c, w, p, g = s.chest, s.waist, s.pelvis, b.girth
    group = "vest"
    front = 0.098 * g + 0.07 * b.belly
    parts: list[Thing] = [
        *shell(s, b, paint, 0.022, group),
        carved(egg(c.at(0, 0.02, 0.17), (0.030, 0.50, 0.10), paint, turn=c.axes, group=group), 0.01),
        carved(egg(w.at(0, -0.05, 0.21), (0.045, 0.40, 0.12), paint, turn=w.axes, group=group), 0.01),
        carved(tube(p.at(0, 0.015, 0.0), p.at(0, -0.4, 0.0), 0.5, paint, group=group), 0.008),
        carved(egg(c.at(0, 0.20, 0.02), (0.085, 0.09, 0.12), paint, turn=c.axes, group=group), 0.01),
    ]
    for side in (-1.0, 1.0):
        square = (side * 0.09, -0.06, front), (side * 0.085, 0.0, 0.108 * g)
        parts += [
            rod(
                c.at(side * 0.05, 0.155, -0.02),
                c.at(side * 0.125, 0.13, -0.012),
                0.052,
                0.050,
                paint,
                0.05,
                group=group,
            ),
            carved(egg(c.at(side * 0.205, 0.06, 0.0), (0.05, 0.13, 0.11), paint, turn=c.axes, group=group), 0.01),
            brick(w.at(*square[0]), (0.05, 0.055, 0.032), paint, 0.02, soft=0.01, turn=w.axes, group="pocket"),
            brick(c.at(*square[1]), (0.042, 0.045, 0.024), paint, 0.016, soft=0.01, turn=c.axes, group="pocket"),
        ]
    return parts


def _arm(arm: Limb, side: float, o: Outfit, b: Build) -> list[Thing]:
    """Shoulder, upper arm and forearm; a sleeve over as much of it as the shirt has."""
    g, top, bare = (b.girth - 1) * 0.5 + 1, o.top, o.skin
    thin = 0.86 if b.woman else 1.0
    upper, lower = 0.050 * g * thin, 0.040 * g * thin
    hint = arm.hint
    biceps = between(arm.root, arm.bend, 0.52)
    front = (biceps[0] - hint[0] * 0.012, biceps[1] - hint[1] * 0.012, biceps[2] - hint[2] * 0.012)
    calf = between(arm.bend, arm.end, 0.27)
    wrist = between(arm.bend, arm.end, 0.97)
    parts: list[Thing] = [
        rod(arm.root, between(arm.root, arm.bend, 0.3), 0.062 * g * thin, 0.056 * g * thin, top, 0.06)
    ]
    crease = (-hint[0], -hint[1], -hint[2])
    along = towards(arm.root, arm.end)
    if o.sleeves == "long":
        parts += [
            rod(arm.root, arm.bend, upper * 1.18, upper * 0.98, top, 0.05),
            rod(front, between(arm.root, arm.bend, 0.75), 0.045 * g * thin, 0.04, top, 0.05),
            rod(arm.bend, wrist, upper * 0.98, lower * 0.94, top, 0.035),
            rod(calf, calf, lower * 1.22, lower * 1.22, top, 0.04),
            tube(
                between(arm.bend, arm.end, 0.88),
                between(arm.bend, arm.end, 0.99),
                lower * 0.92,
                top,
                0.01,
                lower * 0.95,
                0.003,
                group=f"cuff{side:.0f}",
            ),
            Fold(arm.bend, along, crease, 0.11, 0.010, 0.03, 11.0),
            Fold(between(arm.bend, arm.end, 0.75), towards(arm.bend, arm.end), hint, 0.09, 0.006, 0.028),
        ]
    else:
        end = 0.62 if o.sleeves == "short" else 0.08
        hem = between(arm.root, arm.bend, end)
        parts += [
            rod(arm.root, between(arm.root, arm.bend, end * 0.7), upper * 1.2, upper * 1.15, top, 0.05),
            tube(between(arm.root, arm.bend, end * 0.3), hem, upper * 1.18, top, 0.03, upper * 1.25, 0.003),
            rod(arm.root, arm.bend, upper * 0.95, upper * 0.78, bare, 0.03, group=f"arm{side:.0f}"),
            rod(front, front, 0.042 * g * thin, 0.042 * g * thin, bare, 0.05, group=f"arm{side:.0f}"),
            Fold(hem, along, crease, 0.10, 0.007, 0.03),
        ]
        parts += [
            rod(arm.bend, arm.end, 0.035 * g * thin, 0.0255 * thin, bare, 0.03, group=f"arm{side:.0f}"),
            rod(
                calf,
                between(arm.bend, arm.end, 0.45),
                0.039 * g * thin,
                0.032 * thin,
                bare,
                0.04,
                group=f"arm{side:.0f}",
            ),
        ]
    return parts
