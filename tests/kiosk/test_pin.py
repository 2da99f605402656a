from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

from tests.fakes import ManualClock
from viewer.kiosk.pin import PinGuard, hash_of, is_hash, is_pin

if TYPE_CHECKING:
    from pathlib import Path

PIN = "4711"
STORED = hash_of(PIN)
QUICK = "$scrypt$ln=10,r=8,p=1$TmFDbA$YABxbg7aJWEZJIDes/7ulSEo8kOxiENFJLCcynF2/00"  # of the same


def test_a_pin_is_known_by_its_hash_alone() -> None:
    assert re.fullmatch(r"\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}", STORED)
    assert is_hash(STORED)
    assert PIN not in STORED.replace("$", " ").split()
    assert is_pin(PIN, STORED)
    assert [typed for typed in ("4712", "471", "47111", "", "abcd", "4711\n", " 4711", "4" * 10_000)
            if is_pin(typed, STORED)] == []


def test_every_hash_has_its_own_salt() -> None:
    assert hash_of(PIN) != STORED
    assert is_pin(PIN, hash_of(PIN))
    assert hash_of(PIN, b"NaCl") == hash_of(PIN, b"NaCl")


def test_a_hash_is_that_of_rfc_7914() -> None:
    # Computed by OpenSSL: openssl kdf -kdfopt pass:4711 -kdfopt salt:NaCl -kdfopt n:1024 -kdfopt r:8 -kdfopt p:1 \
    # -keylen 32 -binary SCRYPT | base64
    assert is_pin(PIN, QUICK)


@pytest.mark.parametrize("digits", ["٤٧١١", "४७११", "4711"])
def test_a_pin_may_be_typed_in_the_digits_of_any_keyboard(digits: str) -> None:
    assert is_pin(digits, STORED)
    assert is_pin(PIN, hash_of(digits))


@pytest.mark.parametrize("pin", ["0123", "123456789012"])
def test_the_shortest_and_the_longest_pin_are_known(pin: str) -> None:
    assert is_pin(pin, hash_of(pin))


@pytest.mark.parametrize("pin", ["123", "1" * 13, "12a4", "", "12 34", "²²²²", "-1234"])
def test_a_pin_is_four_to_twelve_digits(pin: str) -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        hash_of(pin)


def test_a_hash_says_what_it_cost_and_has_a_salt_of_sixteen_bytes() -> None:
    begin, salt, _ = hash_of("4711").rsplit("$", 2)

    assert begin == "$scrypt$ln=15,r=8,p=1"
    assert len(base64.b64decode(salt + "==")) == 16


@pytest.mark.parametrize(("cost", "is_one"), [
    ("ln=1,r=1,p=1", True), ("ln=1,r=1,p=4", True), ("ln=16,r=7,p=1", True), ("ln=0,r=1,p=1", False),
    ("ln=1,r=0,p=1", False), ("ln=1,r=1,p=0", False), ("ln=1,r=1,p=5", False), ("ln=16,r=8,p=1", False),
])
def test_a_hash_may_cost_as_much_as_can_be_paid_at_the_screen(cost: str, *, is_one: bool) -> None:
    salt, content = hash_of("4711").rsplit("$", 2)[1:]

    assert is_hash(f"$scrypt${cost}${salt}${content}") is is_one


@pytest.mark.parametrize("text", [
    "", "4711", "$scrypt$", STORED[:-1], STORED + "x", STORED.replace("ln=15", "ln=30"),
    STORED.replace("ln=15", "ln=0"), STORED.replace("r=8", "r=0"), STORED.replace("p=1", "p=99"),
    STORED.replace("scrypt", "argon2id"),
], ids=range(10))  # the salt is another each time
def test_what_is_no_hash_or_would_take_the_memory_of_the_machine_is_no_ones(text: str) -> None:
    assert not is_hash(text)
    assert not is_pin(PIN, text)


# -- guessing -----------------------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk" / "pin.json"


@pytest.fixture
def quick() -> str:
    """A hash that takes a millisecond."""
    return QUICK


def guess(guard: PinGuard, times: int) -> None:
    for _ in range(times):
        assert not guard.accepts("0000")


def test_five_wrong_ones_wait_a_minute(quick: str, clock: ManualClock, file: Path) -> None:
    guard = PinGuard(quick, clock.now, file)
    guess(guard, 4)
    assert guard.wait_ms == 0
    guess(guard, 1)
    assert guard.wait_ms == 60_000
    clock.advance(59_999)
    assert not guard.accepts(PIN)
    clock.advance(1)
    assert guard.wait_ms == 0
    assert guard.accepts(PIN)


def test_trying_during_the_wait_does_not_prolong_it(quick: str, clock: ManualClock, file: Path) -> None:
    guard = PinGuard(quick, clock.now, file)
    guess(guard, 5)
    clock.advance(30_000)
    guess(guard, 10)
    assert guard.wait_ms == 30_000


def test_after_the_wait_there_are_five_again_and_the_wait_is_no_longer(
    quick: str, clock: ManualClock, file: Path,
) -> None:
    guard = PinGuard(quick, clock.now, file)
    for _ in range(3):
        guess(guard, 4)
        assert guard.wait_ms == 0
        guess(guard, 1)
        assert guard.wait_ms == 60_000
        clock.advance(60_000)


def test_the_right_one_forgives_the_wrong_ones(quick: str, clock: ManualClock, file: Path) -> None:
    guard = PinGuard(quick, clock.now, file)
    guess(guard, 4)
    assert guard.accepts(PIN)
    guess(guard, 4)
    assert guard.wait_ms == 0


def test_a_restart_of_the_show_neither_ends_the_wait_nor_forgives(quick: str, clock: ManualClock, file: Path) -> None:
    guess(PinGuard(quick, clock.now, file), 3)
    guess(PinGuard(quick, clock.now, file), 2)
    clock.advance(10_000)
    again = PinGuard(quick, clock.now, file)
    assert again.wait_ms == 50_000
    assert not again.accepts(PIN)


def test_a_restart_of_the_machine_waits_no_longer_than_a_minute(quick: str, clock: ManualClock, file: Path) -> None:
    clock.advance(90 * 86_400_000)
    guess(PinGuard(quick, clock.now, file), 5)
    just_started = ManualClock(20_000)
    again = PinGuard(quick, just_started.now, file)
    assert again.wait_ms == 60_000
    just_started.advance(60_000)
    assert again.accepts(PIN)


def test_the_count_is_kept_in_a_folder_that_is_made_for_it(quick: str, clock: ManualClock, tmp_path: Path) -> None:
    file = tmp_path / "state" / "liftoff" / "pin.json"
    guess(PinGuard(quick, clock.now, file), 5)
    assert PinGuard(quick, clock.now, file).wait_ms == 60_000


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"wrong": "x"}', b"\xff" * 2000])
def test_a_damaged_count_begins_anew(quick: str, clock: ManualClock, file: Path, damaged: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damaged)
    assert PinGuard(quick, clock.now, file).accepts(PIN)


def test_a_place_that_cannot_be_written_is_no_way_in(quick: str, clock: ManualClock, file: Path) -> None:
    file.mkdir(parents=True)  # a folder where the file should be
    guard = PinGuard(quick, clock.now, file)
    guess(guard, 5)
    assert guard.wait_ms == 60_000


def test_a_folder_that_cannot_be_made_is_no_way_in(quick: str, clock: ManualClock, file: Path) -> None:
    file.parent.write_bytes(b"")  # a file where the folder should be
    guard = PinGuard(quick, clock.now, file)
    guess(guard, 5)
    assert guard.wait_ms == 60_000
