"""The whole kiosk as processes on a desktop: what is killed comes back, and what is ended leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.kiosk_processes import PATIENCE_S, ROOT, Kiosk
from tests.needs import need
from tests.processes import wait_until_gone
from tests.stories.wayland import WaylandDesktop, missing_tools
from tests.x_server import x_server
from viewer.locations import kiosk_screen_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.story

SLIDES = ("slide-1", "slide-2", "slide-3")


@pytest.fixture
def kiosk(home: Path, manifest: Callable[..., Path]) -> Iterator[Callable[..., Kiosk]]:
    """Start a kiosk, of three slides where no other words are given."""
    made: list[Kiosk] = []

    def begin(*words: str, **how: Any) -> Kiosk:
        made.append(Kiosk(home, *(words or [str(manifest([1, 2, 3]))]), **how))
        return made[-1]

    yield begin
    for one in made:
        one.close()


@pytest.fixture
def display() -> Iterator[str]:
    with x_server() as made:
        yield made


def test_a_show_that_is_killed_is_back_within_ten_seconds_and_its_workers_are_gone(
    kiosk: Callable[..., Kiosk], display: str,
) -> None:
    one = kiosk(DISPLAY=display)
    one.sees("slide-2")
    supervisor, show, *workers = one.processes

    began = time.monotonic()
    os.kill(show, signal.SIGKILL)
    back = one.sees(*SLIDES)
    took = time.monotonic() - began

    assert took <= 10
    assert back in ("slide-2", "slide-3")  # the same one, or the next
    assert one.supervisor.pid == supervisor
    assert show not in one.processes
    wait_until_gone(workers)
    status, said = one.end()
    assert status == 0
    assert said == ("liftoff: The show was ended by signal 9 (SIGKILL), as by the system when memory runs out. "
                    "It is started again.\n")


def test_a_show_that_is_asked_to_end_by_anybody_but_its_supervisor_is_started_again(
    kiosk: Callable[..., Kiosk], display: str,
) -> None:
    """As what frees memory asks it (earlyoom), and it must not stay dark for that."""
    one = kiosk(DISPLAY=display)
    one.sees("slide-2")
    show = one.show

    os.kill(show, signal.SIGTERM)
    wait_until_gone([show])
    one.sees(*SLIDES)

    status, said = one.end()
    assert status == 0
    assert said == ("liftoff: The show was ended by signal 15 (SIGTERM), which somebody has sent. "
                    "It is started again.\n")


def test_a_show_that_no_longer_goes_on_is_ended_and_says_where_it_was(
    kiosk: Callable[..., Kiosk], manifest: Callable[..., Path], display: str, tmp_path: Path,
) -> None:
    (tmp_path / "kiosk.toml").write_text('[options]\n"decode/deadline-s" = 2')  # not to wait for long
    one = kiosk("--config", str(tmp_path / "kiosk.toml"), str(manifest([1, 2, 3])), program="tests.stories.stuck_show",
                DISPLAY=display)
    one.sees("slide-2")
    stuck = one.show
    one.sees("slide-2")  # once more, for the second time

    assert one.show != stuck
    _, said = one.end()
    log = kiosk_screen_folder(0) / "show.log"
    assert said == (f"liftoff: The show no longer goes on to the next slide; where it was stands in {log}. "
                    "It is started again.\n")
    assert "something that nobody thought of" in log.read_text()
    assert "most recent call first" in log.read_text()


def test_a_supervisor_that_is_killed_leaves_nothing(kiosk: Callable[..., Kiosk], display: str) -> None:
    one = kiosk(DISPLAY=display)
    one.sees("slide-2")
    _, *others = one.processes

    one.supervisor.kill()

    wait_until_gone(others)


def test_a_signal_leaves_nothing_either(kiosk: Callable[..., Kiosk], display: str) -> None:
    one = kiosk(DISPLAY=display)
    one.sees("slide-2")
    _, *others = one.processes

    assert one.end() == (0, "")
    wait_until_gone(others)


def test_the_gallery_of_its_file_is_shown_from_wherever_it_is_started_and_that_of_the_command_line_first(
    kiosk: Callable[..., Kiosk], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    manifest([1]).rename(tmp_path / "hall.json")
    (tmp_path / "kiosk.toml").write_text('gallery = "hall.json"')
    (tmp_path / "elsewhere").mkdir()
    own = kiosk("--config", "../kiosk.toml", folder=tmp_path / "elsewhere", QT_QPA_PLATFORM="offscreen")
    own.sees("slide-1")
    assert own.end() == (0, "")
    own.close()

    other = kiosk("--config", str(tmp_path / "kiosk.toml"), str(manifest([2])), QT_QPA_PLATFORM="offscreen")
    other.sees("slide-2")


def test_a_slide_that_ends_the_show_three_times_is_left_out(
    kiosk: Callable[..., Kiosk], manifest: Callable[..., Path],
) -> None:
    one = kiosk(str(manifest([1, 2, 3], interval=60)), "--slideshow=60", QT_QPA_PLATFORM="offscreen")
    for _ in range(3):
        one.waits_for("STATUS=Showing slide-1")
        os.kill(one.show, signal.SIGKILL)
    one.sees("slide-2")

    assert "'slide-1' has crashed the show 3 times: it is left out until its file changes" in one.end()[1]


def test_a_second_kiosk_is_refused_while_one_runs(kiosk: Callable[..., Kiosk]) -> None:
    one = kiosk(QT_QPA_PLATFORM="offscreen")
    one.sees("slide-2")
    second = subprocess.run([sys.executable, "-m", "viewer", "--kiosk"], cwd=ROOT, timeout=PATIENCE_S, check=False,
                            capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})

    assert second.returncode == 3
    assert second.stderr.startswith("liftoff: A kiosk of yours runs already")
    assert one.end() == (0, "")


def test_an_x_server_that_goes_and_comes_back_has_its_show_again(kiosk: Callable[..., Kiosk]) -> None:
    name = f":{1000 + os.getpid() % 50_000}"  # one that nobody else takes meanwhile
    with x_server(name=name):
        one = kiosk(DISPLAY=name)
        one.sees("slide-2")
    one.waits_for("STATUS=Waiting for the display server")

    with x_server(name=name):
        one.sees(*SLIDES)
        status, said = one.end()

    assert status == 0
    assert [line for line in said.splitlines() if "There is no screen" not in line] == [
        "liftoff: The display server has ended the show."]


def test_an_x_server_that_goes_while_nothing_moves_has_not_ended_the_kiosk(
    kiosk: Callable[..., Kiosk], manifest: Callable[..., Path],
) -> None:
    name = f":{1000 + os.getpid() % 50_000}"  # one that nobody else takes meanwhile
    with x_server(name=name):
        one = kiosk(str(manifest([1, 2, 3])), "--slideshow=3600", "--transition=cut", DISPLAY=name)
        one.sees("slide-1")
    one.waits_for("STATUS=Waiting for the display server")

    with x_server(name=name):
        one.sees(*SLIDES)
        status, said = one.end()

    assert status == 0
    assert said.startswith("liftoff: The display server has ended the show.")


def test_a_compositor_that_goes_and_comes_back_has_its_show_again(kiosk: Callable[..., Kiosk]) -> None:
    need(missing_tools())
    with closing(WaylandDesktop()) as desktop:
        desktop.begin()
        one = kiosk(**desktop.environment)
        one.sees("slide-2")
        desktop.restart(lambda: one.waits_for("STATUS=Waiting for the display server"))
        one.sees(*SLIDES)
        status, said = one.end()

    assert status == 0
    assert [line for line in said.splitlines() if "There is no screen" not in line] == [
        "liftoff: The display server has ended the show."]
