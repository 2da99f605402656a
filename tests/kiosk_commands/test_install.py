from __future__ import annotations

import configparser
import getpass
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kiosk_commands.headless_cage import headless_cage
from tests.kiosk_commands.liftoff_kiosk import kiosk, refusal
from tests.needs import need
from viewer.gallery.problems import shown
from viewer.kiosk_commands.own_file import marked, state_of
from viewer.kiosk_commands.start_file import cage_command, show_command
from viewer.locations import autostart_folder, systemd_user_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

UNIT = "liftoff-kiosk.service"
SYSTEM_UNIT = Path("/etc/systemd/system", UNIT)


@pytest.fixture
def systemctl() -> None:
    """The real one, which needs no service manager for what is only links; there is none in a container."""
    need([name for name in ("systemctl",) if shutil.which(name) is None])


@pytest.fixture
def unit() -> Path:
    return systemd_user_folder() / UNIT


@pytest.fixture
def link(unit: Path) -> Path:
    return unit.parent / "graphical-session.target.wants" / UNIT


def read(text: str) -> configparser.ConfigParser:
    made = configparser.ConfigParser(interpolation=None, strict=False)
    made.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser's manual says: keep the case
    made.read_string(text)
    return made


def verify(text: str, folder: Path, *, user: bool) -> None:
    """Have systemd itself read the unit; every remark of its is a failure."""
    need([name for name in ("systemd-analyze",) if shutil.which(name) is None])
    folder.mkdir(exist_ok=True)
    (folder / UNIT).write_text(text, "utf-8", "surrogateescape")
    done = subprocess.run(["systemd-analyze", *(["--user"] if user else []), "verify", str(folder / UNIT)],
                          capture_output=True, text=True, check=False, timeout=60)
    remarks = [line for line in done.stderr.splitlines() if UNIT in line]
    assert (remarks, done.returncode) == ([], 0), done.stderr


# -- the files ----------------------------------------------------------------------------------------------------


def test_the_unit_is_watched_restarted_without_limit_and_ended_with_the_desktop(tmp_path: Path) -> None:
    done = kiosk("install", "--print")

    assert (done.returncode, done.stderr) == (0, "")
    made = read(done.stdout)
    assert made["Unit"]["PartOf"] == made["Install"]["WantedBy"] == "graphical-session.target"
    assert made["Unit"]["StartLimitIntervalSec"] == "0"
    assert {key: made["Service"][key] for key in ("Type", "WatchdogSec", "Restart", "RestartSec", "MemoryMax")} == {
        "Type": "notify", "WatchdogSec": "30", "Restart": "always", "RestartSec": "2", "MemoryMax": "1500M"}
    assert made["Service"]["RestartPreventExitStatus"] == "0"  # the PIN
    assert made["Service"]["ExecStart"] == f"{sys.executable} -P -m viewer --kiosk"
    verify(done.stdout, tmp_path / "units", user=True)


def test_the_command_has_absolute_paths_whatever_is_in_them(tmp_path: Path) -> None:
    folder = tmp_path / 'the "old" $quay 50%'
    folder.mkdir()
    (folder / "my kiosk.toml").write_text("memory-megabytes = 800\n")

    done = kiosk("install", "--print", "--config", "my kiosk.toml", "gallery", cwd=folder)

    made = read(done.stdout)
    written = str(folder).replace('"', '\\"').replace("$", "$$").replace("%", "%%")
    assert made["Service"]["ExecStart"].endswith(f'--config "{written}/my kiosk.toml" "{written}/gallery"')
    assert made["Service"]["MemoryMax"] == "800M"
    verify(done.stdout, tmp_path / "units", user=True)


def test_the_show_finds_the_files_of_the_one_who_installed_it(home: Path, tmp_path: Path) -> None:
    state = home / "my state 100%"
    done = kiosk("install", "--print", env={"XDG_STATE_HOME": str(state)})
    assert f'Environment="XDG_STATE_HOME={str(state).replace("%", "%%")}"\n' in done.stdout
    verify(done.stdout, tmp_path / "units", user=True)


def test_with_cage_it_is_a_unit_of_the_machine_on_the_first_terminal(tmp_path: Path) -> None:
    need([name for name in ("cage",) if shutil.which(name) is None])
    done = kiosk("install", "--cage", "--user", "kiosk-of-nobody", "--print")

    assert done.returncode == 0
    service = read(done.stdout)["Service"]
    assert service["User"] == "kiosk-of-nobody"
    assert service["TTYPath"] == "/dev/tty1"
    assert service["NotifyAccess"] == "all"
    assert service["ExecStart"].endswith(f" sh {shutil.which('cage')} {sys.executable} -P -m viewer --kiosk")
    assert "Environment" not in service
    verify(done.stdout, tmp_path / "units", user=False)


@pytest.mark.parametrize(("script", "status"), [
    ("exit 0", 0), ("exit 5", 5), ("kill -9 $$", 137), ('exit "${WATCHDOG_PID:-0}"', 0),
])
def test_in_cage_the_show_keeps_its_status_which_says_whether_it_is_to_begin_again(script: str, status: int) -> None:
    """Cage 0.1.4 itself ends with 0 whatever became of the program."""
    with headless_cage() as (folder, how):
        how["env"] |= {"RUNTIME_DIRECTORY": folder, "WATCHDOG_PID": "1"}
        done = subprocess.run(cage_command(["/bin/sh", "-c", script]), check=False, timeout=60,
                              stderr=subprocess.DEVNULL, **how)
    assert done.returncode == status


def test_an_autostart_entry_starts_the_same_command(tmp_path: Path) -> None:
    named = ("--autostart", "--print", "--config", str(tmp_path / "k.toml"))
    assert "cannot be opened" in refusal("install", *named)  # a file that is named must be there
    (tmp_path / "k.toml").touch()

    entry = read(kiosk("install", *named).stdout)["Desktop Entry"]

    assert entry["Type"] == "Application"
    assert entry["Exec"].endswith(f"{sys.executable} -P -m viewer --kiosk --config {tmp_path}/k.toml")


def test_nothing_is_written_where_it_is_only_shown(home: Path) -> None:
    before = sorted(home.rglob("*"))
    for way in ([], ["--autostart"], ["--cage", "--user", "kiosk-of-nobody"]):
        assert kiosk("install", "--print", *way).returncode == 0
    assert sorted(home.rglob("*")) == before


def test_the_command_works_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "viewer").mkdir()  # a namesake, which must not be taken for the program
    command = show_command(None, None)
    assert command[-1] == "--kiosk"
    done = subprocess.run([*command[:-1], "--version"], cwd=tmp_path, capture_output=True, text=True, check=False,
                          timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


# -- what the show needs ------------------------------------------------------------------------------------------


def test_a_gallery_that_is_not_there_is_told_before_anything_is_written(home: Path, tmp_path: Path) -> None:
    (tmp_path / "k.toml").write_text('gallery = "one"\n[[screen]]\nname = "A"\ngallery = "two"\n')
    before = sorted(home.rglob("*"))

    done = kiosk("install", "--autostart", "--config", str(tmp_path / "k.toml"))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"liftoff: There is no gallery {tmp_path / name}: put it there, or name the right one."
        for name in ("one", "two")]
    assert sorted(home.rglob("*")) == before


def test_what_is_only_shown_comes_with_what_would_be_refused(tmp_path: Path) -> None:
    done = kiosk("install", "--print", str(tmp_path / "away"))

    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "There is no gallery" in done.stderr
    assert f" --kiosk {tmp_path / 'away'}\n" in done.stdout


def test_an_account_that_does_not_exist_is_told_with_how_to_make_it() -> None:
    done = kiosk("install", "--cage", "--user", "kiosk-of-nobody")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("liftoff: There is no account kiosk-of-nobody on this machine: type “adduser ")
    assert not SYSTEM_UNIT.exists()


@pytest.fixture
def private() -> Iterator[Path]:
    """A folder that this account alone may look into; root asks for others."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def test_the_account_of_the_show_has_to_be_able_to_read_its_file_and_its_gallery(private: Path) -> None:
    (private / "gallery").mkdir()
    (private / "k.toml").write_text('gallery = "gallery"\n')

    done = kiosk("install", "--cage", "--user", "nobody", "--config", str(private / "k.toml"), "--print")

    of_file, of_gallery = done.stderr.splitlines()[-2:]
    assert of_file.startswith(f"liftoff: The account nobody cannot read {private / 'k.toml'}: type “chgrp nobody ")
    assert of_gallery.startswith(f"liftoff: The account nobody cannot read {private / 'gallery'} of the gallery: type ")

    private.chmod(0o755)
    (private / "gallery" / "hidden.jpg").touch(mode=0o600)
    said = kiosk("install", "--cage", "--user", "nobody", "--config", str(private / "k.toml"), "--print").stderr

    assert "k.toml" not in said
    assert f"cannot read {private / 'gallery' / 'hidden.jpg'} of the gallery" in said


def test_the_account_of_the_show_has_to_be_able_to_read_the_program(private: Path) -> None:
    (private / "program").symlink_to(sys.prefix)
    python = private / "program" / "bin" / "python"

    done = subprocess.run([python, "-P", "-m", "viewer", "kiosk", "install", "--cage", "--user", "nobody", "--print"],
                          capture_output=True, text=True, check=False, timeout=60)

    assert f"The account nobody cannot read the program, {python}: install it where" in done.stderr


# -- writing and taking away --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("systemctl")
@pytest.mark.parametrize("alone", [True, False])
def test_installing_enables_the_unit_and_uninstalling_leaves_nothing(
    unit: Path, link: Path, home: Path, *, alone: bool,
) -> None:
    unit.parents[2].mkdir(exist_ok=True)
    if not alone:
        unit.parent.mkdir(parents=True)
        (unit.parent / "another.service").write_text("[Service]\n")
    before = sorted(home.rglob("*"))

    done = kiosk("install")

    assert done.returncode == 0, done.stderr
    assert f"{unit} is written. The show starts when this account logs in to its desktop." in done.stdout
    assert unit.read_text() == kiosk("install", "--print").stdout
    assert link.resolve() == unit
    assert stat.S_IMODE(unit.stat().st_mode) == 0o644

    done = kiosk("uninstall")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Taken away: {unit}.\n"
    assert not link.is_symlink()
    assert sorted(home.rglob("*")) == before


@pytest.mark.usefixtures("systemctl")
def test_a_link_whose_unit_somebody_has_deleted_is_taken_away(unit: Path, link: Path) -> None:
    kiosk("install")
    unit.unlink()
    theirs = link.with_name("another.service")
    theirs.symlink_to(unit.with_name("another.service"))

    done = kiosk("uninstall")

    assert (done.returncode, done.stdout) == (0, f"Taken away: {unit}.\n")
    assert not link.is_symlink()
    assert theirs.is_symlink()


@pytest.mark.usefixtures("systemctl")
def test_without_a_service_manager_it_is_said_how_to_reach_one(home: Path) -> None:
    done = kiosk("install", env={"DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/nothing"})
    assert done.returncode == 0
    assert f"“loginctl enable-linger {getpass.getuser()}”" in done.stdout
    assert "systemctl --user daemon-reload" in done.stdout


@pytest.mark.usefixtures("systemctl")
def test_installing_again_replaces_what_is_unchanged(unit: Path, tmp_path: Path) -> None:
    kiosk("install")
    done = kiosk("install", str(tmp_path))
    assert done.returncode == 0
    assert unit.read_text().count(f" --kiosk {tmp_path}\n") == 1


@pytest.mark.usefixtures("systemctl")
def test_what_somebody_else_wrote_or_changed_is_left_alone(unit: Path) -> None:
    unit.parent.mkdir(parents=True)
    unit.write_text("[Service]\nExecStart=/bin/true\n")
    assert refusal("install") == f"{unit} was not written by Liftoff, and is left as it is; move it away first."
    assert refusal("uninstall") == f"{unit} was not written by Liftoff, and is left as it is; move it away first."
    unit.unlink()

    kiosk("install")
    changed = unit.read_text().replace("WatchdogSec=30", "WatchdogSec=90")
    unit.write_text(changed)
    assert refusal("install") == (
        f"{unit} was changed after it was installed, and is left as it is; move it away first.")
    assert unit.read_text() == changed


@pytest.mark.usefixtures("systemctl")
def test_what_somebody_changed_starts_nothing_after_uninstalling_and_is_kept(unit: Path, link: Path) -> None:
    entry = autostart_folder() / "liftoff-kiosk.desktop"
    for number in ("", "-2"):
        for words, file in ((("install",), unit), (("install", "--autostart"), entry)):
            assert kiosk(*words).returncode == 0
            file.write_text(file.read_text() + "# a note\n")

        done = kiosk("uninstall")

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "".join(
            f"{shown(file)} was changed after it was installed: it is kept as {shown(f'{file}.changed{number}')}, "
            "which starts nothing.\n"
            for file in (unit, entry))
        assert not link.is_symlink()
        assert not unit.exists()
        assert not entry.exists()
        assert unit.with_name(f"{UNIT}.changed{number}").read_text().endswith("# a note\n")


def test_autostart_needs_no_systemd(home: Path) -> None:
    entry = autostart_folder() / "liftoff-kiosk.desktop"
    done = kiosk("install", "--autostart", env={"PATH": str(home)})
    assert (done.returncode, done.stderr) == (0, "")
    assert state_of(entry) == "own"
    assert kiosk("uninstall", env={"PATH": str(home)}).stdout == f"Taken away: {entry}.\n"
    assert not entry.exists()


def test_without_systemd_nothing_is_written_and_autostart_is_named(home: Path, unit: Path) -> None:
    assert "--autostart" in refusal("install", status=3, env={"PATH": str(home)})
    assert not unit.exists()


def test_where_nothing_is_installed_uninstalling_says_so() -> None:
    if SYSTEM_UNIT.exists():
        pytest.skip("this machine is a kiosk")
    done = kiosk("uninstall")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing is installed.\n", "")


def test_a_folder_that_cannot_be_written_is_told() -> None:
    systemd_user_folder().parent.write_bytes(b"")  # a file where the folder should be
    need([name for name in ("systemctl",) if shutil.which(name) is None])
    assert f"{systemd_user_folder() / UNIT} could not be written" in refusal("install")


def test_arguments_that_do_not_go_together_are_refused() -> None:
    assert "--user goes with --cage" in refusal("install", "--user", "x", "--print")
    assert "not allowed with" in refusal("install", "--autostart", "--cage")
    assert "does not run as root" in refusal("install", "--cage", "--user", "root", "--print")
    assert "a line end" in refusal("install", "--print", "a\nb")


def test_a_kiosk_that_is_set_up_wrongly_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "k.toml").write_text("awake = 1")
    assert "line 1: “awake”" in refusal("install", "--config", str(tmp_path / "k.toml"))


def test_a_file_is_known_by_its_first_line_and_by_every_letter_of_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert state_of(file) == "missing"
    file.write_text(marked("[Unit]\n"))
    assert state_of(file) == "own"
    file.write_text(marked("[Unit]\n") + "\n")
    assert state_of(file) == "changed"
    file.write_text("[Unit]\n")
    assert state_of(file) == "foreign"
    file.unlink()
    file.symlink_to("/dev/null")  # as systemctl masks a unit
    assert state_of(file) == "foreign"
