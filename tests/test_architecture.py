"""Rules of this project that the import linter cannot see: what is named, assigned, written and left out."""

from __future__ import annotations

import ast
import importlib
import io
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "viewer").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_MODULE = 300

WIDGETS_LIVE_IN = ("viewer/ui/", "viewer/app/")
WORKER = "viewer/imaging/worker/"
PARSERS = {"QImageReader", "QMovie", "QPictureIO", "QSvgRenderer"}
"""What would read a picture file in the process that shows windows."""

EXEMPT = {("viewer/ui/style/icons.py", "QSvgRenderer")}
"""The button icons: files of our own, compiled into the program, never a user's."""

DRAWN_BY_US = {"QPixmap", "QImage", "QIcon"}
"""Read a file when they are given a path, and are welcome without one."""

MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MUTABLE_MAKERS = {"list", "dict", "set", "bytearray", "defaultdict", "OrderedDict", "Counter", "deque"}
CONSTANT = re.compile(r"\b(Final|Mapping|TypeAlias|ClassVar)\b")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _trees(paths: list[Path]) -> Iterator[tuple[str, ast.Module]]:
    for path in paths:
        yield _name(path), ast.parse(path.read_text("utf-8"))


def _names_used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom | ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_widgets_live_in_the_ui_and_the_composition_root_alone() -> None:
    strays = [
        f"{name}:{line}"
        for name, tree in _trees(MODULES) if not name.startswith(WIDGETS_LIVE_IN)
        for line, module in _imports(tree) if module.startswith("PySide6.QtWidgets")
    ]

    assert strays == []


def test_the_process_that_shows_windows_has_no_parser_of_pictures() -> None:
    strays = [
        f"{name}:{line} {used}"
        for name, tree in _trees(MODULES) if not name.startswith(WORKER)
        for line, used in _names_used(tree) if used in PARSERS and (name, used) not in EXEMPT
    ]

    assert strays == []


def _reads_a_file(call: ast.Call) -> bool:
    """Whether this makes an image of a file: one argument that is no size and no other image, or a load."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if called in {"loadFromData", "fromData"}:
        return True
    if called not in DRAWN_BY_US or len(call.args) != 1:
        return False
    only = call.args[0]
    if isinstance(only, ast.Constant):
        return isinstance(only.value, str | bytes)
    return isinstance(only, ast.JoinedStr) or (isinstance(only, ast.Call) and getattr(only.func, "id", "") == "str")


@pytest.mark.parametrize(("code", "reads"), [
    ("QPixmap('a.png')", True), ("QtGui.QImage(str(path))", True), ("QIcon(f'{folder}/a.svg')", True),
    ("image.loadFromData(data)", True), ("QPixmap(40, 30)", False), ("QPixmap(size)", False), ("QIcon()", False),
])
def test_images_made_of_files_are_told_from_those_that_are_drawn(code: str, reads: bool) -> None:
    assert any(_reads_a_file(node) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)) is reads


def test_the_process_that_shows_windows_makes_no_image_of_a_file() -> None:
    strays = [
        f"{name}:{node.lineno}"
        for name, tree in _trees(MODULES) if not name.startswith(WORKER)
        for node in ast.walk(tree) if isinstance(node, ast.Call) and _reads_a_file(node)
    ]

    assert strays == []


def _mutable_assignments(tree: ast.Module) -> Iterator[int]:
    """Lines of module-level names that hold something that could change and are not declared constant."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            value, constant = node.value, False
            if all(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
                continue
        elif isinstance(node, ast.AnnAssign):
            value, constant = node.value or node.target, bool(CONSTANT.search(ast.unparse(node.annotation)))
        else:
            continue
        called = getattr(value.func, "id", "") if isinstance(value, ast.Call) else ""
        if not constant and (isinstance(value, MUTABLE) or called in MUTABLE_MAKERS):
            yield node.lineno


@pytest.mark.parametrize(("code", "lines"), [
    ("CACHE = {}", [1]), ("seen: set[str] = set()", [1]), ("A: Final = {}", []), ("A: Mapping[str, int] = {}", []),
    ("A = (1, 2)", []), ("def f() -> None:\n    seen = []", []), ("A = 1\nB = [n for n in A]", [2]),
])
def test_state_kept_in_a_module_is_recognised(code: str, lines: list[int]) -> None:
    assert list(_mutable_assignments(ast.parse(code))) == lines


def test_no_module_keeps_state() -> None:
    strays = [f"{name}:{line}" for name, tree in _trees(MODULES) for line in _mutable_assignments(tree)]
    rebound = [
        f"{name}:{node.lineno} global"
        for name, tree in _trees(MODULES) for node in ast.walk(tree) if isinstance(node, ast.Global)
    ]

    assert strays + rebound == []


def _qt_names(tree: ast.Module) -> dict[str, Any]:
    """What each name that is imported from Qt's bindings anywhere in a module stands for."""
    return {
        alias.asname or alias.name: getattr(importlib.import_module(node.module), alias.name, None)
        or importlib.import_module(f"{node.module}.{alias.name}")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "PySide6"
        for alias in node.names
    }


def _qt_class(expression: ast.expr, names: dict[str, Any]) -> Any:
    """The class of Qt, if any, that an expression such as `QTimer` or `QtCore.QTimer` names."""
    if isinstance(expression, ast.Attribute):
        return getattr(_qt_class(expression.value, names), expression.attr, None)
    return names.get(expression.id) if isinstance(expression, ast.Name) else None


def _is_property_or_signal(made: Any, keyword: str) -> bool:
    """Whether the class has such a property or signal; then the keyword is no parameter of a C++ constructor.

    Keywords that name parameters, such as `parent`, are not in the class's meta-object, and any case is safe there.
    """
    meta = getattr(made, "staticMetaObject", None)
    return meta is not None and (meta.indexOfProperty(keyword) >= 0 or any(
        meta.method(index).name() == keyword.encode() and meta.method(index).methodType().name == "Signal"
        for index in range(meta.methodCount())
    ))


def _property_keywords(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Constructor calls, of Qt's classes or of a subclass's base, that set properties or connect signals by keyword."""
    names = _qt_names(tree)
    if not names:
        return
    calls = [(node, [node.func]) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls += [
        (node, subclass.bases)
        for subclass in tree.body if isinstance(subclass, ast.ClassDef)
        for node in ast.walk(subclass)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"
    ]
    for call, made in calls:
        for keyword in call.keywords:
            if keyword.arg and any(_is_property_or_signal(_qt_class(each, names), keyword.arg) for each in made):
                yield call.lineno, keyword.arg


@pytest.mark.parametrize(("code", "found"), [
    ("from PySide6.QtCore import QTimer\nQTimer(parent, interval=30)", [(2, "interval")]),
    ("from PySide6.QtCore import QTimer as Timer\nTimer(timeout=call)", [(2, "timeout")]),
    ("from PySide6 import QtCore\nQtCore.QTimer(singleShot=True)", [(2, "singleShot")]),
    ("from PySide6.QtWidgets import QLabel\nclass A(QLabel):\n  def f(self):\n    super().__init__(text='')",
     [(4, "text")]),
    ("from PySide6.QtWidgets import QDialogButtonBox as Box\nBox(Box.StandardButton.Save, parent=self)", []),
    ("from PySide6.QtWidgets import QFileDialog\nQFileDialog.getOpenFileNames(options=options)", []),
    ("from PySide6.QtTest import QTest\nQTest.mouseClick(widget, button, pos=point)", []),
    ("Schedule(interval=30)", []),
])
def test_keywords_that_name_properties_and_signals_are_told_from_parameters(
    code: str, found: list[tuple[int, str]]
) -> None:
    assert list(_property_keywords(ast.parse(code))) == found


def test_no_constructor_of_qt_is_given_a_property_or_signal_by_keyword() -> None:
    """The bindings look it up by a name that the C library's locale folds: in Turkish `interval` is not found."""
    strays = [
        f"{name}:{line} {keyword}"
        for name, tree in _trees(MODULES + TESTS) for line, keyword in _property_keywords(tree)
    ]

    assert strays == []


def test_every_module_is_named_for_what_it_is_about() -> None:
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff", "base"}

    assert [_name(path) for path in MODULES if path.stem in vague or vague & set(path.parts)] == []


def test_what_is_printed_goes_through_print_line() -> None:
    strays = [
        f"{name}:{node.lineno}"
        for name, tree in _trees(MODULES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert strays == []


def test_every_module_can_be_read_at_one_sitting() -> None:
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def _undocumented(name: str, tree: ast.Module) -> Iterator[str]:
    if ast.get_docstring(tree) is None:
        yield name
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield f"{name}:{node.lineno} {node.name}"


def test_everything_public_says_what_it_is_for() -> None:
    assert [where for name, tree in _trees(MODULES) for where in _undocumented(name, tree)] == []


def _silenced_without_reason(text: str) -> Iterator[int]:
    """Lines where a checker is silenced and no words beside it say why."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and re.search(r"noqa|type:\s*ignore|pragma:", token.string):
            rest = re.sub(r"noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?|type:\s*ignore(\[[\w, -]+\])?|pragma:[\w ]+", "",
                          token.string)
            if not re.search(r"[A-Za-z]{3,}", rest):
                yield token.start[0]


@pytest.mark.parametrize(("comment", "lines"), [
    ("x = 1  # noqa: E501", [1]), ("x = 1  # type: ignore[arg-type]", [1]), ("x = 1  # noqa", [1]),
    ("x = 1  # noqa: ARG001 - the home outlives the check", []),
    ("x = 1  # type: ignore[attr-defined]  # only there on Windows", []), ('x = "# noqa"', []),
])
def test_a_silenced_checker_without_a_reason_is_recognised(comment: str, lines: list[int]) -> None:
    assert list(_silenced_without_reason(comment)) == lines


def test_every_silenced_checker_has_a_reason_beside_it() -> None:
    strays = [
        f"{_name(path)}:{line}"
        for path in MODULES + TESTS for line in _silenced_without_reason(path.read_text("utf-8"))
    ]

    assert strays == []


def _texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project that git knows, or without git all outside hidden and built folders."""
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    if listed is not None and listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        top = [path for path in ROOT.iterdir() if not path.name.startswith(".") and path.name not in ("build", "dist")]
        paths = [path for place in top for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()]
    for path in paths:
        try:
            yield _name(path), path.read_text("utf-8")
        except (UnicodeDecodeError, OSError):  # a picture, or a file deleted since
            continue


def test_no_text_names_a_place_on_one_machine_or_a_package_index() -> None:
    home = re.compile(r"/home/\w+/|/Users/\w+/|[A-Z]:\\Users\\\w+\\")
    index = re.compile(r"--(extra-)?index-url|--find-links|pypi\.org/simple|PIP_INDEX_URL")
    here = _name(Path(__file__))
    strays = [
        f"{name}: {found[0]}"
        for name, text in _texts() if name != here
        for found in [*index.finditer(text), *(() if name.startswith("tests/") else home.finditer(text))]
    ]

    assert strays == []


def test_what_is_pure_loads_neither_qt_nor_pillow() -> None:
    pure = [
        "viewer.actions", "viewer.settings", "viewer.resources", "viewer.imaging.protocol.messages",
        "viewer.imaging.protocol.failures", "viewer.imaging.client.picture", "viewer.imaging.pool.worker_process",
        "viewer.show.play_order", "viewer.gallery.model",
        "viewer.gallery.open", "viewer.cli", "viewer.startup.early_decode", "viewer.startup.preflight",
    ]
    code = f"import sys, {', '.join(pure)}; sys.exit(', '.join({{'PySide6', 'PIL'}} & set(sys.modules)) or None)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_modules_of_a_worker_never_load_qt() -> None:
    names = [_name(path)[:-3].replace("/", ".") for path in MODULES if _name(path).startswith(WORKER)]
    inner = [name for name in names if not name.endswith(("__main__", "__init__"))]
    code = f"import sys, {', '.join(inner)}; sys.exit('PySide6' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_architecture_page_names_modules_that_exist() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    paths = set(re.findall(r"`([a-z_/]+\.py)`", page))
    names = set(re.findall(r"`((?:show|ui|imaging|settings_store)[a-z_.]*)\.[A-Z]\w+`", page))

    assert len(paths) > 5
    assert len(names) > 2
    assert [path for path in paths if not (ROOT / "viewer" / path).is_file()] == []
    assert [name for name in names if not (ROOT / "viewer" / f"{name.replace('.', '/')}.py").is_file()] == []


def test_the_glossary_stays_short() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = page.partition("## Words that are ours")[2].strip().splitlines()[2:]

    assert 10 < len(rows) <= 20
