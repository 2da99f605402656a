"""The colour space that an AV1 or HEVC stream names by numbers of ITU-T H.273 in the header of its sequence.

By the AV1 Bitstream Specification (5.5) and ITU-T H.265 (7.3.2.2 and E.2.1). Headers are read to the colours' numbers
and no further; they are cut short, so that no loop is long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Codes: TypeAlias = tuple[int, int]
"""Primaries and tone curve."""

_LONGEST: Final = 4096
"""Bytes of a header that are looked at."""

_SEQUENCE_HEADER, _TEMPORAL_DELIMITER = 1, 2
"""Types of AV1's units (OBU)."""

_SEQUENCE_PARAMETERS: Final = 33
"""Type of HEVC's unit (NAL) with the parameters of a sequence (SPS)."""


class _Bits:
    """Reads bits from the highest down. Raises ValueError at the end."""

    def __init__(self, data: bytes) -> None:
        self._value, self._left = int.from_bytes(data[:_LONGEST], "big"), 8 * min(len(data), _LONGEST)

    def read(self, count: int = 1) -> int:
        """The next `count` bits, as a number."""
        self._left -= count
        if self._left < 0:
            raise ValueError("the header ends early")
        return self._value >> self._left & (1 << count) - 1

    def skip(self, *counts: int) -> None:
        """Pass over so many bits."""
        self.read(sum(counts))

    def exponential(self, turns: int = 1) -> int:
        """The last of so many numbers in Exp-Golomb code (H.265, 9.2; AV1's uvlc is the same)."""
        number = 0
        for _ in range(turns):
            zeros = 0
            while not self.read():
                zeros += 1
            number = (1 << zeros) - 1 + self.read(zeros)
        return number


def codes_of_av1(units: bytes) -> Codes | None:
    """The colours of AV1 `units` (OBUs), which begin with a sequence header; None where there are none.

    Raises ValueError and LookupError for what is no AV1.
    """
    at = 0
    while True:
        head = units[at]
        kind, has_extension, has_size = head >> 3 & 15, head >> 2 & 1, head >> 1 & 1
        at += 1 + has_extension
        size = len(units) - at
        if has_size:
            size = shift = 0
            while True:
                size |= (units[at] & 127) << shift
                shift, at = shift + 7, at + 1
                if not units[at - 1] & 128 or shift > 28:
                    break
        if kind == _SEQUENCE_HEADER:
            return _av1_sequence(_Bits(units[at : at + size]))
        if kind != _TEMPORAL_DELIMITER:
            return None
        at += size


def _av1_sequence(bits: _Bits) -> Codes | None:
    profile = bits.read(3)
    bits.skip(1)
    is_reduced = bits.read()
    if is_reduced:
        bits.skip(5)
    else:
        _skip_operating_points(bits)
    widths = bits.read(4) + 1, bits.read(4) + 1
    bits.skip(*widths)
    if not is_reduced and bits.read():
        bits.skip(7)
    bits.skip(3)
    if not is_reduced:
        bits.skip(4)
        has_order = bits.read()
        bits.skip(2 * has_order)
        has_screen_content = 1 if bits.read() else bits.read()
        if has_screen_content and not bits.read():
            bits.skip(1)
        bits.skip(3 * has_order)
    bits.skip(3)
    is_deep = bits.read()
    if profile == 2 and is_deep:
        bits.skip(1)
    is_grey = profile != 1 and bits.read()
    return None if is_grey or not bits.read() else (bits.read(8), bits.read(8))


def _skip_operating_points(bits: _Bits) -> None:
    delay = 0
    if bits.read():  # timing
        bits.skip(64)
        if bits.read():
            bits.exponential()
        if bits.read():  # a model of the decoder
            delay = bits.read(5) + 1
            bits.skip(32, 10)
    has_display_delay = bits.read()
    for _ in range(bits.read(5) + 1):
        bits.skip(12)
        if bits.read(5) > 7:
            bits.skip(1)
        if delay and bits.read():
            bits.skip(2 * delay, 1)
        if has_display_delay and bits.read():
            bits.skip(4)


def codes_of_hevc(configuration: bytes) -> Codes | None:
    """The colours of a `configuration` record of HEVC (ISO/IEC 14496-15, 8.3.2); None where there are none.

    Raises ValueError and LookupError for what is no HEVC.
    """
    for unit in _units(configuration):
        if unit[0] >> 1 & 63 == _SEQUENCE_PARAMETERS:
            return _hevc_sequence(_Bits(unit[2:_LONGEST].replace(b"\0\0\3", b"\0\0")))
    return None


def _units(configuration: bytes) -> Iterator[bytes]:
    at = 23
    for _ in range(configuration[22]):
        count = int.from_bytes(configuration[at + 1 : at + 3], "big")
        at += 3
        for _ in range(min(count, _LONGEST)):
            size = int.from_bytes(configuration[at : at + 2], "big")
            yield configuration[at + 2 : at + 2 + size]
            at += 2 + size


def _hevc_sequence(bits: _Bits) -> Codes | None:
    bits.skip(4)
    layers = bits.read(3)
    bits.skip(1, 96)
    present = [(bits.read(), bits.read()) for _ in range(layers)]
    bits.skip(2 * (8 - layers) if layers else 0, *(88 * profile + 8 * level for profile, level in present))
    bits.exponential()
    if bits.exponential() == 3:
        bits.skip(1)
    bits.exponential(2)
    if bits.read():
        bits.exponential(4)
    bits.exponential(2)
    order_bits = bits.exponential() + 4
    bits.exponential(3 * (layers + 1 if bits.read() else 1))
    bits.exponential(6)
    if bits.read() and bits.read():
        _skip_scaling_lists(bits)
    bits.skip(2)
    if bits.read():
        bits.skip(8)
        bits.exponential(2)
        bits.skip(1)
    for number in range(bits.exponential()):
        if number and bits.read():
            return None  # told by the set before, which only films do
        for _ in range(bits.exponential() + bits.exponential()):
            bits.exponential()
            bits.skip(1)
    if bits.read():
        bits.skip(*[order_bits + 1] * min(bits.exponential(), 32))
    bits.skip(2)
    if not bits.read():
        return None
    if bits.read() and bits.read(8) == 255:
        bits.skip(32)
    if bits.read():
        bits.skip(1)
    if not bits.read():
        return None
    bits.skip(4)
    return (bits.read(8), bits.read(8)) if bits.read() else None


def _skip_scaling_lists(bits: _Bits) -> None:
    for size in range(4):
        for _ in range(2 if size == 3 else 6):
            if not bits.read():
                bits.exponential()
            else:
                bits.exponential(min(64, 1 << 4 + 2 * size) + (size > 1))
