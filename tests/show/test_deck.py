from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.show.deck import LONGEST_TRAIL, Deck

sizes = st.integers(2, 40)
seeds = st.integers() | st.text(max_size=8)
moves = st.lists(st.tuples(st.sampled_from(["step", "go", "peek"]), st.integers(-5, 45)), max_size=60)


def taken(deck: Deck, steps: int) -> list[int]:
    """The slides seen in so many steps, the current one first."""
    seen = [deck.position]
    for _ in range(steps):
        deck.step()
        seen.append(deck.position)
    return seen


def test_in_order_a_step_past_the_end_of_a_loop_goes_on_at_the_beginning() -> None:
    deck = Deck(3)

    assert taken(deck, 4) == [0, 1, 2, 0, 1]
    assert deck.step(-2)
    assert deck.position == 2


def test_without_a_loop_a_step_past_an_end_stays_there_and_says_so() -> None:
    deck = Deck(3, start=1, loop=False)

    assert deck.step()
    assert deck.at_end()
    assert not deck.step()
    assert deck.position == 2
    assert deck.step(-9)
    assert deck.position == 0
    assert not deck.step(-1)


def test_an_empty_deck_has_no_place_and_no_way_forward() -> None:
    for seed in (None, 1):
        deck = Deck(0, shuffle_seed=seed)

        assert (deck.position, len(deck), deck.peek(0)) == (-1, 0, None)
        assert deck.at_end()
        assert not any((deck.step(), deck.step(-1), deck.go(3), deck.first(), deck.last()))
        assert deck.position == -1


def test_a_single_slide_leads_to_itself_and_never_to_another() -> None:
    for seed in (None, 1):
        deck = Deck(1, shuffle_seed=seed)

        assert deck.peek(1) == 0
        assert not deck.at_end()
        assert not deck.step()


def test_first_and_last_are_the_gallerys_even_when_shuffled() -> None:
    deck = Deck(9, start=4, shuffle_seed=2)

    assert deck.last()
    assert deck.position == 8
    assert deck.first()
    assert deck.position == 0
    assert not deck.first()


def test_a_start_out_of_range_becomes_the_nearest_slide() -> None:
    assert Deck(3, start=7).position == 2
    assert Deck(3, start=-7).position == 0


@given(sizes, seeds, st.data())
def test_every_cycle_of_a_shuffle_shows_everything_once(count: int, seed: int | str, data: st.DataObject) -> None:
    deck = Deck(count, start=data.draw(st.integers(0, count - 1)), shuffle_seed=seed)

    seen = taken(deck, 3 * count - 1)

    for cycle in range(3):
        assert sorted(seen[cycle * count:(cycle + 1) * count]) == list(range(count))


@given(sizes, seeds)
def test_no_slide_follows_itself_across_the_seam_of_two_cycles(count: int, seed: int | str) -> None:
    seen = taken(Deck(count, shuffle_seed=seed), 6 * count)

    assert all(one != other for one, other in pairwise(seen))


@given(sizes, seeds, moves)
def test_peeking_tells_where_a_step_leads_and_changes_nothing(count: int, seed: int | str,
                                                              course: list[tuple[str, int]]) -> None:
    curious, plain = Deck(count, shuffle_seed=seed), Deck(count, shuffle_seed=seed)
    for move, number in course:
        if move == "peek":
            curious.peek(number)
            continue
        for deck in (curious, plain):
            deck.step(number) if move == "step" else deck.go(number)
        assert curious.position == plain.position

    ahead = [curious.peek(steps) for steps in range(2 * count)]

    assert ahead == taken(plain, 2 * count - 1)


@given(sizes, seeds, moves)
def test_back_retraces_a_shuffled_show_through_jumps(count: int, seed: int | str,
                                                     course: list[tuple[str, int]]) -> None:
    deck = Deck(count, shuffle_seed=seed)
    seen = [deck.position]
    for move, number in course:
        if deck.go(number) if move == "go" else deck.step():
            seen.append(deck.position)

    back = [deck.position]
    while deck.step(-1):
        back.append(deck.position)

    assert back == seen[::-1]
    assert deck.peek(-1) is None
    assert taken(deck, len(seen) - 1) == seen


@given(sizes, seeds, st.lists(st.integers(0, 39), max_size=20))
def test_what_was_jumped_to_is_not_shown_again_in_its_cycle(count: int, seed: int | str, jumps: list[int]) -> None:
    deck = Deck(count, loop=False, shuffle_seed=seed)
    seen = Counter([deck.position])
    for index in jumps:
        if len(seen) < count and deck.go(index):
            seen[deck.position] += 1
    jumped = Counter(seen)
    while deck.step():
        seen[deck.position] += 1

    assert set(seen) == set(range(count))
    assert all(seen[index] == (jumped[index] or 1) for index in seen)


def test_a_jump_after_the_last_slide_of_a_shuffle_begins_a_new_round() -> None:
    deck = Deck(4, loop=False, shuffle_seed=1)
    while deck.step():
        pass

    assert deck.at_end()
    assert deck.go((deck.position + 1) % 4)
    assert sorted(taken(deck, 3)) == [0, 1, 2, 3]


@given(sizes, seeds, st.integers(0, 39))
def test_turning_shuffle_on_or_off_keeps_the_slide(count: int, seed: int | str, start: int) -> None:
    deck = Deck(count, start=start)
    here = deck.position

    deck.shuffle(seed)
    assert (deck.position, deck.seed) == (here, seed)
    deck.step()
    here = deck.position
    deck.shuffle(None)
    assert (deck.position, deck.seed) == (here, None)
    assert deck.peek(1) == (here + 1) % count


def test_the_same_seed_gives_the_same_show_and_another_seed_another() -> None:
    shows = [taken(Deck(50, shuffle_seed=seed), 149) for seed in (7, 7, 8)]

    assert shows[0] == shows[1]
    assert shows[0] != shows[2]
    assert shows[0][:50] != shows[0][50:100]


def test_a_shuffle_prefers_no_slide_at_any_place() -> None:
    seconds = Counter(Deck(5, shuffle_seed=seed).peek(1) for seed in range(2000))

    assert set(seconds) == {1, 2, 3, 4}
    assert all(400 < times < 600 for times in seconds.values())


def test_the_trail_of_a_show_that_runs_for_months_is_cut_and_still_leads_back_a_day() -> None:
    deck = Deck(3, shuffle_seed=1)
    seen = taken(deck, 2 * LONGEST_TRAIL)

    deck.step(-LONGEST_TRAIL // 2 + 1)

    assert deck.position == seen[-LONGEST_TRAIL // 2]
    deck.step(-2 * LONGEST_TRAIL)
    assert deck.peek(-1) is None


def test_a_shuffle_of_a_hundred_thousand_slides_repeats_none() -> None:
    deck = Deck(100_000, shuffle_seed=1)
    seen = taken(deck, 500)

    assert len(set(seen)) == 501
    assert deck.peek(1) not in seen


@given(sizes, seeds, moves, st.data())
def test_another_version_of_the_gallery_goes_on_with_what_was_not_shown(
    count: int, seed: int | str, course: list[tuple[str, int]], data: st.DataObject,
) -> None:
    deck = Deck(count, loop=False, shuffle_seed=seed)
    seen = [deck.position]
    for move, number in course:
        if len(set(seen)) < count and (deck.go(number) if move == "go" else deck.step()):
            seen.append(deck.position)
    new_count = data.draw(st.integers(2, 50))
    free = data.draw(st.permutations(range(new_count)))
    places = [free[i] if i < new_count and data.draw(st.booleans()) else None for i in range(count)]
    expected = places[deck.position]

    deck.renumber(places, new_count)

    here = deck.position
    assert here == (min(seen[-1], new_count - 1) if expected is None else expected)
    shown = {places[index] for index in seen} - {None} | {here}
    assert sorted(taken(deck, 2 * new_count)[1:new_count - len(shown) + 1]) == sorted(set(range(new_count)) - shown)
    assert deck.at_end()
    while deck.position != here:
        deck.step(-1)
    back = []
    while deck.step(-1):
        back.append(deck.position)
    left = [places[index] for index in seen[:-1] if places[index] is not None] + [here]
    assert back == [place for place, follower in pairwise(left) if place != follower][::-1]


def test_slides_in_order_are_renumbered_too() -> None:
    deck = Deck(3, start=1)

    deck.renumber([0, 2, 3], 4)
    assert (deck.position, len(deck), deck.peek(1)) == (2, 4, 3)
    deck.renumber([0, 1, None, 2], 3)
    assert deck.position == 2
    deck.renumber([None] * 3, 0)
    assert (deck.position, deck.at_end()) == (-1, True)
    deck.renumber([], 2)

    assert deck.position == 0


def test_the_way_ahead_after_going_back_survives_a_new_version() -> None:
    deck = Deck(6, shuffle_seed=1)
    seen = taken(deck, 4)
    deck.step(-3)

    deck.renumber([5, 4, 3, 2, 1, 0], 6)

    assert taken(deck, 3) == [5 - index for index in seen[1:]]


@pytest.mark.parametrize("loop", [True, False])
@pytest.mark.parametrize("seed", [None, 7])
@pytest.mark.parametrize("back", [0, 3])
def test_what_is_ahead_is_where_steps_lead_to(loop: bool, seed: int | None, back: int) -> None:
    deck = Deck(9, start=2, loop=loop, shuffle_seed=seed)
    deck.step(5)
    deck.step(-back)

    ahead = list(islice(deck.ahead(), 30))

    assert ahead == [place for place in map(deck.peek, range(1, 31)) if place is not None]
    for place in ahead:
        deck.step()
        assert deck.position == place


def test_nothing_is_ahead_in_an_empty_deck() -> None:
    assert list(Deck(0).ahead()) == []
