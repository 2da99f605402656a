"""The status as Prometheus reads it.

Source: "Exposition formats", text-based format 0.0.4, in Prometheus' documentation. Names end with their base unit, and
those of counters with ``_total``; what is not known has no sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from viewer.kiosk.status import Part, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.kiosk.status import Row, Status

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def metrics(status: Status) -> str:
    """The whole text: for each row of the table that has a metric its help, its type and its samples."""
    return "".join(
        _metric(row.metric, f"{row.description}.", "counter" if row.kind == "counter" else "gauge", _samples(row))
        for row in rows(status) if row.metric)


def _metric(name: str, description: str, kind: str, samples: list[str]) -> str:
    if not samples:
        return ""
    escaped = description.replace("\\", r"\\").replace("\n", r"\n")
    return f"# HELP {name} {escaped}\n# TYPE {name} {kind}\n{''.join(samples)}"


def _samples(row: Row) -> list[str]:
    if row.kind == "info":
        entries = row.value if isinstance(row.value, tuple) else (row.value,)
        labels = [_labels(row.path, one) for one in entries]
        distinct = [one for at, one in enumerate(labels) if one not in labels[:at]]  # a sample may stand there once
        return [_sample(row.metric, 1, one) for one in distinct]
    value = len(row.value) if isinstance(row.value, tuple) else row.value
    return [] if value is None else [_sample(row.metric, value)]


def _labels(path: str, value: object) -> dict[str, str]:
    fields = msgspec.structs.asdict(value) if isinstance(value, Part) else {path: value}
    return {name: text for name, text in fields.items() if isinstance(text, str)}


def _sample(name: str, value: float, labels: Mapping[str, str] = {}) -> str:
    pairs = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{pairs}}} {float(value):.15g}\n" if pairs else f"{name} {float(value):.15g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r'\"')
