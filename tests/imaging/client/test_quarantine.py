"""The record of what is wrong with files."""

from __future__ import annotations

import pytest

from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.client.quarantine import MOST_KNOWN, LossOutcome, Quarantine
from viewer.imaging.protocol.failures import Failure, Reason
from viewer.imaging.protocol.messages import Box, Identity

REQUEST = PictureRequest("a.jpg", Box(100, 100))
OLD, NEW = Identity(1, 2, 3), Identity(9, 2, 3)


def test_nothing_is_wrong_with_a_file_nobody_complained_about() -> None:
    quarantine = Quarantine()

    assert quarantine.of("a.jpg") is None
    assert quarantine.unless(REQUEST) is None
    assert not quarantine.lost_a_worker(REQUEST)


def test_the_second_crash_is_blamed_on_the_file() -> None:
    quarantine = Quarantine()
    assert quarantine.lost(REQUEST, "crashed", OLD) == LossOutcome(None, again=True)
    assert quarantine.lost_a_worker(REQUEST)
    assert quarantine.of("a.jpg") is None
    outcome = quarantine.lost(REQUEST, "crashed", OLD)

    assert outcome == LossOutcome(Failure("crashed", "2 workers were lost"), again=False)
    assert quarantine.of("a.jpg") == outcome.failure
    assert quarantine.unless(REQUEST) == OLD
    assert not quarantine.lost_a_worker(REQUEST)


def test_a_deadline_is_told_at_once_but_the_file_gets_a_second_chance() -> None:
    quarantine = Quarantine()
    first = quarantine.lost(REQUEST, "too-slow", OLD)
    assert first == LossOutcome(Failure("too-slow", "the deadline has passed"), again=True)
    assert quarantine.unless(REQUEST) is None
    second = quarantine.lost(REQUEST, "too-slow", OLD)

    assert not second.again
    assert quarantine.unless(REQUEST) == OLD


def test_another_size_of_the_same_file_counts_as_the_same_file() -> None:
    quarantine = Quarantine()
    quarantine.lost(REQUEST, "crashed", OLD)

    assert not quarantine.lost(PictureRequest("a.jpg", Box(50, 50)), "crashed", OLD).again


def test_a_file_that_changed_between_two_crashes_gets_another_chance() -> None:
    quarantine = Quarantine()
    quarantine.lost(REQUEST, "crashed", OLD)

    assert quarantine.lost(REQUEST, "crashed", NEW).again


def test_a_later_frame_of_an_animation_does_not_condemn_the_picture() -> None:
    quarantine = Quarantine()
    later = REQUEST._replace(frame=7)
    quarantine.failed(later, Failure("damaged"), OLD)

    assert quarantine.of("a.jpg") is None
    assert quarantine.of("a.jpg", 7) == Failure("damaged")
    assert (quarantine.unless(REQUEST), quarantine.unless(later)) == (None, OLD)


@pytest.mark.parametrize("reason", ["missing", "forbidden", "unreadable", "out-of-memory", "not-a-file", "no-worker"])
def test_what_may_pass_is_tried_afresh(reason: Reason) -> None:
    quarantine = Quarantine()
    quarantine.failed(REQUEST, Failure(reason), OLD)

    assert quarantine.of("a.jpg") == Failure(reason)
    assert quarantine.unless(REQUEST) is None


@pytest.mark.parametrize("reason", ["damaged", "unknown-format", "empty", "file-too-big"])
def test_what_lies_in_the_file_is_not_parsed_again_before_it_changes(reason: Reason) -> None:
    quarantine = Quarantine()
    quarantine.failed(REQUEST, Failure(reason), OLD)

    assert quarantine.unless(REQUEST) == OLD


def test_a_file_that_is_decoded_is_cleared() -> None:
    quarantine = Quarantine()
    quarantine.failed(REQUEST, Failure("damaged"), OLD)
    quarantine.lost(REQUEST, "crashed", OLD)
    quarantine.cleared(REQUEST)

    assert (quarantine.of("a.jpg"), quarantine.lost_a_worker(REQUEST)) == (None, False)


def test_all_files_can_be_forgotten() -> None:
    quarantine = Quarantine()
    for path in ("a.jpg", "b.jpg", "c.jpg"):
        quarantine.failed(REQUEST._replace(path=path), Failure("damaged"), OLD)
        quarantine.lost(REQUEST._replace(path=path), "crashed", OLD)
    quarantine.clear()

    assert (quarantine.of("b.jpg"), quarantine.lost_a_worker(REQUEST._replace(path="c.jpg"))) == (None, False)


def test_of_very_many_bad_files_those_that_nobody_asks_about_are_forgotten_first() -> None:
    quarantine = Quarantine()
    for number in range(MOST_KNOWN):
        quarantine.failed(PictureRequest(f"{number}.jpg", Box(9, 9)), Failure("damaged"), OLD)
    assert quarantine.unless(PictureRequest("0.jpg", Box(9, 9))) == OLD

    quarantine.failed(REQUEST, Failure("damaged"), OLD)

    assert quarantine.of("0.jpg") == quarantine.of("a.jpg") == Failure("damaged")
    assert quarantine.of("1.jpg") is None


def test_however_often_a_damaged_file_is_asked_about_its_version_is_known() -> None:
    quarantine = Quarantine()
    quarantine.failed(REQUEST, Failure("damaged"), OLD)

    assert [quarantine.unless(REQUEST) for _ in range(3)] == [OLD] * 3


def test_a_file_that_took_too_long_once_is_known_to_be_slow_meanwhile() -> None:
    quarantine = Quarantine()
    quarantine.lost(REQUEST, "too-slow", OLD)

    assert quarantine.of("a.jpg") == Failure("too-slow", "the deadline has passed")


def test_a_file_that_is_reported_damaged_after_a_crash_has_no_crash_to_its_name_any_more() -> None:
    quarantine = Quarantine()
    quarantine.lost(REQUEST, "crashed", OLD)
    quarantine.failed(REQUEST, Failure("damaged"), OLD)

    assert not quarantine.lost_a_worker(REQUEST)
    assert quarantine.lost(REQUEST, "crashed", OLD).again


def test_the_second_loss_counts_where_nobody_knows_which_version_it_was() -> None:
    for first, second in ((None, OLD), (OLD, None), (None, None)):
        quarantine = Quarantine()
        quarantine.lost(REQUEST, "crashed", first)

        assert not quarantine.lost(REQUEST, "crashed", second).again


def test_a_sound_file_that_was_never_in_question_can_be_cleared() -> None:
    quarantine = Quarantine()
    quarantine.cleared(REQUEST)

    assert quarantine.of("a.jpg") is None


def test_asking_about_a_bad_file_again_costs_no_other_its_record() -> None:
    quarantine = Quarantine()
    for number in range(MOST_KNOWN):
        quarantine.failed(PictureRequest(f"{number}.jpg", Box(9, 9)), Failure("damaged"), OLD)
    quarantine.unless(PictureRequest("5.jpg", Box(9, 9)))

    assert quarantine.of("0.jpg") == Failure("damaged")
