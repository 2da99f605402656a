"""A status with everything in it, some of it hostile."""

from __future__ import annotations

from typing import Final

from viewer.kiosk import status as parts
from viewer.kiosk.status_problems import with_problems

HOSTILE: Final = '<script>alert("x")</script> \\ "quoted"\nline two\u202e'

FULL: Final = with_problems(parts.Status(
    version="1.2.3", pid=4711, entry=1, written="2026-11-27T10:00:00.000Z", restarts=2, state="playing",
    gallery=parts.GalleryStatus("/g/gallery.json", HOSTILE, "ab" * 32, 11, "2026-11-27T09:00:00.000Z"),
    slide=parts.SlideStatus(3, "slide-3", "3.jpg", HOSTILE),
    failed=(parts.FailedSlide("slide-4", "4.jpg", "The file is not there."),),
    set_aside=(parts.FailedSlide("slide-5", "5.jpg", "It ended the show three times."),),
    pixels=parts.PixelStatus(True, "2026-11-27T10:00:00.000Z", 9, 1), play_log=parts.PlayLogStatus(12),
    awake=parts.AwakeStatus(True, ("the desktop", "logind")),
    screens=(parts.ScreenStatus("HDMI-1", HOSTILE, "", 3840, 2160, 2.0, True),
             parts.ScreenStatus("HDMI-2", "Panel", "S1", 1920, 1080, 1.0, False)),
    memory=parts.MemoryStatus(150_000_000, 60_000_000, 2), sandbox=parts.SandboxStatus(True, "Landlock 6, seccomp"),
    server=parts.ServerStatus("http://127.0.0.1:8080/"),
))


def snapshot(*, due_ms: int | None = 10_000, taken_ms: int = 5000) -> parts.Snapshot:
    """That status, of a show that began at 1000 and has painted a slide at 4000."""
    return parts.Snapshot(FULL, taken_ms, 1000, 4000, due_ms)
