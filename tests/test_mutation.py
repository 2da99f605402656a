"""What is told of the mutants that were tried."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.mutation import ENOUGH, report, scores

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
    assert report(found).splitlines() == [
        "viewer.gallery.check                            1 of    2 noticed   50.0%",
        "    mutmut show viewer.gallery.check.x__review_texts__mutmut_2",
        "viewer.imaging.client.lru                       3 of    4 noticed   75.0%",
        "    mutmut show viewer.imaging.client.lru.xǁByteLruǁput__mutmut_2",
    ]
    assert found["viewer.gallery.check"].share < ENOUGH


def test_only_the_modules_that_were_asked_for_are_told() -> None:
    assert list(scores(RESULTS, ["viewer.gallery.check"])) == ["viewer.gallery.check"]
    assert scores(RESULTS, ["viewer.gallery"]) == {}


def test_every_module_and_every_test_file_that_is_named_exists() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    named = [*settings["only_mutate"], *settings["pytest_add_cli_args_test_selection"]]

    assert [name for name in named if not (ROOT / name).exists()] == []
