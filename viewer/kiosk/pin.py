"""The PIN that ends an unattended show: its hash, and how often somebody may guess.

The hash is scrypt (RFC 7914) with its parameters, in the PHC string format: ``$scrypt$ln=15,r=8,p=1$SALT$HASH``. It
keeps a PIN from being read over somebody's shoulder; one of four digits is found by whoever can copy the file.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from viewer.gallery.files import open_regular, write_atomically
from viewer.gallery.model import GalleryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHORTEST: Final = 4  # digits
LONGEST: Final = 12
MOST_WRONG: Final = 5  # wrong ones in a row, after which one has to wait
WAIT_MS: Final = 60_000

_HASH: Final = re.compile(r"\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)")
_MOST_MEMORY: Final = 64 << 20  # bytes that the parameters of a hash may ask for


def hash_of(pin: str, salt: bytes | None = None) -> str:
    """A hash of `pin`, which is 4 to 12 digits of any script; raises ValueError, with a sentence, for anything else."""
    digits = _digits(pin)
    if digits is None or not SHORTEST <= len(digits) <= LONGEST:
        raise ValueError(f"A PIN is {SHORTEST} to {LONGEST} digits, and nothing else; choose another.")
    cost = _Cost(15, 8, 1)  # 32 MiB and about a tenth of a second
    used = os.urandom(16) if salt is None else salt
    return f"$scrypt$ln={cost.ln},r={cost.r},p={cost.p}${_encoded(used)}${_encoded(_scrypt(digits, used, cost))}"


def is_hash(text: str) -> bool:
    """Whether `text` is a hash that `is_pin` can compare with."""
    return _parts(text) is not None


def is_pin(typed: str, stored: str) -> bool:
    """Whether `typed` is the PIN whose hash is `stored`, in a time that does not depend on the digits."""
    parts, digits = _parts(stored), _digits(typed)
    if parts is None or digits is None or len(digits) > LONGEST:
        return False
    cost, salt, wanted = parts
    return hmac.compare_digest(_scrypt(digits, salt, cost), wanted)


class PinGuard:
    """Lets people try PINs: after five wrong ones in a row nobody can for a minute, also if the show begins anew.

    The wait does not grow. Five guesses a minute at ten thousand PINs take a day and a half of tapping in plain sight,
    and whoever only plays with the keypad must not lock the keeper out for longer than that minute.
    """

    def __init__(self, stored: str, now: Callable[[], int], file: Path) -> None:
        """Guard the PIN with the hash `stored`.

        `now` is milliseconds of the system's monotonic clock, which goes on while the show is restarted. After a
        restart of the machine no more than the minute is waited. `file` keeps the count.
        """
        self._stored, self._now, self._file = stored, now, file
        guesses = _read(file)
        self._guesses = _Guesses(guesses.wrong, min(guesses.until_ms, now() + WAIT_MS))

    @property
    def wait_ms(self) -> int:
        """Milliseconds until the next PIN may be tried; 0 for now."""
        return max(0, self._guesses.until_ms - self._now())

    def accepts(self, typed: str) -> bool:
        """Whether `typed` is the PIN; during a wait no PIN is."""
        if self.wait_ms:
            return False
        if is_pin(typed, self._stored):
            self._keep(_Guesses())
            return True
        wrong = self._guesses.wrong + 1
        self._keep(_Guesses(0, self._now() + WAIT_MS) if wrong >= MOST_WRONG else _Guesses(wrong))
        return False

    def _keep(self, guesses: _Guesses) -> None:
        if guesses == self._guesses:
            return
        self._guesses = guesses
        with contextlib.suppress(GalleryError, OSError):  # a full disk is no way in: the count is kept in memory
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, [msgspec.json.encode(guesses)])


class _Guesses(msgspec.Struct, frozen=True):
    """Wrong PINs in a row since the last right one or the last wait, and when that wait ends."""

    wrong: int = 0
    until_ms: int = 0


class _Cost(NamedTuple):
    """The parameters of scrypt; `ln` is the binary logarithm of N."""

    ln: int
    r: int
    p: int

    @property
    def memory(self) -> int:
        """Bytes that it takes (RFC 7914, section 2)."""
        return 128 * self.r * ((1 << self.ln) + self.p + 2)


def _read(file: Path) -> _Guesses:
    try:
        with open_regular(file) as opened:
            return msgspec.json.decode(opened.read(1000), type=_Guesses)
    except (OSError, ValueError, GalleryError):  # ValueError: it is damaged
        return _Guesses()


def _digits(pin: str) -> str | None:
    """The digits of `pin` as ASCII, whatever the keyboard writes; None where there is anything else."""
    return "".join(str(int(letter)) for letter in pin) if pin.isdecimal() else None


def _scrypt(digits: str, salt: bytes, cost: _Cost) -> bytes:
    return hashlib.scrypt(digits.encode(), salt=salt, n=1 << cost.ln, r=cost.r, p=cost.p, maxmem=2 * _MOST_MEMORY,
                          dklen=32)


def _parts(stored: str) -> tuple[_Cost, bytes, bytes] | None:
    found = _HASH.fullmatch(stored)
    if found is None:
        return None
    cost = _Cost(*map(int, found.groups()[:3]))
    try:
        salt, wanted = (base64.b64decode(part + "=" * (-len(part) % 4)) for part in found.groups()[3:])
    except binascii.Error:
        return None
    is_sound = cost.ln >= 1 and cost.r >= 1 and 1 <= cost.p <= 4 and cost.memory <= _MOST_MEMORY and len(wanted) == 32
    return (cost, salt, wanted) if is_sound else None


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")
