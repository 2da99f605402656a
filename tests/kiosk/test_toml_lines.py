from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from viewer.kiosk.toml_lines import KeyPath, lines_of

FILE = '''\
# the hall
gallery = "hall"

# when
hours.open = "Mo-Fr"
"pin" = """
a[hours]
"""
[visitors]  # what they may do
allowed = [
  "next",  # ]
  "first",
]
idle = 30
[[screen]]
name = "A"

[[screen]]
mirror = true
options = { "show/interval" = 8, b.c = 1 }
'''


@pytest.mark.parametrize(("path", "first", "last"), [
    (("gallery",), 2, 2),
    (("hours",), 5, 5),
    (("hours", "open"), 5, 5),
    (("pin",), 6, 8),
    (("visitors",), 9, 9),
    (("visitors", "allowed"), 10, 13),
    (("visitors", "allowed", 1), 10, 13),
    (("visitors", "idle"), 14, 14),
    (("screen",), 15, 15),
    (("screen", 0, "name"), 16, 16),
    (("screen", 1), 18, 18),
    (("screen", 1, "mirror"), 19, 19),
    (("screen", 1, "options", "show/interval"), 20, 20),
    (("screen", 1, "options", "b", "c"), 20, 20),
])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_key_is_found_in_whatever_way_it_is_written(path: KeyPath, first: int, last: int, end: str) -> None:
    assert lines_of(FILE.replace("\n", end), path) == range(first - 1, last)


@pytest.mark.parametrize("path", [("screen", 2), ("hours", "opne"), ("gallery", "x"), ("visitors", 0)])
def test_a_key_that_is_not_there_is_not_found(path: KeyPath) -> None:
    with pytest.raises(KeyError) as raised:
        lines_of(FILE, path)
    assert raised.value.args == (path,)


@pytest.mark.parametrize(("text", "lines"), [
    ("a = 1", range(1)), ("# the hall\na = 1", range(1, 2)), ("b = 1\na = [\n]", range(1, 3)),
])
def test_a_last_statement_without_a_line_end_is_found_too(text: str, lines: range) -> None:
    assert lines_of(text, ("a",)) == lines


@given(some.lists(some.sampled_from(['a = 1', '[t]', '[[l]]', 'x = [', ']', 'y = """', '"""', '# [c]', '', 'b.c = 2'])))
def test_the_lines_before_a_statement_are_toml_without_it_and_with_it_they_have_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    for key in data:
        found = lines_of(text, (key,))
        assert key not in tomllib.loads("\n".join(lines[:found.start]))
        assert key in tomllib.loads("\n".join(lines[:found.stop]))
