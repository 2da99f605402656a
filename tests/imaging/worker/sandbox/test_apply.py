"""A worker that was taken over gets nowhere: real processes, shut in as a worker is, try the ways out."""

from __future__ import annotations

import errno
import platform
import sys
from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.imaging.worker.client import Client
from tests.imaging.worker.confined_processes import outcome, worker_on_a_kernel_without
from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
    pytest.skip("the sandbox is made for Linux on x86-64 and 64-bit ARM", allow_module_level=True)

SECCOMP = 317 if platform.machine() == "x86_64" else 277
LANDLOCK, RESTRICT_SELF = 444, 446


def _here() -> Sandbox:
    client = Client()
    client.close()
    assert client.sandbox is not None
    return client.sandbox


@pytest.fixture(scope="module")
def here() -> Sandbox:
    """What a worker has in force on this machine."""
    return _here()


@pytest.fixture
def _landlock(here: Sandbox) -> None:
    if "landlock" not in here.layers:
        pytest.skip(f"this kernel: {here.summary()}")


@pytest.fixture
def _seccomp(here: Sandbox) -> None:
    if "seccomp" not in here.layers:
        pytest.skip(f"this kernel: {here.summary()}")


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    folder = tmp_path / "gallery"
    folder.mkdir()
    pictures.solid(folder / "a.jpg")
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    pictures.solid(folder / "secret.jpg")
    return folder


@pytest.fixture
def worker(gallery: Path) -> Iterator[Client]:
    client = Client(gallery)
    yield client
    client.close()


def test_a_worker_says_how_it_is_shut_in(worker: Client) -> None:
    assert worker.sandbox is not None
    assert {"limits", "no-new-privileges"} <= set(worker.sandbox.layers)
    assert worker.sandbox.permitted == ()
    assert len(worker.sandbox.layers) + len(worker.sandbox.lacking) == 4


@pytest.mark.usefixtures("_landlock")
class TestReading:
    def test_pictures_of_the_gallery_are_read(self, worker: Client, gallery: Path) -> None:
        assert worker.ask(gallery / "a.jpg").size == (60, 40)

    def test_nothing_outside_the_gallery_is_read(self, worker: Client, elsewhere: Path) -> None:
        assert worker.is_outside("/etc/passwd")
        assert worker.is_outside(elsewhere / "secret.jpg")

    def test_two_dots_do_not_lead_out(self, worker: Client, gallery: Path, elsewhere: Path) -> None:
        assert worker.is_outside(gallery / ".." / elsewhere.name / "secret.jpg")

    def test_a_link_does_not_lead_out(self, worker: Client, gallery: Path, elsewhere: Path) -> None:
        (gallery / "link.jpg").symlink_to(elsewhere / "secret.jpg")
        (gallery / "folder").symlink_to(elsewhere)

        assert worker.is_outside(gallery / "link.jpg")
        assert worker.is_outside(gallery / "folder" / "secret.jpg")

    def test_a_link_that_was_named_is_followed_and_opens_nothing_else(self, gallery: Path, elsewhere: Path) -> None:
        pictures.solid(elsewhere / "other.jpg")
        (gallery / "link.jpg").symlink_to(elsewhere / "secret.jpg")
        client = Client(allowed_paths=AllowedPaths((str(gallery),), (str(gallery / "link.jpg"),)))

        assert client.ask(gallery / "link.jpg").size == (60, 40)
        assert client.is_outside(elsewhere / "other.jpg")
        client.close()

    def test_a_folder_behind_a_link_is_read_when_it_was_named(self, gallery: Path, elsewhere: Path) -> None:
        (gallery / "folder").symlink_to(elsewhere)
        client = Client(gallery, gallery / "folder")

        assert client.ask(gallery / "folder" / "secret.jpg").size == (60, 40)
        client.close()

    def test_a_folder_that_is_not_there_costs_nothing(self, gallery: Path, tmp_path: Path) -> None:
        client = Client(tmp_path / "unplugged", gallery)

        assert client.ask(gallery / "a.jpg").size == (60, 40)
        client.close()

    def test_a_file_that_is_not_there_is_missing_and_not_outside(self, worker: Client, elsewhere: Path) -> None:
        assert worker.ask(elsewhere / "nothing.jpg").reason == "missing"

    def test_other_processes_cannot_be_looked_into(self, gallery: Path) -> None:
        assert outcome("open(f'/proc/{os.getppid()}/environ').read()", gallery) == "EACCES"

    def test_folders_elsewhere_are_not_listed(self, gallery: Path) -> None:
        assert outcome("os.listdir('/etc')", gallery) == "EACCES"
        assert outcome(f"os.listdir({str(gallery)!r})", gallery) == "done"


@pytest.mark.usefixtures("_seccomp")
class TestDoing:
    @pytest.mark.parametrize("attempt", [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_STREAM)", "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)", "socket.socketpair()",
    ])
    def test_there_are_no_sockets_of_any_kind(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    @pytest.mark.parametrize("attempt", [
        "os.fork()", "os.execv('/bin/true', ['true'])", "os.execv(sys.executable, ['python'])",
        "subprocess.run(['/bin/true'])", "os.posix_spawn('/bin/true', ['true'], {})",
    ])
    def test_there_are_no_other_programs(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    @pytest.mark.parametrize("attempt", [
        "open({0!r} + '/new.jpg', 'wb')", "os.open({0!r} + '/a.jpg', os.O_WRONLY)", "open({0!r} + '/a.jpg', 'r+b')",
        "os.open({0!r} + '/a.jpg', os.O_RDONLY | os.O_TRUNC)", "os.open({0!r}, os.O_TMPFILE | os.O_RDWR)",
        "os.unlink({0!r} + '/a.jpg')", "os.rename({0!r} + '/a.jpg', {0!r} + '/b.jpg')", "os.mkdir({0!r} + '/new')",
        "os.link({0!r} + '/a.jpg', {0!r} + '/b.jpg')", "os.symlink('/etc', {0!r} + '/b')",
        "os.chmod({0!r} + '/a.jpg', 0)", "os.utime({0!r} + '/a.jpg')", "os.truncate({0!r} + '/a.jpg', 0)",
        "os.setxattr({0!r} + '/a.jpg', 'user.a', b'b')", "os.chown({0!r} + '/a.jpg', 0, 0)",
    ])
    def test_nothing_is_written(self, gallery: Path, attempt: str) -> None:
        before = (gallery / "a.jpg").stat(), sorted(gallery.iterdir())

        assert outcome(attempt.format(str(gallery)), gallery) == "EPERM"
        assert ((gallery / "a.jpg").stat(), sorted(gallery.iterdir())) == before

    @pytest.mark.parametrize("attempt", [
        "os.ftruncate(frame, 0)", "os.posix_fallocate(frame, 0, 9000)", "os.memfd_create('more')",
    ])
    def test_frames_keep_their_size_and_no_more_memory_is_shared(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery, before="frame = os.memfd_create('frame'); os.truncate(frame, 100)") == "EPERM"

    @pytest.mark.parametrize("attempt", [
        "os.kill(os.getppid(), 0)", "os.kill(os.getpid(), 0)", "os.kill(1, signal.SIGTERM)",
        "signal.pthread_kill(threading.get_ident(), 0)\nos.killpg(0, 0)",
    ])
    def test_nobody_is_sent_a_signal(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    def test_limits_stay(self, gallery: Path) -> None:
        attempt = """
import resource
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))
except ValueError as error:  # how Python says EPERM here
    raise OSError(errno.EPERM, "") from error
"""
        assert outcome(attempt, gallery) == "EPERM"
        assert outcome("import resource\nresource.getrlimit(resource.RLIMIT_NOFILE)", gallery) == "done"

    @pytest.mark.parametrize("attempt", ["import fcntl\nfcntl.fcntl(0, fcntl.F_SETLEASE, 0)", "os.nice(1)",
                                         "os.sched_setaffinity(0, {0})", "os.setuid(os.getuid())"])
    def test_nothing_else_is_changed(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    def test_what_came_after_the_list_is_unknown_to_the_kernel(self, gallery: Path) -> None:
        assert outcome("call(425, 1, 0)", gallery) == "ENOSYS"  # io_uring_setup
        assert outcome("call(435, 0, 0)", gallery) == "ENOSYS"  # clone3: the C library then calls clone
        assert outcome("call(9999)", gallery) == "ENOSYS"

    @pytest.mark.skipif(platform.machine() != "x86_64", reason="only there")
    def test_calls_in_the_manner_of_x32_are_refused(self, gallery: Path) -> None:
        assert outcome("call(0x40000000 | 39)", gallery) == "EPERM"  # getpid

    def test_threads_start_and_end(self, gallery: Path) -> None:
        attempt = "said = []\nthread = threading.Thread(target=said.append, args=(1,))\nthread.start()\nthread.join()"

        assert outcome(attempt, gallery) == "done"

    def test_threads_are_shut_in_as_well(self, gallery: Path) -> None:
        attempt = """
caught = []
def attempt():
    try:
        socket.socket()
    except OSError as error:
        caught.append(error)
thread = threading.Thread(target=attempt)
thread.start()
thread.join()
raise caught[0]
"""
        assert outcome(attempt, gallery) == "EPERM"

    def test_a_thread_that_was_there_before_is_shut_in_too(self, gallery: Path) -> None:
        before = """
caught, go = [], threading.Event()
def attempt():
    go.wait()
    try:
        socket.socket()
    except OSError as error:
        caught.append(error)
early = threading.Thread(target=attempt)
early.start()
"""
        assert outcome("go.set()\nearly.join()\nraise caught[0]", gallery, before=before) == "EPERM"

    def test_modules_can_still_be_imported(self, gallery: Path) -> None:
        attempt = ("import hashlib, zoneinfo, xml.sax.expatreader, defusedxml.ElementTree, PIL.ImageCms, pillow_heif\n"
                   "for name in ('cp437', 'utf-16', 'mac-roman', 'shift-jis'): b'a'.decode(name, 'replace')")

        assert outcome(attempt, gallery) == "done"


@pytest.mark.parametrize(("calls", "error", "lack"), [
    ((LANDLOCK,), errno.ENOSYS, ("landlock", "absent")), ((LANDLOCK,), errno.EOPNOTSUPP, ("landlock", "off")),
    ((LANDLOCK,), errno.EPERM, ("landlock", "refused")), ((SECCOMP,), errno.EINVAL, ("seccomp", "absent")),
    ((SECCOMP,), errno.EPERM, ("seccomp", "refused")),
], ids=str)
@pytest.mark.usefixtures("_seccomp")
def test_without_one_layer_the_others_hold_and_pictures_come(
    gallery: Path, calls: tuple[int, ...], error: int, lack: tuple[str, str],
) -> None:
    client = Client(gallery, command=worker_on_a_kernel_without(*calls, error=error))
    answer = client.ask(gallery / "a.jpg")
    client.close()

    assert client.sandbox is not None
    assert lack in client.sandbox.lacking
    assert not client.sandbox.is_complete
    assert client.sandbox.permitted == ()
    assert answer.size == (60, 40)


@pytest.mark.usefixtures("_seccomp")
def test_a_worker_that_must_be_shut_in_wholly_and_cannot_serves_nobody(gallery: Path) -> None:
    command = worker_on_a_kernel_without(LANDLOCK, error=errno.ENOSYS)
    client = Client(allowed_paths=AllowedPaths((str(gallery),), strict=True), command=command)

    assert client.sandbox is not None
    assert not client.sandbox.is_complete
    assert client.hang_up() == 1


@pytest.mark.parametrize(("call", "permitted"), [
    (SECCOMP, ("socket", "exec", "fork", "truncate", "signal")), (RESTRICT_SELF, ("read",)),
])
@pytest.mark.usefixtures("_landlock", "_seccomp")
def test_an_operation_that_stays_permitted_is_noticed(gallery: Path, call: int, permitted: tuple[str, ...]) -> None:
    """On a kernel that says it has shut the worker in, and has not."""
    client = Client(gallery, command=worker_on_a_kernel_without(call, error=0))
    client.close()

    assert client.sandbox is not None
    assert client.sandbox.lacking == ()
    assert set(client.sandbox.permitted) == set(permitted)
    assert not client.sandbox.is_complete
