from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.desktop.bus import InhibitService, PrivateBus, need_a_bus
from tests.imaging.worker.confined_processes import LANDLOCK, on_a_kernel_without
from tests.kiosk_commands.headless_cage import headless_cage
from tests.kiosk_commands.liftoff_kiosk import COMMAND, ROOT, kiosk, refusal
from tests.needs import need
from tests.pictures import photo, truncated
from tests.stories.wayland import WaylandDesktop, missing_tools
from tests.x_server import x_server
from viewer.kiosk.pin import hash_of
from viewer.kiosk_commands.check import CHECKS, WITHOUT_CONFIG
from viewer.kiosk_commands.checks.screen import NEVER_BLANK
from viewer.locations import kiosk_state_folder, systemd_user_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NO_SCREEN = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": "",
             "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nothing"}


@pytest.fixture
def config(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = tmp_path / "kiosk.toml"
        file.write_text(text)
        return file

    return write


@pytest.fixture
def gallery(tmp_path: Path) -> Callable[..., Path]:
    def write(*slides: dict[str, Any], **keys: Any) -> Path:
        folder = tmp_path / "hall"
        folder.mkdir(exist_ok=True)
        listed = [{"file": f"{number}.jpg", "alt": "A quay"} | slide for number, slide in enumerate(slides or ({},))]
        for number in range(len(listed)):
            photo(folder / f"{number}.jpg", (300, 200))
        (folder / "gallery.json").write_text(
            json.dumps({"format": "photo-manifest", "version": 1, **keys, "slides": listed}))
        return folder

    return write


def found(name: str, *words: str, fast: bool = True, **how: Any) -> list[tuple[str, str]]:
    """Severity and sentence of all that the check `name` finds."""
    done = kiosk("check", "--json", *(["--fast"] if fast else []), *words, **{"env": NO_SCREEN, **how})
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    severities = {row["severity"] for row in answer["problems"]}
    assert done.returncode == (2 if "error" in severities else 1 if severities else 0)
    assert set(answer["checks"]) == set(CHECKS)
    return [(row["severity"], row["sentence"]) for row in answer["problems"] if row["check"] == name]


def said_after(statement: str, *words: str) -> str:
    """What it says to people where the Python `statement` has been run before."""
    script = f"{statement}\nimport sys; from viewer.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run([COMMAND[0], "-c", script, "kiosk", "check", "--fast", *words], cwd=ROOT, capture_output=True,
                          text=True, check=False, timeout=60, env={**os.environ, **NO_SCREEN}).stdout


# -- how it answers -----------------------------------------------------------------------------------------------


def test_for_people_every_finding_is_a_line_and_the_last_counts_them(gallery: Callable[..., Path]) -> None:
    done = kiosk("check", "--fast", str(gallery()), env=NO_SCREEN)
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert all(line.startswith("warning: ") and line.endswith((".", "”.")) for line in lines[:-1])
    assert lines[-1] == f"0 errors, {len(lines) - 1} warnings"


def test_a_file_that_is_wrong_is_told_with_all_its_faults_and_the_rest_is_checked(
    config: Callable[[str], Path],
) -> None:
    file = config("awake = 1\nopne = 2\n")
    done = kiosk("check", "--fast", "--config", str(file), env=NO_SCREEN)
    assert done.returncode == 2
    assert done.stdout.startswith(f"error: {file}, line 1: “awake” is the number 1; write true or false.\n"
                                  f"error: {file}, line 2: there is no key “opne”")
    assert "There is no screen" in done.stdout


def test_of_what_a_wrong_file_sets_nothing_is_said_that_may_be_untrue(
    config: Callable[[str], Path], gallery: Callable[..., Path],
) -> None:
    file = config(f'pin = "{hash_of("4711")}"\ngallery = "away"\nawake = 1\n')

    alone = json.loads(kiosk("check", "--fast", "--json", "--config", str(file), env=NO_SCREEN).stdout)
    named = json.loads(kiosk("check", "--fast", "--json", "--config", str(file), str(gallery()), env=NO_SCREEN).stdout)

    assert {"config", *alone["checks"]} == {"config", *WITHOUT_CONFIG}
    assert set(named["checks"]) - set(alone["checks"]) == {"gallery"}
    assert not [row for row in alone["problems"] if row["check"] in ("pin", "source", "gallery")]


def test_no_two_lines_say_the_same(gallery: Callable[..., Path]) -> None:
    folder = gallery({"alt": ""}, {"file": "away.jpg"})
    lines = kiosk("check", "--fast", str(folder), env=NO_SCREEN).stdout.splitlines()

    assert len(lines) == len(set(lines))


def test_commands_for_the_panel_that_are_not_there_are_told(config: Callable[[str], Path]) -> None:
    file = config('[hooks]\non-open = ["no-such-program", "on"]\non-close = ["true"]\n')

    assert found("hooks", "--config", str(file)) == [
        ("error", ("“hooks.on-open” names no-such-program, and there is no such program: install it, or correct its "
                   "name."))]


def test_a_kiosk_for_which_no_gallery_was_set_is_told_what_it_shows(gallery: Callable[..., Path]) -> None:
    ((severity, said),) = found("source")

    assert (severity, said.split(":")[0]) == (
        "warning", "No gallery is set, and the one that comes with Liftoff is shown")
    assert found("source", str(gallery())) == []


# -- the machine --------------------------------------------------------------------------------------------------


def test_a_kiosk_without_a_pin_is_told_that_nobody_can_end_it(config: Callable[[str], Path]) -> None:
    assert found("pin") == [
        ("warning", "No PIN is set: nobody can end the show at the screen. Type “liftoff kiosk pin”.")]
    assert found("pin", "--config", str(config(f'pin = "{hash_of("4711")}"'))) == []


def test_nothing_that_starts_and_watches_the_show_is_told_and_installing_mends_it() -> None:
    need([name for name in ("systemctl",) if shutil.which(name) is None])
    assert [severity for severity, said in found("start") if "“liftoff kiosk install”" in said] == ["warning"]
    without = found("start", env={**NO_SCREEN, "PATH": str(kiosk_state_folder())})
    assert [severity for severity, said in without if "“liftoff kiosk install --autostart”" in said] == ["warning"]
    kiosk("install", "--autostart")
    ((_, said),) = found("start")
    assert "No service manager watches the show" in said
    kiosk("install")
    assert found("start") == []


def test_a_unit_that_is_not_enabled_or_has_another_memory_cap_is_told(config: Callable[[str], Path]) -> None:
    need([name for name in ("systemctl",) if shutil.which(name) is None])
    kiosk("install")
    ((_, said),) = found("start", "--config", str(config("memory-megabytes = 900")))
    assert "another memory cap" in said
    (systemd_user_folder() / "graphical-session.target.wants" / "liftoff-kiosk.service").unlink()
    ((_, said),) = found("start")
    assert "is not enabled: type “systemctl --user enable liftoff-kiosk.service”" in said


def test_a_kernel_without_a_sandbox_is_told() -> None:
    assert found("sandbox") == []
    command = on_a_kernel_without(LANDLOCK, error=95, command=[*COMMAND, "check", "--fast"])
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
                          env={**os.environ, **NO_SCREEN})
    assert "Landlock is lacking (it is switched off at boot)" in done.stdout
    assert done.returncode == 1


def test_a_memory_cap_below_what_the_show_needs_or_above_what_there_is_is_told(config: Callable[[str], Path]) -> None:
    assert found("memory") == []
    ((_, said),) = found("memory", "--config", str(config("memory-megabytes = 400")))
    assert said.startswith("“memory-megabytes” is 400, and the show may need 700")
    screens = "".join(f"[[screen]]\nname = '{name}'\n" for name in "ABCD") + "mirror = true"
    ((_, said),) = found("memory", "--config", str(config(screens)))
    assert "may need 2100" in said
    ((_, said),) = found("memory", "--config", str(config("memory-megabytes = 1000000")))
    assert "is 1000000, and this machine has" in said


def test_a_disk_without_room_is_told(config: Callable[[str], Path]) -> None:
    assert found("disk", "--config", str(config("[play-log]\nmegabytes = 1"))) == []
    ((_, said),) = found("disk", "--config", str(config("[play-log]\nmegabytes = 100000")))
    free = shutil.disk_usage(kiosk_state_folder().parents[1]).free >> 20
    assert "may take 100100" in said
    assert abs(int(said.split(" has ")[1].split(" MB")[0]) - free) < 1000


def test_a_state_folder_that_is_none_is_an_error() -> None:
    kiosk_state_folder().parent.mkdir()
    kiosk_state_folder().write_bytes(b"")
    ((severity, said),) = found("disk")
    assert severity == "error"
    assert f"cannot be written to {kiosk_state_folder()}" in said


def test_hours_without_the_library_for_them_are_an_error(config: Callable[[str], Path]) -> None:
    assert found("hours") == []
    words = ("--config", str(config('[hours]\nopen = "Mo-Fr 09:00-18:00"')))
    said = said_after("import sys; sys.modules['opening_hours'] = None", *words)
    assert "error: “hours.open” is set, and the library for it is missing" in said


def test_hours_that_speak_of_what_is_not_known_are_told(config: Callable[[str], Path]) -> None:
    ((severity, said),) = found("hours", "--config", str(config('[hours]\nopen = "Mo-Fr 09:00-18:00; PH off"')))
    assert severity == "warning"
    assert said.startswith("“hours.open” speaks of public holidays, PH; say whose")
    known = config('[hours]\nopen = "Mo-Fr 09:00-18:00; PH off"\ncountry = "DE"')
    assert found("hours", "--config", str(known)) == []


def test_a_clock_that_cannot_be_trusted_is_told_and_which_slides_are_shown_in_spite_of_their_dates(
    gallery: Callable[..., Path],
) -> None:
    folder = gallery({"valid": {"from": "2026-12-24"}}, {})
    wrong = ("import datetime as dt; from viewer.kiosk import trusted_clock as clock; "
             "clock.EARLIEST = dt.datetime.max.replace(tzinfo=dt.UTC)")
    right = ("import datetime as dt; from viewer.kiosk import trusted_clock as clock; "
             "clock.EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC); clock.is_synchronized = lambda: True")
    said = said_after(wrong, str(folder))
    assert "warning: The clock says " in said
    assert f"warning: Slides of {folder} that have times (“valid”), 1 of 2: they are shown at any time" in said
    said = said_after(right, str(folder))
    assert "clock" not in said
    assert "“valid”" not in said
    assert "“valid”" not in said_after(wrong, str(gallery({})))


# -- the screen ---------------------------------------------------------------------------------------------------


def test_where_there_is_no_screen_that_is_told_and_no_more() -> None:
    ((_, said),) = found("screen")
    assert said.startswith("There is no screen where this was typed")
    assert found("blanking") == []


def test_a_kiosk_that_is_to_sleep_is_told_so(config: Callable[[str], Path]) -> None:
    ((_, said),) = found("blanking", "--config", str(config("awake = false")))
    assert said.startswith("“awake” is false")


def test_an_x_server_is_kept_awake_unless_it_blanks_sooner_than_it_is_told() -> None:
    with x_server(needs=("xset",)) as display:
        env = {**NO_SCREEN, "DISPLAY": display}
        assert found("screen", env=env) == []
        subprocess.run(["xset", "s", "600"], env={**os.environ, **env}, check=True)
        assert found("blanking", env=env) == []
        subprocess.run(["xset", "s", "20"], env={**os.environ, **env}, check=True)
        ((_, said),) = found("blanking", env=env)
    assert said.startswith("The X server blanks the screen after 20 seconds: type “xset s off -dpms”")


@pytest.fixture
def cage() -> Iterator[dict[str, str]]:
    """The environment of a program on a screen in memory that cage shows, as an ordinary user."""
    with headless_cage() as (folder, how), subprocess.Popen(
        ["cage", "--", "sh", "-c", 'echo "$WAYLAND_DISPLAY"; exec cat'], text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **how,
    ) as compositor:
        assert compositor.stdin is not None
        assert compositor.stdout is not None
        yield {**NO_SCREEN, "WAYLAND_DISPLAY": f"{folder}/{compositor.stdout.readline().strip()}"}
        compositor.stdin.close()  # it ends with the program that it shows


def test_cage_is_known_never_to_blank_a_screen(cage: dict[str, str]) -> None:
    assert found("screen", env=cage) == []
    assert found("blanking", env=cage) == []
    assert {"cage"} == NEVER_BLANK


def test_a_compositor_that_nobody_can_ask_to_stay_awake_is_named_with_what_to_do() -> None:
    need(missing_tools())
    desktop = WaylandDesktop()
    try:
        desktop.begin()
        ((_, said),) = found("blanking", env={**NO_SCREEN, **desktop.environment})
    finally:
        desktop.close()
    assert said.endswith("So that the compositor sway stays lit, take swayidle out of sway's configuration.")


def test_a_desktop_that_can_be_asked_is_asked_and_released() -> None:
    need_a_bus()
    with PrivateBus() as bus, x_server(needs=("xset",)) as display:
        service = InhibitService(bus.address, "org.freedesktop.ScreenSaver")
        try:
            env = {**NO_SCREEN, "DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": bus.address}
            assert found("blanking", env=env) == []
            service.wait_for(0, 1)
        finally:
            service.close()


# -- what is shown ------------------------------------------------------------------------------------------------


def test_a_sound_gallery_has_no_findings(gallery: Callable[..., Path]) -> None:
    assert found("gallery", str(gallery()), fast=False) == []
    assert found("gallery") == []  # the one that comes with the program


def test_damaged_and_missing_pictures_are_errors(gallery: Callable[..., Path]) -> None:
    folder = gallery({}, {"file": "b.jpg"}, {"file": "c.jpg"})
    truncated(folder / "0.jpg", folder / "b.jpg", keep=0.5)
    said = found("gallery", str(folder), fast=False)
    assert [severity for severity, _ in said] == ["error", "error"]
    assert {sentence.split(":")[0] for _, sentence in said} == {"Slide 2 (b.jpg)", "Slide 3 (c.jpg)"}
    assert len(found("gallery", str(folder))) == 1  # those that are damaged are not found


def test_a_gallery_that_is_not_there_is_an_error(tmp_path: Path, config: Callable[[str], Path]) -> None:
    ((severity, said),) = found("gallery", "--config", str(config('gallery = "nothing"')))
    assert severity == "error"
    assert str(tmp_path / "nothing") in said


def test_the_galleries_of_all_screens_are_checked_once(tmp_path: Path, config: Callable[[str], Path]) -> None:
    file = config('gallery = "a"\n[[screen]]\nname = "1"\n[[screen]]\nname = "2"\ngallery = "b"\n'
                  '[[screen]]\nname = "3"\ngallery = "a"\n[[screen]]\nname = "4"\nmirror = true\n')
    said = [sentence for _, sentence in found("gallery", "--config", str(file))]
    assert [sentence.split(" ")[0] for sentence in said] == [str(tmp_path / "a"), str(tmp_path / "b")]


def test_of_several_galleries_each_line_says_which(
    tmp_path: Path, gallery: Callable[..., Path], config: Callable[[str], Path],
) -> None:
    folder = gallery({"file": "b.jpg"})
    folder.rename(tmp_path / "a")
    gallery({"file": "b.jpg"})
    file = config('gallery = "a"\n[[screen]]\nname = "1"\n[[screen]]\nname = "2"\ngallery = "hall"\n')

    said = [sentence for _, sentence in found("gallery", "--config", str(file))]

    assert [sentence.partition(": ")[0] for sentence in said] == [str(tmp_path / "a"), str(tmp_path / "hall")]
    assert len(set(said)) == 2


def test_an_empty_gallery_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert found("gallery", str(tmp_path / "empty")) == [
        ("error", f"{tmp_path / 'empty'} has no slides: add pictures.")]


def test_words_that_cannot_be_read_in_time_are_told(
    gallery: Callable[..., Path], config: Callable[[str], Path],
) -> None:
    words = " ".join(["word"] * 50)
    folder = gallery({"caption": words}, {"caption": words, "duration": 60}, {"caption": words, "duration": "auto"}, {})
    assert found("gallery", str(folder)) == []
    short = ("--config", str(config('[options]\n"show/interval" = 12')))
    assert found("gallery", str(folder), *short) == [(
        "warning", ("1 of 4 slides cannot be read in the 12 seconds that each has; the longest takes 28. Write “auto” "
                    "for “show/interval”."))]
    assert found("gallery", str(gallery({"caption": words}, show={"interval": 8})))[0][0] == "warning"
    ((_, said),) = found("gallery", str(gallery({"caption": words, "duration": 5})))
    assert "5 seconds are too short" in said
    ((_, said),) = found("gallery", str(gallery({"caption": " ".join(["word"] * 120)})))
    assert "the caption has 120 words" in said


def test_a_show_by_hand_stands_still(gallery: Callable[..., Path]) -> None:
    ((severity, said),) = found("gallery", str(gallery(show={"interval": 0})))
    assert severity == "error"
    assert "the show stands still" in said


def test_what_only_a_curator_need_know_is_one_line(gallery: Callable[..., Path]) -> None:
    folder = gallery({"alt": ""}, {"alt": "", "colour": 1})
    assert found("gallery", str(folder)) == [(
        "warning", f"3 further warnings of this gallery: type “liftoff check {folder}”.")]


def test_pictures_outside_the_gallerys_folder_are_told_unless_they_are_allowed(
    gallery: Callable[..., Path], config: Callable[[str], Path], tmp_path: Path,
) -> None:
    photo(tmp_path / "b.jpg", (300, 200))
    folder = gallery({}, {"file": "c.jpg"})
    (folder / "c.jpg").symlink_to(tmp_path / "b.jpg")
    ((_, said),) = found("gallery", str(folder))
    assert said.startswith(f"c.jpg lies outside {folder}")
    assert found("gallery", str(folder), "--config", str(config("outside-files = true"))) == []


def test_what_cannot_be_understood_is_refused() -> None:
    assert refusal("check", "--what").endswith("See liftoff kiosk check --help.")
