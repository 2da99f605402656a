"""Whether docs/kiosk.md says what there is to be set, and what its example sets can be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import inspect

from viewer.actions import ACTIONS
from viewer.kiosk.config import KioskConfig
from viewer.kiosk.config_file import read_config
from viewer.kiosk.config_values import option_fault
from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = (Path(__file__).parents[2] / "docs" / "kiosk.md").read_text("utf-8")


def part(name: str) -> str:
    """What stands between the page's marks for `name`."""
    return PAGE.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- end of {name} -->")[0]


def keys(struct: type[msgspec.Struct], within: str = "") -> Iterator[tuple[str, str]]:
    """Each key of the file, and its default as TOML; empty where that has none."""
    for field in msgspec.structs.fields(struct):
        match inspect.type_info(field.type):
            case inspect.StructType(cls=inner) | inspect.VarTupleType(item_type=inspect.StructType(cls=inner)):
                yield from keys(inner, f"{field.encode_name}.")
            case _:
                default = field.default
                yield within + field.encode_name, (
                    "" if default is None or default is msgspec.NODEFAULT else f"`{json.dumps(default)}`")


def test_every_key_is_in_the_table_with_its_default() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) ?\| \S.* \|$", part("keys"), re.MULTILINE)
    assert sorted(rows) == sorted(keys(KioskConfig))


def test_the_example_can_be_used_and_has_every_table(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "kiosk.toml").write_text(example, "utf-8")
    config = read_config(tmp_path / "kiosk.toml")
    tables = {key.partition(".")[0] for key, _ in keys(KioskConfig) if "." in key}
    assert tables == set(re.findall(r"^\[+(\S+?)\]+$", example, re.MULTILINE)) - {"options"}
    assert config.options


def test_the_options_that_are_named_are_options_of_a_kiosk() -> None:
    named = re.findall(r'"([a-z]+/[a-z-]+)"', PAGE)
    assert named
    assert [key for key in named if key not in BY_KEY or option_fault(key, BY_KEY[key].default)] == []


def test_every_action_of_visitors_is_named() -> None:
    assert re.findall("`([^`]+)`", part("actions")) == [row.id for row in ACTIONS if row.kiosk]
