"""The whole program as a process in locales that fold case, write numbers and run lines otherwise than English."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import pictures
from viewer.locations import options_file

pytestmark = [pytest.mark.story, pytest.mark.skipif(sys.platform != "linux", reason="locales are made by glibc's tool")]

TITLE = "Été à İzmir: ışık, Isı"


@pytest.fixture
def made_locale(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of a locale, compiled into the folder that LOCPATH is to name; C is always there."""
    name = str(request.param)
    if name != "C":
        localedef = shutil.which("localedef", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        if localedef is None:
            pytest.skip("localedef is not installed")
        done = subprocess.run([localedef, "-c", "-i", name.partition(".")[0], "-f", "UTF-8", str(tmp_path / name)],
                              capture_output=True, text=True, check=False)
        if not (tmp_path / name / "LC_CTYPE").exists():
            pytest.skip(f"{name} cannot be compiled; its source is in the package locales: {done.stderr}")
    return name


@pytest.mark.parametrize("made_locale", [
    "tr_TR.UTF-8", "az_AZ.UTF-8", "ar_EG.UTF-8", "ja_JP.UTF-8", "de_DE.UTF-8", "C",
], indirect=True)
def test_the_program_shows_plays_and_keeps_options_in_any_locale(made_locale: str, tmp_path: Path) -> None:
    for name, colour in (("1.png", pictures.RED), ("2.png", pictures.GREEN)):
        pictures.solid_image(colour).save(tmp_path / name)
    (tmp_path / "gallery.json").write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": [
        {"file": "1.png", "title": TITLE}, {"file": "2.png"}]}))
    options_file().parent.mkdir(parents=True)
    options_file().write_text("[caption]\nscale=150\n[show]\ninterval=2.5\n")
    environ = {name: value for name, value in os.environ.items() if name != "LANGUAGE" and not name.startswith("LC_")}

    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.driven_program", str(tmp_path / "gallery.json")],
        env={**environ, "LANG": made_locale, "LOCPATH": str(tmp_path)}, cwd=Path(__file__).parents[2],
        capture_output=True, text=True, check=False, timeout=100,
    )

    warnings = [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support")]
    assert (done.returncode, warnings) == (0, [])
    assert json.loads(done.stdout) == {"locale": made_locale, "title": TITLE, "place": "1 of 2", "state": "playing"}
    saved = options_file().read_text().splitlines()
    assert {"scale=130", "interval=2.5"} <= set(saved)
