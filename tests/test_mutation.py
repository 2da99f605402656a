"""What is told of the mutants that were tried."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation import ENOUGH, Score, is_good, main, report, scores

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
RESULTS = """\
    viewer.gallery.check.x_check__mutmut_1: killed
    viewer.gallery.check.x__review_texts__mutmut_2: survived
    viewer.gallery.check.x_check__mutmut_3: not checked
    viewer.imaging.client.lru.xǁByteLruǁput__mutmut_1: timeout
    viewer.imaging.client.lru.xǁByteLruǁput__mutmut_2: no tests
    viewer.imaging.client.lru.xǁByteLruǁput__mutmut_3: killed
    viewer.imaging.client.lru.xǁByteLruǁput__mutmut_4: killed
""".splitlines()


def test_mutants_that_no_test_noticed_count_against_their_module() -> None:
    found = scores(RESULTS)

    assert {module: (score.tried, score.share) for module, score in found.items()} == {
        "viewer.gallery.check": (2, 0.5), "viewer.imaging.client.lru": (4, 0.75),
    }
    assert found["viewer.gallery.check"].share < ENOUGH


def test_the_report_ends_with_a_table_of_all_modules() -> None:
    assert report(scores(RESULTS)).splitlines() == [
        "survived: .venv/bin/mutmut show viewer.gallery.check.x__review_texts__mutmut_2",
        "survived: .venv/bin/mutmut show viewer.imaging.client.lru.xǁByteLruǁput__mutmut_2",
        "",
        "viewer.gallery.check          2     1   50.0%  less than 95%",
        "viewer.imaging.client.lru     4     3   75.0%  less than 95%",
        "all                           6     4   66.7%  less than 95%",
    ]


def test_each_module_must_be_good_not_only_all_together() -> None:
    good = Score(1000, ())

    assert is_good({"one": good, "two": Score(20, ("a",))}, ["one", "two"])
    assert not is_good({"one": good, "two": Score(20, ("a", "b"))}, ["one", "two"])


def test_a_module_of_which_nothing_was_tried_is_not_good() -> None:
    assert not is_good({"one": Score(1000, ())}, ["one", "two"])


def test_a_module_that_is_not_configured_is_refused_before_anything_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["viewer.gallery.chek"]) == 2
    assert capsys.readouterr().err == (
        "viewer.gallery.chek: not among the modules that [tool.mutmut] in pyproject.toml names.\n")


def test_only_the_modules_that_were_asked_for_are_told() -> None:
    assert list(scores(RESULTS, ["viewer.gallery.check"])) == ["viewer.gallery.check"]
    assert scores(RESULTS, ["viewer.gallery"]) == {}


def test_every_module_and_every_test_file_that_is_named_exists() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    named = [*settings["only_mutate"], *settings["pytest_add_cli_args_test_selection"]]

    assert [name for name in named if not (ROOT / name).exists()] == []
