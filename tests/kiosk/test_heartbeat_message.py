from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from viewer.kiosk.heartbeat_message import LONGEST_ID, LONGEST_LINE, MessageError, MessageReader, Painted, write_message

FULL = Painted(2**40, "\N{SNOWMAN}\n" * (LONGEST_ID // 2), 10**12, 60_000, 100_000_000, seen=False)


def test_what_is_written_is_read_however_it_is_cut() -> None:
    messages = [Painted(1, "harbour-01", 12, 30_000), FULL]
    data = b"".join(map(write_message, messages))
    reader = MessageReader()

    assert [message for at in range(len(data)) for message in reader.feed(data[at:at + 1])] == messages


def test_the_longest_message_fits_in_a_line() -> None:
    assert len(write_message(FULL)) <= LONGEST_LINE


@pytest.mark.parametrize("data", [
    b"\n", b"{}\n", b"[]\n", b'{"visit":-1,"slide":"","painted_ms":0,"next_paint_ms":1}\n',
    b'{"visit":1,"slide":"","painted_ms":0,"next_paint_ms":60001}\n',
    b'{"visit":1,"slide":"","painted_ms":0,"next_paint_ms":1e9}\n',
    b'{"visit":1,"slide":"","painted_ms":0,"next_paint_ms":NaN}\n',
    b'{"visit":1,"slide":"","painted_ms":0,"next_paint_ms":1,"next_slide_ms":9999999999}\n',
    b'{"visit":1,"slide":"","painted_ms":0,"next_paint_ms":1,"more":1}\n',
    b'{"visit":1,"slide":"\xff","painted_ms":0,"next_paint_ms":1}\n',
    b"[" * 4000 + b"\n", b"x" * LONGEST_LINE,
])
def test_what_no_show_would_send_is_refused(data: bytes) -> None:
    with pytest.raises(MessageError):
        MessageReader().feed(data)


def test_what_is_wrong_with_a_message_is_said() -> None:
    with pytest.raises(MessageError, match="missing required field `visit`"):
        MessageReader().feed(b"{}\n")


@given(some.binary(max_size=200))
def test_whatever_comes_is_a_message_or_refused(data: bytes) -> None:
    try:
        assert all(isinstance(message, Painted) for message in MessageReader().feed(data))
    except MessageError:
        return
