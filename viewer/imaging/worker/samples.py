"""Samples of any depth: unpacks those of a TIFF to 8 bits or to floating point (TIFF 6.0, section 8 and 23).

Slices and large numbers do the work of a loop over pixels in a fraction of its time.
"""

from __future__ import annotations

from math import lcm
from typing import Final, Literal, TypeAlias

from PIL import Image

Order: TypeAlias = Literal["little", "big"]
"""In which order the bytes of a sample lie."""

FLOAT_DEPTHS: Final = (16, 24, 32, 64)
"""Bits of a floating-point number (IEEE 754, and Adobe's of 24 bits in TIFF Technical Note 3)."""

_EXPONENT_OF_16_BITS: Final = 2.0**112
"""What a number of 16 bits has to be multiplied by if its exponent is taken for that of 32 bits: 127 - 15 is 112."""

_EXPONENT_OF_24_BITS: Final = 2.0**64
"""What a number of 24 bits has to be multiplied by if its exponent is taken for that of 32 bits: 127 - 63 is 64."""


def is_known_depth(bits: int) -> bool:
    """Whether integers of so many bits can be unpacked."""
    return 1 <= bits <= 16 or bits in (24, 32, 64)


def upper_bytes(data: bytes, bits: int, order: Order) -> bytes:
    """Each sample in `data` as 0 to 255: the upper 8 of its `bits`, or fewer bits spread to that range.

    Samples that are no whole bytes lie one behind the other from the highest bit down. What is left over at the end,
    less than a group of samples that fills whole bytes, is unpacked too, as if zeros followed.
    """
    if bits % 8 == 0:
        size = bits // 8
        return data[size - 1 if order == "little" else 0 :: size]
    step = lcm(bits, 8) // 8
    count = step * 8 // bits
    data += bytes(-len(data) % step)
    samples = bytearray(len(data) // step * count)
    for place in range(count):
        samples[place::count] = _field(data, step, place * bits, min(bits, 8))
    return bytes(samples)


def _field(data: bytes, step: int, start: int, width: int) -> bytes:
    """The `width` bits, at most 8, from the bit `start` on, of each `step` bytes of `data`; as 0 to 255."""
    first, shift = divmod(start, 8)
    most = (1 << width) - 1
    if shift + width <= 8:
        return data[first::step].translate(
            bytes((byte >> (8 - shift - width) & most) * 255 // most for byte in range(256)))
    value = _either(data[first::step].translate(_to_the_left(shift)),
                    data[first + 1 :: step].translate(_to_the_right(8 - shift)))
    return value.translate(bytes((byte >> (8 - width)) * 255 // most for byte in range(256)))


def _to_the_left(places: int) -> bytes:
    return bytes(byte << places & 255 for byte in range(256))


def _to_the_right(places: int) -> bytes:
    return bytes(byte >> places for byte in range(256))


def _either(one: bytes, other: bytes) -> bytes:
    """The bits that are set in `one` or in `other`, which are as long."""
    return (int.from_bytes(one, "big") | int.from_bytes(other, "big")).to_bytes(len(one), "big")


def floats(data: bytes, size: tuple[int, int], bits: int, order: Order) -> Image.Image:
    """The floating-point numbers in `data` as an image of mode F and this `size`, of which each row is one of numbers.

    Raises ValueError where there are too few.
    """
    if bits == 16:
        whole = Image.frombytes("F", size, _halves_as_32_bits(data, order), "raw", "F;32BF")
        return whole.point(lambda value: value * _EXPONENT_OF_16_BITS + 0)
    if bits == 24:
        whole = Image.frombytes("F", size, _as_32_bits(data, order), "raw", "F;32BF")
        return whole.point(lambda value: value * _EXPONENT_OF_24_BITS + 0)
    return Image.frombytes("F", size, data, "raw", f"F;{bits}{'' if order == 'little' else 'B'}F")


def _halves_as_32_bits(data: bytes, order: Order) -> bytes:
    """Numbers of 16 bits (sign, 5 bits of exponent, 10 of fraction) with 8 bits of exponent and 23 of fraction."""
    upper, lower = (data[at::2] for at in ((1, 0) if order == "little" else (0, 1)))
    numbers = bytearray(len(upper) * 4)
    numbers[0::4] = upper.translate(bytes(byte & 128 | byte >> 3 & 15 for byte in range(256)))
    numbers[1::4] = _either(upper.translate(_to_the_left(5)), lower.translate(_to_the_right(3)))
    numbers[2::4] = lower.translate(_to_the_left(5))
    return bytes(numbers)


def _as_32_bits(data: bytes, order: Order) -> bytes:
    """Numbers of 24 bits (sign, 7 bits of exponent, 16 of fraction) with 8 bits of exponent and 23 of fraction."""
    upper, middle, lower = (data[at::3] for at in ((2, 1, 0) if order == "little" else (0, 1, 2)))
    numbers = bytearray(len(upper) * 4)
    numbers[0::4] = upper.translate(bytes(byte & 128 | byte >> 1 & 63 for byte in range(256)))
    numbers[1::4] = _either(upper.translate(_to_the_left(7)), middle.translate(_to_the_right(1)))
    numbers[2::4] = _either(middle.translate(_to_the_left(7)), lower.translate(_to_the_right(1)))
    numbers[3::4] = lower.translate(_to_the_left(7))
    return bytes(numbers)
