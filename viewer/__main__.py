"""Entry point of the command `liftoff`, of ``python -m viewer``, and of a frozen build's workers.

`liftoff --worker FD` is for `viewer.imaging.pool.worker_process` alone: in a frozen build there is no Python to run a
worker's module with. It is handled before anything else is imported, and appears in no help.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line, or a worker; returns the exit status."""
    if sys.argv[1:2] == ["--worker"]:
        import runpy

        del sys.argv[1]
        runpy.run_module("viewer.imaging.worker", run_name="__main__", alter_sys=True)  # ends with SystemExit
    from viewer.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
