"""Renders the built-in gallery's pictures: ``python tools/render [--scale 0.5] [--to FOLDER] [slide ...]``."""

from __future__ import annotations

import argparse
import importlib
import io
import json
import sys
import time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from PIL import Image, ImageCms
from studio.film import quantised

SCENES = (
    "a_mighty_roar",
    "capturing_history",
    "capturing_every_angle",
    "boosters_firing",
    "fiery_blast_off",
    "shining_through",
    "a_long_straight_shot",
    "goodbye_earth",
    "time_grows_near",
    "offering_blessings",
    "liftoff",
)
FULL = 1.5  # pixels per unit: 2880x1920
GALLERY = Path(__file__).resolve().parents[2] / "assets" / "expedition-56"

# Painted by the program's own scripts: in the IPTC's words a "digital creation", neither photographed nor generated.
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" photoshop:Credit={credit} photoshop:Source={source}
 Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation">
<dc:title>{title}</dc:title><dc:description>{caption}</dc:description>
<Iptc4xmpCore:AltTextAccessibility>{alt}</Iptc4xmpCore:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def srgb_profile() -> bytes:
    """An sRGB colour profile with a fixed date, so that the same picture is always the same file."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = (2018).to_bytes(2, "big") + b"\x00\x06\x00\x06\x00\x00\x00\x00\x00\x00"
    return bytes(profile)


def words(slide: dict[str, Any]) -> bytes:
    """The slide's words as an XMP packet, so that the file still says what it is when it is alone."""
    title, caption, alt = (escape(slide[key]) for key in ("title", "caption", "alt"))
    language = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
    return XMP.format(
        title=language.format(title),
        caption=language.format(caption),
        alt=language.format(alt),
        credit=quoteattr(slide["credit"]),
        source=quoteattr(slide["source"]),
    ).encode()


def save(pixels: np.ndarray, path: Path, xmp: bytes, quality: int = 90) -> int:
    """Write sRGB values 0 to 1 as a JPEG file; answers its size in bytes."""
    if not np.isfinite(pixels).all():
        raise ValueError(f"{path.name}: a pixel is not a number")
    picture = Image.fromarray(quantised(pixels, seed=255), "RGB")
    buffer = io.BytesIO()
    options = {"quality": quality, "subsampling": "4:2:0", "optimize": True, "icc_profile": srgb_profile(), "xmp": xmp}
    picture.save(buffer, "JPEG", **options)
    part = path.with_suffix(".part")
    part.write_bytes(buffer.getvalue())
    part.replace(path)
    return buffer.tell()


def main() -> int:
    """Render what was asked for, or everything."""
    parser = argparse.ArgumentParser(prog="render-assets", description=__doc__)
    parser.add_argument("slides", nargs="*", type=int, help="slide numbers, 1 to 11; none means all")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size, for trying things out")
    parser.add_argument("--to", type=Path, default=GALLERY, help="folder for the pictures")
    options = parser.parse_args()
    slides = json.loads((GALLERY / "gallery.json").read_text("utf-8"))["slides"]
    for number in options.slides or range(1, len(SCENES) + 1):
        name = SCENES[number - 1]
        began = time.perf_counter()
        pixels = importlib.import_module(f"scenes.{name}").render(options.scale * FULL)
        path = options.to / f"{number:02d}-{name.replace('_', '-')}.jpg"
        size = save(pixels, path, words(slides[number - 1]))
        took = time.perf_counter() - began
        shape = f"{pixels.shape[1]}x{pixels.shape[0]}"
        sys.stdout.write(f"{path.name}  {shape}  {size // 1000} kB  {took:.0f} s\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
