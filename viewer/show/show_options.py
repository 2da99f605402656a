"""The options in force for this show: the person's word, then the manifest's, then the saved options.

A manifest may ask for an interval, a transition, a loop and a shuffle. It gets them, unless the command line said
otherwise or the person has changed that very option since the gallery was opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.gallery.model import ShowDefaults
from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from viewer.settings import Value
    from viewer.settings_store import SettingsStore

INTERVAL: Final = "show/interval"
END: Final = "show/end"
SHUFFLE: Final = "show/shuffle"
TRANSITION: Final = "show/transition"
_KEYS: Final = (INTERVAL, END, SHUFFLE, TRANSITION)


class ShowOptions(QObject):
    """The options of the show in force. `changed` carries the settings key of one whose value is another now."""

    changed = Signal(str)

    def __init__(self, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._manifest = ShowDefaults()
        self._insisted: set[str] = set()
        self._known = {key: self._in_force(key) for key in _KEYS}
        settings.changed.connect(self._setting_changed)

    @property
    def interval(self) -> str:
        """Seconds for each slide, as typed: a number, 0 for by hand, or ``auto``; see `timing.interval`."""
        return str(self._known[INTERVAL])

    @property
    def end(self) -> str:
        """What follows the last slide: ``loop``, ``stop`` or ``hold``."""
        return str(self._known[END])

    @property
    def loops(self) -> bool:
        """Whether the first slide follows the last."""
        return self.end == "loop"

    @property
    def reads_to_end(self) -> bool:
        """Whether a caption's reading time has no upper limit, and comes before a shorter time if it has to scroll."""
        return self._settings.flag("show/read-to-end")

    @property
    def shuffle(self) -> bool:
        """Whether the order is shuffled."""
        return bool(self._known[SHUFFLE])

    @property
    def transition_ms(self) -> int:
        """Milliseconds that a transition may take while the show plays; 0 for a cut, and where motion is reduced."""
        cut = self._known[TRANSITION] == "cut" or self._settings.flag("look/reduced-motion")
        return 0 if cut else self._settings.number("show/transition-ms")

    def take(self, manifest: ShowDefaults, *, anew: bool) -> list[str]:
        """Take what a gallery asks for. Returns the keys that have another value now, which the caller is to
        `announce` when its own state is complete.

        `anew`: it is another gallery, and what was changed for the last one is over.
        """
        self._manifest = manifest
        if anew:
            self._insisted.clear()
        return [key for key in _KEYS if self._update(key)]

    def announce(self, keys: list[str]) -> None:
        """Emit `changed` for each of `keys`, which `take` returned."""
        for key in keys:
            self.changed.emit(key)

    def insist(self, key: str, value: Value, *, save: bool = True) -> None:
        """Have it so, whatever the manifest asks for; for this run alone unless `save`. KeyError for an unknown key."""
        self._insisted.add(key)
        if save:
            self._settings.set(key, value)
        else:
            self._settings.override(key, value)
        self._refresh(key)

    def _setting_changed(self, key: str) -> None:
        if key in self._known:
            (self._insisted.discard if self._settings.is_putting_back else self._insisted.add)(key)
            self._refresh(key)

    def _refresh(self, key: str) -> None:
        if self._update(key):
            self.changed.emit(key)

    def _update(self, key: str) -> bool:
        before, self._known[key] = self._known[key], self._in_force(key)
        return self._known[key] != before

    def _in_force(self, key: str) -> Value:
        saved = self._settings.value(key)
        if key in self._insisted or self._settings.is_overridden(key):
            return saved
        manifest = self._manifest
        if key == END and manifest.loop is not None:  # one that does not loop leaves the choice between stop and hold
            return "loop" if manifest.loop else "stop" if saved == "loop" else saved
        asked = {INTERVAL: manifest.interval, SHUFFLE: manifest.shuffle, TRANSITION: manifest.transition}.get(key)
        return saved if asked is None else BY_KEY[key].accept(asked)
