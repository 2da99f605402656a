from __future__ import annotations

import builtins
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from viewer.desktop.compiled import kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCE = b"answer = 6 * 7"
CARRIED = "shibokensupport/part.py"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there rights are not in a file's mode")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was really compiled."""
    names: list[str] = []
    plain: Callable[..., Any] = builtins.compile

    def counting(source: Any, filename: Any, *more: Any, **options: Any) -> Any:
        names.append(filename)
        return plain(source, filename, *more, **options)

    monkeypatch.setattr(builtins, "compile", counting)
    return names


def answer(source: bytes, filename: str = CARRIED) -> object:
    found: dict[str, Any] = {}
    exec(compile(source, filename, "exec"), found)
    return found["answer"]


def test_what_was_compiled_once_is_not_compiled_again(tmp_path: Path, counted: list[str]) -> None:
    for _ in range(3):
        with kept(tmp_path / "cache" / "compiled"):
            assert answer(SOURCE) == 42

    assert counted == [CARRIED]


def test_another_text_is_compiled_anew(tmp_path: Path, counted: list[str]) -> None:
    for source, meant in ((SOURCE, 42), (b"answer = 6 * 8", 48), (b"answer = 6 * 8", 48), (SOURCE, 42)):
        with kept(tmp_path / "compiled"):
            assert answer(source) == meant

    assert counted == [CARRIED] * 3  # only the last text is kept


def test_what_others_compile_is_left_alone(tmp_path: Path, counted: list[str]) -> None:
    for _ in range(2):
        with kept(tmp_path / "compiled"):
            assert answer(SOURCE, "<string>") == 42

    assert counted == ["<string>"] * 2
    assert not (tmp_path / "compiled").exists()


@pytest.mark.parametrize("damage", [b"", b"\0" * 100, b"short"])
def test_a_damaged_file_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    place = tmp_path / "compiled"
    with kept(place):
        answer(SOURCE)
    whole = place.read_bytes()
    for spoilt in (damage, whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
        place.write_bytes(spoilt)
        with kept(place):
            assert answer(SOURCE) == 42

        assert place.read_bytes() == whole


def test_a_place_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with kept(tmp_path / "file" / "compiled"):
        assert answer(SOURCE) == 42


def test_afterwards_python_compiles_as_before(tmp_path: Path) -> None:
    plain = builtins.compile
    with pytest.raises(ZeroDivisionError), kept(tmp_path / "compiled"):
        raise ZeroDivisionError

    assert builtins.compile is plain


def test_qt_for_python_is_imported_from_what_was_kept(tmp_path: Path) -> None:
    place = tmp_path / "compiled"
    script = (
        "import sys; from pathlib import Path; from viewer.desktop.compiled import kept\n"
        f"with kept(Path({str(place)!r})):\n    from PySide6.QtCore import QObject\n"
        "try:\n    QObject().setObjectName([])\nexcept TypeError as error:\n    print(error)\n"
    )
    said = [subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
            for _ in range(2)]

    assert said[0] == said[1]
    assert "QObject.setObjectName(list)" in said[0]  # the carried part words this
    assert b"shibokensupport/signature/parser.py" in place.read_bytes()


@POSIX
def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with kept(tmp_path / "cache" / "compiled"):
        answer(SOURCE)

    assert stat.S_IMODE((tmp_path / "cache" / "compiled").stat().st_mode) == 0o600
    assert [entry.name for entry in (tmp_path / "cache").iterdir()] == ["compiled"]


@POSIX
@pytest.mark.parametrize("rights", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_to_is_not_believed(rights: int, tmp_path: Path, counted: list[str]) -> None:
    place = tmp_path / "compiled"
    with kept(place):
        answer(SOURCE)
    place.chmod(rights)
    with kept(place):
        answer(SOURCE)

    assert counted == [CARRIED] * 2
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


@POSIX
def test_in_a_folder_that_others_may_write_to_nothing_is_kept_or_believed(tmp_path: Path, counted: list[str]) -> None:
    folder = tmp_path / "cache"
    with kept(folder / "compiled"):
        answer(SOURCE)
    folder.chmod(0o777)
    before = (folder / "compiled").stat().st_mtime_ns
    with kept(folder / "compiled"):
        answer(SOURCE)

    assert counted == [CARRIED] * 2
    assert (folder / "compiled").stat().st_mtime_ns == before


@POSIX
def test_another_persons_file_is_not_believed(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    with kept(tmp_path / "compiled"):
        answer(SOURCE)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with kept(tmp_path / "compiled"):
        answer(SOURCE)

    assert counted == [CARRIED] * 2
