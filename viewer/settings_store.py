"""The options a person has set: typed, checked against the table in `viewer.settings`, saved in one ini file.

A value that makes no sense counts as its default and leaves the others alone; a file that cannot be written is one
line in the log. QSettings writes through a lock and a renamed temporary file, so two windows or a power cut leave a
complete file.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from viewer import actions
from viewer.locations import options_file
from viewer.settings import BY_KEY, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_log = logging.getLogger(__name__)

_KEYS: Final = "keys/"
_LAYOUT: Final = "layout/"
_FOLDER: Final = "state/folder"


class SettingsStore(QObject):
    """The only writer of options, in the ini file at `path`, or without `saved` in memory alone.

    `changed` carries the key of an option whose value is another one now, or ``keys/ID`` for an action's keys.
    Every method that takes an option's key raises KeyError for one that is not in the table.
    """

    changed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None, *, saved: bool = True) -> None:
        super().__init__(parent)
        self._saved = saved
        self._file = QSettings(str(path or options_file()), QSettings.Format.IniFormat)
        self._overrides: dict[str, Value] = {}
        self.is_putting_back = False
        """Whether what changes now is put back and not chosen; see `put_back`."""
        self._complained = False
        if saved and self._file.status() == QSettings.Status.FormatError:
            _log.warning("%s is damaged; options that cannot be read from it have their defaults.", self.path)

    @property
    def path(self) -> Path:
        """The ini file."""
        return Path(self._file.fileName())

    def value(self, key: str) -> Value:
        """The option's value: the one for this run, else the saved one, else the default."""
        option = BY_KEY[key]
        if key in self._overrides:
            return self._overrides[key]
        raw = self._read(key)
        if isinstance(raw, list):  # QSettings makes one of every text that has a comma in it
            raw = ",".join(map(str, raw))
        return option.default if raw is None else option.accept(raw)

    def text(self, key: str) -> str:
        """The value of an option that is text or a choice."""
        return str(self.value(key))

    def number(self, key: str) -> int:
        """The value of an option that is a whole number, in range."""
        return int(self.value(key))

    def flag(self, key: str) -> bool:
        """The value of an option that is on or off."""
        return bool(self.value(key))

    def set(self, key: str, value: Value) -> None:
        """Save the option, clamped to what the table allows. A value for this run alone is dropped."""
        before = self.value(key)
        self._overrides.pop(key, None)
        accepted = BY_KEY[key].accept(value)
        if self._saved:
            self._write(key, None if accepted == BY_KEY[key].default else accepted)
        else:
            self._overrides[key] = accepted
        if accepted != before:
            self.changed.emit(key)

    def put_back(self, values: Mapping[str, Value]) -> None:
        """Save several options as `set` does, except that they are nobody's choice for the gallery that is open now:
        where that asks for something itself, it has it again.
        """
        self.is_putting_back = True
        try:
            for key, value in values.items():
                self.set(key, value)
        finally:
            self.is_putting_back = False

    def override(self, key: str, value: Value | None) -> None:
        """Set the option to `value` for this run without saving it, or with None to what was saved."""
        before = self.value(key)
        self._overrides.pop(key, None)
        if value is not None:
            self._overrides[key] = BY_KEY[key].accept(value)
        if self.value(key) != before:
            self.changed.emit(key)

    def is_overridden(self, key: str) -> bool:
        """Whether the option has a value for this run alone."""
        return key in self._overrides

    def layout(self, name: str) -> bytes:
        """A window's geometry or state that `set_layout` saved under `name`; empty where there is none."""
        raw = self._read(_LAYOUT + name)
        return bytes(raw.data()) if isinstance(raw, QByteArray) else b""

    def set_layout(self, name: str, state: bytes) -> None:
        """Save the geometry or state of a window."""
        self._write(_LAYOUT + name, QByteArray(state))

    def folder(self) -> Path | None:
        """The folder that something was opened in last, which `set_folder` saved; it may be gone by now."""
        raw = self._read(_FOLDER)
        return Path(os.fsdecode(bytes(raw.data()))) if isinstance(raw, QByteArray) and not raw.isEmpty() else None

    def set_folder(self, folder: Path) -> None:
        """Save the folder that something was opened in."""
        if folder != self.folder():
            self._write(_FOLDER, QByteArray(os.fsencode(folder)))

    def bindings(self) -> tuple[dict[str, tuple[str, ...]], list[str]]:
        """The key sequences of every action by its id, and a sentence for each line of ``[keys]`` that is refused.

        An empty line leaves an action without keys; see `assign_keys`.
        """
        return assign_keys(self._saved_keys())

    def bind(self, action_id: str, keys: Sequence[str] | None) -> None:
        """Save other keys for an action, or with None restore its own. Raises KeyError for an unknown action."""
        action = actions.BY_ID[action_id]
        before = self._saved_keys().get(action_id)
        wanted = None if keys is None or tuple(keys) == action.keys else tuple(keys)
        if wanted != before:
            self._write(_KEYS + action_id, None if wanted is None else list(wanted))
            self.changed.emit(_KEYS + action_id)

    def save(self) -> bool:
        """Write everything to the disk now. Says whether that worked; the first failure is logged."""
        if not self._saved:
            return True
        self._file.sync()
        # The status of a file that was found damaged stays FormatError, whatever becomes of the writing.
        saved = self._file.status() != QSettings.Status.AccessError and self._file.isWritable()
        if not saved and not self._complained:
            self._complained = True
            _log.warning("Options cannot be saved in %s. Check the disk and the permissions.", self.path)
        return saved

    def _read(self, key: str) -> object:
        return self._file.value(key) if self._saved else None

    def _write(self, key: str, raw: object | None) -> None:
        if not self._saved:
            return
        if raw is None:
            self._file.remove(key)
        else:
            self._file.setValue(key, raw)
        self.save()

    def _saved_keys(self) -> dict[str, tuple[str, ...]]:
        names = sorted(name for name in (self._file.allKeys() if self._saved else ()) if name.startswith(_KEYS))
        return {name.removeprefix(_KEYS): _listed(self._file.value(name)) for name in names}


def assign_keys(wanted: dict[str, tuple[str, ...]]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The keys of every action where `wanted` replaces those of some, and a sentence for each that is refused.

    A key belongs to one action. Actions that are not in `wanted` keep their own keys; of two that want the same, the
    first in the table has it. An action that is refused everything it wants keeps those of its own keys that nobody
    else has.
    """
    refused = [f"There is no action “{name}”; its keys are left out." for name in wanted if name not in actions.BY_ID]
    owners = {_folded(key): action for action in actions.ACTIONS if action.id not in wanted for key in action.keys}
    keys = {action.id: action.keys for action in actions.ACTIONS}
    for action in actions.ACTIONS:
        if action.id not in wanted:
            continue
        asked = tuple(dict.fromkeys(wanted[action.id]))
        taken = [key for key in asked if _folded(key) in owners]
        refused += [f"“{key}” stays with {_name(owners[_folded(key)])} and is not given to {_name(action)}."
                    for key in taken]
        granted = tuple(key for key in asked if key not in taken)
        if taken and not granted:
            granted = tuple(key for key in action.keys if _folded(key) not in owners)
        keys[action.id] = granted
        owners |= {_folded(key): action for key in granted}
    return keys, refused


def _name(action: actions.Action) -> str:
    return action.text.replace("&", "").rstrip("…")


def _folded(key: str) -> str:
    return key.replace(" ", "").lower()


def _listed(raw: object) -> tuple[str, ...]:
    """A list as QSettings reads it: a string where it has one entry, None or empty where it has none."""
    entries = raw if isinstance(raw, list) else [raw]
    return tuple(str(entry).strip() for entry in entries if entry is not None and str(entry).strip())
