"""The table of docs/robustness.md is made from the figures."""

from __future__ import annotations

from tests.torture.table import WITHOUT, markdown


def test_the_table_has_the_worst_of_all_parts_and_the_sum_of_faults() -> None:
    table = markdown({
        "workload": {"seed": 1},
        "mutants": {"exit status": 0, "hangs": 1, "event loop, longest gap ms": 40, "slides": 200,
                    "workers, processor ms": 1000, "outcomes": {"shown": 150, "damaged": 50},
                    "different without the sandbox": ["'a.jpg': damaged and 96x64 00000000"]},
        "mutants" + WITHOUT: {"exit status": -11, "hangs": 1, "event loop, longest gap ms": 900, "slides": 200,
                              "workers, processor ms": 900},
        "kiosk": {"slides": 900, "painted": 600, "growth, bytes a slide": 12.5,
                  "times, median and longest seconds: killed": "20, 1.4, 2.0"},
        "hostile": {"exit status": 0, "event loop, longest gap ms": 70, "unexpected": []},
    })
    cells = [row.removeprefix("| ").removesuffix(" |").split(" | ") for row in table.split("\n")]
    rows = {name: rest for name, *rest in cells}

    assert rows["exits of the viewer"] == ["0", "1"]
    assert rows["hangs"] == ["0", "2"]
    assert rows["longest event-loop latency, ms"] == ["100", "70 (hostile)"]
    assert rows["outcomes: mutants"] == ["all", "150 shown, 50 damaged"]
    assert rows["mutants: different without the sandbox"] == ["0", "1"]
    assert rows["mutants: workers' processor time for a slide, with and without it, ms"] == ["", "5.0 / 4.5"]
    assert rows["hostile: different without the sandbox"] == ["0", "–"]
    assert rows["unattended screen: slides; painted; a second"] == ["100,000", "900; 600; –"]
    assert rows["unattended screen: times, median and longest seconds: killed"] == ["", "20, 1.4, 2.0"]
    assert rows["unattended screen: growth, bytes a slide"] == ["100", "12.5"]
    assert rows["growth, bytes a slide"] == ["100", "–"]
