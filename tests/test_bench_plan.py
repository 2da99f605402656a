from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.bench.peers import PEERS, installed
from tests.bench.plan import BENCHES, minutes, turns
from tests.bench.program import Home, Viewer
from tests.bench.resting import frames_of
from tests.bench.seeing import Look
from tests.bench.zooming import least_difference, pointer_at
from tests.pictures import photo_image

OURS = Viewer("liftoff", ("liftoff",), ("--fullscreen",))


def test_programs_alternate_within_a_benchmark() -> None:
    planned = [(turn.name, turn.viewer.name) for turn in turns(["jump", "fade"], [OURS, *PEERS[:2]], 1)]

    assert planned[:4] == [("jump", "liftoff"), ("jump", "feh"), ("jump", "nsxiv"), ("fade", "liftoff")]


def test_what_only_liftoff_can_do_is_asked_of_nobody_else() -> None:
    planned = list(turns(list(BENCHES), [OURS, *PEERS], 1))

    assert {turn.name for turn in planned if not turn.viewer.is_ours} == {
        "start", "jump", "page", "hold", "flat-out", "idle",
    }


def test_a_program_takes_no_part_in_what_it_cannot_do() -> None:
    lame = PEERS[0]._replace(cannot=("hold",))

    assert [turn.viewer.name for turn in turns(["hold"], [OURS, lame], 1)] == ["liftoff"]


def test_rounds_multiply_how_often_a_benchmark_is_made() -> None:
    assert [len(list(turns(["start"], [OURS], rounds))) for rounds in (1, 2)] == [2, 4]


def test_other_programs_take_part_once_a_round() -> None:
    names = [turn.viewer.name for turn in turns(["start"], [OURS, PEERS[0]], 1)]

    assert names == ["liftoff", "feh", "liftoff"]


def test_a_run_beside_all_peers_is_planned_to_last_a_quarter_of_an_hour_at_most() -> None:
    assert 5 < minutes(list(turns(list(BENCHES), [OURS, *PEERS], 1))) < 15


def test_a_peer_that_nobody_knows_is_named() -> None:
    with pytest.raises(ValueError, match="there is no peer 'paint'"):
        installed(["paint"])


def test_peers_that_are_not_installed_are_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "feh").touch(mode=0o755)

    there, missing = installed(["feh", "eog"])

    assert [viewer.name for viewer in there] == ["feh"]
    assert missing == ["eog"]


def test_a_program_that_takes_a_photo_is_given_the_first_of_a_folder(tmp_path: Path) -> None:
    taker = Viewer("eog", ("eog",), ("--fullscreen",), given="first photo")

    assert taker.shows(tmp_path) == ["eog", "--fullscreen", str(tmp_path / "00000.jpg")]
    assert OURS.shows(tmp_path, window=True) == ["liftoff", str(tmp_path)]


def test_a_home_holds_the_settings_of_its_program_and_no_thumbnails(tmp_path: Path) -> None:
    program = Viewer("eog", ("eog",), (), settings=(("config/eog.ini", "quiet=true\n"),), variables=(("QUIET", "1"),))
    with Home(tmp_path, "unix:path=/bus") as home:
        home.furnish(program)
        environment = home.environment(":7", program)
        folder = Path(environment["HOME"])
        (folder / "cache" / "thumbnails").mkdir()
        home.forget_thumbnails()

        assert (Path(environment["XDG_CONFIG_HOME"]) / "eog.ini").read_text() == "quiet=true\n"
        assert (environment["DISPLAY"], environment["QUIET"]) == (":7", "1")
        assert environment["DBUS_SESSION_BUS_ADDRESS"] == "unix:path=/bus"
        assert not (folder / "cache" / "thumbnails").exists()
    assert not folder.exists()


def test_changes_within_four_milliseconds_are_one_frame() -> None:
    changes = [Look(at, b"", b"") for at in (1.000, 1.001, 1.003, 1.016, 1.018, 1.033)]

    assert frames_of(changes) == [1.000, 1.016, 1.033]


def test_the_pointer_goes_to_and_fro_and_comes_back() -> None:
    assert [pointer_at(seconds) for seconds in (0, 0.5, 1.0, 1.5, 2.0)] == [
        (0, 0), (250, 125), (0, 0), (-250, -125), (0, 0),
    ]


def test_a_patch_is_recognised_wherever_it_lies_in_the_original() -> None:
    original = photo_image((60, 60))
    moved = original.crop((3, 1, 53, 51))

    assert least_difference(moved, original) == 0
    assert least_difference(moved.resize((10, 10)).resize((50, 50), Image.Resampling.BICUBIC), original) > 4
