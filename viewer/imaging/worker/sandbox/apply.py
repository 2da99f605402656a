"""Applies the sandbox to this process and reports which layers are in force.

`rlimits.apply_limits` runs first, when the process starts; it includes no-new-privileges, without which the kernel
takes no filter. `Confinement.apply` runs once the viewer has named the allowed paths, before the first request and
before any thread: Landlock, seccomp (which forbids Landlock's own calls), then the self test.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys

from viewer.imaging.protocol.handshake import AllowedPaths, Lack, Layer, Operation, Sandbox
from viewer.imaging.worker.sandbox import landlock, seccomp
from viewer.imaging.worker.sandbox.path_probe import responsive_paths
from viewer.imaging.worker.sandbox.rlimits import are_limits_in_force, has_no_new_privileges
from viewer.imaging.worker.sandbox.self_test import permitted_operations
from viewer.imaging.worker.sandbox.syscalls import Architecture, Kernel, current_architecture


class Confinement:
    """The sandbox, prepared before the viewer's first message so that little is left to do after it."""

    def __init__(self) -> None:
        self._kernel: Kernel | None = None
        self._architecture: Architecture | None = None
        self._filter: list[seccomp.Instruction] = []
        self._runtime_paths: tuple[str, ...] = ()
        if sys.platform == "linux":
            with contextlib.suppress(OSError, AttributeError):  # a C library without syscall(2)
                self._kernel = Kernel()
            self._runtime_paths = landlock.runtime_paths()
            self._architecture = current_architecture()
            if self._architecture is not None:
                self._filter = seccomp.build_filter(self._architecture, os.getpid())

    def apply(self, allowed_paths: AllowedPaths) -> Sandbox:
        """Confine this process to `allowed_paths`, irrevocably; the layers then in force."""
        no_new_privileges: Lack | None = (
            "system" if sys.platform != "linux" else None if has_no_new_privileges() else "refused"
        )
        lacks: dict[Layer, Lack | None] = {
            "limits": None if are_limits_in_force() else "in-part", "no-new-privileges": no_new_privileges,
            "landlock": "system", "seccomp": "system",
        }
        version, readable = 0, tuple[str, ...]()
        if self._kernel is not None:
            thumbnails = (allowed_paths.thumbnails,) if allowed_paths.thumbnails else ()
            readable = responsive_paths((*allowed_paths.folders, *allowed_paths.files, *thumbnails))
            version, lacks["landlock"] = self._apply_landlock(self._kernel, readable)
            lacks["seccomp"] = self._apply_seccomp(self._kernel)
        layers = tuple(layer for layer, lack in lacks.items() if lack is None)
        permitted = tuple[Operation, ...]()
        if self._kernel is not None:
            permitted = permitted_operations(self._kernel, self._architecture, readable, layers)
        missing = tuple((layer, lack) for layer, lack in lacks.items() if lack is not None)
        return Sandbox(layers, version, missing, permitted)

    def _apply_landlock(self, kernel: Kernel, readable: tuple[str, ...]) -> tuple[int, Lack | None]:
        """The ABI version in use, 0 for none, and why there is none."""
        try:
            return landlock.restrict(kernel, (*self._runtime_paths, *readable)), None
        except OSError as error:
            why = error.errno
            return 0, "absent" if why == errno.ENOSYS else "off" if why == errno.EOPNOTSUPP else "refused"

    def _apply_seccomp(self, kernel: Kernel) -> Lack | None:
        if self._architecture is None:
            return "processor"
        try:
            seccomp.install(kernel, self._architecture, self._filter)
        except OSError as error:
            return "absent" if error.errno in (errno.ENOSYS, errno.EINVAL) else "refused"
        return None
