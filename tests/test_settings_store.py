from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from viewer import actions
from viewer.locations import options_file
from viewer.settings import OPTIONS
from viewer.settings_store import SettingsStore, assign_keys

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "liftoff.ini"


def written(path: Path, text: str) -> SettingsStore:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return SettingsStore(path)


def heard(store: SettingsStore) -> list[str]:
    keys: list[str] = []
    store.changed.connect(keys.append)
    return keys


def test_every_option_has_its_default_until_it_is_set(ini: Path) -> None:
    store = SettingsStore(ini)

    assert {option.key: store.value(option.key) for option in OPTIONS} == {o.key: o.default for o in OPTIONS}
    assert not ini.exists()


def test_what_was_set_is_there_the_next_time(ini: Path) -> None:
    store = SettingsStore(ini)
    store.set("look/theme", "light")
    store.set("show/shuffle", True)
    store.set("caption/scale", 150)

    again = SettingsStore(ini)

    assert (again.text("look/theme"), again.flag("show/shuffle"), again.number("caption/scale")) == ("light", True, 150)
    assert "theme=light" in ini.read_text()


def test_without_saving_nothing_is_read_or_written(ini: Path) -> None:
    written(ini, "[look]\ntheme=light\n[keys]\nnext=Q\n")
    store = SettingsStore(ini, saved=False)
    keys = heard(store)

    store.set("caption/scale", 150)
    store.set_layout("geometry", b"here")
    store.bind("next", ["X"])

    assert (store.text("look/theme"), store.number("caption/scale"), store.layout("geometry")) == ("dark", 150, b"")
    assert store.save()
    assert store.bindings()[0]["next"] == actions.BY_ID["next"].keys
    assert keys == ["caption/scale", "keys/next"]
    assert "scale" not in ini.read_text()


def test_a_value_is_clamped_when_it_is_set(ini: Path) -> None:
    store = SettingsStore(ini)

    store.set("caption/scale", 5000)
    store.set("look/theme", "neon")

    assert store.number("caption/scale") == 300
    assert store.text("look/theme") == "dark"


def test_nonsense_in_the_file_counts_as_the_default_and_leaves_the_rest_alone(ini: Path) -> None:
    store = written(ini, "[look]\ntheme=neon\nreduced-motion=perhaps\n[caption]\nscale=wide\nfullscreen=overlay\n"
                         "[memory]\npictures-mb=999999999\n[show]\ninterval=@Invalid()\n")

    assert store.text("look/theme") == "dark"
    assert store.flag("look/reduced-motion") is False
    assert store.number("caption/scale") == 100
    assert store.text("caption/fullscreen") == "overlay"
    assert store.number("memory/pictures-mb") == 4096
    assert store.text("show/interval") == "auto"


def test_a_comma_in_a_text_stays_a_comma(ini: Path) -> None:
    assert written(ini, "[show]\ninterval=2,5\n").text("show/interval") == "2,5"


def test_a_damaged_file_is_read_as_far_as_it_goes_and_can_be_written_again(
    ini: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    store = written(ini, "[look]\ntheme=light\njunk\n[[[\n")

    assert store.text("look/theme") == "light"
    assert "damaged" in caplog.text
    store.set("caption/scale", 120)
    assert store.save()
    assert SettingsStore(ini).number("caption/scale") == 120


def test_changed_names_the_option_and_only_when_its_value_is_another(ini: Path) -> None:
    store = SettingsStore(ini)
    values: list[tuple[str, str]] = []
    store.changed.connect(lambda key: values.append((key, store.text(key))))

    store.set("show/end", "loop")
    store.set("show/end", "stop")
    store.set("show/end", "stop")
    store.set("show/end", "nowhere")

    assert values == [("show/end", "stop"), ("show/end", "loop")]


def test_a_default_is_not_written_down(ini: Path) -> None:
    store = SettingsStore(ini)
    store.set("show/end", "stop")

    store.set("show/end", "loop")

    assert "end" not in ini.read_text()


def test_a_value_for_this_run_is_not_saved(ini: Path) -> None:
    store = SettingsStore(ini)
    store.set("show/interval", "30")
    keys = heard(store)

    store.override("show/interval", "5")

    assert store.text("show/interval") == "5"
    assert store.is_overridden("show/interval")
    assert SettingsStore(ini).text("show/interval") == "30"
    store.override("show/interval", None)
    assert store.text("show/interval") == "30"
    assert keys == ["show/interval", "show/interval"]


def test_setting_an_option_ends_its_value_for_this_run(ini: Path) -> None:
    store = SettingsStore(ini)
    store.override("show/interval", "5")

    store.set("show/interval", "8")

    assert store.text("show/interval") == "8"
    assert not store.is_overridden("show/interval")


def test_an_option_that_is_not_in_the_table_is_an_error(ini: Path) -> None:
    store = SettingsStore(ini)

    for attempt in (
        lambda: store.value("look/colour"), lambda: store.set("look/colour", "red"),
        lambda: store.override("look/colour", "red"), lambda: store.bind("dance", ("D",)),
    ):
        with pytest.raises(KeyError):
            attempt()


def test_the_layout_of_a_window_is_kept_byte_for_byte(ini: Path) -> None:
    state = bytes(range(256))
    SettingsStore(ini).set_layout("window", state)

    assert SettingsStore(ini).layout("window") == state
    assert SettingsStore(ini).layout("other") == b""


def test_a_layout_that_was_edited_counts_as_none(ini: Path) -> None:
    assert written(ini, "[layout]\nwindow=wide\n").layout("window") == b""


def test_options_that_cannot_be_saved_hold_for_this_run_and_are_mentioned_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = SettingsStore(tmp_path / "file" / "liftoff.ini")

    with caplog.at_level(logging.WARNING):
        store.set("look/theme", "light")
        store.set("caption/scale", 120)

    assert store.text("look/theme") == "light"
    assert not store.save()
    assert caplog.text.count("cannot be saved") == 1


def test_saving_replaces_the_file_and_leaves_nothing_beside_it(ini: Path) -> None:
    store = written(ini, "[look]\ntheme=light\n")
    before = ini.stat().st_ino

    store.set("caption/scale", 120)
    QCoreApplication.processEvents()

    assert ini.stat().st_ino != before
    assert [entry.name for entry in ini.parent.iterdir()] == ["liftoff.ini"]


def test_two_windows_do_not_undo_each_others_options(ini: Path) -> None:
    one, other = SettingsStore(ini), SettingsStore(ini)

    one.set("look/theme", "light")
    other.set("caption/scale", 120)

    third = SettingsStore(ini)
    assert (third.text("look/theme"), third.number("caption/scale")) == ("light", 120)


def test_without_a_path_options_lie_in_the_home_folder(home: Path) -> None:
    assert SettingsStore().path == options_file() == home / ".config" / "liftoff" / "liftoff.ini"


def test_every_action_has_its_own_keys_until_they_are_changed(ini: Path) -> None:
    keys, refused = SettingsStore(ini).bindings()

    assert keys == {action.id: action.keys for action in actions.ACTIONS}
    assert refused == []


def test_a_line_replaces_the_keys_of_an_action_and_an_empty_one_takes_them(ini: Path) -> None:
    keys, refused = written(ini, '[keys]\nnext=Right, J, "Ctrl+;"\nblack=\n').bindings()

    assert keys["next"] == ("Right", "J", "Ctrl+;")
    assert keys["black"] == ()
    assert keys["previous"] == actions.BY_ID["previous"].keys
    assert refused == []


def test_an_unknown_action_is_refused_with_a_sentence(ini: Path) -> None:
    keys, refused = written(ini, "[keys]\ndance=D\n").bindings()

    assert keys == {action.id: action.keys for action in actions.ACTIONS}
    assert refused == ["There is no action “dance”; its keys are left out."]


def test_a_key_cannot_be_taken_from_an_action_that_keeps_it(ini: Path) -> None:
    keys, refused = written(ini, "[keys]\nnext=SPACE, J\n").bindings()

    assert keys["next"] == ("J",)
    assert keys["pause"] == ("Space", "P")
    assert refused == ["“SPACE” stays with Pause and is not given to Next."]


def test_two_actions_can_exchange_their_keys(ini: Path) -> None:
    keys, refused = written(ini, "[keys]\nslower=]\nfaster=[\n").bindings()

    assert (keys["slower"], keys["faster"]) == (("]",), ("[",))
    assert refused == []


def test_of_two_actions_that_want_a_key_the_first_in_the_table_has_it() -> None:
    keys, refused = assign_keys({"previous": ("J",), "next": ("J",)})

    assert keys["next"] == ("J",)
    assert keys["previous"] == actions.BY_ID["previous"].keys
    assert refused == ["“J” stays with Next and is not given to Previous."]


def test_no_key_ever_belongs_to_two_actions() -> None:
    wanted = {"next": ("Left",), "previous": ("Space",), "first": ("PgUp", "Left"), "last": ("Home",), "pause": ("J",)}

    keys, _ = assign_keys(wanted)

    everything = [key.lower() for sequence in keys.values() for key in sequence]
    assert len(everything) == len(set(everything))


def test_keys_can_be_bound_and_given_back(ini: Path) -> None:
    store = SettingsStore(ini)
    keys = heard(store)

    store.bind("next", ["J", "Ctrl+,,X"])
    store.bind("next", ["J", "Ctrl+,,X"])
    assert SettingsStore(ini).bindings()[0]["next"] == ("J", "Ctrl+,,X")
    store.bind("black", ())
    assert SettingsStore(ini).bindings()[0]["black"] == ()
    store.bind("next", actions.BY_ID["next"].keys)
    assert "next" not in ini.read_text()
    assert keys == ["keys/next", "keys/black", "keys/next"]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_the_last_folder_is_kept_byte_for_byte(ini: Path) -> None:
    assert SettingsStore(ini).folder() is None
    folder = Path(os.fsdecode(b"/photos/a\xff, b"))
    SettingsStore(ini).set_folder(folder)

    assert SettingsStore(ini).folder() == folder


def test_what_is_put_back_is_nobodys_choice(ini: Path) -> None:
    store = SettingsStore(ini)
    store.set("show/end", "stop")
    chosen: list[bool] = []
    store.changed.connect(lambda _key: chosen.append(not store.is_putting_back))
    store.put_back({"show/end": "loop", "look/theme": "dark"})
    store.set("show/end", "hold")

    assert chosen == [False, True]
