"""The command line as a process: arguments, exit status, standard output and error."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.imaging.worker.confined_processes import on_a_kernel_without
from tests.pictures import photo, truncated
from viewer.imaging.pool.sandbox_probe import sandbox_here
from viewer.imaging.protocol.failures import SENTENCES
from viewer.show_arguments import is_interval, overrides, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

LIFTOFF = (sys.executable, "-m", "viewer")
ROOT = Path(__file__).parents[1]
TIMEOUT = 60


def liftoff(*words: str | bytes, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    command: list[str | bytes] = [*LIFTOFF, *words]
    return subprocess.run(command, timeout=TIMEOUT, check=False, capture_output=True, text=True,
                          errors="surrogateescape", **{"cwd": ROOT, **how})


def refusal(*words: str | bytes, status: int = 2, **how: Any) -> str:
    """The one sentence with which the program says that it cannot do that."""
    done = liftoff(*words, **how)
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr.startswith("liftoff: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def manifest(folder: Path, *slides: dict[str, object], name: str = "gallery.json") -> Path:
    place = folder / name
    place.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}))
    return place


# -- what it says of itself ---------------------------------------------------------------------------------------


def test_help_names_every_flag() -> None:
    done = liftoff("--help")

    assert done.returncode == 0
    assert done.stderr == ""
    for flag in ("--fullscreen", "--slideshow", "--start", "--screen", "--transition", "--shuffle", "--lang",
                 "--require-sandbox", "--version", "liftoff check"):
        assert flag in done.stdout


def test_what_would_be_shown_at_a_time_is_said_without_decoding_anything(tmp_path: Path) -> None:
    place = manifest(tmp_path, {"file": "a.jpg", "title": "A", "valid": {"until": "2020-01-01"}})
    (tmp_path / "a.jpg").write_bytes(b"x")
    config = tmp_path / "kiosk.toml"
    config.write_text("hours.open = '10:00-11:00'\n")

    assert "A: It is not shown after 2020-01-01." in liftoff("check", str(place), "--at", "2026-12-24T18:00").stdout
    done = liftoff("check", str(place), "--at", "2026-12-24T18:00", "--config", str(config))
    assert (done.returncode, done.stderr) == (1, "")
    assert "The screen is closed then, until Friday 25 December 2026, 10:00: nothing is shown." in done.stdout
    assert refusal("check", str(place), "--at", "noon").endswith("give day and time, as in 2026-12-24T18:00.")
    assert refusal("check", str(place), "--config", str(config)).endswith("add --at TIME.")
    assert "no_such" in refusal("check", str(place), "--at", "2026-12-24T18:00", "--config", str(tmp_path / "no_such"))


def test_the_version_names_what_it_is_made_of_and_what_it_opens() -> None:
    done = liftoff("--version")

    assert done.returncode == 0
    assert done.stderr == ""
    for word in ("liftoff ", "Python ", "PySide6-Essentials ", "Pillow ", "formats: JPEG"):
        assert word in done.stdout
    assert "missing" not in done.stdout


on_linux = pytest.mark.skipif(sys.platform != "linux" or os.uname().machine not in ("x86_64", "aarch64"),
                              reason="elsewhere there is no sandbox")


def test_the_version_names_the_sandbox_that_is_really_in_force() -> None:
    sandbox = sandbox_here()

    assert sandbox is not None
    assert liftoff("--version").stdout.splitlines()[-1] == f"pictures are decoded in: {sandbox.summary()}"


@on_linux
def test_the_version_names_what_the_sandbox_lacks() -> None:
    command = on_a_kernel_without(444, error=errno.EOPNOTSUPP, command=[*LIFTOFF, "--version"])
    done = subprocess.run(command, timeout=TIMEOUT, check=False, capture_output=True, text=True, cwd=ROOT)

    assert done.returncode == 0
    assert "Landlock is lacking (it is switched off at boot)" in done.stdout


@on_linux
def test_without_all_of_a_sandbox_that_is_required_there_is_one_line_and_status_3() -> None:
    command = on_a_kernel_without(444, error=errno.ENOSYS, command=[*LIFTOFF, "--require-sandbox"])
    done = subprocess.run(command, timeout=TIMEOUT, check=False, capture_output=True, text=True, cwd=ROOT)

    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("liftoff: Pictures would not be decoded in a full sandbox")
    assert "the kernel is built without it" in done.stderr
    assert done.stderr.count("\n") == 1


@on_linux
def test_the_sandbox_can_be_required_in_the_options_too_and_nothing_is_decoded_before(home: Path) -> None:
    place = home / ".config" / "liftoff" / "liftoff.ini"
    place.parent.mkdir(parents=True)
    place.write_text("[decode]\nrequire-sandbox=true\n")
    command = on_a_kernel_without(444, error=errno.ENOSYS, command=LIFTOFF)
    done = subprocess.run(command, timeout=TIMEOUT, check=False, capture_output=True, text=True, cwd=ROOT)

    assert done.returncode == 3
    assert done.stderr.startswith("liftoff: Pictures would not be decoded in a full sandbox")
    assert done.stderr.count("\n") == 1
    assert not (home / ".cache" / "thumbnails").exists()


@pytest.mark.parametrize("words", [["--version"], ["check", "assets/expedition-56"], ["--start"], ["xy://z"]])
def test_what_needs_no_window_loads_no_qt(words: Sequence[str]) -> None:
    code = (
        "import sys; from viewer.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.startswith(('PySide6', 'PIL'))), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], timeout=TIMEOUT, check=True, capture_output=True,
                          text=True, cwd=ROOT)

    assert done.stderr.splitlines()[-1] == "[]"


# -- checking a gallery -------------------------------------------------------------------------------------------


def test_a_gallery_without_fault_has_status_0() -> None:
    done = liftoff("check", "assets/expedition-56/gallery.json")

    assert (done.returncode, done.stdout, done.stderr) == (0, "11 slides, 0 errors, 0 warnings\n", "")


def test_a_gallery_that_could_be_better_has_status_1(tmp_path: Path) -> None:
    photo(tmp_path / "a.jpg", (30, 20))
    done = liftoff("check", str(manifest(tmp_path, {"file": "a.jpg", "title": "A"})))

    assert done.returncode == 1
    assert done.stdout.startswith("warning: /slides/0/alt: ")
    assert done.stdout.endswith("1 slide, 0 errors, 1 warning\n")
    assert done.stderr == ""


def test_a_gallery_with_a_missing_picture_has_status_2(tmp_path: Path) -> None:
    done = liftoff("check", str(manifest(tmp_path, {"file": "gone.jpg", "alt": "Gone"})))

    assert done.returncode == 2
    assert "gone.jpg" in done.stdout
    assert "1 error" in done.stdout


def test_a_file_url_finds_a_folder_whose_name_is_not_utf_8(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"a\xff")
    folder.mkdir()
    place = manifest(folder, {"file": "gone.jpg"})

    assert "gone.jpg" in liftoff("check", place.as_uri()).stdout


def test_a_check_of_nothing_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    done = liftoff("check", str(tmp_path / "nowhere.json"))

    assert done.returncode == 2
    assert "nowhere.json cannot be opened: there is no such file" in done.stdout
    assert done.stderr == ""


def test_a_check_for_programs_is_json(tmp_path: Path) -> None:
    done = liftoff("check", "--json", str(manifest(tmp_path, {"file": "gone.jpg", "alt": "Gone"})))
    answer = json.loads(done.stdout)

    assert done.returncode == 2
    assert answer["slides"] == 1
    assert [(one["pointer"], one["severity"]) for one in answer["problems"]] == [("/slides/0/file", "error")]


def test_a_check_decodes_unless_it_is_to_be_fast(tmp_path: Path) -> None:
    place = manifest(tmp_path, {"file": "a.jpg", "alt": "A"}, {"file": "part.jpg", "alt": "A part"},
                     {"file": "text.png", "alt": "A text"})
    truncated(photo(tmp_path / "a.jpg", (300, 200)), tmp_path / "part.jpg", keep=0.5)
    (tmp_path / "text.png").write_text("no picture")
    done = liftoff("check", "--json", str(place))
    answer = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (2, "")
    assert [(one["pointer"], one["severity"], one["sentence"]) for one in answer["problems"]] == [
        ("/slides/1/file", "error", f"Slide 2 (part.jpg): {SENTENCES['damaged']}"),
        ("/slides/2/file", "error", f"Slide 3 (text.png): {SENTENCES['unknown-format']}")]
    assert liftoff("check", "--fast", str(place)).stdout == "3 slides, 0 errors, 0 warnings\n"


@pytest.mark.skipif(sys.platform != "linux", reason="asks for a terminal, and looks for processes as Linux shows them")
def test_a_check_says_on_a_terminal_how_far_it_has_come_and_is_ended_by_ctrl_c_at_once(tmp_path: Path) -> None:
    photo(tmp_path / "0.png", (1200, 800))
    for number in range(1, 2000):
        (tmp_path / f"{number}.png").hardlink_to(tmp_path / "0.png")
    terminal, of_program = os.openpty()
    with subprocess.Popen([*LIFTOFF, "check", str(tmp_path)], stdout=subprocess.PIPE, stderr=of_program, text=True,
                          cwd=ROOT) as process, os.fdopen(terminal, "rb", buffering=0) as said:
        os.close(of_program)
        seen = b""
        while not re.search(rb"Decoding the pictures: [1-9]\d* of 2000", seen) and process.poll() is None:
            seen += said.read(1000)
        workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(TIMEOUT) == 130
        assert time.monotonic() - began < 5  # and all of them would take a minute
        assert process.stdout is not None
        assert process.stdout.read() == ""
    assert workers
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_a_check_without_a_source_is_refused() -> None:
    assert "SOURCE" in refusal("check")


def test_a_check_of_an_address_is_refused() -> None:
    assert "address" in refusal("check", "https://example.org/gallery.json")


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    slides: list[dict[str, object]] = [{"file": f"{'a' * 200}{number}.jpg"} for number in range(2000)]
    place = manifest(tmp_path, *slides)
    with subprocess.Popen([*LIFTOFF, "check", str(place)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("error: ")
        process.stdout.close()

        assert process.stderr.read() == ""
        assert process.wait(TIMEOUT) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a disk that is always full")
def test_an_answer_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*LIFTOFF, "check", str(tmp_path)], timeout=TIMEOUT, check=False, stdout=full,
                              stderr=subprocess.PIPE, text=True, cwd=ROOT)

    assert done.returncode == 3
    assert done.stderr == "liftoff: The answer could not be written: No space left on device.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is text")
def test_names_that_are_no_text_are_checked_and_shown_all_the_same(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff\xfe"
    os.mkdir(folder)  # noqa: PTH102 - a Path has no name in bytes
    manifest(Path(os.fsdecode(folder)), {"file": "caf\N{LATIN SMALL LETTER E WITH ACUTE}.jpg", "alt": "x"})
    done = liftoff("check", folder + b"/gallery.json", env={**os.environ, "PYTHONIOENCODING": "ascii"})

    assert done.returncode == 2
    assert r"caf\xe9.jpg" in done.stdout
    assert done.stderr == ""


# -- what cannot work ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "says"), [
    (["--bogus"], "--bogus"),
    (["--full"], "--full"),  # no guessing of what was meant
    (["--transition", "wipe"], "crossfade"),
    (["--start"], "--start"),
    (["-s", "99999999"], "'99999999' is not a time"),
    (["-s", "-5"], "'-5' is not a time"),
    (["--slideshow", "5s"], "'5s' is not a time"),
    (["--slideshow=soon"], "'soon' is not a time"),
    (["http://example.org/a.jpg"], "is an address"),
    (["-s", "--", "https://example.org"], "is an address"),
    (["file://elsewhere/share/a.jpg"], "is an address"),
    (["file://[x/a.jpg"], "is an address"),
    ([""], "SOURCE is empty"),
    (["pictures", ""], "SOURCE is empty"),
    (["/nowhere"], "/nowhere cannot be opened"),
    (["-s", "/nowhere"], "/nowhere cannot be opened"),
    (["-fs", "/nowhere"], "/nowhere cannot be opened"),
    (["--shuffle", "/nowhere"], "/nowhere cannot be opened"),
    (["file:///no%20where"], "/no where cannot be opened"),
    (["a" * 300], "name is too long"),
    (["a" * 300, "b.jpg"], "name is too long"),
    (["--start", "12"], "'12'"),
    (["--start", "0"], "from 1 to 11"),
    (["--start", "nobody"], "from 1 to 11"),
    (["--start", "9" * 5000], "11 slides"),
    (["--screen", "HDMI-9"], "'HDMI-9'"),
    (["--screen", "7"], "'7'"),
])
def test_what_cannot_work_is_refused_in_one_line_and_without_a_window(words: list[str], says: str) -> None:
    assert says in refusal(*words)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_any_screen_there_is_one_line_and_status_3() -> None:
    nowhere = {name: value for name, value in os.environ.items()
               if name not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")}

    assert "There is no screen" in refusal(status=3, env=nowhere)
    assert "is an address" in refusal("http://example.org", env=nowhere)


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"qres, and no more")])
def test_without_its_resources_the_program_says_so_in_one_line(
    tmp_path: Path, damage: Callable[[Path], object],
) -> None:
    copied = shutil.copytree(ROOT / "viewer", tmp_path / "viewer")
    damage(copied / "resources.rcc")

    assert f"cannot be read from {copied / 'resources.rcc'}" in refusal(str(photo(tmp_path / "1.jpg")), cwd=tmp_path)


def test_a_start_that_is_refused_leaves_nothing_to_be_remembered(home: Path) -> None:
    refusal("--screen", "HDMI-9")
    refusal("/nowhere")

    assert [path for path in home.rglob("*") if path.is_file()] == []


# -- what the words mean ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "source", "interval"), [
    ([], [], None),
    (["-s"], [], "as-set"),
    (["-s", "8"], [], "8"),
    (["-s8"], [], "8"),
    (["-s", "2.5", "a.json"], ["a.json"], "2.5"),
    (["-s", "2,5", "a.json"], ["a.json"], "2,5"),
    (["-s", "auto", "a.json"], ["a.json"], "auto"),
    (["-s", "0"], [], "0"),
    (["-s", "a.json"], ["a.json"], "as-set"),
    (["-s", "1.jpg", "2.jpg"], ["1.jpg", "2.jpg"], "as-set"),
    (["-fs", "a.json"], ["a.json"], "as-set"),
    (["-fs", "8", "a.json"], ["a.json"], "8"),
    (["--slideshow", "a.json"], ["a.json"], "as-set"),
    (["--slideshow", "-f", "a.json"], ["a.json"], "as-set"),
    (["a.json", "-s"], ["a.json"], "as-set"),
    (["a.json", "-s", "-f", "b.json"], ["a.json", "b.json"], "as-set"),
    (["--", "-s", "8"], ["-s", "8"], None),
])
def test_a_slideshow_takes_a_time_and_never_the_source(
    words: list[str], source: list[str], interval: str | None,
) -> None:
    asked = parse(words)

    assert (asked.source, asked.slideshow) == (source, interval)


def test_shuffle_takes_a_seed_and_never_the_source() -> None:
    for words, source, seed in (
        (["--shuffle", "a.json"], ["a.json"], "as-set"), (["--shuffle", "7", "a.json"], ["a.json"], "7"),
        (["--shuffle=seven"], [], "seven"), (["a.json", "--shuffle"], ["a.json"], "as-set"),
    ):
        asked = parse(words)
        assert (asked.source, asked.shuffle) == (source, seed)
        assert overrides(asked) == {"show/shuffle": True}


def test_only_what_was_said_overrides_the_options() -> None:
    assert overrides(parse([])) == {}
    assert overrides(parse(["-s"])) == {}
    assert overrides(parse(["--require-sandbox"])) == {"decode/require-sandbox": True}
    assert overrides(parse(["-s", "8", "--lang", "ru", "--transition", "cut"])) == {
        "show/interval": "8", "caption/language": "ru", "show/transition": "cut",
    }


@pytest.mark.parametrize(("word", "fits"), [
    ("8", True), ("0", True), ("0.5", True), ("0,5", True), ("86400", True), ("auto", True), ("86401", False),
    ("-1", False), ("nan", False), ("inf", False), ("", False), ("Auto", False), ("8 s", False),
])
def test_a_time_is_auto_or_seconds_of_at_most_a_day(word: str, fits: bool) -> None:
    assert is_interval(word) is fits


# -- a window, seen from outside ----------------------------------------------------------------------------------


class Running:
    """The program with a window. `works` says that its event loop runs: it has drawn and saved a thumbnail."""

    def __init__(self, qtbot: QtBot, home: Path, words: Sequence[str], command: Sequence[str] = LIFTOFF) -> None:
        self._qtbot = qtbot
        self._thumbnails = home / ".cache" / "thumbnails"
        self.process = subprocess.Popen([*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        cwd=ROOT)

    def works(self) -> bool:
        assert self.process.poll() is None, "the program has ended by itself"
        return any(self._thumbnails.rglob("*.png"))

    def until_it_works(self) -> None:
        self._qtbot.waitUntil(self.works, timeout=TIMEOUT * 1000)

    def workers(self) -> set[int]:
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return {int(pid) for children in tasks for pid in children.read_text().split()}

    def ends(self) -> tuple[int, str]:
        """Its exit status, and all it said."""
        said, complained = self.process.communicate(timeout=TIMEOUT)
        return self.process.returncode, said + complained


@pytest.fixture
def running(qtbot: QtBot, home: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def start(*words: str, command: Sequence[str] = LIFTOFF) -> Running:
        started.append(Running(qtbot, home, words, command))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.mark.story
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_closes_the_window_in_order(
    running: Callable[..., Running], qtbot: QtBot, home: Path, name: str,
) -> None:
    program = running()
    program.until_it_works()
    workers = program.workers()
    assert workers
    program.process.send_signal(signal.Signals[name])

    assert program.ends() == (0, "")
    qtbot.waitUntil(lambda: not any(map(is_alive, workers)))
    assert (home / ".config" / "liftoff" / "liftoff.ini").exists(), "the window's place is remembered"


@pytest.mark.story
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_two_signals_at_once_are_as_good_as_one(running: Callable[..., Running]) -> None:
    program = running("-s", "1")
    program.until_it_works()
    for name in ("SIGSTOP", "SIGINT", "SIGTERM", "SIGCONT"):  # stopped meanwhile, it gets both at once
        program.process.send_signal(signal.Signals[name])

    assert program.ends() == (0, "")


@pytest.mark.story
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_a_terminal_that_closes_does_not_close_a_window_that_was_started_with_nohup(
    running: Callable[..., Running],
) -> None:
    program = running(command=("sh", "-c", 'trap "" HUP; exec "$0" "$@"', *LIFTOFF))
    program.until_it_works()
    status = Path(f"/proc/{program.process.pid}/status").read_text().splitlines()
    ignored = next(line.split()[1] for line in status if line.startswith("SigIgn:"))
    assert int(ignored, 16) & 1 << (signal.SIGHUP - 1)

    program.process.send_signal(signal.SIGTERM)
    assert program.ends() == (0, "")


@pytest.mark.story
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is text")
def test_odd_names_are_shown_and_nothing_is_said_about_them(
    running: Callable[..., Running], tmp_path: Path,
) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/check \xff"))
    folder.mkdir()
    photo(folder / "1.jpg", (800, 600))
    program = running(str(folder / "1.jpg"), "--lang", "ru", "--start", "1", "--transition", "cut")
    program.until_it_works()
    program.process.send_signal(signal.SIGTERM)

    assert program.ends() == (0, "")


@pytest.mark.story
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_a_file_called_check_is_shown_when_it_is_named_with_its_folder(
    running: Callable[..., Running], tmp_path: Path,
) -> None:
    photo(tmp_path / "1.jpg", (800, 600))
    manifest(tmp_path, {"file": "1.jpg", "alt": "A picture"}, name="check")
    program = running(f"{tmp_path}/./check")
    program.until_it_works()
    program.process.send_signal(signal.SIGTERM)

    assert program.ends() == (0, "")
