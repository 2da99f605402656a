"""What a start imports, as the bench reads, groups and draws it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.bench.startup_imports import END_OF_START, by_family, family_of, grown, imports_in, least, table
from tests.bench.startup_picture import picture

SAID = f"""
import time: self [us] | cumulative | imported package
import time:      1000 |       1000 |     msgspec._core
import time:       500 |       1500 |   msgspec
import time:      2000 |       3500 | viewer.gallery.model
liftoff: something else
import time:       250 |        250 | PySide6.QtCore
{{"{END_OF_START}": [300.0, 200.0]}}
import time:      9000 |       9000 | viewer.ui.window.shortcuts_overlay
"""
"""What Python says with -X importtime, and the program between."""


def test_only_what_comes_before_the_first_picture_counts() -> None:
    assert [(one.name, one.own, one.whole, one.depth) for one in imports_in(SAID)] == [
        ("msgspec._core", 1.0, 1.0, 2), ("msgspec", 0.5, 1.5, 1), ("viewer.gallery.model", 2.0, 3.5, 0),
        ("PySide6.QtCore", 0.25, 0.25, 0),
    ]


def test_modules_hang_below_the_one_that_brought_them() -> None:
    slides, core = grown(imports_in(SAID))

    assert (slides.module.name, core.module.name) == ("viewer.gallery.model", "PySide6.QtCore")
    assert [branch.module.name for branch in slides.brought] == ["msgspec"]
    assert [branch.module.name for branch in slides.brought[0].brought] == ["msgspec._core"]


@pytest.mark.parametrize(("name", "family"), [
    ("viewer.ui.thumbnails.list_view", "viewer.ui, viewer.app"), ("viewer.app.application", "viewer.ui, viewer.app"),
    ("viewer.startup.early_decode", "the rest of viewer"), ("viewer", "the rest of viewer"),
    ("PySide6.QtGui", "Qt and PySide6"),
    ("shibokensupport.signature", "Qt and PySide6"), ("json", "Python's standard library"),
    ("viewerlike", "Python's standard library"),
])
def test_each_module_belongs_to_a_family(name: str, family: str) -> None:
    assert family_of(name) == family


def test_nothing_is_lost_in_grouping() -> None:
    assert sorted(one for group in by_family(imports_in(SAID)).values() for one in group) == sorted(imports_in(SAID))


def test_of_several_runs_each_module_has_its_least_time() -> None:
    slower = [one._replace(own=one.own + 1) for one in imports_in(SAID)]
    slower[0] = slower[0]._replace(own=0.125)

    assert [one.own for one in least([slower, imports_in(SAID)])] == [0.125, 0.5, 2.0, 0.25]


def test_the_table_names_what_is_dear_and_sums_up_the_rest() -> None:
    lines = table({"before": imports_in(SAID)[:3], "today": imports_in(SAID)}, dear=1.0).splitlines()

    assert "| msgspec | 2 | 1.5 | 2 | 1.5 | msgspec._core 1.0, 1 others 0.5 |" in lines
    assert "| Qt and PySide6 | 0 | 0.0 | 1 | 0.2 | 1 others 0.2 |" in lines
    assert lines[-1] == "| all | 3 | 3.5 | 4 | 3.8 | |"
    assert len({line.count("|") for line in lines}) == 1


def test_the_picture_has_a_bar_for_each_module() -> None:
    drawn = ET.fromstring(picture({"Before": imports_in(SAID), "Today": imports_in(SAID)}))
    titles = [title.text for title in drawn.iter("{http://www.w3.org/2000/svg}title")]

    assert titles == 2 * [
        "viewer.gallery.model: 3.5 ms, 2.0 of its own", "msgspec: 1.5 ms, 0.5 of its own",
        "msgspec._core: 1.0 ms, 1.0 of its own", "PySide6.QtCore: 0.2 ms, 0.2 of its own",
    ]
