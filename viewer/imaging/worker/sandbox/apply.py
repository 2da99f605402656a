"""Applies the sandbox to this process and reports which layers are in force.

`rlimits.apply_limits` runs first, when the process starts; it includes no-new-privileges, without which the kernel
takes no filter. `Confinement.apply` runs once the viewer has named the allowed paths, before the first request and
before any thread: Landlock, seccomp (which forbids Landlock's own calls), then the self test.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from viewer.imaging.protocol.handshake import Sandbox
from viewer.imaging.worker.sandbox import landlock, seccomp
from viewer.imaging.worker.sandbox.kernel import Kernel, current_architecture
from viewer.imaging.worker.sandbox.path_probe import responsive_paths
from viewer.imaging.worker.sandbox.rlimits import are_limits_in_force, has_no_new_privileges
from viewer.imaging.worker.sandbox.runtime_paths import runtime_paths
from viewer.imaging.worker.sandbox.self_test import permitted_operations

if TYPE_CHECKING:
    from viewer.imaging.protocol.handshake import AllowedPaths, Lack, Layer, Operation
    from viewer.imaging.worker.sandbox.bpf import Instruction
    from viewer.imaging.worker.sandbox.kernel import Architecture


class Confinement:
    """The sandbox, prepared before the viewer's first message so that little is left to do after it."""

    def __init__(self) -> None:
        self._architecture: Architecture | None = None
        self._filter: list[Instruction] = []
        self._runtime_paths: tuple[str, ...] = ()
        if sys.platform == "linux":
            self._runtime_paths = runtime_paths()
            self._architecture = current_architecture()
            if self._architecture is not None:
                self._filter = seccomp.build_filter(self._architecture, os.getpid())

    def apply(self, allowed_paths: AllowedPaths) -> Sandbox:
        """Confine this process to `allowed_paths`, irrevocably; the layers then in force."""
        lacks: dict[Layer, Lack | None] = {"limits": None if are_limits_in_force() else "in-part"}
        version: int = 0
        permitted: list[Operation] = []
        if sys.platform != "linux":
            lacks |= {"no-new-privileges": "system", "landlock": "system", "seccomp": "system"}
        else:
            lacks["no-new-privileges"] = None if has_no_new_privileges() else "refused"
            try:
                kernel = Kernel()
            except (OSError, AttributeError):  # a C library without syscall(2)
                lacks |= {"landlock": "system", "seccomp": "system"}
            else:
                thumbnails = (allowed_paths.thumbnails,) if allowed_paths.thumbnails else ()
                readable = responsive_paths((*allowed_paths.folders, *allowed_paths.files, *thumbnails))
                version, lacks["landlock"] = self._apply_landlock(kernel, readable)
                lacks["seccomp"] = self._apply_seccomp(kernel)
                permitted = permitted_operations(kernel, self._architecture, readable, _in_force(lacks))
        missing = tuple((layer, lack) for layer, lack in lacks.items() if lack is not None)
        return Sandbox(_in_force(lacks), version, missing, tuple(permitted))

    def _apply_landlock(self, kernel: Kernel, readable: tuple[str, ...]) -> tuple[int, Lack | None]:
        """The ABI version in use, 0 for none, and why there is none."""
        try:
            return landlock.restrict(kernel, (*self._runtime_paths, *readable)), None
        except OSError as error:
            return 0, landlock.lack(error)

    def _apply_seccomp(self, kernel: Kernel) -> Lack | None:
        if self._architecture is None:
            return "processor"
        try:
            seccomp.install(kernel, self._architecture, self._filter)
        except OSError as error:
            return seccomp.lack(error)
        return None


def _in_force(lacks: dict[Layer, Lack | None]) -> tuple[Layer, ...]:
    return tuple(layer for layer, lack in lacks.items() if lack is None)
