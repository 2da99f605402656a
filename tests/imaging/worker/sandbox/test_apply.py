"""The sandbox in force: real processes, confined like a worker, attempt what a compromised decoder would."""

from __future__ import annotations

import errno
import platform
from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.imaging.worker.client import Client
from tests.imaging.worker.confined_processes import (
    HAS_SANDBOX,
    LANDLOCK,
    LANDLOCK_RESTRICT_SELF,
    SECCOMP,
    outcome,
    worker_on_a_kernel_without,
)
from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if not HAS_SANDBOX:
    pytest.skip("the sandbox is made for Linux on x86-64 and 64-bit ARM", allow_module_level=True)


@pytest.fixture(scope="module")
def here() -> Sandbox:
    """The report of a worker on this machine."""
    client = Client()
    client.close()
    assert client.sandbox is not None
    return client.sandbox


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
    pictures.solid(folder / "outside.jpg")
    return folder


@pytest.fixture
def worker(gallery: Path) -> Iterator[Client]:
    client = Client(gallery)
    yield client
    client.close()


def test_a_worker_reports_its_sandbox(worker: Client) -> None:
    assert worker.sandbox is not None
    assert {"limits", "no-new-privileges"} <= set(worker.sandbox.layers)
    assert worker.sandbox.permitted == ()
    assert len(worker.sandbox.layers) + len(worker.sandbox.lacking) == 4


@pytest.mark.usefixtures("_landlock")
class TestLandlock:
    def test_pictures_below_the_allowed_paths_are_read(self, worker: Client, gallery: Path) -> None:
        assert worker.ask(gallery / "a.jpg").size == (60, 40)

    def test_nothing_outside_the_allowed_paths_is_read(self, worker: Client, elsewhere: Path) -> None:
        assert worker.is_outside("/etc/passwd")
        assert worker.is_outside(elsewhere / "outside.jpg")

    def test_parent_folder_components_do_not_lead_outside(self, worker: Client, gallery: Path, elsewhere: Path) -> None:
        assert worker.is_outside(gallery / ".." / elsewhere.name / "outside.jpg")

    def test_a_symbolic_link_does_not_lead_outside(self, worker: Client, gallery: Path, elsewhere: Path) -> None:
        (gallery / "link.jpg").symlink_to(elsewhere / "outside.jpg")
        (gallery / "folder").symlink_to(elsewhere)

        assert worker.is_outside(gallery / "link.jpg")
        assert worker.is_outside(gallery / "folder" / "outside.jpg")

    def test_an_allowed_link_is_followed_and_allows_nothing_else(self, gallery: Path, elsewhere: Path) -> None:
        pictures.solid(elsewhere / "other.jpg")
        (gallery / "link.jpg").symlink_to(elsewhere / "outside.jpg")
        client = Client(allowed_paths=AllowedPaths((str(gallery),), (str(gallery / "link.jpg"),)))

        assert client.ask(gallery / "link.jpg").size == (60, 40)
        assert client.is_outside(elsewhere / "other.jpg")
        client.close()

    def test_a_folder_behind_an_allowed_link_is_read(self, gallery: Path, elsewhere: Path) -> None:
        (gallery / "folder").symlink_to(elsewhere)
        client = Client(gallery, gallery / "folder")

        assert client.ask(gallery / "folder" / "outside.jpg").size == (60, 40)
        client.close()

    def test_an_allowed_path_that_does_not_exist_is_ignored(self, gallery: Path, tmp_path: Path) -> None:
        client = Client(tmp_path / "unplugged", gallery)

        assert client.ask(gallery / "a.jpg").size == (60, 40)
        client.close()

    def test_a_file_that_does_not_exist_is_missing_and_not_outside(self, worker: Client, elsewhere: Path) -> None:
        assert worker.ask(elsewhere / "nothing.jpg").reason == "missing"

    def test_the_environment_of_other_processes_cannot_be_read(self, gallery: Path) -> None:
        assert outcome("open(f'/proc/{os.getppid()}/environ').read()", gallery) == "EACCES"

    def test_folders_outside_are_not_listed(self, gallery: Path) -> None:
        assert outcome("os.listdir('/etc')", gallery) == "EACCES"
        assert outcome(f"os.listdir({str(gallery)!r})", gallery) == "done"


@pytest.mark.usefixtures("_seccomp")
class TestSeccomp:
    @pytest.mark.parametrize("attempt", [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_STREAM)", "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)", "socket.socketpair()",
    ])
    def test_sockets_of_every_kind_are_refused(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    @pytest.mark.parametrize("attempt", [
        "os.fork()", "os.execv('/bin/true', ['true'])", "os.execv(sys.executable, ['python'])",
        "subprocess.run(['/bin/true'])", "os.posix_spawn('/bin/true', ['true'], {})",
    ])
    def test_starting_processes_is_refused(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    @pytest.mark.parametrize("attempt", [
        "open({0!r} + '/new.jpg', 'wb')", "os.open({0!r} + '/a.jpg', os.O_WRONLY)", "open({0!r} + '/a.jpg', 'r+b')",
        "os.open({0!r} + '/a.jpg', os.O_RDONLY | os.O_TRUNC)", "os.open({0!r}, os.O_TMPFILE | os.O_RDWR)",
        "os.unlink({0!r} + '/a.jpg')", "os.rename({0!r} + '/a.jpg', {0!r} + '/b.jpg')", "os.mkdir({0!r} + '/new')",
        "os.link({0!r} + '/a.jpg', {0!r} + '/b.jpg')", "os.symlink('/etc', {0!r} + '/b')",
        "os.chmod({0!r} + '/a.jpg', 0)", "os.utime({0!r} + '/a.jpg')", "os.truncate({0!r} + '/a.jpg', 0)",
        "os.setxattr({0!r} + '/a.jpg', 'user.a', b'b')", "os.chown({0!r} + '/a.jpg', 0, 0)",
    ])
    def test_writing_and_changing_files_is_refused(self, gallery: Path, attempt: str) -> None:
        before = (gallery / "a.jpg").stat(), sorted(gallery.iterdir())

        assert outcome(attempt.format(str(gallery)), gallery) == "EPERM"
        assert ((gallery / "a.jpg").stat(), sorted(gallery.iterdir())) == before

    @pytest.mark.parametrize("attempt", [
        "os.ftruncate(memory, 0)", "os.posix_fallocate(memory, 0, 9000)", "os.memfd_create('more')",
    ])
    def test_shared_memory_is_neither_resized_nor_created(self, gallery: Path, attempt: str) -> None:
        before = "memory = os.memfd_create('memory'); os.truncate(memory, 100)"

        assert outcome(attempt, gallery, before=before) == "EPERM"

    @pytest.mark.parametrize("attempt", [
        "os.kill(os.getppid(), 0)", "os.kill(os.getpid(), 0)", "os.kill(1, signal.SIGTERM)",
        "signal.pthread_kill(threading.get_ident(), 0)\nos.killpg(0, 0)",
    ])
    def test_sending_signals_is_refused(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    def test_rlimits_can_be_read_and_not_changed(self, gallery: Path) -> None:
        attempt = """
import resource
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))
except ValueError as error:  # Python's exception for EPERM here
    raise OSError(errno.EPERM, "") from error
"""
        assert outcome(attempt, gallery) == "EPERM"
        assert outcome("import resource\nresource.getrlimit(resource.RLIMIT_NOFILE)", gallery) == "done"

    @pytest.mark.parametrize("attempt", ["import fcntl\nfcntl.fcntl(0, fcntl.F_SETLEASE, 0)", "os.nice(1)",
                                         "os.sched_setaffinity(0, {0})", "os.setuid(os.getuid())"])
    def test_leases_priorities_affinity_and_user_ids_cannot_be_set(self, gallery: Path, attempt: str) -> None:
        assert outcome(attempt, gallery) == "EPERM"

    def test_newer_system_calls_fail_with_enosys(self, gallery: Path) -> None:
        assert outcome("call(425, 1, 0)", gallery) == "ENOSYS"  # io_uring_setup
        assert outcome("call(435, 0, 0)", gallery) == "ENOSYS"  # clone3: the C library falls back to clone
        assert outcome("call(9999)", gallery) == "ENOSYS"

    @pytest.mark.skipif(platform.machine() != "x86_64", reason="an ABI of x86-64")
    def test_x32_calls_are_refused(self, gallery: Path) -> None:
        assert outcome("call(0x40000000 | 39)", gallery) == "EPERM"  # getpid

    def test_threads_can_be_started(self, gallery: Path) -> None:
        attempt = "said = []\nthread = threading.Thread(target=said.append, args=(1,))\nthread.start()\nthread.join()"

        assert outcome(attempt, gallery) == "done"

    def test_new_threads_are_confined(self, gallery: Path) -> None:
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

    def test_threads_started_before_are_confined_too(self, gallery: Path) -> None:
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

    def test_late_imports_still_work(self, gallery: Path) -> None:
        attempt = ("import hashlib, zoneinfo, xml.sax.expatreader, defusedxml.ElementTree, PIL.ImageCms, pillow_heif\n"
                   "for name in ('cp437', 'utf-16', 'mac-roman', 'shift-jis'): b'a'.decode(name, 'replace')")

        assert outcome(attempt, gallery) == "done"


@pytest.mark.parametrize(("calls", "error", "lack"), [
    ((LANDLOCK,), errno.ENOSYS, ("landlock", "absent")), ((LANDLOCK,), errno.EOPNOTSUPP, ("landlock", "off")),
    ((LANDLOCK,), errno.EPERM, ("landlock", "refused")), ((SECCOMP,), errno.EINVAL, ("seccomp", "absent")),
    ((SECCOMP,), errno.EPERM, ("seccomp", "refused")),
], ids=str)
@pytest.mark.usefixtures("_seccomp")
def test_without_one_layer_the_others_are_in_force_and_pictures_are_decoded(
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
def test_a_worker_that_requires_a_complete_sandbox_exits_without_one(gallery: Path) -> None:
    command = worker_on_a_kernel_without(LANDLOCK, error=errno.ENOSYS)
    client = Client(allowed_paths=AllowedPaths((str(gallery),), strict=True), command=command)

    assert client.sandbox is not None
    assert not client.sandbox.is_complete
    assert client.disconnect() == 1


@pytest.mark.parametrize(("call", "permitted"), [
    (SECCOMP, ("socket", "exec", "fork", "truncate", "signal")), (LANDLOCK_RESTRICT_SELF, ("read",)),
])
@pytest.mark.usefixtures("_landlock", "_seccomp")
def test_the_self_test_reports_what_is_still_permitted(gallery: Path, call: int, permitted: tuple[str, ...]) -> None:
    """On a kernel that claims to have applied a layer and has not."""
    client = Client(gallery, command=worker_on_a_kernel_without(call, error=0))
    client.close()

    assert client.sandbox is not None
    assert client.sandbox.lacking == ()
    assert set(client.sandbox.permitted) == set(permitted)
    assert not client.sandbox.is_complete
