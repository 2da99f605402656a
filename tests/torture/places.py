"""Places that let a program down: shares that hang, disks that are full, caches that others write to, huge folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt

from tests import pictures
from tests.torture.common import Dose, Figures, ended, vitals, workers_by, write_gallery
from tests.torture.program import SMALL, Watched
from tests.torture.signs import Signs
from viewer.gallery import files as gallery_files

if TYPE_CHECKING:
    from collections.abc import Mapping

DEADLINE_SECONDS: Final = 3
"""Enough for a picture on a machine that does much else, and what each picture costs that hangs."""

_PLAYING_SECONDS: Final = 4
_RIGHT, _END = Qt.Key.Key_Right, Qt.Key.Key_End


def shares(folder: Path, dose: Dose) -> Figures:
    """Page past pictures on a share that hangs when they are opened or read, and open a manifest on it."""
    count = max(5, min(40, dose.changes // 20))
    names = [folder / f"{'share-' if number % 4 == 1 else ''}{number:02d}.jpg" for number in range(count)]
    for number, path in enumerate(names):
        pictures.photo(path, (450, 300), seed=number)
        if "share" in path.name:  # begins like no other, for a worker that can only read
            path.write_bytes(path.read_bytes()[:4] + b"share" + path.read_bytes()[9:])
    script = Path(__file__).with_name("hanging.py")
    seen, slowest_good = Counter[str](), 0.0
    watched, before = None, None
    for where in ("open", "read"):
        if watched is not None:
            watched.close()
        with workers_by((sys.executable, "-I", str(script), where, "/share-")):
            watched = Watched(write_gallery(folder / "gallery.json", names),
                              {**SMALL, "decode/deadline-s": DEADLINE_SECONDS})
            before = watched.signs()
            for index in range(count):
                watched.program.session.go(index)
                one = watched.wait(dose.patience)
                seen[f"{where}: {one.reason or 'shown'}"] += 1
                if not one.reason:
                    slowest_good = max(slowest_good, one.took_ms)
    assert watched is not None
    assert before is not None
    answered = _open_what_hangs(watched, folder, dose)
    return {**vitals(watched, before), "slides": dict(seen), "slowest good picture, ms": round(slowest_good),
            "not as foreseen": [] if answered else ["the window waited for a manifest that hangs"], **ended(watched)}


def _open_what_hangs(watched: Watched, folder: Path, dose: Dose) -> bool:
    """Whether another gallery opens while a manifest hangs in the thread that reads it."""
    sound, gone, real = folder / "sound.json", threading.Event(), gallery_files.open_regular
    hanging, opened = write_gallery(folder / "hanging.json", [folder / "00.jpg"]), list[object]()
    write_gallery(sound, [folder / "00.jpg", folder / "02.jpg"])

    def open_regular(path: Path) -> Any:
        if path == hanging:
            gone.wait()
        return real(path)

    gallery_files.open_regular = open_regular
    try:
        watched.program.gallery_watcher.opened.connect(lambda gallery: opened.append(gallery))
        watched.program.gallery_watcher.open(hanging)
        watched.rest(0.2)
        watched.press(_RIGHT)
        watched.program.gallery_watcher.open(sound)
        return watched.rest(dose.patience, lambda: bool(opened)) and watched.count == 2
    finally:
        gallery_files.open_regular = real
        gone.set()


def full_disk(folder: Path, dose: Dose) -> Figures:
    """Fill the disk that thumbnails, settings and the manifest lie on, edit a caption, and look at what is left."""
    if os.environ.get("LIFTOFF_TINY_DISK") is None:
        return _on_a_tiny_disk(folder, dose)
    disk = Path(os.environ["LIFTOFF_TINY_DISK"])
    for number in range(12):
        pictures.photo(disk / f"{number:02d}.jpg", (300, 200), seed=number)
    manifest = write_gallery(disk / "gallery.json", sorted(disk.glob("*.jpg")))
    watched = Watched(manifest, dose.options)
    watched.wait(dose.patience)
    whole = manifest.read_bytes()
    with (disk / "ballast").open("wb") as ballast:
        for size in (1 << 20, 4096):
            with suppress(OSError):
                while os.write(ballast.fileno(), b"b" * size) == size:
                    continue
    before = watched.signs()
    for _ in range(12):
        watched.page(dose.patience)
    watched.program.settings.set("caption/scale", 140)
    watched.program.writer.done(10_000)
    from viewer.gallery.editing import save_texts
    from viewer.gallery.model import GalleryError
    from viewer.gallery.slide_texts import own_texts

    gallery, said = watched.program.session.gallery, ""
    try:
        save_texts(gallery, 0, "", own_texts(gallery.slides[0], "")._replace(caption="words " * 20_000))
    except GalleryError as error:
        said = str(error)
    wrong = []
    if "the disk is full" not in said:
        wrong.append(f"saving said {said!r}")
    if manifest.read_bytes() != whole:
        wrong.append("the manifest is another one")
    if left := _leftovers(disk):
        wrong.append(f"left over: {left}")
    if watched.program.settings.number("caption/scale") != 140:
        wrong.append("the option is forgotten in this run")
    return {**vitals(watched, before), "said": said.rpartition("/")[2], "not as foreseen": wrong, **ended(watched)}


def _on_a_tiny_disk(folder: Path, dose: Dose) -> Figures:
    """The same in a process of its own, whose home and pictures lie on 24 MB that nobody else sees."""
    import json

    disk, figures = folder / "disk", folder / "inner.json"
    disk.mkdir()
    inner = (
        "import json, sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from tests.torture.common import Dose; from tests.torture.places import full_disk\n"
        f"Path({str(figures)!r}).write_text(json.dumps(full_disk(Path({str(disk)!r}), Dose(*{tuple(dose)!r}))))\n"
    )
    command = ["unshare", "-m", "sh", "-c",
               f"mount -t tmpfs -o size=24m tmpfs '{disk}' && exec '{sys.executable}' -c \"$0\"", inner]
    environment = {**os.environ, "LIFTOFF_TINY_DISK": str(disk), "HOME": str(disk), "XDG_CACHE_HOME": str(disk / "c"),
                   "XDG_CONFIG_HOME": str(disk / "o"), "QT_QPA_PLATFORM": "offscreen"}
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-m", "true"], check=False).returncode:
        return {"not as foreseen": [], "left out": "nothing may be mounted here"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    if not figures.exists():
        return {"not as foreseen": [f"exit {done.returncode}: {done.stderr[-800:]}"]}
    found: Figures = json.loads(figures.read_text())
    return found


def two_at_once(folder: Path, dose: Dose) -> Figures:
    """Two programs over one folder, with one cache of thumbnails: both make them all at the same time."""
    count = max(12, min(200, dose.changes // 5))
    (folder / "pictures").mkdir()
    for number in range(count):
        pictures.photo(folder / "pictures" / f"{number:03d}.jpg", (640, 427), seed=number)
    script = (
        "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from tests.torture.program import Watched\n"
        "w = Watched(Path(sys.argv[1]))\n"
        "w.wait(60)\n"
        "bad = sum(w.page(60).reason != '' for _ in range(w.count))\n"
        "made = Path(sys.argv[2])\n"
        "w.rest(60, lambda: sum(1 for _ in made.rglob('*.png')) >= w.count)\n"
        "w.program.writer.done(20000)\n"
        "w.close()\n"
        "sys.exit(bool(bad))\n"
    )
    cache = folder / "cache"
    (cache / "thumbnails").mkdir(parents=True)
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "QT_QPA_PLATFORM": "offscreen"}
    both = [subprocess.Popen([sys.executable, "-c", script, str(folder / "pictures"), str(cache / "thumbnails")],
                             env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    wrong = []
    for one in both:
        _, said = one.communicate(timeout=600)
        if one.returncode:
            wrong.append(f"exit {one.returncode}: {said[-400:]}")
    thumbnails = [path for path in (cache / "thumbnails").rglob("*") if path.is_file()]
    wrong += [f"not whole: {path.name}" for path in thumbnails if path.suffix == ".png" and not _is_whole(path)]
    if left := [path.name for path in thumbnails if path.suffix != ".png"]:
        wrong.append(f"left over: {left[:5]}")
    return {"pictures": count, "thumbnails": len(thumbnails), "not as foreseen": wrong}


def huge_folder(folder: Path, dose: Dose) -> Figures:
    """Open a folder of very many files, of which most are links to few."""
    count = max(2000, dose.slides)
    (folder / "pictures").mkdir()
    different = [pictures.photo(folder / f"{number}.jpg", (600, 400), seed=number) for number in range(10)]
    for number in range(count):
        (folder / "pictures" / f"IMG_{number:06d}.jpg").hardlink_to(different[number % 10])
    small = write_gallery(folder / "small.json", different)
    watched = Watched(small, dose.options)
    watched.wait(dose.patience)
    before = watched.signs()
    watched.pulse.start()
    began = time.perf_counter()
    watched.program.gallery_watcher.open(folder / "pictures")
    watched.rest(dose.patience, lambda: watched.count == count)
    watched.wait(dose.patience)
    took = time.perf_counter() - began
    watched.press(_END)
    last = watched.wait(dose.patience)
    wrong = [] if watched.count == count and not last.reason else [f"{watched.count} slides, the last {last}"]
    return {"files": count, "until the first picture, ms": round(took * 1000), "not as foreseen": wrong,
            "event loop, longest gap ms": watched.pulse.longest_ms,
            "memory growth of so many, MiB": round((Signs.taken().anonymous - before.anonymous) / 2**20, 1),
            **ended(watched)}


def all_bad(folder: Path, dose: Dose) -> Figures:
    """A folder of nothing but broken files plays calmly; each is logged once; what is put right is found."""
    import logging

    count = max(6, min(30, dose.changes // 30))
    (folder / "pictures").mkdir()
    paths = [folder / "pictures" / f"{number:02d}.jpg" for number in range(count)]
    for path in paths:
        path.write_bytes(b"\xff\xd8\xff\xe0 no picture at all")
    logged = list[str]()

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    ear = Ear()
    logging.getLogger("liftoff.imaging").addHandler(ear)
    options: Mapping[str, Any] = {**dose.options, "show/interval": "1"}
    watched = Watched(folder / "pictures", options)
    reasons = Counter(watched.wait(dose.patience).reason for _ in range(1))
    for _ in range(2 * count):
        reasons[watched.page(dose.patience).reason or "shown"] += 1
    moves = list[int]()
    watched.program.session.moved.connect(lambda index: moves.append(index))
    before = watched.signs()
    watched.program.player.play()
    watched.rest(_PLAYING_SECONDS)
    watched.program.player.stop()
    one = watched.program.session.index
    pictures.photo(folder / "fresh.jpg", (600, 400)).replace(paths[one])
    came_back = watched.rest(dose.patience, lambda: (seen := watched.outcome()) is not None and not seen.reason)
    logging.getLogger("liftoff.imaging").removeHandler(ear)
    lines = Counter(line for line in logged if "damaged" in line)
    wrong = [] if came_back else ["a picture that was put right was not found"]
    if len(moves) > 1 + _PLAYING_SECONDS // 2:
        wrong.append(f"{len(moves)} slides in {_PLAYING_SECONDS} seconds")
    if len(lines) > count or any(times > 1 for times in lines.values()):
        wrong.append(f"logged more than once: {lines.most_common(2)}")
    return {**vitals(watched, before), "slides": dict(reasons), "slides, playing": len(moves),
            "lines in the log": len(lines), "not as foreseen": wrong, **ended(watched)}


def _leftovers(disk: Path) -> list[str]:
    """Files that were begun and neither finished nor taken away."""
    return [path.name for path in disk.rglob("*") if path.is_file() and (
        path.suffix in (".tmp", ".lock") or path.name.startswith(".") or path.stat().st_size == 0)]


def _is_whole(path: Path) -> bool:
    from PIL import Image

    try:
        with Image.open(path) as image:
            image.load()
    except (OSError, SyntaxError):
        return False
    return True
