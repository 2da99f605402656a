from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import msgspec
import pytest

from tests.kiosk.prometheus_format import parsed
from tests.kiosk.status_fields import PAGE, page
from tests.kiosk.statuses import FULL, snapshot
from viewer.kiosk import prometheus
from viewer.kiosk import status as parts
from viewer.kiosk.status import EVERY_S, OVERDUE_S, Status, read_status, restarts_since, rows
from viewer.kiosk.status_problems import with_problems

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_says_all_of_it_and_can_be_read_back(tmp_path: Path) -> None:
    (tmp_path / "status.json").write_bytes(FULL.as_json())

    assert read_status(tmp_path) == FULL


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"version": 3}', b"\xff"])
def test_a_file_that_is_none_is_no_status(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "status.json").write_bytes(data)

    assert read_status(tmp_path) is None
    assert read_status(tmp_path / "missing") is None


def test_every_field_of_the_table_has_a_description() -> None:
    assert all(row.description for row in rows(FULL))


def test_the_page_for_keepers_has_every_field() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.kiosk.status_fields writes the table anew"


def test_every_metric_of_the_table_is_there_and_the_format_is_exact() -> None:
    found = parsed(prometheus.metrics(snapshot().at(6000)))

    wanted = {row.metric for row in rows(snapshot().at(6000)) if row.metric}
    assert set(found) == wanted
    assert len(wanted) == len([row for row in rows(FULL) if row.metric])  # no name stands for two rows
    assert found["liftoff_uptime_seconds"].samples == {"": 5.0}
    assert found["liftoff_restarts_total"] == ("How often the show was started anew.", "counter", {"": 2.0})
    assert found["liftoff_awake_locks"].samples == {"": 2.0}
    assert len(found["liftoff_screen_info"].samples) == 2
    assert list(found["liftoff_info"].samples) == ['version="1.2.3"']


def test_what_is_not_known_has_no_sample() -> None:
    found = parsed(prometheus.metrics(Status()))

    assert not {"liftoff_painted_age_seconds", "liftoff_pixels_right", "liftoff_screen_info"} & set(found)
    assert found["liftoff_failed_slides"].samples == {"": 0.0}


def test_two_screens_that_are_alike_are_one_sample() -> None:
    screen = parts.ScreenStatus("", "", "", 1, 1, 1.0, True)

    found = parsed(prometheus.metrics(msgspec.structs.replace(FULL, screens=(screen, screen))))

    assert len(found["liftoff_screen_info"].samples) == 1


@pytest.mark.parametrize("broken", [
    "liftoff_up 1", "# TYPE a gauge\na 1\n", "# HELP a A.\n# TYPE a gauge\na 1\na 2\n", "a{b=\"\n\"} 1\n",
    "# HELP a A.\n# TYPE a gauge\n b 1\n", "# HELP a A.\n# TYPE a_total gauge\na_total 1\n", "a 1,5\n", "\n",
])
def test_the_strict_reader_is_strict(broken: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        parsed(broken)


def test_ages_are_counted_when_they_are_asked_for() -> None:
    early, later = snapshot().at(5000), snapshot().at(9000)

    assert (early.uptime_s, early.painted_age_s, early.overdue_s) == (4.0, 1.0, 0)
    assert (later.uptime_s, later.painted_age_s, later.clock_ms) == (8.0, 5.0, 9000)


@pytest.mark.parametrize(("due_ms", "late_ms"), [
    (10_000, 10_000 + OVERDUE_S * 1000),
    (None, 5000 + (EVERY_S + OVERDUE_S) * 1000),  # no snapshot is taken any more: the window itself is frozen
])
def test_a_slide_that_is_far_too_late_is_ill_health(due_ms: int | None, late_ms: int) -> None:
    just_well, ill = (snapshot(due_ms=due_ms).at(late_ms + more) for more in (-1, 0))

    assert just_well.is_healthy
    assert not ill.is_healthy
    assert "60 seconds" in ill.problems[0]


def test_a_show_that_is_paused_may_stand_still() -> None:
    assert snapshot(due_ms=None, taken_ms=1_000_000).at(1_005_000).is_healthy


@pytest.mark.parametrize(("part", "said"), [
    ({"gallery": parts.GalleryStatus(problem="The file is not there.")}, "The file is not there."),
    ({"play_log": parts.PlayLogStatus(problem="The disk is full.")}, "The disk is full."),
    ({"awake": parts.AwakeStatus(True, (), "Nobody listens.")}, "Nobody listens."),
    ({"hooks": ("on-open: it ended with 1.",)}, "on-open: it ended with 1."),
    ({"pixels": parts.PixelStatus(False)}, "not the picture of its slide"),
    ({"opening": parts.OpeningStatus(problem="The clock is wrong.")}, "The clock is wrong."),
    ({"screen_problem": "The screen HDMI-1 is not connected."}, "HDMI-1"),
    ({"failed": (parts.FailedSlide("", "4.jpg", "It is damaged."),)}, "slide 4.jpg cannot be shown: It is damaged. It"),
    ({"set_aside": (parts.FailedSlide("s", "4.jpg", "It crashed."),)}, "slide s is set aside: It crashed. It is tried"),
    ({"server": parts.ServerStatus(problem="The port is taken.")}, "The port is taken."),
])
def test_what_needs_looking_at_is_named(part: dict[str, Any], said: str) -> None:
    (problem,) = with_problems(msgspec.structs.replace(Status(), **part)).problems

    assert said in problem


def test_a_lock_that_is_not_wanted_is_no_problem() -> None:
    status = msgspec.structs.replace(Status(), awake=parts.AwakeStatus(False, (), "May sleep."))

    assert with_problems(status).problems == ()


def test_restarts_are_counted_as_long_as_the_same_supervisor_watches() -> None:
    before = Status(supervisor=4711, restarts=2)

    assert restarts_since(before, 4711) == 3
    assert restarts_since(before, 4712) == 0
    assert restarts_since(None, 4711) == 0
    assert restarts_since(Status(), 0) == 0


def test_kinds_of_metrics_are_those_that_prometheus_text_makes() -> None:
    assert set(get_args(parts.Kind)) == {"gauge", "counter", "info"}
