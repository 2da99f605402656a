from __future__ import annotations

import tomllib

import pytest

from viewer.kiosk.toml_edit import NotEditableError, with_text


@pytest.mark.parametrize(("before", "after"), [
    ("", 'pin = "x"\n'),
    ("awake = true\n", 'awake = true\npin = "x"\n'),
    ("awake = true", 'awake = true\npin = "x"\n'),
    ("# the hall\n\n# when\n[hours]\nopen = ''\n", '# the hall\n\npin = "x"\n\n# when\n[hours]\nopen = \'\'\n'),
    ("  [hours]\n", 'pin = "x"\n\n  [hours]\n'),
    ("[hours]\n", 'pin = "x"\n\n[hours]\n'),
    ("a = [\n  [1],\n]\nb = '''\n[no]\n'''\n[[screen]]",
     "a = [\n  [1],\n]\nb = '''\n[no]\n'''\npin = \"x\"\n\n[[screen]]"),
    ('pin = "old"  # Anna has it\n[hours]\n', 'pin = "x"  # Anna has it\n[hours]\n'),
    ("  'pin'='old'\n", "  'pin'=\"x\"\n"),
    ('pin = """\nold"""\nawake = true\n', 'pin = "x"\nawake = true\n'),
    ("pin = 4711\n", 'pin = "x"\n'),
    ("[hours]\npin = 'other'\n", "pin = \"x\"\n\n[hours]\npin = 'other'\n"),
    ("awake = true\r\n[hours]\r\n", 'awake = true\r\npin = "x"\r\n\r\n[hours]\r\n'),
    ("pin = ''\r\nawake = true\r\n", 'pin = "x"\r\nawake = true\r\n'),
])
def test_a_text_is_set_and_all_else_stays(before: str, after: str) -> None:
    assert with_text(before, "pin", "x") == after


@pytest.mark.parametrize(("before", "after"), [
    ("", ""),
    ("awake = true\n", "awake = true\n"),
    ('awake = true\npin = "old"\n[hours]\n', "awake = true\n[hours]\n"),
    ('pin = "old"  # Anna has it\n', 'pin = ""  # Anna has it\n'),
    ('pin = """\nold"""\n', ""),
])
def test_a_text_is_taken_away_and_all_else_stays(before: str, after: str) -> None:
    assert with_text(before, "pin", "") == after
    assert tomllib.loads(after).get("pin", "") == ""


@pytest.mark.parametrize("before", ["[pin]\na = 1\n", "pin.a = 1\npin.b = 2\n", "[hours]\n[pin]\n"])
def test_what_cannot_be_changed_alone_is_not_changed(before: str) -> None:
    with pytest.raises(NotEditableError):
        with_text(before, "pin", "x")
