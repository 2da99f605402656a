"""The published schema says what the code reads."""

from __future__ import annotations

import json

import msgspec

from tests.gallery.manifest_schema import MEANINGS, PUBLISHED, schema, schema_file
from viewer.gallery.formats.fields import GALLERY_KEYS, SHOW_KEYS, SLIDE_KEYS, VALID_KEYS
from viewer.gallery.model import Gallery, ShowDefaults, Slide
from viewer.gallery.validity import Validity

OURS = {"extra", "order", "unusable", "folder", "origin", "writable", "file_bytes", "side_endings"}


def test_the_committed_schema_is_what_the_code_makes() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_file()


def test_every_field_has_a_reader_and_a_meaning() -> None:
    assert set(Gallery.__struct_fields__) - OURS == {*GALLERY_KEYS, "slides"}
    assert set(ShowDefaults.__struct_fields__) - OURS == set(SHOW_KEYS)
    assert set(Slide.__struct_fields__) - OURS == {*SLIDE_KEYS, "file"}
    assert {field.encode_name for field in msgspec.structs.fields(Validity)} == set(VALID_KEYS)
    assert set(MEANINGS) == {"format", "version", "slides", "file", *GALLERY_KEYS, *SHOW_KEYS, *SLIDE_KEYS, *VALID_KEYS}


def test_the_schema_knows_ranges_and_requires_a_file() -> None:
    parts = schema()["$defs"]

    assert parts["Slide"]["required"] == ["file"]
    assert {"type": "number", "exclusiveMinimum": 0, "maximum": 86400} in parts["Slide"]["properties"]["duration"][
        "anyOf"]
    assert set(parts["Validity"]["properties"]) == {"from", "until", "days", "hours"}
    assert "extra" not in json.dumps(schema())
