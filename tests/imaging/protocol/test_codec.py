"""What viewer and worker say arrives as it was said, and nothing else is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.imaging.protocol.codec import read_reply, read_request, write_reply, write_request
from viewer.imaging.protocol.failures import SENTENCES, Failure
from viewer.imaging.protocol.limits import HIGHEST, LOWEST, Limits
from viewer.imaging.protocol.messages import (
    LARGEST_SIDE,
    LONGEST_LINE,
    LONGEST_TEXT,
    TEXT_KEYS,
    Described,
    Done,
    Failed,
    Identity,
    Opened,
    Outside,
    Parsed,
    ProtocolError,
    Region,
    Reply,
    Request,
    Unchanged,
)

IDENTITY = Identity(1_528_286_400_000_000_000, 12_345, 678)
REQUEST = Request(5, "picture", "/photos/a.jpg", 1620, 1080, 4 * 1620 * 1080, unless=IDENTITY)
PART = REQUEST._replace(region=Region(400, 300, 200, 100), capacity=4 * 200 * 100)
DONE = Done(5, 1620, 1080, False, 6000, 4000, 1, 0, 0, "JPEG", IDENTITY, False, {"title": "Старт"})

identities = st.builds(
    Identity, st.integers(-(2**62), 2**63), st.integers(0, 2**63), st.integers(0, 2**64 - 1),
)
requests = st.builds(
    Request, st.integers(0, 2**40), st.sampled_from(["picture", "thumbnail"]), st.text(),
    st.integers(1, LARGEST_SIDE), st.integers(1, LARGEST_SIDE), st.integers(4, 2**33), st.integers(0, 2**20),
    st.none() | identities, st.text(),
    st.builds(Limits, *(st.integers(low, high) for low, high in zip(LOWEST, HIGHEST, strict=True))),
    st.none() | st.builds(Region, *[st.integers(0, LARGEST_SIDE)] * 4),
)
printable = st.characters().filter(str.isprintable)
texts = st.dictionaries(st.sampled_from(TEXT_KEYS), st.text(printable, max_size=50))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=5,
)


def _line(fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def _fields(reply: Reply) -> dict[str, Any]:
    fields = json.loads(write_reply(reply))
    assert isinstance(fields, dict)
    return fields


@given(requests)
def test_a_request_arrives_as_it_was_sent(request: Request) -> None:
    line = write_request(request)

    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_request(line) == request


@given(identities, st.integers(1, 1620), st.integers(1, 1080), st.booleans(), texts)
def test_a_picture_arrives_as_it_was_sent(
    identity: Identity, width: int, height: int, alpha: bool, words: dict[str, str],
) -> None:
    reply = DONE._replace(width=width, height=height, alpha=alpha, identity=identity, texts=words)

    assert read_reply(write_reply(reply), REQUEST) == reply


@given(st.integers(1, 200), st.integers(1, 100), st.integers(600, 1620), st.integers(400, 1080))
def test_a_region_arrives_as_it_was_sent(width: int, height: int, across: int, down: int) -> None:
    reply = DONE._replace(width=width, height=height, whole=(across, down))

    assert read_reply(write_reply(reply), PART) == reply


@pytest.mark.parametrize("changes", [
    {"width": 201}, {"height": 101}, {"width": 0}, {"whole": None}, {"whole": [1621, 1080]}, {"whole": [1620, 1081]},
    {"whole": [599, 1080]}, {"whole": [1620, 399]}, {"whole": [-1, 1080]}, {"whole": [1620]}, {"whole": 1620},
    {"whole": [1620, 1080, 1]}, {"whole": [1620, True]}, {"whole": [1620.0, 1080]}, {"whole": "ab"}, {"whole": {}},
])
def test_a_region_that_is_not_the_one_that_was_wanted_is_refused(changes: dict[str, object]) -> None:
    fields = _fields(DONE._replace(width=200, height=100, whole=(1620, 1080)))
    assert read_reply(_line(fields), PART)

    with pytest.raises(ProtocolError):
        read_reply(_line(fields | changes), PART)


def test_a_number_of_pixels_arrives_as_it_was_sent() -> None:
    reply = Parsed(REQUEST.serial, 88_360_000)

    assert read_reply(write_reply(reply), REQUEST) == reply
    for pixels in (0, HIGHEST.pixels + 1, "many", True):
        with pytest.raises(ProtocolError):
            read_reply(_line(_fields(reply) | {"pixels": pixels}), REQUEST)


def test_a_part_of_a_picture_that_nobody_wanted_is_refused() -> None:
    reply = DONE._replace(incomplete=True)
    assert read_reply(write_reply(reply), REQUEST._replace(partial=True)) == reply

    with pytest.raises(ProtocolError):
        read_reply(write_reply(reply), REQUEST)


def test_a_region_that_nobody_wanted_is_refused() -> None:
    with pytest.raises(ProtocolError):
        read_reply(write_reply(DONE._replace(width=200, height=100, whole=(1620, 1080))), REQUEST)


def test_more_pixels_of_a_region_than_there_is_room_for_are_refused() -> None:
    reply = DONE._replace(width=200, height=100, whole=(1620, 1080))

    with pytest.raises(ProtocolError):
        read_reply(write_reply(reply), PART._replace(capacity=4 * 200 * 99))


@pytest.mark.parametrize("reply", [
    Opened(5, IDENTITY), Unchanged(5), Failed(5, Failure("damaged", "why"), IDENTITY),
    Failed(5, Failure("missing"), None), Outside(5),
])
def test_every_other_reply_arrives_as_it_was_sent(reply: Reply) -> None:
    assert read_reply(write_reply(reply), REQUEST) == reply


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_reason_arrives_and_has_a_sentence(reason: str) -> None:
    failure = next(Failure(known) for known in SENTENCES if known == reason)
    reply = read_reply(write_reply(Failed(5, failure, None)), REQUEST)

    assert isinstance(reply, Failed)
    assert reply.failure.reason == reason
    assert reply.failure.sentence.endswith(".")


def test_what_is_too_long_is_cut_before_it_is_sent() -> None:
    words = {"title": "x" * (LONGEST_TEXT + 5), "unheard-of": "y"}
    done = read_reply(write_reply(DONE._replace(texts=words)), REQUEST)
    failed = read_reply(write_reply(Failed(5, Failure("damaged", "z" * 999), None)), REQUEST)

    assert isinstance(done, Done)
    assert done.texts == {"title": "x" * LONGEST_TEXT}
    assert isinstance(failed, Failed)
    assert failed.failure.detail == "z" * 200


@pytest.mark.parametrize("letter", ["x", "Ж", "🚀"])
def test_words_never_make_a_line_too_long(letter: str) -> None:
    words = dict.fromkeys(TEXT_KEYS, letter * LONGEST_TEXT)
    line = write_reply(DONE._replace(texts=words))
    done = read_reply(line, REQUEST)

    assert len(line) <= LONGEST_LINE
    assert isinstance(done, Done)
    assert all(len(text) >= 1000 for text in done.texts.values())


@pytest.mark.parametrize(("key", "value"), [
    ("serial", 6), ("serial", "5"), ("serial", None), ("serial", True),
    ("width", 0), ("width", 1621), ("width", 1.5), ("width", "10"), ("width", True), ("width", None), ("height", -1),
    ("height", 1081), ("source_width", 0), ("source_height", LARGEST_SIDE + 1), ("alpha", 1), ("alpha", None),
    ("frames", 0), ("frames", 2**40), ("duration", -1), ("duration", 2**40), ("loops", -1), ("format", "x" * 21),
    ("format", None), ("identity", None), ("identity", [1, 2]), ("identity", [1, 2, "3"]), ("identity", [1, 2, 2**65]),
    ("from_cache", "yes"), ("texts", None), ("texts", []), ("texts", {"title": 1}),
    ("texts", {"title": "x" * (LONGEST_TEXT + 1)}), ("texts", {"title": "\x1b[2J"}), ("texts", {"title": "a\nb"}),
    ("texts", {"caption": "\u202egnp.exe"}), ("texts", {"caption": "\udc80"}), ("texts", {"caption": "a\tb"}),
    ("format", "\x1b[0m"), ("format", "a\nb"), ("reply", "Gone"), ("reply", None), ("reply", ["Done"]),
])
def test_a_picture_with_one_thing_wrong_is_not_believed(key: str, value: object) -> None:
    with pytest.raises(ProtocolError):
        read_reply(_line(_fields(DONE) | {key: value}), REQUEST)


@pytest.mark.parametrize("key", list(_fields(DONE)))
def test_a_picture_with_one_thing_missing_is_not_believed(key: str) -> None:
    fields = _fields(DONE)
    del fields[key]

    with pytest.raises(ProtocolError):
        read_reply(_line(fields), REQUEST)


@pytest.mark.parametrize("failure", [
    None, [], ["damaged"], ["no such", ""], [["damaged"], ""], ["damaged", "x" * 201], ["damaged", "\x07"],
    ["damaged", "a\nb"],
])
def test_a_failure_that_does_not_exist_is_not_believed(failure: object) -> None:
    with pytest.raises(ProtocolError):
        read_reply(_line(_fields(Failed(5, Failure("damaged"), None)) | {"failure": failure}), REQUEST)


def test_more_pixels_than_there_is_room_for_are_not_believed() -> None:
    with pytest.raises(ProtocolError, match="more pixels"):
        read_reply(write_reply(DONE), REQUEST._replace(capacity=4 * 1620 * 1080 - 1))


def test_unchanged_is_no_answer_to_a_request_that_did_not_ask() -> None:
    with pytest.raises(ProtocolError):
        read_reply(write_reply(Unchanged(5)), REQUEST._replace(unless=None))


def test_words_nobody_knows_are_not_passed_on() -> None:
    reply = read_reply(_line(_fields(DONE) | {"texts": {"title": "a", "path": "/etc/passwd"}}), REQUEST)

    assert isinstance(reply, Done)
    assert reply.texts == {"title": "a"}


@pytest.mark.parametrize("line", [b"", b"\n", b"{", b"[]", b"7", b"null", b"\xff\xfe", b"[" * 100_000, b'"Done"'])
def test_what_is_no_object_is_no_line_of_ours(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_reply(line, REQUEST)
    with pytest.raises(ProtocolError):
        read_request(line)


@given(st.binary(max_size=200) | json_values.map(_line) | st.dictionaries(
    st.sampled_from(["reply", *_fields(DONE)]), json_values, max_size=6,
).map(lambda fields: _line(_fields(DONE) | fields)))
def test_whatever_comes_is_a_reply_or_a_protocol_error(line: bytes) -> None:
    try:
        reply = read_reply(line, REQUEST)
    except ProtocolError:
        return
    assert reply.serial == REQUEST.serial


@pytest.mark.parametrize("fields", [{}, {"unless": None}, {"unless": 5}, {"unless": [1, 2]}, {"unless": None, "x": 1}])
def test_half_a_request_is_none(fields: dict[str, object]) -> None:
    with pytest.raises(ProtocolError):
        read_request(_line(fields))


def test_a_long_text_arrives_with_its_lines_and_a_short_one_has_none() -> None:
    reply = DONE._replace(texts={"caption": "One\nTwo"})

    assert read_reply(write_reply(reply), REQUEST) == reply


@pytest.mark.parametrize("size", [(1, 1), (1620, 1080), (1, 1080), (1620, 1)])
def test_a_picture_may_be_as_large_as_the_request_and_as_small_as_a_pixel(size: tuple[int, int]) -> None:
    reply = DONE._replace(width=size[0], height=size[1])

    assert read_reply(write_reply(reply), REQUEST) == reply


@pytest.mark.parametrize("whole", [(600, 400), (1620, 1080)])
def test_a_region_may_end_where_its_picture_does_and_that_may_fill_the_box(whole: tuple[int, int]) -> None:
    reply = DONE._replace(width=200, height=100, whole=whole)

    assert read_reply(write_reply(reply), PART) == reply


@pytest.mark.parametrize("changes", [
    {"frames": 1}, {"frames": 1 << 31}, {"duration": 0}, {"duration": 1 << 31}, {"loops": 0}, {"loops": 1 << 31},
    {"source_width": 1}, {"source_width": LARGEST_SIDE}, {"source_height": 1}, {"source_height": LARGEST_SIDE},
    {"format": "x" * 20}, {"format": ""}, {"identity": Identity(2**64 - 1, -(2**64) + 1, 0)},
    {"texts": {"title": "x" * LONGEST_TEXT}},
])
def test_what_is_just_possible_is_believed(changes: dict[str, Any]) -> None:
    reply = DONE._replace(**changes)

    assert read_reply(write_reply(reply), REQUEST) == reply


@pytest.mark.parametrize("changes", [
    {"frames": (1 << 31) + 1}, {"duration": (1 << 31) + 1}, {"loops": (1 << 31) + 1}, {"source_height": 0},
    {"source_width": LARGEST_SIDE + 1}, {"identity": [2**64, 0, 0]}, {"identity": [0, 2**64, 0]},
    {"identity": [0, 0, -(2**64)]}, {"identity": [1, 2, 3, 4]}, {"identity": [1, 2, True]}, {"identity": "abc"},
    {"frames": 1.0}, {"loops": None}, {"duration": "0"},
])
def test_what_is_just_impossible_is_not_believed(changes: dict[str, object]) -> None:
    with pytest.raises(ProtocolError):
        read_reply(_line(_fields(DONE) | changes), REQUEST)


@pytest.mark.parametrize(("serial", "believed"), [(0, True), (1 << 62, True), (-1, False), ((1 << 62) + 1, False)])
def test_requests_are_counted_from_nought(serial: int, *, believed: bool) -> None:
    line, request = write_reply(Outside(serial)), REQUEST._replace(serial=serial)
    if believed:
        assert read_reply(line, request) == Outside(serial)
        return
    with pytest.raises(ProtocolError):
        read_reply(line, request)


def test_the_detail_of_a_failure_may_have_two_hundred_letters() -> None:
    reply = Failed(5, Failure("damaged", "x" * 200), None)

    assert read_reply(write_reply(reply), REQUEST) == reply


def test_texts_are_cut_no_shorter_than_the_line_asks_for() -> None:
    words = dict.fromkeys(TEXT_KEYS, "🚀" * LONGEST_TEXT)
    done = read_reply(write_reply(DONE._replace(texts=words)), REQUEST)

    assert isinstance(done, Done)
    longest = {len(text) for text in done.texts.values()}
    assert len(longest) == 1
    twice = DONE._replace(texts=dict.fromkeys(TEXT_KEYS, "🚀" * (2 * longest.pop())))
    assert read_reply(write_reply(twice), REQUEST) != twice


def test_wordings_in_several_languages_arrive_as_they_were_sent() -> None:
    reply = DONE._replace(texts={"title": {"en": "Liftoff", "pt-BR": "Decolagem", "none": "x"}, "caption": "One\ntwo"})

    assert read_reply(write_reply(reply), REQUEST) == reply


@pytest.mark.parametrize("texts", [
    {"camera": {"en": "D5"}}, {"title": {"": "x"}}, {"title": {"e n": "x"}}, {"title": {"en": 1}},
    {"title": {"en": None}},
    {"title": {"en": {"en": "x"}}}, {"title": {"en": "a\nb"}}, {"title": {"en": "a\u202eb"}},
    {"title": {"en": "x" * (LONGEST_TEXT + 1)}}, {"title": {f"en-{number}": "x" for number in range(25)}},
    {"title": {"abcdefghi": "x"}}, {"title": ["x"]},
])
def test_wordings_that_are_not_such_are_refused(texts: dict[str, object]) -> None:
    fields = _fields(DONE)

    with pytest.raises(ProtocolError):
        read_reply(_line({**fields, "texts": texts}), REQUEST)


def test_no_picture_is_lost_to_wordings_that_are_too_long_together() -> None:
    wordings = {f"de-{number:03}": "🚀" * LONGEST_TEXT for number in range(24)}
    done = read_reply(write_reply(DONE._replace(texts={"caption": wordings, "title": "Short"})), REQUEST)

    assert isinstance(done, Done)
    assert done.texts["title"] == "Short"
    assert len(done.texts["caption"]) == 24


TEXTS = REQUEST._replace(kind="texts")
DESCRIBED = Described(5, 6000, 4000, "JPEG", IDENTITY, {"title": {"en": "Liftoff"}, "caption": "One\ntwo"})


def test_a_description_arrives_as_it_was_sent() -> None:
    assert read_reply(write_reply(DESCRIBED), TEXTS) == DESCRIBED


@pytest.mark.parametrize("changes", [
    {"source_width": 0}, {"source_height": 0}, {"source_width": LARGEST_SIDE + 1}, {"format": "x" * 21},
    {"format": None},
    {"identity": None}, {"texts": None}, {"texts": {"title": 1}}, {"serial": 6},
])
def test_a_description_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ProtocolError):
        read_reply(_line({**_fields(DESCRIBED), **changes}), TEXTS)


def test_a_picture_does_not_answer_for_texts_nor_texts_for_a_picture() -> None:
    for reply, request in ((DONE, TEXTS), (DESCRIBED, REQUEST)):
        with pytest.raises(ProtocolError):
            read_reply(write_reply(reply), request)


def test_wordings_have_several_lines_where_the_text_may_have_them() -> None:
    reply = DONE._replace(texts={"caption": {"en": "One\ntwo", "de": "Eins"}})
    assert read_reply(write_reply(reply), REQUEST) == reply

    with pytest.raises(ProtocolError):
        read_reply(_line({**_fields(DONE), "texts": {"title": {"en": "One\ntwo"}}}), REQUEST)


def test_a_line_may_be_as_long_as_the_longest() -> None:
    *keys, last = TEXT_KEYS
    words = {**dict.fromkeys(keys, "x" * LONGEST_TEXT), last: ""}
    wide, narrow = divmod(LONGEST_LINE - len(write_reply(DONE._replace(texts=words))), len("\\u00e9"))
    line = write_reply(reply := DONE._replace(texts={**words, last: "é" * wide + "x" * narrow}))

    assert len(line) == LONGEST_LINE
    assert read_reply(line, REQUEST) == reply


def test_a_picture_of_one_pixel_may_be_announced() -> None:
    assert read_reply(write_reply(Parsed(5, 1)), REQUEST) == Parsed(5, 1)
