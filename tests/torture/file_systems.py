"""Parts with file system trouble: hanging shares, a full disk, a shared cache, huge and broken folders."""

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
from tests.torture.common import Figures, Workload, closing_figures, state_figures, using_workers, write_gallery
from tests.torture.driver import SMALL, Driver
from tests.torture.process_state import ProcessState
from viewer.gallery import files as gallery_files

if TYPE_CHECKING:
    from collections.abc import Mapping

DEADLINE_SECONDS: Final = 3
"""Long enough for a picture on a busy machine; each hanging picture costs as much."""

_PLAYING_SECONDS: Final = 4
_RIGHT, _END = Qt.Key.Key_Right, Qt.Key.Key_End


def shares(folder: Path, workload: Workload) -> Figures:
    """Page past pictures that hang when they are opened or read, and open a manifest that hangs."""
    count = max(5, min(40, workload.changes // 20))
    names = [folder / f"{'share-' if number % 4 == 1 else ''}{number:02d}.jpg" for number in range(count)]
    for number, path in enumerate(names):
        pictures.photo(path, (450, 300), seed=number)
        if "share" in path.name:  # a mark for a worker that hangs on reading
            path.write_bytes(path.read_bytes()[:4] + b"share" + path.read_bytes()[9:])
    script = Path(__file__).with_name("hanging_worker.py")
    seen, slowest_good = Counter[str](), 0.0
    driver, before = None, None
    for where in ("open", "read"):
        if driver is not None:
            driver.close()
        with using_workers((sys.executable, "-I", str(script), where, "/share-")):
            driver = Driver(write_gallery(folder / "gallery.json", names),
                              {**SMALL, "decode/deadline-s": DEADLINE_SECONDS})
            before = driver.state()
            for index in range(count):
                driver.program.session.go(index)
                one = driver.wait(workload.timeout)
                seen[f"{where}: {one.reason or 'shown'}"] += 1
                if not one.reason:
                    slowest_good = max(slowest_good, one.took_ms)
    assert driver is not None
    assert before is not None
    answered = _open_what_hangs(driver, folder, workload)
    return {**state_figures(driver, before), "slides": dict(seen), "slowest good picture, ms": round(slowest_good),
            "unexpected": [] if answered else ["the window waited for a manifest that hangs"],
            **closing_figures(driver)}


def _open_what_hangs(driver: Driver, folder: Path, workload: Workload) -> bool:
    """Whether another gallery opens while the reading of a manifest hangs in its thread."""
    sound, gone, real = folder / "sound.json", threading.Event(), gallery_files.open_regular
    hanging, opened = write_gallery(folder / "hanging.json", [folder / "00.jpg"]), list[object]()
    write_gallery(sound, [folder / "00.jpg", folder / "02.jpg"])

    def open_regular(path: Path) -> Any:
        if path == hanging:
            gone.wait()
        return real(path)

    gallery_files.open_regular = open_regular
    try:
        driver.program.gallery_watcher.opened.connect(lambda gallery: opened.append(gallery))
        driver.program.gallery_watcher.open(hanging)
        driver.run_for(0.2)
        driver.press(_RIGHT)
        driver.program.gallery_watcher.open(sound)
        return driver.run_for(workload.timeout, lambda: bool(opened)) and driver.count == 2
    finally:
        gallery_files.open_regular = real
        gone.set()


def full_disk(folder: Path, workload: Workload) -> Figures:
    """Fill the disk with the thumbnails, the settings and the manifest, edit a caption, and check the files."""
    if os.environ.get("LIFTOFF_SMALL_DISK") is None:
        return _on_a_small_disk(folder, workload)
    disk = Path(os.environ["LIFTOFF_SMALL_DISK"])
    for number in range(12):
        pictures.photo(disk / f"{number:02d}.jpg", (300, 200), seed=number)
    manifest = write_gallery(disk / "gallery.json", sorted(disk.glob("*.jpg")))
    driver = Driver(manifest, workload.options)
    driver.wait(workload.timeout)
    whole = manifest.read_bytes()
    with (disk / "ballast").open("wb") as ballast:
        for size in (1 << 20, 4096):
            with suppress(OSError):
                while os.write(ballast.fileno(), b"b" * size) == size:
                    continue
    before = driver.state()
    for _ in range(12):
        driver.page(workload.timeout)
    driver.program.settings.set("caption/scale", 140)
    driver.program.writer.done(10_000)
    from viewer.gallery.editing import save_texts
    from viewer.gallery.model import GalleryError, own_texts

    gallery, said = driver.program.session.gallery, ""
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
    if driver.program.settings.number("caption/scale") != 140:
        wrong.append("the option is forgotten in this run")
    return {**state_figures(driver, before), "said": said.rpartition("/")[2], "unexpected": wrong,
            **closing_figures(driver)}


def _on_a_small_disk(folder: Path, workload: Workload) -> Figures:
    """Run `full_disk` in a process with a tmpfs of 24 MB in a mount namespace of its own."""
    import json

    disk, figures = folder / "disk", folder / "inner.json"
    disk.mkdir()
    inner = (
        "import json, sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from tests.torture.common import Workload; from tests.torture.file_systems import full_disk\n"
        f"found = full_disk(Path({str(disk)!r}), Workload(*{tuple(workload)!r}))\n"
        f"Path({str(figures)!r}).write_text(json.dumps(found))\n"
    )
    command = ["unshare", "-m", "sh", "-c",
               f"mount -t tmpfs -o size=24m tmpfs '{disk}' && exec '{sys.executable}' -c \"$0\"", inner]
    environment = {**os.environ, "LIFTOFF_SMALL_DISK": str(disk), "HOME": str(disk), "XDG_CACHE_HOME": str(disk / "c"),
                   "XDG_CONFIG_HOME": str(disk / "o"), "QT_QPA_PLATFORM": "offscreen"}
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-m", "true"], check=False).returncode:
        return {"unexpected": [], "left out": "nothing may be mounted here"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    if not figures.exists():
        return {"unexpected": [f"exit {done.returncode}: {done.stderr[-800:]}"]}
    found: Figures = json.loads(figures.read_text())
    return found


def two_at_once(folder: Path, workload: Workload) -> Figures:
    """Two programs with one folder and one thumbnail cache, which both fill at the same time."""
    count = max(12, min(200, workload.changes // 5))
    (folder / "pictures").mkdir()
    for number in range(count):
        pictures.photo(folder / "pictures" / f"{number:03d}.jpg", (640, 427), seed=number)
    script = (
        "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from tests.torture.driver import Driver\n"
        "w = Driver(Path(sys.argv[1]))\n"
        "w.wait(60)\n"
        "bad = sum(w.page(60).reason != '' for _ in range(w.count))\n"
        "made = Path(sys.argv[2])\n"
        "w.run_for(60, lambda: sum(1 for _ in made.rglob('*.png')) >= w.count)\n"
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
    return {"pictures": count, "thumbnails": len(thumbnails), "unexpected": wrong}


def huge_folder(folder: Path, workload: Workload) -> Figures:
    """Open a folder of very many files, hard links to a few."""
    count = max(2000, workload.slides)
    (folder / "pictures").mkdir()
    different = [pictures.photo(folder / f"{number}.jpg", (600, 400), seed=number) for number in range(10)]
    for number in range(count):
        (folder / "pictures" / f"IMG_{number:06d}.jpg").hardlink_to(different[number % 10])
    small = write_gallery(folder / "small.json", different)
    driver = Driver(small, workload.options)
    driver.wait(workload.timeout)
    before = driver.state()
    driver.latency.start()
    began = time.perf_counter()
    driver.program.gallery_watcher.open(folder / "pictures")
    driver.run_for(workload.timeout, lambda: driver.count == count)
    driver.wait(workload.timeout)
    took = time.perf_counter() - began
    driver.press(_END)
    last = driver.wait(workload.timeout)
    wrong = [] if driver.count == count and not last.reason else [f"{driver.count} slides, the last {last}"]
    return {"files": count, "until the first picture, ms": round(took * 1000), "unexpected": wrong,
            "event loop, longest gap ms": driver.latency.longest_ms,
            "memory growth of so many, MiB": round((ProcessState.measured().anonymous - before.anonymous) / 2**20, 1),
            **closing_figures(driver)}


def all_bad(folder: Path, workload: Workload) -> Figures:
    """Play a folder of broken files only: slowly, each logged once, and a repaired one is noticed."""
    import logging

    count = max(6, min(30, workload.changes // 30))
    (folder / "pictures").mkdir()
    paths = [folder / "pictures" / f"{number:02d}.jpg" for number in range(count)]
    for path in paths:
        path.write_bytes(b"\xff\xd8\xff\xe0 no picture at all")
    logged = list[str]()

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    recorder = Recorder()
    logging.getLogger("liftoff.imaging").addHandler(recorder)
    options: Mapping[str, Any] = {**workload.options, "show/interval": "1"}
    driver = Driver(folder / "pictures", options)
    reasons = Counter(driver.wait(workload.timeout).reason for _ in range(1))
    for _ in range(2 * count):
        reasons[driver.page(workload.timeout).reason or "shown"] += 1
    moves = list[int]()
    driver.program.session.moved.connect(lambda index: moves.append(index))
    before = driver.state()
    driver.program.player.play()
    driver.run_for(_PLAYING_SECONDS)
    driver.program.player.stop()
    one = driver.program.session.index
    pictures.photo(folder / "fresh.jpg", (600, 400)).replace(paths[one])
    came_back = driver.run_for(workload.timeout, lambda: (seen := driver.outcome()) is not None and not seen.reason)
    logging.getLogger("liftoff.imaging").removeHandler(recorder)
    lines = Counter(line for line in logged if "damaged" in line)
    wrong = [] if came_back else ["a repaired picture was not noticed"]
    if len(moves) > 1 + _PLAYING_SECONDS // 2:
        wrong.append(f"{len(moves)} slides in {_PLAYING_SECONDS} seconds")
    if len(lines) > count or any(times > 1 for times in lines.values()):
        wrong.append(f"logged more than once: {lines.most_common(2)}")
    return {**state_figures(driver, before), "slides": dict(reasons), "slides, playing": len(moves),
            "lines in the log": len(lines), "unexpected": wrong, **closing_figures(driver)}


def _leftovers(disk: Path) -> list[str]:
    """Temporary and incomplete files that were not removed."""
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
