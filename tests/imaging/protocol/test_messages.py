from __future__ import annotations

import pytest

from viewer.imaging.protocol.messages import Region

REGION = Region(10, 20, 100, 50)


@pytest.mark.parametrize("other", [REGION, Region(11, 21, 98, 48), Region(10, 20, 1, 1), Region(109, 69, 1, 1)])
def test_a_region_contains_what_lies_in_it_its_edges_included(other: Region) -> None:
    assert REGION.contains(other)


@pytest.mark.parametrize("other", [
    Region(9, 20, 100, 50), Region(10, 19, 100, 50), Region(10, 20, 101, 50), Region(10, 20, 100, 51),
    Region(9, 30, 10, 10), Region(30, 19, 10, 10), Region(105, 30, 10, 10), Region(30, 65, 10, 10),
])
def test_a_region_does_not_contain_what_is_beyond_any_one_edge(other: Region) -> None:
    assert not REGION.contains(other)
