"""The two commands on machines of all kinds, made of small programs that stand in for the system's."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the two commands are shell scripts")

ROOT = Path(__file__).parents[2]
BORROWED = ("sh", "cat", "chmod", "cksum", "dirname", "env", "find", "flock", "mkdir", "mkfifo", "mktemp", "rm",
            "sleep", "tail")

PYTHON = f"""#!/bin/sh
# A Python whose pip and venv only take notes; what it is told to compute is computed.
case "$1 $2" in
    "-m venv") mkdir -p "$3/bin"; cat "$0" >"$3/bin/python"; chmod +x "$3/bin/python"; echo "venv" >>"$NOTES" ;;
    "-m pip")
        [ "$3" = --version ] && exit 0
        echo "pip" "$@" >>"$NOTES"
        echo "Collecting everything"
        [ -z "$PIP_WAITS" ] || {{ echo here >"$PIP_WAITS.here"; read -r _ <"$PIP_WAITS"; }}
        case "$PIP_LACKS:$*" in
            *imagecodecs*:*formats*) lacking=imagecodecs ;;
            *opening-hours-py*:*kiosk*) lacking=opening-hours-py ;;
            *) lacking= ;;
        esac
        [ -z "$lacking" ] || {{ echo "ERROR: No matching distribution found for $lacking>=2" >&2; exit 1; }}
        [ -z "$PIP_FAILS" ] || {{ echo "No space left on device" >&2; exit 1; }}
        mkdir -p "${{0%/*}}/../lib/python3/site-packages"
        : >"${{0%/*}}/../lib/python3/site-packages/_editable_impl_liftoff_viewer.pth"
        printf '#!/bin/sh\\nprintf "%%s|" "liftoff in $PWD:" "$@"\\n' >"${{0%/*}}/liftoff"
        chmod +x "${{0%/*}}/liftoff"
        for check in lint-imports ruff mypy; do
            printf '#!/bin/sh\necho %s; exit %s\n' "$check" "$CHECKS_END_WITH" >"${{0%/*}}/$check"
            chmod +x "${{0%/*}}/$check"
        done ;;
    "-m pytest") shift 2; printf '%s|' "pytest on $DISPLAY:" "$@"; exit "$TESTS_END_WITH" ;;
    "-VV ") echo "Python $VERSION" ;;
    "-c "*version_info\\ \\<*) [ "$VERSION" != 3.9 ] ;;
    "-c "*version_info*) echo "$VERSION" ;;
    "-c "*ensurepip*) [ -z "$NO_VENV" ] ;;
    *) exec {sys.executable} "$@" ;;
esac
"""
PACKAGE_MANAGER = """#!/bin/sh
echo "${0##*/}" "$@" >>"$NOTES"
case " $* " in *" python3 "*) cat "$PYTHON_TO_COME" >"${0%/*}/python3"; chmod +x "${0%/*}/python3" ;; esac
"""


class Machine:
    """A machine with a checkout on it."""

    def __init__(self, folder: Path, *, root: bool = False) -> None:
        self.bin, self.checkout, self.notes_file = folder / "bin", folder / "a checkout", folder / "notes"
        self.bin.mkdir()
        self.notes_file.touch()
        for name in BORROWED:
            if place := shutil.which(name):
                (self.bin / name).symlink_to(place)
        self.give("id", f"#!/bin/sh\necho {0 if root else 1000}\n")
        self.environ = {
            "PATH": str(self.bin), "NOTES": str(self.notes_file), "HOME": str(folder), "VERSION": "3.11",
            "PYTHON_TO_COME": str(folder / "python to come"), "PIP_FAILS": "", "PIP_WAITS": "", "NO_VENV": "",
            "PIP_LACKS": "", "CHECKS_END_WITH": "0", "TESTS_END_WITH": "0", "I18NPATH": str(folder / "i18n"),
            "AT_SPI_CONFIG": str(folder / "at-spi2"), "FONT_PATH": str(folder / "fonts"),
        }
        (folder / "fonts/truetype").mkdir(parents=True)
        for font in ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf"):
            (folder / "fonts/truetype" / font).touch()
        (folder / "at-spi2").mkdir()
        (folder / "at-spi2/accessibility.conf").touch()
        (folder / "i18n/locales").mkdir(parents=True)
        (folder / "i18n/locales/tr_TR").touch()
        (folder / "python to come").write_text(PYTHON)
        self.have_libraries()
        (self.checkout / "viewer/startup").mkdir(parents=True)
        shutil.copytree(ROOT / "tools", self.checkout / "tools")
        shutil.copy(ROOT / "pyproject.toml", self.checkout)
        shutil.copy(ROOT / "viewer/startup/libraries.txt", self.checkout / "viewer/startup")

    def give(self, name: str, text: str) -> None:
        """A program of this name, in place of a borrowed one, which is a link to the system's own."""
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def have_libraries(self, *lacks: str) -> None:
        """All libraries of the table but these."""
        lines = (ROOT / "viewer/startup/libraries.txt").read_text("ascii").splitlines()
        names = [line.split()[0] for line in lines if line and not line.startswith("#")]
        listing = "\n".join(f"{name} (libc6,x86-64) => /lib/{name}" for name in names if name not in lacks)
        self.give("ldconfig", f"#!/bin/sh\ncat <<'END'\n{listing}\nEND\n")

    def run(self, *arguments: str, tool: str = "run", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """What `tools/run` or another does there."""
        return subprocess.run(
            [str(self.checkout / "tools" / tool), *arguments], cwd=cwd or self.checkout, env=self.environ,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
        )

    @property
    def notes(self) -> list[str]:
        """What was made and installed so far, one note each."""
        return self.notes_file.read_text().splitlines()

    def count(self, what: str) -> int:
        """How many notes begin with this word."""
        return sum(note.split()[0] == what for note in self.notes)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with a good Python, someone without special rights on it, and apt."""
    made = Machine(tmp_path)
    made.give("python3", PYTHON)
    made.give("apt-get", PACKAGE_MANAGER)
    return made


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    """A machine without Python and some libraries, on which we are root."""
    made = Machine(tmp_path, root=True)
    made.give("apt-get", PACKAGE_MANAGER)
    made.have_libraries("libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0")
    return made


def test_the_program_starts_where_one_stands_with_the_words_it_was_given(machine: Machine, tmp_path: Path) -> None:
    done = machine.run("a picture.jpg", "--start", "3", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"liftoff in {tmp_path}:|a picture.jpg|--start|3|"


def test_the_second_time_nothing_is_set_up(machine: Machine) -> None:
    machine.run()
    before = machine.notes

    assert machine.run().returncode == 0
    assert machine.notes == before
    assert machine.count("pip") == 1


def test_changed_settings_of_the_project_are_installed_into_the_same_venv(machine: Machine) -> None:
    machine.run()
    with (machine.checkout / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    machine.run()

    assert (machine.count("venv"), machine.count("pip")) == (1, 2)


def test_another_python_in_the_same_place_is_noticed(machine: Machine) -> None:
    machine.run()
    machine.environ["VERSION"] = "3.13"
    machine.run()

    assert machine.count("pip") == 2


def test_a_checkout_that_was_moved_is_set_up_again(machine: Machine, tmp_path: Path) -> None:
    machine.run()
    machine.checkout = machine.checkout.rename(tmp_path / "elsewhere")
    machine.run()

    assert machine.count("pip") == 2


def test_a_failed_installation_is_said_and_its_venv_never_trusted(machine: Machine) -> None:
    machine.environ["PIP_FAILS"] = "yes"
    failed = machine.run()
    machine.environ["PIP_FAILS"] = ""
    mended = machine.run()

    *said, last = failed.stderr.splitlines()
    assert failed.returncode == 3
    assert last.startswith("liftoff: pip could not install what is needed")
    assert "No space left on device" in said
    log = Path(last.partition("all it said in ")[2].partition(")")[0])
    assert "Collecting everything" in log.read_text()
    log.unlink()
    assert (mended.returncode, machine.count("venv")) == (0, 2)


@pytest.mark.parametrize(("package", "addition", "other", "what_for"), [
    ("imagecodecs", "formats", "kiosk", "some rare kinds of picture"),
    ("opening-hours-py", "kiosk", "formats", "opening hours of an unattended screen"),
])
@pytest.mark.parametrize("tool", ["run", "test"])
def test_an_addition_that_pip_does_not_find_is_said_and_all_else_is_installed(
    machine: Machine, package: str, addition: str, other: str, what_for: str, tool: str,
) -> None:
    machine.environ["PIP_LACKS"] = package
    done = machine.run("tests", tool=tool) if tool == "test" else machine.run()
    again = machine.run("tests", tool=tool) if tool == "test" else machine.run()

    assert (done.returncode, again.returncode, machine.count("pip")) == (0, 0, 2)
    assert f"[{other}]" in machine.notes[-1]
    said = [line for line in done.stderr.splitlines() if package in line]
    assert said == [
        (f"liftoff: pip finds no {package} for this Python: going on without it, which only {what_for} need. "
         f"To try again: '{machine.checkout}/.venv/bin/pip' install -e '{machine.checkout}[{addition}]'"),
    ]
    assert package not in again.stderr


def test_without_any_addition_the_program_itself_is_installed(machine: Machine) -> None:
    machine.environ["PIP_LACKS"] = "imagecodecs opening-hours-py"
    done = machine.run()

    assert done.returncode == 0
    assert [note.rpartition("checkout")[2] for note in machine.notes if note.startswith("pip")] == [
        "[formats,kiosk]", "[kiosk]", "",
    ]


def test_a_copy_that_pip_installed_into_the_venv_is_replaced_by_the_checkout(machine: Machine) -> None:
    machine.run()
    for link in (machine.checkout / ".venv/lib").rglob("*.pth"):
        link.unlink()  # as `.venv/bin/pip install .` does
    machine.run()

    assert (machine.count("venv"), machine.count("pip")) == (1, 2)


def test_each_step_is_said_and_nothing_else(machine: Machine) -> None:
    done = machine.run()

    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["liftoff", "liftoff"]
    assert "making .venv with Python" in done.stderr
    assert "Collecting" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_set_up_ends_with_a_sentence_and_begins_anew(
    machine: Machine, tmp_path: Path, number: signal.Signals,
) -> None:
    machine.environ |= {"PIP_WAITS": str(tmp_path / "wait"), "TMPDIR": str(tmp_path / "scratch")}
    (tmp_path / "scratch").mkdir()
    os.mkfifo(tmp_path / "wait")
    os.mkfifo(tmp_path / "wait.here")
    with subprocess.Popen([str(machine.checkout / "tools/run")], env=machine.environ, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        (tmp_path / "wait.here").read_text()
        started.send_signal(number)
        _, said = started.communicate(timeout=30)
    machine.environ["PIP_WAITS"] = ""
    again = machine.run()

    assert started.returncode == -number
    assert said.splitlines()[-1] == "liftoff: interrupted. Run this again to go on."
    assert list((tmp_path / "scratch").iterdir()) == []
    assert (again.returncode, machine.count("venv")) == (0, 2)


def test_a_venv_that_someone_left_half_made_is_made_anew(machine: Machine) -> None:
    (machine.checkout / ".venv/bin").mkdir(parents=True)
    (machine.checkout / ".venv/bin/python").symlink_to("/nonexistent/python")

    assert machine.run().returncode == 0
    assert machine.count("venv") == 1


def test_the_tests_get_what_they_need_and_the_program_does_not_wait_for_it(machine: Machine) -> None:
    machine.give("Xvfb", "#!/bin/sh\nexit 1\n")
    machine.run()
    assert "test-dependencies" not in machine.notes_file.read_text()
    machine.run("--version", tool="test")

    wanted = (machine.checkout / ".venv/test-dependencies.txt").read_text().split()
    assert any(line.startswith("pytest>=") for line in wanted)
    assert "-r" in machine.notes[-1]


@pytest.mark.parametrize(("checks", "tests", "status"), [(0, 0, 0), (1, 0, 1), (0, 2, 2), (1, 2, 2)])
def test_checks_and_tests_all_run_and_each_can_fail_the_whole(
    machine: Machine, checks: int, tests: int, status: int
) -> None:
    machine.environ |= {"CHECKS_END_WITH": str(checks), "TESTS_END_WITH": str(tests)}
    done = machine.run(tool="test")

    *checks_done, arguments = done.stdout.split()
    assert checks_done == ["lint-imports", "ruff", "mypy", "pytest", "on"]
    assert arguments == ":|-n|auto|--maxprocesses|4|--dist|worksteal|"
    assert done.returncode == status
    assert ("these checks failed: lint-imports ruff mypy" in done.stderr) == bool(checks)


def test_with_arguments_only_the_tests_they_name_run(machine: Machine) -> None:
    done = machine.run("tests/a file.py", "-k", "one or two", tool="test")

    assert done.stdout == "pytest on :|tests/a file.py|-k|one or two|"


def test_the_tests_find_a_screen_of_their_own_and_it_is_gone_afterwards(machine: Machine, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    machine.give("Xvfb", f"""#!/bin/sh
trap 'echo >"{gone}"; exit' TERM
echo 77 >&3
exec 3>&-
while :; do read -r _ <"{tmp_path}/never"; done
""")
    os.mkfifo(tmp_path / "never")
    machine.environ["DISPLAY"] = ":0"

    assert machine.run("-q", tool="test").stdout == "pytest on :77:|-q|"
    assert gone.exists()


def test_a_screen_that_does_not_start_is_said(machine: Machine) -> None:
    machine.give("Xvfb", "#!/bin/sh\necho no room >&2\nexit 1\n")

    done = machine.run("-q", tool="test")

    assert "liftoff: Xvfb does not start: no room" in done.stderr
    assert done.stdout == "pytest on :|-q|"


def test_without_rights_one_line_says_what_to_type(bare: Machine) -> None:
    bare.give("id", "#!/bin/sh\necho 1000\n")

    done = bare.run()

    first, second = done.stderr.splitlines()
    assert done.returncode == 3
    assert first.startswith("liftoff: this system lacks some packages. Install them as root: apt-get install python3 ")
    assert first.endswith(" libegl1 libglib2.0-0")
    assert second.startswith("liftoff: Python 3.11 or later is needed.")
    assert bare.notes == []


def test_root_has_the_lacking_packages_installed_and_named_first(bare: Machine) -> None:
    done = bare.run()

    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("liftoff: installing with apt-get, which takes a minute: python3 python3-venv")
    install = next(note for note in bare.notes if " install " in note)
    assert install.startswith("apt-get -y -q --no-install-recommends install python3 python3-venv")
    assert install.endswith(" libegl1 libglib2.0-0")


def test_whoever_may_use_sudo_without_a_password_is_served_too(bare: Machine) -> None:
    bare.give("id", "#!/bin/sh\necho 1000\n")
    bare.give("sudo", '#!/bin/sh\n[ "$1" = -n ] && exit 0\necho sudo >>"$NOTES"\n[ "$1" = true ] || exec "$@"\n')

    assert bare.run().returncode == 0
    assert bare.count("sudo") >= 2


def test_packages_that_cannot_be_installed_are_named_again_at_the_end(bare: Machine) -> None:
    bare.give("apt-get", "#!/bin/sh\nexit 100\n")

    done = bare.run()

    assert done.returncode == 3
    assert "Install them as root: apt-get install python3" in done.stderr


def test_a_missing_library_does_not_keep_the_program_from_saying_so_itself(machine: Machine) -> None:
    machine.have_libraries("libwayland-cursor.so.0")

    done = machine.run()

    assert "apt-get install libwayland-cursor0" in done.stderr
    assert done.stdout.startswith("liftoff in ")


def test_a_python_without_venv_gets_it(machine: Machine) -> None:
    machine.environ["NO_VENV"] = "yes"

    done = machine.run()

    assert done.returncode == 3
    assert "apt-get install python3.11-venv" in done.stderr


def test_a_python_that_is_too_old_is_not_used(machine: Machine) -> None:
    machine.environ["VERSION"] = "3.9"

    done = machine.run()

    assert done.returncode == 3
    assert "apt-get install" not in done.stderr
    assert done.stderr.startswith("liftoff: Python 3.11 or later is needed.")


def test_a_newer_python_is_named_where_the_system_has_one(machine: Machine) -> None:
    machine.environ["VERSION"] = "3.9"
    machine.give("apt-cache", '#!/bin/sh\n[ "$2" = python3.12-venv ]\n')

    done = machine.run()

    assert done.returncode == 3
    assert "apt-get install python3.12 python3.12-venv" in done.stderr


@pytest.mark.parametrize("name", ["python3.9", "python3"])
def test_a_python_asked_for_that_will_not_do_is_named(machine: Machine, name: str) -> None:
    machine.environ |= {"PYTHON": name, "VERSION": "3.9"}

    done = machine.run()

    assert done.returncode == 3
    assert done.stderr == (f"liftoff: PYTHON is {name}, which is not a Python 3.11 or later on this machine. "
                           "Name another one, or none.\n")


@pytest.mark.parametrize(("manager", "line"), [
    ("dnf", "dnf install python3 'libEGL.so.1()(64bit)' 'libglib-2.0.so.0()(64bit)' 'libgthread-2.0.so.0()(64bit)'"),
    ("zypper", "zypper install python311 'libEGL.so.1()(64bit)'"),
    ("pacman", "pacman -S python libglvnd glib2"),
])
def test_other_distributions_are_told_their_own_line(bare: Machine, manager: str, line: str) -> None:
    (bare.bin / "apt-get").unlink()
    bare.give(manager, PACKAGE_MANAGER)

    done = bare.run()

    assert done.returncode == 3
    assert line in done.stderr
    assert bare.notes == []


@pytest.mark.parametrize(("manager", "packages"), [
    ("apt-get", ["xvfb", "x11-xkb-utils", "x11-xserver-utils",
                 "libxtst6", "libxss1", "xwayland", "pekwm", "openbox", "sway", "cage", "wtype", "grim",
                 "systemd", "imagemagick", "dbus",
                 "at-spi2-core", "fonts-dejavu-core", "fonts-noto-core", "fonts-liberation", "locales"]),
    ("dnf", ["xorg-x11-server-Xvfb", "setxkbmap", "xrandr",
             "libXtst", "libXScrnSaver", "xset", "xorg-x11-server-Xwayland", "pekwm", "openbox", "sway", "cage",
             "wtype", "grim", "systemd", "ImageMagick", "dbus-daemon",
             "at-spi2-core", "dejavu-sans-fonts", "google-noto-sans-fonts", "liberation-sans-fonts",
             "glibc-locale-source"]),
    ("zypper", ["xorg-x11-server-Xvfb", "setxkbmap", "xrandr",
                "libXtst6", "libXss1", "xset", "xwayland", "pekwm", "openbox", "sway", "cage", "wtype", "grim",
                "systemd", "ImageMagick", "dbus-1",
                "at-spi2-core", "dejavu-fonts", "google-noto-sans-fonts", "liberation-fonts", "glibc-i18ndata"]),
    ("pacman", ["xorg-server-xvfb", "xorg-setxkbmap", "xorg-xrandr",
                "libxtst", "libxss", "xorg-xset", "xorg-xwayland", "pekwm", "openbox", "sway", "cage", "wtype", "grim",
                "systemd", "imagemagick", "dbus",
                "at-spi2-core", "ttf-dejavu", "noto-fonts", "ttf-liberation"]),
])
def test_the_tests_ask_for_screens_buses_fonts_and_sources_of_locales_and_the_program_does_not(
    machine: Machine, manager: str, packages: list[str]
) -> None:
    (machine.bin / "apt-get").unlink()
    machine.give(manager, PACKAGE_MANAGER)
    machine.environ |= dict.fromkeys(("I18NPATH", "AT_SPI_CONFIG", "FONT_PATH"), "/nonexistent")

    assert "Install them" not in machine.run().stderr
    asked, *_ = machine.run(tool="test").stderr.splitlines()
    assert asked.partition("Install them as root: ")[2].split()[2:] == packages


def test_sources_of_locales_that_are_there_are_not_asked_for(machine: Machine) -> None:
    asked = machine.run(tool="test").stderr

    assert asked.partition("apt-get install ")[2].partition("\n")[0] == (
        "xvfb x11-xkb-utils x11-xserver-utils libxtst6 libxss1 xwayland pekwm openbox sway cage wtype "
        "grim systemd imagemagick dbus")


def test_a_system_without_any_package_manager_is_told_what_is_needed(bare: Machine) -> None:
    (bare.bin / "apt-get").unlink()

    done = bare.run()

    assert done.returncode == 3
    assert done.stderr.startswith("liftoff: Python 3.11 or later is needed.")
