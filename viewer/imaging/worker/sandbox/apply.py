"""The steps in which a worker shuts itself in, in their order, and what it says about them.

`limit` comes first of all. `shut_in` comes when the viewer has said where this worker may read, before the first
request and before any thread: no new privileges (without which the kernel grants no filter), Landlock, seccomp (which
forbids even Landlock's calls), and then a try at every door.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from viewer.imaging.protocol.handshake import Sandbox
from viewer.imaging.worker.sandbox import landlock, seccomp
from viewer.imaging.worker.sandbox.kernel import Kernel, this_machine
from viewer.imaging.worker.sandbox.libraries import library_folders
from viewer.imaging.worker.sandbox.resolve import reachable
from viewer.imaging.worker.sandbox.rlimits import has_no_new_privileges, is_limited, limit
from viewer.imaging.worker.sandbox.self_test import permitted_operations

if TYPE_CHECKING:
    from viewer.imaging.protocol.handshake import AllowedPaths, Lack, Layer
    from viewer.imaging.worker.sandbox.bpf import Instruction
    from viewer.imaging.worker.sandbox.kernel import Machine

__all__ = ["Confinement", "limit"]


class Confinement:
    """Made ready before the viewer has said anything, so that little is left to do when it has."""

    def __init__(self) -> None:
        self._machine: Machine | None = None
        self._filter: list[Instruction] = []
        self._libraries: tuple[str, ...] = ()
        if sys.platform == "linux":
            self._prepare()

    def shut_in(self, allowed_paths: AllowedPaths) -> Sandbox:
        """Confine this process to `allowed_paths`, for good; what is in force then."""
        layers: list[Layer] = []
        lacking: list[tuple[Layer, Lack]] = []
        if is_limited():
            layers.append("limits")
        else:
            lacking.append(("limits", "in-part"))
        if sys.platform != "linux":
            lacking += [("no-new-privileges", "system"), ("landlock", "system"), ("seccomp", "system")]
            return Sandbox(tuple(layers), 0, tuple(lacking), ())
        return self._shut_in(allowed_paths, layers, lacking)

    def _prepare(self) -> None:
        self._machine = this_machine()
        self._libraries = library_folders()
        if self._machine is not None:
            self._filter = seccomp.program(self._machine, seccomp.this_process())

    def _shut_in(self, allowed_paths: AllowedPaths, layers: list[Layer], lacking: list[tuple[Layer, Lack]]) -> Sandbox:
        if has_no_new_privileges():
            layers.append("no-new-privileges")
        else:
            lacking.append(("no-new-privileges", "refused"))
        try:
            kernel = Kernel()
        except (OSError, AttributeError):  # a C library without a way to call
            return Sandbox(tuple(layers), 0, (*lacking, ("landlock", "system"), ("seccomp", "system")), ())
        version = 0
        thumbnails = (allowed_paths.thumbnails,) if allowed_paths.thumbnails else ()
        told = reachable((*allowed_paths.folders, *allowed_paths.files, *thumbnails))
        try:
            version = landlock.restrict(kernel, (*self._libraries, *told))
            layers.append("landlock")
        except OSError as error:
            lacking.append(("landlock", landlock.lack(error)))
        if self._machine is None:
            lacking.append(("seccomp", "processor"))
        else:
            try:
                seccomp.install(kernel, self._machine, self._filter)
                layers.append("seccomp")
            except OSError as error:
                lacking.append(("seccomp", seccomp.lack(error)))
        permitted = permitted_operations(kernel, self._machine, told, layers)
        return Sandbox(tuple(layers), version, tuple(lacking), tuple(permitted))
