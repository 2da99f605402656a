"""Reading IIIF manifests whose pictures are on this computer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from viewer.gallery.formats.iiif_text import plain, words
from viewer.gallery.model import GalleryError, ShowDefaults
from viewer.gallery.open import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Gallery, Problem

CONTEXT = "http://iiif.io/api/presentation/3/context.json"


def _canvas(image: object, **keys: Any) -> dict[str, Any]:
    body = image if isinstance(image, (dict, list)) else {"id": image, "type": "Image", "format": "image/jpeg"}
    annotation = {"type": "Annotation", "motivation": "painting", "body": body}
    return {"id": "https://museum.example/canvas/1", "type": "Canvas", "height": 3000, "width": 4000,
            "items": [{"type": "AnnotationPage", "items": [annotation]}]} | keys


def _manifest(*canvases: object, **keys: Any) -> dict[str, Any]:
    return {"@context": CONTEXT, "id": "https://museum.example/manifest.json", "type": "Manifest",
            "label": {"en": ["Harbour 1905"]}, "items": list(canvases)} | keys


def _read(folder: Path, manifest: object) -> tuple[Gallery, list[Problem]]:
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest))
    gallery, problems, _start, _subfolders = open_source(path)
    return gallery, problems


def _of_canvases(problems: list[Problem]) -> list[tuple[str, str]]:
    """Place and severity of all but the gallery's own problem, that its pictures are not here."""
    return [(problem.pointer, problem.severity) for problem in problems if problem.pointer]


def test_a_presentation_3_manifest_is_a_gallery(tmp_path: Path) -> None:
    canvas = _canvas(
        "https://museum.example/show/old%20quay.jpg", label={"en": ["The old quay"], "ru": ["Старый", "причал"]},
        summary={"en": ["<p>Seen from the <i>north</i> &amp; west.</p>"]}, duration=18.0,
        requiredStatement={"label": {"en": ["Credit"]}, "value": {"none": ["Port Archive"]}},
        rights="http://creativecommons.org/licenses/by/4.0/",
        metadata=[{"label": {"en": ["Date"]}, "value": {"none": ["1905"]}},
                  {"label": {"en": ["Alternative text"]}, "value": {"en": ["A stone quay"]}}, "odd"],
    )
    (tmp_path / "old quay.jpg").touch()

    gallery, problems = _read(tmp_path, _manifest(
        canvas, summary={"none": ["Ships"]}, rights="http://rightsstatements.org/vocab/NKC/1.0/",
        requiredStatement={"label": {"en": ["Owner"]}, "value": {"en": ["The port"]}},
        behavior=["auto-advance", "repeat"]))

    slide = gallery.slides[0]
    assert problems == []
    assert (gallery.title, gallery.summary, gallery.credit) == ({"en": "Harbour 1905"}, "Ships", {"en": "The port"})
    assert gallery.rights == "http://rightsstatements.org/vocab/NKC/1.0/"
    assert gallery.show == ShowDefaults(interval="auto", loop=True)
    assert (slide.file, slide.id, slide.title) == (
        "old quay.jpg", "https://museum.example/canvas/1", {"en": "The old quay", "ru": "Старый\nпричал"})
    assert (slide.caption, slide.credit, slide.alt) == (
        {"en": "Seen from the north & west."}, "Port Archive", {"en": "A stone quay"})
    assert (slide.rights, slide.duration) == ("http://creativecommons.org/licenses/by/4.0/", 18)
    assert not gallery.writable


def test_a_presentation_2_manifest_is_a_gallery(tmp_path: Path) -> None:
    canvas = {"@id": "http://x/canvas/1", "@type": "sc:Canvas", "label": "p. 1",
              "images": ["odd", {"@type": "oa:Annotation", "resource": {"@id": "http://x/photos/p1.jpg"}}],
              "description": [{"@value": "Page one", "@language": "en"}, {"@value": "Seite eins", "@language": "de"}]}
    manifest = {"@context": "http://iiif.io/api/presentation/2/context.json", "@type": "sc:Manifest", "label": "Book",
                "attribution": "Archive", "license": "http://x/licence", "description": {"@value": "Old"},
                "sequences": [{"canvases": [canvas, 7]}]}

    gallery, problems = _read(tmp_path, manifest)

    slide = gallery.slides[0]
    assert (gallery.title, gallery.credit, gallery.rights, gallery.summary) == (
        "Book", "Archive", "http://x/licence", "Old")
    assert (slide.file, slide.title, slide.caption) == ("p1.jpg", "p. 1", {"en": "Page one", "de": "Seite eins"})
    assert _of_canvases(problems) == [("/sequences/0/canvases/1", "error")]


@pytest.mark.parametrize(("image", "here", "file"), [
    ("https://x/a/b.jpg?size=2", [], "b.jpg"),
    ("https://x/iiif/harbour/full/max/0/default.jpg", [], "harbour.jpg"),
    ("https://x/caf%E9%20%C3%A9.jpg", [], "caf\udce9 é.jpg"),
    ("https://x/iiif/harbour.tif/full/max/0/default.jpg", [], "harbour.jpg"),
    ("https://x/iiif/harbour.tif/full/max/0/default.jpg", ["harbour.tif"], "harbour.tif"),
    ("https://x/iiif/harbour.tif/full/max/0/default.jpg", ["harbour.tif.jpg"], "harbour.tif.jpg"),
    ("https://x/iiif/box%2Fharbour/0,0,10,10/!90,90/!90.5/color.png", [], "harbour.png"),
    ("http://[bad/b.jpg", [], "b.jpg"),
    ("photos/b.jpg", [], "photos/b.jpg"),
    ({"type": "SpecificResource", "source": {"id": "http://x/b.jpg", "type": "Image"}, "selector": {}}, [], "b.jpg"),
    ({"type": "SpecificResource", "source": "http://x/b.jpg"}, [], "b.jpg"),
    ({"type": "Choice", "items": [{"type": "SpecificResource", "source": [{"id": "b.jpg", "type": "Image"}]}]}, [],
     "b.jpg"),
    ({"@type": "oa:SpecificResource", "full": {"@id": "http://x/b.jpg", "@type": "dctypes:Image"}}, [], "b.jpg"),
    ({"@type": "oa:Choice", "default": {"@id": "http://x/b.jpg", "@type": "dctypes:Image"}}, [], "b.jpg"),
    ([{"type": "Sound", "id": "http://x/b.mp3"}, {"type": "Image", "id": "http://x/b.jpg"}], [], "b.jpg"),
    ([{"type": "TextualBody"}, {"id": "http://x/b.jpg", "type": "Image"}], [], "b.jpg"),
    ({"type": "Choice", "items": [{"id": "http://x/b.jpg", "type": "Image"}]}, [], "b.jpg"),
    ({"id": "http://x/b.jpg", "format": "image/jpeg"}, [], "b.jpg"),
])
def test_the_picture_is_looked_for_beside_the_manifest(
    tmp_path: Path, image: object, here: list[str], file: str,
) -> None:
    for name in here:
        (tmp_path / name).touch()

    gallery, problems = _read(tmp_path, _manifest(_canvas(image)))

    assert ([slide.file for slide in gallery.slides], _of_canvases(problems)) == ([file], [])


@pytest.mark.parametrize("canvas", [
    7, None, {}, {"items": 5}, {"items": [5]}, {"items": [{"items": [5]}]}, {"images": [{"resource": 5}]},
    {"items": [{"items": [{"motivation": "painting"}]}]},
    {"items": [{"items": [{"motivation": "commenting", "body": {"id": "http://x/b.jpg", "type": "Image"}}]}]},
    {"items": [{"items": [{"motivation": "painting", "body": {"type": "Choice", "items": []}}]}]},
    {"items": [{"items": [{"motivation": "painting", "body": {"type": "Sound", "id": "http://x/b.mp3"}}]}]},
    {"items": [{"items": [{"motivation": "painting", "body": {"type": "Image"}}]}]},
    {"items": [{"items": [{"motivation": "painting", "body": {"type": "Image", "id": 5}}]}]},
    {"items": [{"items": [{"motivation": "painting", "body": {"type": "Image", "id": "ftp://x/b.jpg"}}]}]},
    {"items": [{"items": [{"motivation": "painting", "body": {"type": "Image", "id": "http://x/"}}]}]},
])
def test_a_canvas_without_a_picture_costs_no_other(tmp_path: Path, canvas: object) -> None:
    gallery, problems = _read(tmp_path, _manifest(_canvas("http://x/a.jpg"), canvas, _canvas("http://x/c.jpg")))

    assert [slide.file for slide in gallery.slides] == ["a.jpg", "c.jpg"]
    assert _of_canvases(problems) == [("/items/1", "error")]
    assert problems[0].sentence.startswith("Canvas 2: ")


@pytest.mark.parametrize(("body", "what"), [
    ({"type": "Video", "id": "http://x/b.mp4", "format": "video/mp4"}, "a film"),
    ({"id": "b.webm", "format": "video/webm"}, "a film"),
    ({"type": "Sound", "id": "http://x/b.mp3"}, "a sound"), ({"type": "Audio", "id": "b.mp3"}, "a sound"),
    ({"@type": "dctypes:MovingImage", "@id": "http://x/b.mp4"}, "a film"),
    ({"type": "Choice", "items": [{"type": "SpecificResource", "source": {"type": "Video", "id": "b.mp4"}}]}, "a film"),
])
def test_a_canvas_with_a_film_or_a_sound_says_so(tmp_path: Path, body: dict[str, Any], what: str) -> None:
    gallery, problems = _read(tmp_path, _manifest(_canvas("a.jpg"), _canvas(body, duration=60.0)))

    assert [slide.file for slide in gallery.slides] == ["a.jpg"]
    assert [problem.sentence for problem in problems] == [
        f"Canvas 2: there is {what} and no picture on it, and it is left out; Liftoff shows pictures alone."]


@pytest.mark.parametrize(("resource", "file"), [
    ({"@type": "oa:Choice", "default": {"@id": "b.jpg", "@type": "dctypes:Image"}, "item": []}, "b.jpg"),
    ({"@type": "oa:SpecificResource", "full": {"@id": "b.jpg", "@type": "dctypes:Image"}}, "b.jpg"),
    ({"@id": "b.jpg"}, "b.jpg"),
])
def test_a_part_and_a_choice_of_version_2_are_understood(tmp_path: Path, resource: object, file: str) -> None:
    sequence = {"canvases": [{"images": [{"resource": resource}]}]}
    gallery, problems = _read(tmp_path, {"@type": "sc:Manifest", "sequences": [sequence]})

    assert ([slide.file for slide in gallery.slides], problems) == ([file], [])


def test_pictures_on_the_net_are_said_not_to_be_fetched_unless_they_are_here(tmp_path: Path) -> None:
    canvases = [_canvas(f"https://x/{name}.jpg") for name in "abc"]
    (tmp_path / "b.jpg").touch()

    several = _read(tmp_path, _manifest(*canvases, _canvas("d.jpg")))[1]
    one = _read(tmp_path, _manifest(canvases[0]))[1]

    assert [problem.sentence for problem in several + one] == [
        ("The gallery: 2 of its 4 pictures are on the net, from where nothing is fetched; save them beside the "
         "manifest, the first as a.jpg."),
        "The gallery: its picture is on the net, from where nothing is fetched; save it beside the manifest, as a.jpg."]
    assert _read(tmp_path, _manifest(canvases[1]))[1] == []


@pytest.mark.parametrize(("of_manifest", "of_canvas", "seconds"), [
    ([], [], None), (["repeat"], None, None), (["auto-advance"], None, 180), (None, ["auto-advance"], 180),
    ("auto-advance", "no-auto-advance", None), ("no-auto-advance", "auto-advance", 180),
])
def test_a_duration_is_a_slides_time_where_the_show_goes_on_by_itself(
    tmp_path: Path, of_manifest: object, of_canvas: object, seconds: float | None,
) -> None:
    canvas = _canvas("a.jpg", duration=180.0, behavior=of_canvas)

    assert _read(tmp_path, _manifest(canvas, behavior=of_manifest))[0].slides[0].duration == seconds


def test_resources_in_one_another_without_end_are_no_picture(tmp_path: Path) -> None:
    body: dict[str, Any] = {"type": "Image", "id": "a.jpg"}
    for _ in range(100):
        body = {"type": "Choice", "items": [body]}

    assert _of_canvases(_read(tmp_path, _manifest(_canvas(body)))[1]) == [("/items/0", "error")]


@pytest.mark.parametrize(("behavior", "show"), [
    (None, ShowDefaults()), ("repeat", ShowDefaults(loop=True)), (["no-repeat"], ShowDefaults(loop=False)),
    (["no-auto-advance"], ShowDefaults(interval=0)), (["paged"], ShowDefaults()), (7, ShowDefaults()),
])
def test_behavior_sets_interval_and_loop_of_the_show(tmp_path: Path, behavior: object, show: ShowDefaults) -> None:
    gallery, _problems = _read(tmp_path, _manifest(_canvas("http://x/a.jpg"), behavior=behavior))

    assert gallery.show == show


def test_a_manifest_without_pictures_is_a_gallery_without_slides_and_a_problem(tmp_path: Path) -> None:
    gallery, problems = _read(tmp_path, _manifest())

    assert (gallery.slides, [problem.severity for problem in problems]) == ((), ["warning"])


def test_a_collection_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(GalleryError, match="is a IIIF Collection; open one of its manifests"):
        _read(tmp_path, {"@context": CONTEXT, "type": "Collection", "items": []})


def test_iiif_is_known_by_its_content_and_its_pictures_are_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "something"
    old = {"canvases": [{"images": [{"resource": {"@id": "a.jpg"}}]}]}
    for manifest in (_manifest(_canvas("a.jpg")), {"type": "Manifest", "items": [_canvas("a.jpg")]},
                     {"@type": "sc:Manifest", "sequences": old}):
        path.write_bytes(json.dumps(manifest).encode("utf-16"))

        gallery, problems, _start, _subfolders = open_source(path, thorough=True)

        assert [slide.file for slide in gallery.slides] == ["a.jpg"]
        assert [problem.severity for problem in problems] == ["warning", "error"]


@pytest.mark.parametrize(("html", "text"), [
    ("<p>One</p><p>Two &lt;3</p>", "One\nTwo <3"), ("<span>a<br/>b</span>", "a\nb"), ("a <b> c", "a <b> c"),
    ("<!-- x --><i>y</i>", "y"), ("<" * 50_000 + ">", "<" * 50_000 + ">"), ("5 < 6", "5 < 6"), ("", ""),
])
def test_html_becomes_plain_text(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), (7, ""), ([], ""), ([["x"]], ""), ("a", "a"), (["a", "b"], "a\nb"), ({"none": ["a"]}, "a"),
    ({"@none": "a"}, "a"), ({"none": ["a"], "en": ["b", ""]}, {"none": "a", "en": "b"}), ({"en": [5]}, ""),
    ({"@value": "a", "@language": 5}, "a"), ({"@value": 5}, ""),
])
def test_texts_of_both_versions_are_understood(value: object, text: object) -> None:
    assert words(value) == text
