from __future__ import annotations

from tests.kiosk_commands.liftoff_kiosk import kiosk, refusal
from viewer.kiosk_commands.arguments import COMMANDS


def test_the_help_has_every_command() -> None:
    done = kiosk("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"  {command.name} " in done.stdout for command in COMMANDS)


def test_every_command_has_help_of_its_own() -> None:
    for command in COMMANDS:
        done = kiosk(command.name, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert f"liftoff kiosk {command.name}" in done.stdout


def test_no_command_and_an_unknown_one_are_refused_with_what_there_is() -> None:
    assert "Say one of" in refusal()
    assert refusal("pni") == ("There is no command “pni” of liftoff kiosk; type “liftoff kiosk pin” if that is meant.")
    assert refusal("pin", "--nothing").endswith("See liftoff kiosk pin --help.")
