from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from tests.show.galleries import a_gallery, path
from viewer.gallery.matching import SlideMatch
from viewer.gallery.model import ShowDefaults, Slide, localized
from viewer.show.session import Session, desktop_languages

if TYPE_CHECKING:
    from viewer.settings_store import SettingsStore


def moves(session: Session) -> list[tuple[int, str]]:
    heard: list[tuple[int, str]] = []
    session.moved.connect(lambda index, why: heard.append((index, why)))
    return heard


def test_a_session_begins_with_nothing(session: Session) -> None:
    heard = moves(session)

    assert (session.index, session.count, session.slide, session.path, session.peek(1)) == (-1, 0, None, "", None)
    assert not any((session.step(), session.go(3), session.first(), session.last()))
    assert heard == []


def test_every_move_says_where_to_and_why(session: Session) -> None:
    heard = moves(session)

    session.set_gallery(a_gallery(0, 1, 2))
    session.step()
    session.go(0)
    session.play_on(1, 1)
    session.last()
    session.step(-1)

    assert heard == [(0, "gallery"), (1, "step"), (0, "jump"), (1, "played"), (2, "jump"), (1, "step")]
    assert session.visit == 6
    assert session.why == "step"
    assert (session.slide, session.path) == (Slide("1.jpg"), path(1))


def test_a_step_that_leads_nowhere_is_no_move(session: Session, settings: SettingsStore) -> None:
    settings.set("show/end", "hold")
    session.set_gallery(a_gallery(0, 1), start=1)
    heard = moves(session)

    assert not session.step()
    assert session.peek(1) is None
    assert not session.go(1)
    assert heard == []


def test_a_gallery_opens_at_the_slide_it_is_asked_to(session: Session) -> None:
    session.set_gallery(a_gallery(0, 1, 2), start=2)
    assert session.index == 2

    session.set_gallery(a_gallery(0, 1, 2, 3), keep=False, start=1)
    assert session.index == 1


def test_gallery_changed_comes_before_the_move_and_finds_everything_new(session: Session) -> None:
    session.set_gallery(a_gallery(0, 1, 2), start=2)
    heard: list[object] = []
    session.gallery_changed.connect(lambda: heard.append((session.count, session.index)))
    session.moved.connect(lambda index, why: heard.append((index, why)))

    session.set_gallery(a_gallery(5), keep=False)

    assert heard == [(1, 0), (0, "gallery")]


def test_a_new_version_keeps_the_slide_by_its_id(session: Session) -> None:
    session.set_gallery(a_gallery(Slide("a.jpg", id="a"), Slide("b.jpg", id="b")), start=1)

    session.set_gallery(a_gallery(Slide("b.jpg"), Slide("new.jpg"), Slide("moved.jpg", id="b")))

    assert session.index == 2


def test_a_new_version_keeps_the_slide_by_its_file_where_there_is_no_id(session: Session) -> None:
    session.set_gallery(a_gallery("a.jpg", "in/b.jpg", "c.jpg"), start=1)

    session.set_gallery(a_gallery("x.jpg", "y.jpg", "z.jpg", "b.jpg", folder=Path("/pictures/in")))

    assert session.index == 3


def test_of_two_slides_with_the_same_file_the_nearer_is_kept(session: Session) -> None:
    session.set_gallery(a_gallery("a.jpg", "b.jpg", "a.jpg"), start=2)

    session.set_gallery(a_gallery("a.jpg", "b.jpg", "c.jpg", "a.jpg"))

    assert session.index == 3


def test_a_new_version_without_the_slide_goes_on_at_the_same_place(session: Session) -> None:
    session.set_gallery(a_gallery(0, 1, 2, 3), start=3)

    session.set_gallery(a_gallery(10, 11))
    assert session.index == 1
    session.set_gallery(a_gallery())
    assert (session.index, session.slide) == (-1, None)
    session.set_gallery(a_gallery(0, 1, 2), start=1)
    assert session.index == 1


def test_other_words_for_the_same_slides_do_not_shuffle_again(session: Session, settings: SettingsStore) -> None:
    settings.set("show/shuffle", True)
    session.set_gallery(a_gallery(*range(20)))
    seen = [session.index]
    for _ in range(5):
        session.step()
        seen.append(session.index)

    session.set_gallery(a_gallery(*(Slide(f"{n}.jpg", title="New") for n in range(20))))

    back = [session.index]
    while session.step(-1):
        back.append(session.index)
    assert back == seen[::-1]


def test_a_shuffled_show_takes_new_slides_in_and_repeats_none(session: Session, settings: SettingsStore) -> None:
    settings.set("show/shuffle", True)
    session.set_gallery(a_gallery(*range(20)))
    seen = {session.path}
    for _ in range(9):
        session.step()
        seen.add(session.path)

    session.set_gallery(a_gallery(*range(5, 30)))
    rest: set[str] = set()
    while session.path_of(session.peek(1) or 0) not in seen | rest:
        session.step()
        rest.add(session.path)

    assert seen | rest >= {path(n) for n in range(5, 30)}
    assert not seen & rest


def test_shuffle_keeps_the_slide_and_tells_that_others_come_next(session: Session) -> None:
    session.set_gallery(a_gallery(*range(30)), start=7)
    heard: list[bool] = []
    session.order_changed.connect(lambda: heard.append(session.shuffled))

    session.set_shuffle(True)
    assert session.index == 7
    ahead = [session.peek(n) for n in range(30)]
    assert sorted(n for n in ahead if n is not None) == list(range(30))
    assert ahead[:3] != [7, 8, 9]
    session.set_shuffle(False)

    assert session.peek(1) == 8
    assert heard == [True, False]


def test_the_seed_decides_the_shuffle(session: Session, settings: SettingsStore) -> None:
    other = type(session)(settings, seed=1)
    unseeded = type(session)(settings)
    settings.set("show/shuffle", True)
    shows = []
    for each in (session, other, unseeded):
        each.set_gallery(a_gallery(*range(50)))
        shows.append([each.peek(n) for n in range(50)])

    assert shows[0] == shows[1] != shows[2]


def test_what_follows_the_last_slide_can_change_at_any_time(session: Session, settings: SettingsStore) -> None:
    session.set_gallery(a_gallery(0, 1), start=1)
    heard: list[int | None] = []
    session.order_changed.connect(lambda: heard.append(session.peek(1)))

    settings.set("show/end", "stop")
    settings.set("show/end", "hold")

    assert heard == [None]
    settings.set("show/end", "loop")
    assert session.step()
    assert session.index == 0


def test_a_manifest_gets_the_show_it_asks_for(session: Session) -> None:
    session.set_gallery(a_gallery(*range(9), show=ShowDefaults(loop=False, shuffle=True, interval=7, transition="cut")))

    show_options = session.show_options
    assert (session.shuffled, show_options.end, show_options.interval, show_options.transition_ms) == (True, "stop",
                                                                                                       "7", 0)
    session.set_gallery(a_gallery(*range(9)), keep=False)
    assert (session.shuffled, show_options.end, show_options.interval, show_options.transition_ms) == (False, "loop",
                                                                                                       "auto", 800)


def test_a_manifest_that_does_not_loop_holds_where_the_person_prefers_that(session: Session,
                                                                           settings: SettingsStore) -> None:
    settings.set("show/end", "hold")

    session.set_gallery(a_gallery(0, show=ShowDefaults(loop=False)))
    assert session.show_options.end == "hold"
    session.set_gallery(a_gallery(0, show=ShowDefaults(loop=True)))

    assert session.show_options.end == "loop"


def test_the_person_overrules_the_manifest_until_another_gallery_is_opened(session: Session) -> None:
    shuffled = a_gallery(*range(9), show=ShowDefaults(shuffle=True))
    heard: list[bool] = []
    session.gallery_changed.connect(lambda: heard.append(session.shuffled))

    session.set_gallery(shuffled)
    session.set_shuffle(False)
    session.set_gallery(shuffled)
    session.set_gallery(shuffled, keep=False)

    assert heard == [True, False, True]


def test_a_preference_that_was_changed_overrules_the_manifest(session: Session, settings: SettingsStore) -> None:
    session.set_gallery(a_gallery(0, show=ShowDefaults(interval=7)))

    settings.set("show/interval", "20")

    assert session.show_options.interval == "20"


def test_the_command_line_overrules_the_manifest(session: Session, settings: SettingsStore) -> None:
    settings.override("show/interval", "3")

    session.set_gallery(a_gallery(0, show=ShowDefaults(interval=7)), keep=False)

    assert session.show_options.interval == "3"


def test_a_transition_nobody_knows_is_the_usual_one(session: Session) -> None:
    session.set_gallery(a_gallery(0, show=ShowDefaults(transition="explode")))

    assert session.show_options.transition_ms == 800


def test_reduced_motion_makes_every_transition_a_cut(session: Session, settings: SettingsStore) -> None:
    settings.set("look/reduced-motion", True)

    assert session.show_options.transition_ms == 0


def test_texts_are_wanted_in_the_language_that_was_set(session: Session, settings: SettingsStore) -> None:
    heard: list[str] = []
    session.language_changed.connect(lambda: heard.append(session.language))

    settings.set("look/theme", "light")
    settings.set("caption/language", "ru")

    assert heard == ["ru"]


@pytest.mark.parametrize(("locale", "wording"), [
    ("pt_BR", "Cais (Brasil)"), ("pt_PT", "Cais"), ("pt_AO", "Cais"), ("zh_CN", "码头"), ("zh_SG", "码头"),
    ("zh_TW", "碼頭"), ("zh_HK", "碼頭"), ("sr", "Кеј"), ("sr_Latn", "Kej"), ("en_US", "Quay"), ("de_AT", "Quay"),
    ("C", "Quay"),
])
def test_without_a_language_the_desktops_is_taken(session: Session, monkeypatch: pytest.MonkeyPatch, locale: str,
                                                  wording: str) -> None:
    desktop = QLocale(locale)  # this Qt's own order of its tags, which differs from version to version
    monkeypatch.setattr(QLocale, "system", lambda: desktop)

    assert localized({"pt-PT": "Cais", "pt-BR": "Cais (Brasil)", "zh-TW": "碼頭", "zh-CN": "码头", "sr": "Кеј",
                      "sr-Latn": "Kej", "en": "Quay"}, session.language) == wording


@pytest.mark.parametrize(("tags", "languages"), [
    (["pt-BR", "pt"], "pt-BR"), (["pt-Latn-BR", "pt-BR", "pt-Latn", "pt"], "pt-BR"),
    (["zh-Hans-CN", "zh-CN", "zh-Hans", "zh"], "zh-CN"), (["sr-Latn-RS", "sr-Latn", "sr"], "sr-Latn-RS"),
    (["de-DE", "de", "fr-Latn-FR", "fr-FR", "fr"], "de-DE,fr-FR"), (["C"], ""),
])
def test_every_language_of_the_desktop_counts_however_qt_writes_it(monkeypatch: pytest.MonkeyPatch, tags: list[str],
                                                                   languages: str) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: tags)
    monkeypatch.setattr(QLocale, "bcp47Name", lambda _locale: tags[-1])

    assert desktop_languages(QLocale()) == languages


def test_what_is_known_of_the_slides_places_is_believed_for_the_gallery_it_is_about(session: Session) -> None:
    old = a_gallery(0, 1, 2)
    session.set_gallery(old, start=1)

    session.set_gallery(a_gallery(3, 4, 5), known=SlideMatch(old, (0, 2, 1)))
    assert session.index == 2

    session.set_gallery(a_gallery(5, 4, 3), known=SlideMatch(old, (0, 2, 1)))
    assert session.index == 0


def test_what_is_known_to_be_where_it_was_stays_so(session: Session) -> None:
    old = a_gallery(0, 1, 2)
    session.set_gallery(old, start=1)

    session.set_gallery(a_gallery(0, 1, 2), known=SlideMatch(old, None))

    assert session.index == 1
