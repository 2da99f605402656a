"""ICC profiles: sRGB is recognised by its content."""

from __future__ import annotations

import struct

import pytest
from PIL import ImageCms

from tests import icc_profiles
from viewer.imaging.worker.icc import is_srgb


def _srgb() -> bytes:
    """With a parametric curve, as littlecms makes it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _with_table(entries: int) -> bytes:
    """sRGB with a curve of `entries` values."""
    light = [place / (entries - 1) for place in range(entries)]
    values = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in light]
    table = struct.pack(f">4s4xI{entries}H", b"curv", entries, *(round(value * 65535) for value in values))
    return icc_profiles.rgb_profile(icc_profiles.SRGB_PRIMARIES, name="any", curve=table)


def test_srgb_is_recognised_by_its_curve_and_colorants() -> None:
    assert is_srgb(_srgb())
    assert is_srgb(_with_table(1024))
    assert is_srgb(_with_table(64))


@pytest.mark.parametrize("name", ["sRGB", "sRGB IEC61966-2.1", "c2", "uRGB"])
@pytest.mark.parametrize(("primaries", "gamma"), [
    (icc_profiles.SRGB_PRIMARIES, 1.0), (icc_profiles.SRGB_PRIMARIES, 1.8), (icc_profiles.SRGB_PRIMARIES, 2.2),
    (icc_profiles.ADOBE_RGB_PRIMARIES, 2.2),
])
def test_no_other_profile_is_taken_for_srgb_whatever_its_name(
    name: str, primaries: tuple[tuple[float, float, float], ...], gamma: float,
) -> None:
    assert not is_srgb(icc_profiles.rgb_profile(primaries, gamma, name))


def test_a_profile_with_tables_is_not_taken_for_srgb() -> None:
    assert not is_srgb(_srgb().replace(b"chad", b"A2B0"))


@pytest.mark.parametrize("profile", [
    b"", bytes(131), bytes(4000), b"\xff" * 4000, *(_srgb()[:size] for size in range(0, len(_srgb()) - 40, 37)),
], ids=lambda profile: f"{len(profile)} bytes")  # they hold the time of day
def test_malformed_profiles_are_not_taken_for_srgb(profile: bytes) -> None:
    assert not is_srgb(profile)


@pytest.mark.parametrize("curve", [
    b"", b"curv", b"curv\0\0\0\0\xff\xff\xff\xff", b"curv\0\0\0\0\0\0\0\1", b"para\0\0\0\0\0\3\0\0",
    b"para\0\0\0\0\0\3\0\0" + b"\xff" * 20, b"para\0\0\0\0\0\3\0\0" + b"\x80\0\0\0" + bytes(16),
    b"para\0\0\0\0\0\3\0\0" + b"\x7f\xff\xff\xff" * 4 + bytes(4), b"para\0\0\0\0\0\4\0\0" + bytes(40),
])
def test_hostile_curves_are_not_taken_for_srgb(curve: bytes) -> None:
    assert not is_srgb(icc_profiles.rgb_profile(icc_profiles.SRGB_PRIMARIES, curve=curve))
