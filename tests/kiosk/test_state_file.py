"""Small files of state are replaced whole."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from viewer.kiosk.state_file import replace_file

if TYPE_CHECKING:
    from pathlib import Path

_KILLED_AT_THE_HALF: Final = """
import resource, signal, sys
from pathlib import Path
from viewer.kiosk.state_file import replace_file
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
replace_file(Path(sys.argv[1]), b"second" * 200)
"""


def test_who_is_killed_while_writing_spoils_nothing_and_leaves_nothing_for_good(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    replace_file(path, b"first")

    assert subprocess.run([sys.executable, "-c", _KILLED_AT_THE_HALF, str(path)], check=False).returncode < 0
    assert path.read_bytes() == b"first"
    assert replace_file(path, b"third") == ""

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("status.json", b"third")]
