from __future__ import annotations

import builtins
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
