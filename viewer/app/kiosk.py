"""The composition of an unattended screen: what is added to the program, and connected with it, in a kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.app.kiosk_opening import KioskOpening
from viewer.app.kiosk_recovery import KioskRecovery
from viewer.app.kiosk_status import KioskStatus
from viewer.kiosk.config import ScreenConfig
from viewer.kiosk.deleted_pictures import DeletedPictures
from viewer.kiosk.lock import FIXED_OPTIONS, allowed_actions
from viewer.kiosk.passing_over import PassingOver
from viewer.kiosk.pin import PinGuard
from viewer.kiosk.trusted_clock import distrust
from viewer.kiosk.visitor_words import VisitorLanguage
from viewer.show.session import local_time
from viewer.ui.kiosk.burn_in_care import BurnInCare
from viewer.ui.kiosk.mirrors import Mirrors
from viewer.ui.kiosk.screen_keeper import ScreenKeeper
from viewer.ui.kiosk.visitors import Visitors
from viewer.ui.kiosk.window_lock import WindowLock
from viewer.ui.window.fullscreen_layout import AT_A_DISTANCE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from viewer.app.application import Liftoff
    from viewer.app.start import Start
    from viewer.kiosk.config import KioskConfig, KioskStart
    from viewer.show.clock import Clock


def kiosk_start(config: KioskConfig, asked: Start) -> Start:
    """How an unattended show begins; `asked` is what the command line says."""
    options = {"show/keep-awake": config.awake, **config.options, **asked.overrides, **FIXED_OPTIONS}
    return asked._replace(fullscreen=True, play=True, overrides=options, saved=False, allowed=allowed_actions(config),
                          unattended=True)


class Kiosk(QObject):
    """The parts of a kiosk, made for `program` before it is shown."""

    def __init__(self, program: Liftoff, start: KioskStart, clock: Clock, *,
                 time_of_day: Callable[[], dt.datetime] = local_time,
                 distrust: Callable[[dt.datetime], str] = distrust) -> None:
        """Connect everything; `clock` is the program's. By `time_of_day` it opens and closes, unless there is
        something to `distrust` it for.
        """
        super().__init__(program)
        self._program, self._start, self._clock = program, start, clock
        if start.inside_only:
            program.loader.access_policy.keep_inside()
        words = VisitorLanguage(program.session)
        program.presenter.stand_by(words)
        program.window.keep_filling_screen()
        program.central.set_type_shares(AT_A_DISTANCE)
        program.gallery_commands.offer_nothing()
        program.slide_view.set_zoomable("zoom_in" in allowed_actions(start.config))
        self.status = KioskStatus(program, start, clock, self)
        self.recovery = KioskRecovery(program, start, self.status.disk, clock, self)
        screen, shows = dict(enumerate(start.config.screen)).get(start.entry, ScreenConfig()), start.config.shows
        self.screen = ScreenKeeper(program.window, screen, clock, alone=len(shows) == 1)
        WindowLock(program.window, clock, alone=len(start.config.screen) < 2)
        program.player.said.disconnect(program.messages.say)
        guard = PinGuard(start.config.pin, clock.now, start.state_folder / "wrong-pins.json")
        self.visitors = Visitors(program.window, program.central, program.slide_view, program.session, program.player,
                                 program.settings, program.action_set, start.config.visitors,
                                 guard if start.config.pin else None, words, clock)
        repeated = [screen for screen in start.config.screen if screen.mirror and start.entry == shows[0]]
        self.mirrors = Mirrors(program.window, repeated, clock)
        self.status.reporter.add("screen_problem",
                                 lambda: " ".join(filter(None, [self.screen.problem, *self.mirrors.problems])))
        DeletedPictures(program.session, program.gallery_watcher, program.loader, self)
        PassingOver(program.session, program.player, program.view_model, clock, self)
        if start.config.pairs:
            self._show_pairs()
        BurnInCare(program.session, program.view_model, program.central)
        self.opening = KioskOpening(program, self.visitors, self.status, start.config, clock, time_of_day, distrust,
                                    self)
        program.window.closing.connect(self.close)

    def _show_pairs(self) -> None:
        from viewer.kiosk.pairing import Pairing  # an option that few have
        from viewer.ui.kiosk.pair_captions import PairCaptions
        from viewer.ui.viewport.pair_content import has_room

        program, slide_view = self._program, self._program.slide_view
        pairing = Pairing(program.session, program.player, program.view_model,
                          lambda first, second: has_room(first, second, slide_view.box), self)
        self.visitors.input.began.connect(pairing.end)
        PairCaptions(program.session, program.player, program.view_model, slide_view, program.central,
                     program.settings)

    def close(self) -> None:
        """End what was started; once is enough."""
        self.recovery.close()
        self.opening.close()
        self.status.close()
        self.screen.close()
        self.mirrors.close()
