"""What is said before the first request: it arrives as it was said, and nothing else is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.imaging.protocol.handshake import (
    FORBIDDEN,
    LACKS,
    LAYERS,
    LONGEST_ALLOWED_PATHS,
    AllowedPaths,
    Sandbox,
    is_sandbox,
    paths_within,
    read_allowed_paths,
    read_sandbox,
    write_allowed_paths,
    write_sandbox,
)
from viewer.imaging.protocol.messages import ProtocolError

WHOLE = Sandbox(LAYERS, 7, (), ())
paths = st.text(max_size=40)


@given(st.builds(AllowedPaths, st.lists(paths, max_size=5).map(tuple), st.lists(paths, max_size=5).map(tuple), paths,
                 st.booleans(), st.integers(0, 9)))
def test_allowed_paths_arrive_as_they_were_sent(allowed_paths: AllowedPaths) -> None:
    line = write_allowed_paths(allowed_paths)

    assert line.count(b"\n") == 1
    assert read_allowed_paths(line) == allowed_paths


def test_names_that_are_no_text_arrive_too() -> None:
    allowed_paths = AllowedPaths(("/photos/\udcff",))

    assert read_allowed_paths(write_allowed_paths(allowed_paths)) == allowed_paths


def test_allowed_paths_too_long_for_a_line_are_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        write_allowed_paths(AllowedPaths(("/" + "x" * LONGEST_ALLOWED_PATHS,)))


@pytest.mark.parametrize("line", [b"hello\n", b"[]\n", b"{}\n", b'{"allowed_paths":false}\n',
                                  b'{"allowed_paths":true}\n',
                                  b'{"allowed_paths":true,"folders":5,"files":[]}\n',
                                  b'{"allowed_paths":true,"folders":[],"files":[],"more":1}\n'])
def test_other_lines_are_refused_as_allowed_paths(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_allowed_paths(line)


@given(paths=st.lists(paths), max_bytes=st.integers(0, 300))
def test_as_many_paths_as_fit_are_kept(paths: list[str], max_bytes: int) -> None:
    kept = paths_within(paths, max_bytes)

    assert kept == tuple(paths[: len(kept)])
    assert len(json.dumps(kept, separators=(",", ":"))) <= max_bytes + 2


@pytest.mark.parametrize("sandbox", [
    WHOLE, Sandbox((), 0, tuple((layer, "system") for layer in LAYERS), ()), Sandbox(LAYERS, 1, (), FORBIDDEN),
])
def test_a_report_arrives_as_it_was_given(sandbox: Sandbox) -> None:
    line = write_sandbox(sandbox)

    assert is_sandbox(line)
    assert read_sandbox(line) == sandbox


def report(**changed: Any) -> bytes:
    return json.dumps({**json.loads(write_sandbox(WHOLE)), **changed}).encode() + b"\n"


@pytest.mark.parametrize("changed", [
    {"layers": "seccomp"}, {"layers": ["a rope"]}, {"layers": [5]}, {"layers": [["seccomp"]]}, {"layers": [None]},
    {"layers": ["seccomp"] * 5}, {"landlock": -1}, {"landlock": True}, {"landlock": 7.0}, {"landlock": 10**9},
    {"landlock": "7"}, {"lacking": None}, {"lacking": ["landlock"]}, {"lacking": [["landlock"]]},
    {"lacking": [["landlock", "because \x1b[2J"]]}, {"lacking": [["landlock", ["off"]]]}, {"lacking": [[{}, "off"]]},
    {"lacking": [["landlock", "off"]] * 5}, {"permitted": ["window"]}, {"permitted": {}}, {"permitted": ["read"] * 99},
])
def test_a_report_with_anything_but_our_words_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        read_sandbox(report(**changed))


@pytest.mark.parametrize(("sandbox", "whole"), [
    (WHOLE, True), (WHOLE._replace(permitted=("fork",)), False), (WHOLE._replace(layers=LAYERS[:3]), False),
    (WHOLE._replace(layers=("limits", "no-new-privileges", "seccomp")), False), (Sandbox((), 0, (), ()), False),
])
def test_the_sandbox_is_complete_when_nothing_is_lacking_or_still_permitted(sandbox: Sandbox, whole: bool) -> None:
    assert sandbox.is_complete == whole


def test_the_words_say_what_holds_and_what_does_not_and_why() -> None:
    assert WHOLE.summary() == "a process of its own, limits, no new privileges, Landlock 7, seccomp"
    assert Sandbox(("limits",), 0, (("landlock", "off"),), ("read",)).summary() == (
        "a process of its own, limits; Landlock is lacking (it is switched off at boot); "
        "still permitted: read"
    )
    assert all(why for why in LACKS.values())


@pytest.mark.parametrize(("path", "covered"), [
    ("/photos/a.jpg", True), ("/photos/2018/a.jpg", True), ("/photos.jpg", False), ("/photosets/a.jpg", False),
    ("/photos/../a.jpg", False), ("/home/b.jpg", True), ("/home/c.jpg", False),
])
def test_whether_a_path_is_allowed_is_decided_lexically(path: str, covered: bool) -> None:
    assert AllowedPaths(("/photos",), ("/home/b.jpg",)).covers(path) == covered


def test_the_root_covers_everything() -> None:
    assert AllowedPaths(("/",)).covers("/a.jpg")


def test_a_worker_that_may_read_a_file_more_serves_and_one_that_may_read_a_folder_more_does_not() -> None:
    wanted = AllowedPaths(("/a",), ("/b/c.jpg",))

    assert AllowedPaths(("/a",), ("/b/c.jpg", "/b/d.jpg")).satisfies(wanted)
    assert not AllowedPaths(("/a",)).satisfies(wanted)
    assert not AllowedPaths(("/a", "/b"), ("/b/c.jpg",)).satisfies(wanted)
    assert not AllowedPaths(("/a",), ("/b/c.jpg",), strict=True).satisfies(wanted)


def test_a_worker_that_may_read_just_what_is_asked_for_serves() -> None:
    allowed = AllowedPaths(("/photos",), ("/a.jpg",))

    assert allowed.satisfies(allowed)


@pytest.mark.parametrize(("max_bytes", "kept"), [(3, ()), (4, ("a",)), (7, ("a",)), (8, ("a", "b"))])
def test_a_path_takes_its_letters_two_quotes_and_a_comma(max_bytes: int, kept: tuple[str, ...]) -> None:
    assert paths_within(["a", "b"], max_bytes) == kept


def test_a_line_may_be_as_long_as_the_limit_and_no_longer() -> None:
    spare = LONGEST_ALLOWED_PATHS - len(write_allowed_paths(AllowedPaths(("",))))

    assert len(write_allowed_paths(AllowedPaths(("x" * spare,)))) == LONGEST_ALLOWED_PATHS
    with pytest.raises(ValueError, match="too many folders"):
        write_allowed_paths(AllowedPaths(("x" * (spare + 1),)))


def test_everything_that_is_still_permitted_is_told() -> None:
    assert Sandbox((), 0, (), ("read", "exec")).summary().endswith("still permitted: read, exec")


def test_landlock_may_have_a_thousand_versions() -> None:
    assert read_sandbox(write_sandbox(Sandbox((), 1000, (), ()))).landlock == 1000
    with pytest.raises(ProtocolError):
        read_sandbox(write_sandbox(Sandbox((), 1001, (), ())))
