from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imaging.worker.confined_processes import LANDLOCK, on_a_kernel_without
from viewer.kiosk.config import HoursConfig, KioskConfig, KioskStart, PlayLogConfig, ScreenConfig, VisitorsConfig
from viewer.kiosk.config_file import MOST_FAULTS, ConfigError, find_config, read_config
from viewer.kiosk.config_values import VALUES, loopback_address
from viewer.kiosk.lock import FIXED_OPTIONS
from viewer.kiosk.pin import hash_of
from viewer.locations import kiosk_file
from viewer.settings import OPTIONS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def faults(file: Path, text: str) -> list[str]:
    """What is said of the file, without its name."""
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        read_config(file)
    assert str(raised.value) == raised.value.faults[0].sentence
    assert all(fault.sentence.startswith(f"{file}, line {fault.line}: ") for fault in raised.value.faults)
    return [fault.sentence.removeprefix(f"{file}, ") for fault in raised.value.faults]


# -- what is read -------------------------------------------------------------------------------------------------


def test_without_a_file_everything_is_as_it_comes() -> None:
    assert read_config(None) == KioskConfig()


def test_an_empty_file_sets_nothing(file: Path) -> None:
    file.write_text("")
    assert read_config(file) == KioskConfig()


def test_every_key_can_be_set(file: Path) -> None:
    pin = hash_of("1234")
    file.write_text(f'''
awake = false
memory-megabytes = 800
pin = "{pin}"
[[screen]]
serial = "X1"
[hours]
open = "Mo-Fr 09:00-18:00"
country = "DE"
timezone = "Europe/Berlin"
[visitors]
allowed = ["next", "previous"]
idle = 30
[hooks]
on-open = ["cec-ctl", "--image-view-on"]
[status]
address = "[::1]:8080"
[play-log]
days = 0
[options]
"caption/scale" = 120
"show/interval" = 8
"look/reduced-motion" = true
''', "utf-8-sig")

    config = read_config(file)

    assert config.screen == (ScreenConfig(serial="X1"),)
    assert config.hours == HoursConfig("Mo-Fr 09:00-18:00", "DE", "Europe/Berlin")
    assert config.visitors == VisitorsConfig(("next", "previous"), 30)
    assert config.hooks.on_open == ("cec-ctl", "--image-view-on")
    assert config.play_log == PlayLogConfig(days=0)
    assert config.options == {"caption/scale": 120, "show/interval": 8, "look/reduced-motion": True}
    assert (config.awake, config.memory_megabytes, config.pin) == (False, 800, pin)


def test_galleries_are_relative_to_the_folder_of_the_file(file: Path, home: Path) -> None:
    file.write_text('gallery = "hall"\n[[screen]]\nname = "A"\ngallery = "~/left"\n'
                    '[[screen]]\nname = "B"\ngallery = "/srv/right"\n[[screen]]\nname = "C"')

    config = read_config(file)

    assert config.gallery == str(file.parent / "hall")
    shown = [KioskStart(config, file.parent, entry).sources() for entry in range(5)]
    assert shown == [[str(home / "left")], ["/srv/right"], *[[config.gallery]] * 3]
    named = [KioskStart(config, file.parent, entry).sources(["a.jpg", "b.jpg"]) for entry in range(3)]
    assert named == [[str(home / "left")], ["/srv/right"], ["a.jpg", "b.jpg"]]
    assert KioskStart(KioskConfig(), file.parent).sources() == []


def test_the_own_file_comes_before_the_machines(tmp_path: Path) -> None:
    machines = tmp_path / "kiosk.toml"
    places = (kiosk_file(), machines)
    assert find_config(None, places) is None
    machines.touch()
    assert find_config(None, places) == machines
    kiosk_file().parent.mkdir(parents=True)
    kiosk_file().touch()
    assert find_config() == kiosk_file()
    assert find_config(tmp_path / "named.toml") == tmp_path / "named.toml"


# -- what is wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "sentence"), [
    ('[hours]\nopne = "Mo"', "line 2: there is no key “hours.opne”; write “open” if that is meant."),
    ("Gallery = 'x'", "line 1: there is no key “Gallery”; write “gallery” if that is meant."),
    ("\nhours = 8", "line 2: “hours” is the number 8; write it as a table, [hours]."),
    ("[screen]\nname = 'x'", "line 1: “screen” is a group of keys; write each as a table, [[screen]]."),
    ("screen = [1]", "line 1: “screen” of screen 1 is the number 1; write it as a table, [[screen]]."),
    ("awake = 'yes'", "line 1: “awake” is “yes”; write true or false."),
    ("memory-megabytes = 200.5",
     "line 1: “memory-megabytes” is the number 200.5; write a whole number from 300 to 1000000."),
    ("visitors.countdown = nan", "line 1: “visitors.countdown” is the number nan; write a number from 5 to 600."),
    ("[[screen]]\n[[screen]]\nmirror = 1", "line 3: “screen.mirror” of screen 2 is the number 1; write true or false."),
    ("[[screen]]\nname = 'A'\n[[screen]]\nmirror = true",
     "line 3: nothing tells screen 2 from the others; write its “name”, “model” or “serial”, which "),
    ("[[screen]]\n[[screen]]\nname = 'A'", "line 1: nothing tells screen 1 from the others; "),
    ("[[screen]]\nname = 'A'\n[[screen]]\nname = 'A'\nmirror = true", "line 3: screen 2 is the same as screen 1; "),
    ("[[screen]]\nmirror = true", "line 2: a mirror repeats another screen, and there is none with a show of its own"),
    ("[[screen]]\nname = 'A'\n[[screen]]\nname = 'B'\nmirror = true\ngallery = 'x'",
     "line 6: screen 2 is a mirror, which shows what the first one does; leave out “gallery” or “mirror”."),
    ("[hooks]\non-open = 'cec on'",
     'line 2: “hooks.on-open” is “cec on”; write a list of texts in quotes, as in ["one", "two"].'),
    ("[hooks]\non-open = ['']",
     "line 2: “hooks.on-open”: its first entry, the program, is empty; write the program’s name there."),
    ("gallery = 1979-05-27", "line 1: “gallery” is a date or a time; write a text in quotes."),
    ("hours.open = 09:00:00", "line 1: “hours.open” is a date or a time; write a text in quotes."),
    ("hooks.on-open = ['a', 1]",
     "line 1: “hooks.on-open” has the number 1 in its list; write every entry as a text in quotes."),
    ('hooks.on-open = ["a\\u0000"]', "line 1: “hooks.on-open”: an entry has the character \\u0000, which"),
    ("hours.country = 'de'", "line 1: “hours.country”: “de” is no country; write “DE” if that is meant."),
    ("pin = 4711",
     "line 1: “pin”: this is not a hash; delete the line and type “liftoff kiosk pin”, which writes one."),
    ("status.address = '127.0.0.1:65535'\n[[screen]]\nname = 'A'\n[[screen]]\nname = 'B'",
     "line 1: “status.address”: each screen has the next port, and 65536 is none; write a smaller one."),
    ("idle = 60", "line 1: there is no key “idle”; write it under [visitors]."),
    ("name = 'HDMI-1'", "line 1: there is no key “name”; write it under [[screen]]."),
    ("[visitors]\nopen = 'Mo'",
     "line 2: there is no key “visitors.open”; write it under [hours], not under [visitors]."),
    ("[hours]\ngallery = 'x'",
     "line 2: there is no key “hours.gallery”; write it at the top of the file, before the first line in brackets."),
    ("'show/interval' = 8", "line 1: there is no key “show/interval”; write it under [options]."),
    ("[options]\nshow.interval = 8",
     "line 2: an option’s name has a stroke and quotes; write \"show/interval\" = … instead of show.…"),
    ("gallery = 'https://example.org/g.json'", ("line 1: “gallery”: “https://example.org/g.json” is an address, and "
     "Liftoff shows what lies on this computer; name a file.")),
    ("hours.timezone = 'Europe/Berln'",
     "line 1: “hours.timezone”: there is no time zone “Europe/Berln”; write “Europe/Berlin” if that is meant."),
    ("hours.timezone = 'Europe'", "line 1: “hours.timezone”: there is no time zone “Europe”"),
    ("hours.open = 'Mo-Fr 9-18h'",
     "line 1: “hours.open”: “9-18h” makes no sense; write as in “Mo-Fr 09:00-18:00; PH off”."),
    ("hours.country = 'XX'", "line 1: “hours.country”: the public holidays of “XX” are not known; "),
    ("hours.country = 'Germany'",
     "line 1: “hours.country”: “Germany” is no country; write two capital letters, as in “DE”."),
    ("status.address = '0.0.0.0:80'", ("line 1: “status.address”: “0.0.0.0:80” will not do, the host could be reached "
     "from other machines; write it as in “127.0.0.1:8080”.")),
    ("[visitors]\nallowed = ['next',\n'prevous']",
     "line 2: “visitors.allowed”: there is no action “prevous”; write “previous” if that is meant."),
    ("visitors.allowed = ['next', 'quit']",
     "line 1: “visitors.allowed”: “quit” is never for visitors; leave it out."),
    ("options = 1", "line 1: “options” is the number 1; write it as a table, [options]."),
    ("[options]\n'show/intervall' = 8",
     "line 2: there is no option “show/intervall”; write “show/interval” if that is meant."),
    ("[options]\n'show/interval' = 'slow'",
     "line 2: “show/interval” is “slow”; write “auto” or “0” or a number from 0 to 86400 s."),
    ("[options]\n'caption/scale' = 400", "line 2: “caption/scale” is the number 400; write a number from 60 to 300 %."),
    ("[options]\n'look/reduced-motion' = 'yes'", "line 2: “look/reduced-motion” is “yes”; write true or false."),
    ("[options]\n'caption/language' = ['de']", "line 2: “caption/language” is a list; write a text in quotes."),
    ("[options]\n'show/end' = 'stop'", "line 2: “show/end” is always “loop” in a kiosk; leave it out."),
    ("[options]\n'show/keep-awake' = false", ("line 2: a kiosk has a key of its own for “show/keep-awake”; write "
     "“awake” at the top of the file instead.")),
    ("a =", "line 1: this is no value; write a text in quotes, a number, true or false."),
    ("awake = True", "line 1: this is no value; write a text in quotes, a number, true or false."),
    ("gallery = 'x\nawake = true", "line 1: a text has no quote at its end; write it there."),
    ('gallery = "x\nawake = true', "line 1: a text has no quote at its end; write it there."),
    ('gallery = "C:\\Users"', "line 1: a backslash means something else in double quotes; write the "),
    ("hooks.on-open = ['a'\n", "line 1: a square bracket is not closed; write ] there."),
    ("[hours\n", "line 1: a square bracket is not closed; write ] there."),
    ("[hours]\n[hours]", "line 2: this table is there above already; put its keys together in one place."),
    ("memory-megabytes = 0900",
     "line 1: something follows a value; write one key = value in each line, and no 0 before a number."),
    ("gallery = 'a\x01b'", "line 1: a character here is not allowed; delete it, or put the text in quotes."),
    ("ключ = 1", "line 1: this is not TOML; write key = value, with texts in quotes"),
    ("awake = true\n\nshow/interval = 8", "line 3: this is not TOML; write key = value, with texts in quotes"),
    ("awake = true\nawake = true\n[hours]", "line 2: this key is set above already; keep one of the two."),
])
def test_what_is_wrong_is_said_with_its_line_and_what_to_write(file: Path, text: str, sentence: str) -> None:
    assert faults(file, text)[0].startswith(sentence)


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "9" * 5000])
def test_what_python_itself_cannot_read_is_refused_in_a_sentence(file: Path, value: str) -> None:
    file.write_text(f"x = {value}")
    with pytest.raises(ConfigError, match="has a number too long, or lists within lists too deep, to be read"):
        read_config(file)


def test_a_file_with_a_value_of_thousands_of_lines_or_thousands_of_faults_is_refused_at_once(file: Path) -> None:
    (said,) = faults(file, "x = [\n" + "1,\n" * 15_000 + "]\n")
    assert said.startswith("line 1: there is no key “x”")
    assert len(faults(file, "".join(f"k{number} = 1\n" for number in range(5000)))) == MOST_FAULTS


def test_everything_that_is_wrong_is_found_in_the_order_of_lines(file: Path) -> None:
    said = faults(file, "[visitors]\nidle = 0\n[hours]\nopen = 1\n[visitors.more]\n")
    assert [one.partition(":")[0] for one in said] == ["line 2", "line 4", "line 5"]


def test_a_pin_in_plain_digits_is_refused_and_not_repeated_in_a_log(file: Path) -> None:
    (said,) = faults(file, 'pin = "4711"')
    assert "liftoff kiosk pin" in said
    assert "4711" not in said


def test_a_letter_that_is_not_utf_8_is_told_with_its_line(file: Path) -> None:
    file.write_bytes("awake = true\ngallery = 'Fr\xfchling'\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="line 2: a letter is not UTF-8; save the file in that encoding"):
        read_config(file)


@pytest.mark.parametrize("name", ["nothing.toml", ".", "pipe", "a\0b"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match=r"(cannot be opened|is not a file)"):
        read_config(tmp_path / name)


def test_a_file_that_is_far_too_large_is_not_read(file: Path) -> None:
    file.write_bytes(b"#" * 300_000)
    with pytest.raises(ConfigError, match="larger than 64 KiB"):
        read_config(file)


def test_the_defaults_of_all_options_can_be_written_down(file: Path) -> None:
    own = [option for option in OPTIONS if option.key not in {"show/keep-awake", *FIXED_OPTIONS}]
    file.write_text("\n".join(["[options]", *(f'"{option.key}" = {json.dumps(option.default)}' for option in own)]))
    assert read_config(file).options == {option.key: option.default for option in own}


def test_the_table_of_values_names_keys_that_exist() -> None:
    tables = {"": KioskConfig(), "screen": ScreenConfig(), "hours": HoursConfig(), "visitors": VisitorsConfig(),
              "hooks": KioskConfig().hooks, "status": KioskConfig().status}
    for key in VALUES:
        table, _, name = key.rpartition(".")
        assert hasattr(tables[table], name.replace("-", "_"))


@pytest.mark.parametrize(("address", "host", "port"), [
    ("127.0.0.1:8080", "127.0.0.1", 8080), ("localhost:1", "127.0.0.1", 1), ("[::1]:65535", "::1", 65_535),
    ("127.9.9.9:80", "127.9.9.9", 80),
])
def test_addresses_of_this_machine_are_taken(address: str, host: str, port: int) -> None:
    assert loopback_address(address) == (host, port)


@pytest.mark.parametrize("address", [
    "8080", ":8080", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "0.0.0.0:80", "[::]:80", "192.168.1.2:80",
    "example.org:80", "::1:80", "127.0.0.1:80/", "[127.0.0.1:80", "2130706433:80",
])
def test_other_addresses_are_not(address: str) -> None:
    with pytest.raises(ValueError, match=r"host|port"):
        loopback_address(address)


# -- on the command line ------------------------------------------------------------------------------------------


def liftoff(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "viewer", *words], cwd=folder, timeout=60, check=False,
                          capture_output=True, text=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)})


def test_a_kiosk_reads_its_file_in_the_default_place() -> None:
    kiosk_file().parent.mkdir(parents=True)
    kiosk_file().write_text("awake = 1")
    done = liftoff("--kiosk")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"liftoff: {kiosk_file()}, line 1: “awake” is the number 1; write true or false.\n"


def test_a_file_for_a_kiosk_is_refused_without_one(file: Path) -> None:
    done = liftoff("--config", str(file))
    assert (done.returncode, done.stderr) == (2, "liftoff: --config is for an unattended screen: add --kiosk.\n")


def test_a_kiosk_may_insist_on_the_sandbox(file: Path) -> None:
    file.write_text('[options]\n"decode/require-sandbox" = true')
    command = on_a_kernel_without(
        LANDLOCK, error=errno.ENOSYS,
        command=[sys.executable, "-m", "viewer", "--kiosk", "--config", str(file)])

    done = subprocess.run(command, cwd=ROOT, timeout=60, check=False, capture_output=True, text=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})

    assert done.returncode == 3
    assert "would not be decoded in a full sandbox" in done.stderr
