"""Decodes all pictures of a gallery, for the commands that check one, with progress on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.imaging.pool.file_survey import FileSurvey, NoWorkerError
from viewer.imaging.pool.sandbox_probe import NO_WORKER, refusal_without_sandbox
from viewer.startup.early_options import sandbox_is_required
from viewer.startup.terminal_progress import TerminalProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.gallery.model import Gallery


def decode_all(gallery: Gallery, paths: Sequence[str]) -> dict[str, str] | str:
    """The sentences for those of `paths` that cannot be shown, or why no picture can be decoded."""
    strict = sandbox_is_required()
    if strict and (sentence := refusal_without_sandbox()):
        return sentence
    try:
        with TerminalProgress("Decoding the pictures", len(paths)) as progress:
            failures = FileSurvey(gallery, progress.say, strict=strict).run(paths)
    except NoWorkerError:
        return NO_WORKER
    return {path: failure.sentence for path, failure in failures.items()}
