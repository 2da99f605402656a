"""What people wear and how they are built."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.heads import locks
from studio.parts import Material, cloth, plastic, skin


@dataclass(frozen=True)
class Build:
    """A body: height in metres, girth (1 is lean), belly 0 to 1, and whether shoulders are narrower than hips."""

    height: float = 1.75
    girth: float = 1.0
    belly: float = 0.15
    woman: bool = False


@dataclass(frozen=True)
class Outfit:
    """Clothes. `sleeves` long, short or none; `legs` trousers, shorts or skirt; `cut` shirt (out), tucked or jacket."""

    top: Material = field(default_factory=lambda: cloth("#7f8fa0"))
    bottom: Material = field(default_factory=lambda: cloth("#3a3f4c", 0.005, 0.08))
    shoes: Material = field(default_factory=lambda: plastic("#2a2622", 0.5))
    skin: Material = field(default_factory=skin)
    sleeves: str = "long"
    legs: str = "trousers"
    cut: str = "shirt"
    vest: Material | None = None
    hair: str = "short"
    locks: Material = field(default_factory=lambda: locks("#2b211a"))
    hat: str = "none"
    hat_cloth: Material | None = None
    beard: float = 0.0
    glasses: bool = False
