"""What a Sokol suit is made of."""

from __future__ import annotations

from studio.parts import Material, plastic

NYLON = Material(
    "#dfe2e2",
    crumple=0.009,
    crumple_size=0.075,
    drape=0.85,
    rough=0.62,
    specular=0.035,
    sheen=0.10,
    weave=0.16,
    thin=0.05,
    mottle=0.05,
)
PANEL = Material("#d8dcdd", rough=0.66, sheen=0.12, weave=0.22, mottle=0.07)
POCKET = Material("#dce0e0", crumple=0.004, crumple_size=0.05, rough=0.66, sheen=0.1, weave=0.2, gathers=False)
SOFT = Material("#dcdfe0", crumple=0.009, crumple_size=0.05, rough=0.7, sheen=0.15, weave=0.16, thin=0.10)
THREAD = Material("#bfc5c8", rough=0.8)
LACE = Material("#8d99a6", rough=0.8)
TRIM = Material("#2450b4", rough=0.75, sheen=0.3, weave=0.3, mottle=0.10)
TRIM_EDGE = Material("#5b80cf", rough=0.8, sheen=0.3, mottle=0.2)
ANODISED = Material("#2f63c8", rough=0.28, metal=0.85, specular=0.05, mottle=0.04)
STEEL = Material("#c9ccd0", rough=0.25, metal=1.0)
GLOVE = Material("#d6d9d6", rough=0.75, crumple=0.0012, crumple_size=0.016, sheen=0.15, weave=0.25, gathers=False)
GLOVE_PALM = Material("#a9aeb0", rough=0.8, weave=0.2)
BOOT = Material("#7d8488", rough=0.6, crumple=0.006, crumple_size=0.04, weave=0.2, mottle=0.15)
SOLE = Material("#3a3d40", rough=0.7)
RUBBER = plastic("#4d565e", 0.5)
HOSE = Material("#7f8f9f", rough=0.5, specular=0.04)
CAP, CAP_PALE = Material("#1b1c1e", rough=0.8, sheen=0.3), Material("#e4e4e0", rough=0.8, sheen=0.3)
VISOR = Material("#dfe9ee", rough=0.16, specular=0.06, clear=0.92)
PATCH, PATCH_RIM = Material("#34507f", rough=0.8, weave=0.3, mottle=0.25), Material("#c9a54a", rough=0.8, weave=0.3)
