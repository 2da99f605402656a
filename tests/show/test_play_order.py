from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from viewer.show.play_order import LONGEST_HISTORY, PlayOrder

sizes = st.integers(2, 40)
seeds = st.integers() | st.text(max_size=8)
moves = st.lists(st.tuples(st.sampled_from(["step", "go", "peek"]), st.integers(-5, 45)), max_size=60)


def taken(play_order: PlayOrder, steps: int) -> list[int]:
    """The slides seen in so many steps, the current one first."""
    seen = [play_order.position]
    for _ in range(steps):
        play_order.step()
        seen.append(play_order.position)
    return seen


def test_in_order_a_step_past_the_end_of_a_loop_goes_on_at_the_beginning() -> None:
    play_order = PlayOrder(3)

    assert taken(play_order, 4) == [0, 1, 2, 0, 1]
    assert play_order.step(-2)
    assert play_order.position == 2


def test_without_a_loop_a_step_past_an_end_stays_there_and_says_so() -> None:
    play_order = PlayOrder(3, start=1, loop=False)

    assert play_order.step()
    assert play_order.peek(1) is None
    assert not play_order.step()
    assert play_order.position == 2
    assert play_order.step(-9)
    assert play_order.position == 0
    assert not play_order.step(-1)


def test_an_empty_play_order_has_no_place_and_no_way_forward() -> None:
    for seed in (None, 1):
        play_order = PlayOrder(0, shuffle_seed=seed)

        assert (play_order.position, play_order.peek(0)) == (-1, None)
        assert play_order.peek(1) is None
        assert not any((play_order.step(), play_order.step(-1), play_order.go(3)))
        assert play_order.position == -1


def test_a_single_slide_leads_to_itself_and_never_to_another() -> None:
    for seed in (None, 1):
        play_order = PlayOrder(1, shuffle_seed=seed)

        assert play_order.peek(1) == 0
        assert play_order.peek(1) is not None
        assert not play_order.step()


def test_a_start_out_of_range_becomes_the_nearest_slide() -> None:
    assert PlayOrder(3, start=7).position == 2
    assert PlayOrder(3, start=-7).position == 0


@given(sizes, seeds, st.data())
def test_every_cycle_of_a_shuffle_shows_everything_once(count: int, seed: int | str, data: st.DataObject) -> None:
    play_order = PlayOrder(count, start=data.draw(st.integers(0, count - 1)), shuffle_seed=seed)

    seen = taken(play_order, 3 * count - 1)

    for cycle in range(3):
        assert sorted(seen[cycle * count:(cycle + 1) * count]) == list(range(count))


@given(sizes, seeds)
def test_no_slide_follows_itself_across_the_seam_of_two_cycles(count: int, seed: int | str) -> None:
    seen = taken(PlayOrder(count, shuffle_seed=seed), 6 * count)

    assert all(one != other for one, other in pairwise(seen))


@given(sizes, seeds, moves)
def test_peeking_tells_where_a_step_leads_and_changes_nothing(
    count: int, seed: int | str, course: list[tuple[str, int]],
) -> None:
    curious, plain = PlayOrder(count, shuffle_seed=seed), PlayOrder(count, shuffle_seed=seed)
    for move, number in course:
        if move == "peek":
            curious.peek(number)
            continue
        for play_order in (curious, plain):
            play_order.step(number) if move == "step" else play_order.go(number)
        assert curious.position == plain.position

    ahead = [curious.peek(steps) for steps in range(2 * count)]

    assert ahead == taken(plain, 2 * count - 1)


@given(sizes, seeds, moves)
def test_back_retraces_a_shuffled_show_through_jumps(
    count: int, seed: int | str, course: list[tuple[str, int]],
) -> None:
    play_order = PlayOrder(count, shuffle_seed=seed)
    seen = [play_order.position]
    for move, number in course:
        if play_order.go(number) if move == "go" else play_order.step():
            seen.append(play_order.position)

    back = [play_order.position]
    while play_order.step(-1):
        back.append(play_order.position)

    assert back == seen[::-1]
    assert play_order.peek(-1) is None
    assert taken(play_order, len(seen) - 1) == seen


@given(sizes, seeds, st.lists(st.integers(0, 39), max_size=20))
def test_what_was_jumped_to_is_not_shown_again_in_its_cycle(count: int, seed: int | str, jumps: list[int]) -> None:
    play_order = PlayOrder(count, loop=False, shuffle_seed=seed)
    seen = Counter([play_order.position])
    for index in jumps:
        if len(seen) < count and play_order.go(index):
            seen[play_order.position] += 1
    jumped = Counter(seen)
    while play_order.step():
        seen[play_order.position] += 1

    assert set(seen) == set(range(count))
    assert all(seen[index] == (jumped[index] or 1) for index in seen)


def test_a_jump_after_the_last_slide_of_a_shuffle_begins_a_new_round() -> None:
    play_order = PlayOrder(4, loop=False, shuffle_seed=1)
    while play_order.step():
        pass

    assert play_order.peek(1) is None
    assert play_order.go((play_order.position + 1) % 4)
    assert sorted(taken(play_order, 3)) == [0, 1, 2, 3]


@given(sizes, seeds, st.integers(0, 39))
def test_turning_shuffle_on_or_off_keeps_the_slide(count: int, seed: int | str, start: int) -> None:
    play_order = PlayOrder(count, start=start)
    here = play_order.position

    play_order.shuffle(seed)
    assert (play_order.position, play_order.seed) == (here, seed)
    play_order.step()
    here = play_order.position
    play_order.shuffle(None)
    assert (play_order.position, play_order.seed) == (here, None)
    assert play_order.peek(1) == (here + 1) % count


def test_the_same_seed_gives_the_same_show_and_another_seed_another() -> None:
    shows = [taken(PlayOrder(50, shuffle_seed=seed), 149) for seed in (7, 7, 8)]

    assert shows[0] == shows[1]
    assert shows[0] != shows[2]
    assert shows[0][:50] != shows[0][50:100]


def test_a_shuffle_prefers_no_slide_at_any_place() -> None:
    seconds = Counter(PlayOrder(5, shuffle_seed=seed).peek(1) for seed in range(2000))

    assert set(seconds) == {1, 2, 3, 4}
    assert all(400 < times < 600 for times in seconds.values())


def test_the_history_of_a_show_that_runs_for_months_is_cut_and_still_leads_back_a_day() -> None:
    play_order = PlayOrder(3, shuffle_seed=1)
    seen = taken(play_order, 2 * LONGEST_HISTORY)

    play_order.step(-LONGEST_HISTORY // 2 + 1)

    assert play_order.position == seen[-LONGEST_HISTORY // 2]
    play_order.step(-2 * LONGEST_HISTORY)
    assert play_order.peek(-1) is None


def test_a_shuffle_of_a_hundred_thousand_slides_repeats_none() -> None:
    play_order = PlayOrder(100_000, shuffle_seed=1)
    seen = taken(play_order, 500)

    assert len(set(seen)) == 501
    assert play_order.peek(1) not in seen


@given(sizes, seeds, moves, st.data())
def test_another_version_of_the_gallery_goes_on_with_what_was_not_shown(
    count: int, seed: int | str, course: list[tuple[str, int]], data: st.DataObject,
) -> None:
    play_order = PlayOrder(count, loop=False, shuffle_seed=seed)
    seen = [play_order.position]
    for move, number in course:
        if len(set(seen)) < count and (play_order.go(number) if move == "go" else play_order.step()):
            seen.append(play_order.position)
    new_count = data.draw(st.integers(2, 50))
    free = data.draw(st.permutations(range(new_count)))
    places = [free[i] if i < new_count and data.draw(st.booleans()) else None for i in range(count)]
    expected = places[play_order.position]

    play_order.renumber(places, new_count)

    here = play_order.position
    assert here == (min(seen[-1], new_count - 1) if expected is None else expected)
    shown = {places[index] for index in seen} - {None} | {here}
    assert sorted(taken(play_order,
                        2 * new_count)[1:new_count - len(shown) + 1]) == sorted(set(range(new_count)) - shown)
    assert play_order.peek(1) is None
    while play_order.position != here:
        play_order.step(-1)
    back = []
    while play_order.step(-1):
        back.append(play_order.position)
    left = [places[index] for index in seen[:-1] if places[index] is not None] + [here]
    assert back == [place for place, follower in pairwise(left) if place != follower][::-1]


def test_slides_in_order_are_renumbered_too() -> None:
    play_order = PlayOrder(3, start=1)

    play_order.renumber([0, 2, 3], 4)
    assert (play_order.position, play_order.peek(1)) == (2, 3)
    play_order.renumber([0, 1, None, 2], 3)
    assert play_order.position == 2
    play_order.renumber([None] * 3, 0)
    assert (play_order.position, play_order.peek(1)) == (-1, None)
    play_order.renumber([], 2)

    assert play_order.position == 0


def test_the_way_ahead_after_going_back_survives_a_new_version() -> None:
    play_order = PlayOrder(6, shuffle_seed=1)
    seen = taken(play_order, 4)
    play_order.step(-3)

    play_order.renumber([5, 4, 3, 2, 1, 0], 6)

    assert taken(play_order, 3) == [5 - index for index in seen[1:]]


@pytest.mark.parametrize("loop", [True, False])
@pytest.mark.parametrize("seed", [None, 7])
@pytest.mark.parametrize("back", [0, 3])
def test_what_is_ahead_is_where_steps_lead_to(loop: bool, seed: int | None, back: int) -> None:
    play_order = PlayOrder(9, start=2, loop=loop, shuffle_seed=seed)
    play_order.step(5)
    play_order.step(-back)

    ahead = list(islice(play_order.ahead(), 30))

    assert ahead == [place for place in map(play_order.peek, range(1, 31)) if place is not None]
    for place in ahead:
        play_order.step()
        assert play_order.position == place


def test_nothing_is_ahead_in_an_empty_play_order() -> None:
    assert list(PlayOrder(0).ahead()) == []


@example(3, 0, True, 0, 49, 0)  # past many cycles
@given(sizes, st.none() | seeds, st.booleans(), st.integers(0, 39), st.integers(2, 90), st.integers(0, 3))
def test_skipping_leads_where_steps_do_and_leaves_no_trace_to_go_back_to(
    count: int, seed: int | str | None, loop: bool, start: int, steps: int, back: int,
) -> None:
    play_order, stepped = (PlayOrder(count, start=start, loop=loop, shuffle_seed=seed) for _ in range(2))
    for one in (play_order, stepped):
        one.step(4)
        one.step(-back)
    here = play_order.position
    index = next(islice(play_order.ahead(), steps - 1, None), None)
    if index is None:
        return

    assert play_order.skip_to(steps, index) == (index != here)

    stepped.step(steps)
    assert play_order.position == stepped.position == index
    if seed is not None and not back and index != here:
        play_order.step(-1)
        assert play_order.position == here


def test_skipped_slides_count_as_shown_in_their_cycle() -> None:
    play_order = PlayOrder(9, shuffle_seed=1, loop=False)
    ahead = list(play_order.ahead())

    play_order.skip_to(5, ahead[4])

    assert list(play_order.ahead()) == ahead[5:]
    assert play_order.step(-1)
    assert play_order.position == 0


def test_the_same_seed_gives_the_same_order_in_every_version_of_the_program() -> None:
    assert taken(PlayOrder(6, shuffle_seed=1), 11) == [0, 5, 4, 3, 2, 1, 3, 1, 2, 4, 0, 5]


def test_a_jump_to_the_first_slide_or_before_it_leads_there() -> None:
    for index in (0, -3):
        play_order = PlayOrder(3, start=2)

        assert play_order.go(index)
        assert play_order.position == 0


def test_a_shuffled_single_slide_gets_others_and_loses_them_again() -> None:
    play_order = PlayOrder(1, shuffle_seed=1)
    play_order.renumber([2], 5)
    assert play_order.position == 2
    assert sorted(taken(play_order, 4)) == [0, 1, 2, 3, 4]

    last = play_order.position
    play_order.renumber([0 if index == last else None for index in range(5)], 1)
    assert play_order.position == 0
    assert not play_order.step()


@given(sizes.filter(lambda count: count > 3), seeds)
def test_what_is_skipped_on_the_way_counts_as_shown_however_short_the_way(count: int, seed: int | str) -> None:
    for steps in (1, 2, 3):
        play_order = PlayOrder(count, loop=False, shuffle_seed=seed)
        way = list(islice(play_order.ahead(), steps))
        play_order.skip_to(steps, way[-1])
        rest = list(play_order.ahead())

        assert not set(way) & set(rest)
        assert len(rest) == count - 1 - steps


def test_a_jump_after_going_back_forgets_the_way_ahead() -> None:
    play_order = PlayOrder(9, shuffle_seed=1)
    seen = taken(play_order, 3)
    play_order.step(-2)
    other = next(index for index in range(9) if index not in seen)
    play_order.go(other)

    assert play_order.peek(-1) == seen[1]
    play_order.step(-1)
    assert play_order.position == seen[1]
    play_order.step()
    assert play_order.position == other


def test_half_of_a_long_history_is_always_there_to_go_back() -> None:
    play_order = PlayOrder(50, shuffle_seed=1)
    for _ in range(LONGEST_HISTORY - 1):
        play_order.step()
    assert play_order.peek(1 - LONGEST_HISTORY) is not None
    play_order.step()

    assert play_order.peek(-LONGEST_HISTORY // 2) is not None
    assert play_order.peek(-LONGEST_HISTORY // 2 - 1) is None
