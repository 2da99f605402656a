"""What a key means by its place on a US keyboard, where the keyboard's layout does not type that character at all.

Russian and Greek layouts type no F and no Ctrl+O, and French ones type digits with Shift only. Qt looks for a Latin
letter among the other layouts that are set up (QXkbCommon::possibleKeys, Qt 6.8 to 6.12) and gives up where there is
none; here the key's place decides then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent

    from viewer.ui.commands.x11_keymap import Keymap

US_KEYS: Final[dict[int, tuple[str, str]]] = {
    first + at: pair
    for first, plain, shifted in (
        (10, "1234567890-=", "!@#$%^&*()_+"),
        (24, "qwertyuiop[]", "QWERTYUIOP{}"),
        (38, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
        (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    )
    for at, pair in enumerate(zip(plain, shifted, strict=True))
}
"""What each key of a US keyboard types without and with Shift, by its native scan code, which on X11 and Wayland alike
is 8 more than the code in linux/input-event-codes.h (xkeyboard-config, keycodes/evdev)."""

_ALTGR: Final = 1 << 7
"""Mod5 among the native modifiers."""

_MODIFIERS: Final = (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
                     | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)

_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier.value


def as_typed(key: int, modifiers: Qt.KeyboardModifier) -> tuple[int, ...]:
    """The key combinations, as QKeyCombination.toCombined has them, that the layout makes of a key press, best first.

    Shift may have been needed for the character alone: Ctrl++ is pressed as Ctrl+Shift+= on a US keyboard.
    """
    held = (modifiers & _MODIFIERS).value
    is_symbol = key < Qt.Key.Key_Escape and not chr(key).isalpha()
    return (key | held & ~_SHIFT, key | held) if is_symbol else (key | held,)


def by_place(event: QKeyEvent) -> Iterator[int]:
    """The key combinations, as QKeyCombination.toCombined has them, that a key press means by its place, best first."""
    platform = QGuiApplication.platformName()
    if not _has_place(event):
        return
    if platform == "xcb":
        from viewer.ui.commands.x11_keymap import read_keymap  # seldom wanted

        group = event.nativeModifiers() >> 13 & 3  # X Keyboard Extension protocol, 2.2.2
        yield from combinations(event, read_keymap(US_KEYS, group))
    elif platform.startswith("wayland"):
        yield from combinations(event, None)


def is_as_typed(event: QKeyEvent) -> bool:
    """Whether a key press is nothing but the first of `as_typed`, though Qt may take it for another one.

    Qt thinks of AltGr as not held where it is let go before the event is handled. On a Hebrew keyboard, which types
    Latin letters with Shift, it takes Shift+R for R.
    """
    key, letters = event.key(), range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)
    shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in letters
    return bool(shifted or (event.nativeModifiers() & _ALTGR and key < Qt.Key.Key_Escape))


def digit_by_place(event: QKeyEvent) -> str:
    """The digit that a key without Shift stands for in a layout that types digits with Shift; empty if none."""
    return next((chr(one) for one in by_place(event) if Qt.Key.Key_0 <= one <= Qt.Key.Key_9), "")


def combinations(event: QKeyEvent, keymap: Keymap | None) -> Iterator[int]:
    """As `by_place`, on a keyboard that types what is in `keymap`.

    Without one, as on Wayland, where the compositor tells Qt alone, the event must do: a key that types a letter of
    another script belongs to a layout without Latin letters.
    """
    if not _has_place(event):
        return
    code, held = event.nativeScanCode(), (event.modifiers() & _MODIFIERS).value
    if not held & _SHIFT and (digit := keymap.unshifted_digit(code) if keymap else US_KEYS[code][0]).isdigit():
        yield ord(digit) | held
    if keymap is None and not _is_foreign(event.key()):
        return
    plain, shifted = (keymap and keymap.latin(code)) or US_KEYS[code]
    ways = [(plain, held)] if not held & _SHIFT or plain.isalpha() else [(shifted, held & ~_SHIFT), (plain, held)]
    for character, modifiers in ways:
        if character and not (keymap and keymap.types(character)):
            yield ord(character.upper()) | modifiers


def _has_place(event: QKeyEvent) -> bool:
    """Whether it is a key of the typewriter's part that types a character, no digit, without AltGr."""
    key = event.key()
    return (event.nativeScanCode() in US_KEYS and not event.nativeModifiers() & _ALTGR
            and key < Qt.Key.Key_Escape and not Qt.Key.Key_0 <= key <= Qt.Key.Key_9)


def _is_foreign(key: int) -> bool:
    """Whether a key types a letter, or a mark on one, of another script than Latin."""
    import unicodedata  # seldom wanted

    return (key > 0xff and unicodedata.category(chr(key))[0] in "LM"
            and not unicodedata.name(chr(key), "").startswith("LATIN"))
