"""Describes all pictures of a gallery, for the commands that write down what is known of them, with progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from viewer.imaging.pool.file_survey import FileSurvey, NoWorkerError
from viewer.imaging.pool.sandbox_probe import NO_WORKER, refusal_without_sandbox
from viewer.startup.early_options import sandbox_is_required
from viewer.startup.terminal_progress import TerminalProgress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.gallery.model import Gallery, Text


class Descriptions(NamedTuple):
    """The words found for each picture that can be shown, and for all others why they cannot, both by their paths."""

    words: dict[str, Mapping[str, Text]]
    failures: dict[str, str]


def describe_all(gallery: Gallery) -> Descriptions | str:
    """What is known of the pictures of `gallery`, and of the files beside them; else why none can be read at all."""
    strict = sandbox_is_required()
    if strict and (sentence := refusal_without_sandbox()):
        return sentence
    paths = [gallery.path_str(slide) for slide in gallery.slides]
    try:
        with TerminalProgress("Reading the pictures", len(paths)) as progress:
            survey = FileSurvey(gallery, progress.say, strict=strict, kind="texts")
            failures = survey.run(paths)
    except NoWorkerError:
        return NO_WORKER
    return Descriptions({path: described.texts for path, described in survey.described.items()},
                        {path: failure.sentence for path, failure in failures.items()})
