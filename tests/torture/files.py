"""Pictures that are broken, made to do harm, or changed under the reader's hands."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests import pictures
from tests.torture.common import EACH, FILLING, Dose, Figures, ended, percentile, vitals, write_gallery
from tests.torture.hostile import write_hostile
from tests.torture.mutants import paint_seeds, write_mutants
from tests.torture.program import Stuck, Watched

if TYPE_CHECKING:
    from collections.abc import Callable


def mutants(folder: Path, dose: Dose) -> Figures:
    """Page through damaged pictures of every format."""
    seeds = paint_seeds(folder / "whole")
    write_mutants(seeds, folder / "broken", dose.mutants, dose.seed)
    return _page_through(folder / "broken", dose, dose.mutants, warm_up=dose.mutants // 2)


def hostile(folder: Path, dose: Dose) -> Figures:
    """Page twice through files made to do harm, each of which must come to what was foreseen."""
    (folder / "files").mkdir()
    files = dict(write_hostile(folder / "files"))
    manifest = write_gallery(folder / "gallery.json", sorted(files))
    wrong = []

    def judge(path: str, reason: str) -> None:
        foreseen = files[Path(path)]
        if foreseen != "either" and (foreseen == "shown") != (reason == ""):
            wrong.append(f"{Path(path).name!r}: {reason or 'shown'}")

    figures = _page_through(manifest, dose, 2 * len(files), warm_up=len(files), judge=judge)
    return {**figures, "files": len(files), "not as foreseen": sorted(set(wrong))}


def changing(folder: Path, dose: Dose) -> Figures:
    """Files that vanish, shrink, grow, are replaced or locked while they are being read, and come back."""
    dice = random.Random(dose.seed)
    names = [f"{number:03d}.jpg" for number in range(60)]
    whole = pictures.photo(folder / "whole.jpg.keep", (1600, 1200), format="JPEG").read_bytes()
    for name in names:
        (folder / name).write_bytes(whole)
    watched = Watched(write_gallery(folder / "gallery.json", [folder / name for name in names]), dose.options)
    before = watched.signs()
    seen = Counter[str]()
    for turn in range(dose.changes):
        path = folder / dice.choice(names)
        _meddle(path, whole, dice)
        watched.program.loader.forget(str(path))
        watched.program.session.go(names.index(path.name))
        _meddle(path, whole, dice)
        seen[watched.wait(dose.patience).reason or "shown"] += 1
        if turn == FILLING:
            before = watched.signs()
        if turn % 100 == 99:
            watched.rest(0.05)
    for name in names:
        _put(folder / name, whole)
    watched.program.loader.forget()
    came_back = 0
    for index in range(watched.count):
        watched.program.session.go(index)
        came_back += watched.wait(dose.patience).reason == ""
    return {**vitals(watched, before), "slides": dict(seen), "came back": f"{came_back} of {len(names)}",
            **ended(watched)}


def _page_through(source: Path, dose: Dose, slides: int, warm_up: int,
                  judge: Callable[[str, str], None] = lambda _path, _reason: None) -> Figures:
    """Page through `slides` slides; memory is compared from `warm_up` slides on, when the caches are full.

    `EACH` of the figures says of every file what came of it: the card's reason, or the pixels.
    """
    watched = Watched(source, dose.options)
    reasons, took, hangs, each = Counter[str](), list[float](), list[str](), dict[str, str]()
    before = watched.signs()
    for number in range(slides):
        if number == warm_up:
            before = watched.signs()
        try:
            seen = watched.wait(dose.patience) if number == 0 else watched.page(dose.patience)
        except Stuck as stuck:
            hangs.append(str(stuck))
            continue
        judge(seen.path, seen.reason)
        each[Path(seen.path).name] = seen.reason or watched.pixels()
        reasons[seen.reason or "shown"] += 1
        took.append(seen.took_ms)
    return {
        "slides": slides, "outcomes": dict(reasons.most_common()), "hangs": len(hangs), "stuck at": hangs[:9],
        "a slide, median ms": percentile(took, 0.5), "a slide, 99 % ms": percentile(took, 0.99),
        "a slide, longest ms": round(max(took), 1), **vitals(watched, before), **ended(watched), EACH: each,
    }


def _meddle(path: Path, whole: bytes, dice: random.Random) -> None:
    """Do something to a file that may be open."""
    match dice.randrange(8):
        case 0:
            path.unlink(missing_ok=True)
        case 1 if path.is_file():
            os.truncate(path, dice.randrange(len(whole)))
        case 2 if path.is_file():
            with path.open("ab") as file:
                file.write(whole[: dice.randrange(len(whole))])
        case 3:
            path.unlink(missing_ok=True)
            os.mkfifo(path)
        case 4:
            _put(path, b"")
        case 5:
            _put(path, dice.randbytes(5000))
        case _:
            _put(path, whole)


def _put(path: Path, data: bytes) -> None:
    """Replace a file as careful programs do: another file of that name, at once."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(data)
    fresh.replace(path)
