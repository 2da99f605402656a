"""What in a status needs looking at, as sentences: what is wrong, and what a keeper can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from viewer.kiosk.status import FailedSlide, Status


def with_problems(status: Status) -> Status:
    """The same, with everything in it that needs looking at in `problems`: what concerns the whole show first."""
    awake, hooks = status.awake, status.hooks
    found = [
        (status.gallery.problem, ""),
        (f"The gallery {status.gallery.path} is not there." if status.gallery.away else "",
         "The show goes on with what it has in memory: plug its disk in, or mend the connection."),
        (status.screen_problem, ""),
        (status.opening.problem, ""),
        ("What the window shows is not the picture of its slide." if status.pixels.right is False else "",
         "Restart the kiosk if that stays so."),
        (awake.problem if awake.wanted and not awake.held_by else "",
         "So the screen may go dark: type “liftoff kiosk check” in the kiosk's session to know what to switch off."),
        *((failure, "It is run again every few minutes.") for failure in hooks),
        *((f"The slide {_named(slide)} is set aside: {slide.reason}",
           "It is tried again when its file has changed, or after a day.") for slide in status.set_aside),
        *((f"The slide {_named(slide)} cannot be shown: {slide.reason}", "It is passed over until its file is mended.")
          for slide in status.failed),
        (status.play_log.problem, ""),
        (status.server.problem, ""),
    ]
    said = tuple(f"{problem} {remedy}".rstrip() for problem, remedy in found if problem)
    return msgspec.structs.replace(status, problems=said)


def _named(slide: FailedSlide) -> str:
    return slide.id or slide.file
