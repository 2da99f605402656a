"""The shared memory between viewer and worker, and the line it goes along with."""

from __future__ import annotations

import gc
import mmap
import os
import socket
import sys
import weakref
from typing import TYPE_CHECKING

import pytest

from viewer.imaging.protocol.codec import write_request
from viewer.imaging.protocol.messages import LONGEST_LINE, Identity, ProtocolError, Request
from viewer.imaging.protocol.shared_memory import RequestReader, SharedBuffer, send

if TYPE_CHECKING:
    from collections.abc import Iterator

posix = pytest.mark.skipif(sys.platform == "win32", reason="descriptors are not passed there")
linux = pytest.mark.skipif(sys.platform != "linux", reason="seals are Linux's")

REQUEST = Request(7, "picture", "/a b/\udcff.jpg", 10, 20, 800, 3, Identity(1, 2, 3), "/cache")


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_new_frame_is_empty_and_can_be_written() -> None:
    with SharedBuffer(800) as buffer:
        assert bytes(buffer.view) == bytes(800)
        buffer.view[:4] = b"BGRX"
        assert bytes(buffer.view[:5]) == b"BGRX\0"
        assert buffer.capacity == 800


def test_a_frame_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one byte"):
        SharedBuffer(0)


def test_a_closed_frame_has_nothing_more_to_give() -> None:
    buffer = SharedBuffer(800)
    buffer.close()
    buffer.close()

    assert buffer.handle == -1
    with pytest.raises(ValueError, match="closed"):
        _ = buffer.view


def test_what_was_made_over_a_frame_outlives_it() -> None:
    buffer = SharedBuffer(800)
    buffer.view[:3] = b"abc"
    view = buffer.view[:3]
    buffer.close()
    gc.collect()

    assert bytes(view) == b"abc"


def test_the_memory_is_freed_with_the_last_look_at_it() -> None:
    buffer = SharedBuffer(800)
    memory = buffer.view.obj
    assert isinstance(memory, mmap.mmap)
    gone = weakref.ref(memory)
    del memory
    buffer.close()

    assert gone() is None


@linux
def test_a_worker_can_neither_shrink_nor_grow_a_buffer() -> None:
    with SharedBuffer(800) as buffer:
        for size in (0, 100, 1_000_000):
            with pytest.raises(PermissionError):
                os.ftruncate(buffer.handle, size)


@linux
def test_a_frame_is_not_inherited_by_other_programs() -> None:
    with SharedBuffer(800) as buffer:
        assert not os.get_inheritable(buffer.handle)


@posix
def test_a_request_arrives_with_its_memory(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    requests = RequestReader(theirs)
    with SharedBuffer(800) as buffer:
        send(ours, REQUEST, buffer)
        asked = requests.next()
        assert asked is not None
        request, memory = asked
        memory[:6] = b"pixels"

        assert request == REQUEST
        assert len(memory) == 800
        assert bytes(buffer.view[:7]) == b"pixels\0"


@posix
def test_several_requests_each_keep_their_own_memory(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    requests = RequestReader(theirs)
    with SharedBuffer(800) as first, SharedBuffer(900) as second:
        for serial, buffer in enumerate((first, second, first)):
            send(ours, REQUEST._replace(serial=serial), buffer)
        for serial, buffer in enumerate((first, second, first)):
            asked = requests.next()
            assert asked is not None
            request, memory = asked
            memory[0] = 10 + serial

            assert request.serial == serial
            assert buffer.view[0] == 10 + serial


@posix
def test_a_frame_that_comes_again_is_not_mapped_again(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    requests = RequestReader(theirs)
    seen = []
    with SharedBuffer(800) as buffer, SharedBuffer(800) as other:
        for each in (buffer, buffer, other):
            send(ours, REQUEST, each)
            asked = requests.next()
            assert asked is not None
            seen.append(asked[1].obj)

    assert seen[0] is seen[1]
    assert seen[1] is not seen[2]


@posix
def test_a_frame_is_let_go_when_there_is_a_rest(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    requests = RequestReader(theirs)
    with SharedBuffer(800) as buffer:
        send(ours, REQUEST, buffer)
        asked = requests.next()
        assert asked is not None
        gone = weakref.ref(asked[1].obj)
        del asked
        requests.release_memory()
        send(ours, REQUEST, buffer)

        assert gone() is None
        assert requests.next() is not None


@posix
def test_waiting_ends_with_a_request_or_the_end(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    requests = RequestReader(theirs)
    assert not requests.wait(0)

    with SharedBuffer(800) as buffer:
        send(ours, REQUEST, buffer)
        send(ours, REQUEST, buffer)
    assert requests.wait(0)
    assert requests.next() is not None
    assert requests.wait(0)
    assert requests.next() is not None
    assert not requests.wait(0)

    ours.close()
    assert requests.wait(0)


@posix
def test_a_line_may_come_in_pieces(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    whole = write_request(REQUEST)
    with SharedBuffer(800) as buffer:
        socket.send_fds(ours, [whole[:10]], [buffer.handle])
        ours.sendall(whole[10:])
        asked = RequestReader(theirs).next()

    assert asked is not None
    assert asked[0] == REQUEST


@posix
def test_the_end_of_the_line_is_the_end(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    ours.close()

    assert RequestReader(theirs).next() is None


@posix
def test_a_request_without_memory_is_none(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    ours.sendall(write_request(REQUEST))

    with pytest.raises(ProtocolError, match="without memory"):
        RequestReader(theirs).next()


@posix
def test_memory_smaller_than_promised_is_refused(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    with SharedBuffer(100) as buffer:
        socket.send_fds(ours, [write_request(REQUEST)], [buffer.handle])

        with pytest.raises(ProtocolError, match="smaller"):
            RequestReader(theirs).next()


@posix
def test_a_line_without_end_is_refused(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    requests = RequestReader(theirs)
    ours.setblocking(False)
    requests._received += b"x" * LONGEST_LINE  # what would take a second thread to send

    ours.send(b"xx")
    with pytest.raises(ProtocolError, match="without end"):
        requests.next()


def test_a_request_is_not_sent_with_too_little_memory(line: tuple[socket.socket, socket.socket]) -> None:
    with SharedBuffer(100) as buffer, pytest.raises(ValueError, match="smaller"):
        send(line[0], REQUEST, buffer)


def test_a_request_that_is_too_long_is_not_sent(line: tuple[socket.socket, socket.socket]) -> None:
    with SharedBuffer(800) as buffer, pytest.raises(ValueError, match="too long"):
        send(line[0], REQUEST._replace(path="x" * LONGEST_LINE), buffer)


def test_sending_to_a_worker_that_is_gone_says_so(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    theirs.close()

    with SharedBuffer(800) as buffer, pytest.raises(OSError):  # noqa: PT011  (which one depends on the system)
        send(ours, REQUEST, buffer)


@posix
def test_sending_never_waits_for_a_worker_that_does_not_read(line: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = line
    ours.setblocking(False)
    with SharedBuffer(800) as buffer, pytest.raises(BlockingIOError):
        _send_for_ever(ours, buffer)


def _send_for_ever(channel: socket.socket, buffer: SharedBuffer) -> None:
    while True:
        send(channel, REQUEST._replace(path="x" * 10_000), buffer)
