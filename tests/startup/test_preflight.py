from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
import pytest

from viewer.startup import preflight
from viewer.startup.distributions import needed_by

if TYPE_CHECKING:
    from collections.abc import Iterator

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is checked")
QT = Path(PySide6.__file__).parent / "Qt"
DEBIAN = "ID=debian\nVERSION_CODENAME=bookworm\n"


@pytest.fixture
def sockets(tmp_path: Path) -> Iterator[Path]:
    """A folder in which X0 and wayland-0 answer, X1 is left over from a server that died, and nothing else is."""
    listening = []
    for name in ("X0", "X1", "wayland-0"):
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(tmp_path / name))
        server.listen()
        listening.append(server)
    listening.pop(1).close()
    yield tmp_path
    for server in listening:
        server.close()


def test_a_sound_pair_of_python_and_pyside_passes() -> None:
    assert preflight.safe_pair((3, 11), "6.11.3") is None
    assert preflight.safe_pair((3, 11), "6.8.0") is None
    assert preflight.safe_pair((3, 12), "6.12.0") is None
    assert preflight.safe_pair((3, 14), "6.12.0") is None


def test_the_pair_that_aborts_is_refused_with_what_to_do() -> None:
    sentence = preflight.safe_pair((3, 11), "6.12.0")

    assert sentence is not None
    assert "PySide6 6.12.0" in sentence
    assert "Python 3.11" in sentence
    assert 'pip install "PySide6-Essentials<6.12"' in sentence


def test_a_later_pyside_is_believed_when_it_counts_right() -> None:
    assert preflight.safe_pair((3, 11), "6.12.1") is None


def test_what_runs_here_is_a_safe_pair() -> None:
    assert preflight.safe_pair() is None


def test_the_installed_version_is_found_without_importing_qt() -> None:
    code = (
        "import sys; from viewer.startup.preflight import _installed_version as version; "
        "found = version(); assert 'PySide6' not in sys.modules; import PySide6; assert found == PySide6.__version__"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_void_calls_into_qt_take_no_reference_to_none() -> None:
    assert preflight.none_refcount_is_sound(1000)


@linux
def test_nothing_set_means_no_screen() -> None:
    sentence = preflight.screen({})

    assert sentence is not None
    assert sentence.startswith("There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set.")


@linux
@pytest.mark.parametrize(("environ", "reason"), [
    ({}, "There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set."),
    ({"DISPLAY": ":9999"}, "There is no screen: no X server answers at DISPLAY :9999."),
    ({"WAYLAND_DISPLAY": "/nowhere/wayland-0"}, "There is no screen: no Wayland compositor answers at /nowhere/"),
])
def test_the_program_says_in_one_line_that_there_is_no_screen(environ: dict[str, str], reason: str) -> None:
    inherited = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }

    done = subprocess.run(
        [sys.executable, "-m", "viewer"], cwd=Path(preflight.__file__).parents[2], env={**inherited, **environ},
        capture_output=True, text=True, check=False, timeout=60,
    )

    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith(f"liftoff: {reason}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "linuxfb", "eglfs", "xcb;offscreen"])
def test_a_platform_that_needs_no_screen_passes(platform: str) -> None:
    assert preflight.screen({"QT_QPA_PLATFORM": platform}) is None


@linux
@pytest.mark.parametrize("environ", [
    {"DISPLAY": ":0"}, {"DISPLAY": ":0.1"}, {"DISPLAY": "unix:0"}, {"WAYLAND_DISPLAY": "wayland-0"},
    {"WAYLAND_DISPLAY": "wayland-7", "DISPLAY": ":0"}, {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"},
    {"QT_QPA_PLATFORM": "wayland-egl", "WAYLAND_DISPLAY": "wayland-0"},
    {"QT_QPA_PLATFORM": "wayland", "WAYLAND_SOCKET": "7"}, {"QT_QPA_PLATFORM": "wayland"},
])
def test_a_screen_that_answers_passes(environ: dict[str, str], sockets: Path) -> None:
    assert preflight.screen({"XDG_RUNTIME_DIR": str(sockets), **environ}, x_sockets=str(sockets)) is None


@linux
@pytest.mark.parametrize(("environ", "reason"), [
    ({"DISPLAY": ":1"}, "no X server answers at DISPLAY :1"),
    ({"DISPLAY": ":2.0"}, "no X server answers at DISPLAY :2.0"),
    ({"DISPLAY": "garbage"}, "DISPLAY is garbage, which is not the name of a screen"),
    ({"WAYLAND_DISPLAY": "wayland-1"}, "no Wayland compositor answers at "),
    ({"WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":2"}, "no X server answers at DISPLAY :2"),
    ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0", "XDG_RUNTIME_DIR": ""}, "no Wayland compositor answers"),
])
def test_a_screen_that_does_not_answer_is_named(environ: dict[str, str], reason: str, sockets: Path) -> None:
    sentence = preflight.screen({"XDG_RUNTIME_DIR": str(sockets), **environ}, x_sockets=str(sockets))

    assert sentence is not None
    assert sentence.startswith("There is no screen: ")
    assert reason in sentence


@linux
def test_a_screen_on_another_machine_is_asked_over_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        answer = preflight.screen({"DISPLAY": f"127.0.0.1:{number}"})
    silence = preflight.screen({"DISPLAY": f"127.0.0.1:{number}"})

    assert answer is None
    assert silence is not None


def test_names_of_screens_that_are_paths_are_left_to_qt() -> None:
    assert preflight.screen({"DISPLAY": "/private/tmp/com.apple.launchd/org.xquartz:0"}) is None


@pytest.mark.parametrize(("environ", "expected"), [
    ({}, ["xcb"]),
    ({"DISPLAY": ":0"}, ["xcb"]),
    ({"WAYLAND_DISPLAY": "wayland-0"}, ["wayland"]),
    ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wayland", "xcb"]),
    ({"QT_QPA_PLATFORM": "wayland-egl;xcb:nograb", "DISPLAY": ":0"}, ["wayland", "xcb"]),
])
def test_platforms_are_tried_in_the_order_of_qt(environ: dict[str, str], expected: list[str]) -> None:
    assert preflight.platforms(environ) == expected


class Loader:
    """A system that lacks some libraries; Qt's own files need all of `lacks`."""

    def __init__(self, *lacks: str, plugin: str = "libqxcb.so") -> None:
        self.lacks, self.plugin = lacks, plugin
        self.asked: list[str] = []

    def __call__(self, name: str) -> str:
        """The loader's complaint, in its own words."""
        self.asked.append(name)
        broken = name in self.lacks or (self.lacks and name.endswith(self.plugin))
        missing = name if name in self.lacks else "".join(self.lacks[:1])
        return f"{missing}: cannot open shared object file: No such file or directory" if broken else ""


@pytest.fixture
def debian(tmp_path: Path) -> Path:
    """An os-release file of Debian 12."""
    place = tmp_path / "os-release"
    place.write_text(DEBIAN, encoding="ascii")
    return place


def _cache(folder: Path, *lacks: str) -> Path:
    known = [f"/usr/lib/{row.soname}" for row in needed_by("qt", "xcb", "wayland") if row.soname not in lacks]
    place = folder / "ld.so.cache"
    place.write_bytes(b"\0".join(path.encode() for path in known) + b"\0")
    return place


@linux
def test_all_that_is_missing_is_named_at_once_with_the_command(tmp_path: Path, debian: Path) -> None:
    lacks = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0")

    sentence = preflight.libraries(
        {"DISPLAY": ":0"}, cache=_cache(tmp_path, *lacks), load=Loader(*lacks), os_release=[debian]
    )

    assert sentence is not None
    assert "libxcb-cursor.so.0, libxkbcommon-x11.so.0." in sentence
    assert sentence.endswith("apt install libxcb-cursor0 libxkbcommon-x11-0")


@linux
def test_a_system_whose_loader_knows_everything_is_not_asked_further(tmp_path: Path) -> None:
    loader = Loader()

    assert preflight.libraries({"DISPLAY": ":0"}, cache=_cache(tmp_path), load=loader) is None
    assert loader.asked == []


@linux
def test_what_the_loader_finds_elsewhere_counts(tmp_path: Path) -> None:
    loader = Loader()

    assert preflight.libraries({"DISPLAY": ":0"}, cache=tmp_path / "no cache", load=loader) is None
    assert loader.asked


@linux
def test_a_platform_that_falls_back_on_another_passes(tmp_path: Path) -> None:
    lacks = ("libwayland-cursor.so.0",)
    loader = Loader(*lacks, plugin="libqwayland.so")
    environ = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}

    assert preflight.libraries(environ, cache=_cache(tmp_path, *lacks), load=loader) is None


@linux
def test_libraries_of_a_screen_that_is_not_used_may_be_missing(tmp_path: Path) -> None:
    cache = _cache(tmp_path, "libxcb-cursor.so.0")

    assert preflight.libraries({"QT_QPA_PLATFORM": "offscreen"}, cache=cache, load=Loader("libxcb-cursor.so.0")) is None


@linux
def test_a_missing_library_no_table_knows_is_named_too(tmp_path: Path, debian: Path) -> None:
    loader = Loader("libnovel.so.3")

    sentence = preflight.libraries({"DISPLAY": ":0"}, cache=tmp_path / "none", load=loader, os_release=[debian])

    assert sentence is not None
    assert "lacks: libnovel.so.3. Install the packages that hold them." in sentence


@linux
def test_this_system_has_what_qt_needs_offscreen() -> None:
    assert preflight.libraries({"QT_QPA_PLATFORM": "offscreen"}) is None


@linux
@pytest.mark.parametrize(("part", "files"), [
    ("qt", "lib/libQt6Widgets.so.6"), ("qt", "lib/libQt6Svg.so.6"), ("xcb", "plugins/platforms/libqxcb.so"),
    ("wayland", "plugins/platforms/libqwayland*.so"),
])
def test_the_table_covers_what_this_qt_needs(part: str, files: str) -> None:
    table = {row.soname for row in needed_by("qt", "xcb", "wayland") if row.part in ("qt", part)}
    wanted = {name for file in QT.glob(files) for name in _needed_from_outside(file)}

    assert wanted
    assert wanted - table == set()


@linux
def test_a_plugin_that_really_lacks_a_library_is_found_out(tmp_path: Path, debian: Path) -> None:
    plugin = QT / "plugins/platforms/libqxcb.so"
    package = tmp_path / "PySide6"
    (package / "Qt/plugins/platforms").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "Qt/lib").symlink_to(QT / "lib")
    crippled = plugin.read_bytes().replace(b"libxcb-icccm.so.4\0", b"libxcb-absent.so4\0")
    (package / "Qt/plugins/platforms/libqxcb.so").write_bytes(crippled)
    code = (
        "from pathlib import Path; from viewer.startup.preflight import libraries; "
        f"print(libraries({{'DISPLAY': ':0'}}, cache=Path('/none'), os_release=[Path({str(debian)!r})]))"
    )
    environ = {**os.environ, "PYTHONPATH": f"{tmp_path}:{Path(preflight.__file__).parents[2]}"}

    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)

    assert "Qt needs libraries that this system lacks: " in done.stdout
    assert "libxcb-absent.so4" in done.stdout


@linux
def test_what_is_no_library_makes_the_loader_complain(tmp_path: Path) -> None:
    broken = tmp_path / "libbroken.so"
    broken.write_bytes(b"not a library")

    assert "libbroken.so" in preflight._load(str(broken))
    assert preflight._load("libnot-there.so.1").startswith("libnot-there.so.1: cannot open")
    assert preflight._load("libc.so.6") == ""


def _needed_from_outside(file: Path) -> set[str]:
    """The libraries an ELF file of Qt asks for, its own companions followed and the compiler's left out."""
    found, waiting, seen = set(), [file], {file.name}
    while waiting:
        for name in _needed(waiting.pop().read_bytes()):
            if name in seen:
                continue
            seen.add(name)
            if (QT / "lib" / name).exists():
                waiting.append(QT / "lib" / name)
            elif not name.startswith(("libstdc++.", "libm.", "libgcc_s.", "libc.", "ld-linux", "libpthread.", "librt.",
                                      "libdl.")):
                found.add(name)
    return found


def _needed(elf: bytes) -> list[str]:
    """DT_NEEDED of a 64-bit little-endian ELF file (elf(5))."""
    assert elf[:6] == b"\x7fELF\x02\x01"
    offset, = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    segments = [struct.unpack_from("<IIQQQQ", elf, offset + size * number) for number in range(count)]
    dynamic = next(segment for segment in segments if segment[0] == 2)
    entries = list(struct.iter_unpack("<qQ", elf[dynamic[2]:dynamic[2] + dynamic[5] // 16 * 16]))
    address = dict(entries)[5]
    strings = next(it[2] + address - it[3] for it in segments if it[0] == 1 and it[3] <= address < it[3] + it[5])
    starts = [strings + value for tag, value in entries if tag == 1]
    return [elf[start:elf.index(b"\0", start)].decode("ascii") for start in starts]
