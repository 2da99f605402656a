"""Strict reader of Prometheus' text-based exposition format 0.0.4, after its documentation."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_NAME: Final = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_LABEL: Final = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"'
_VALUE: Final = r"[-+]?(?:\d+(?:\.\d*)?(?:e[-+]?\d+)?|Inf)|NaN"
_HELP: Final = re.compile(rf"# HELP ({_NAME}) ((?:[^\\\n]|\\\\|\\n)*)")
_TYPE: Final = re.compile(rf"# TYPE ({_NAME}) (counter|gauge|histogram|summary|untyped)")
_SAMPLE: Final = re.compile(rf"({_NAME})(?:\{{({_LABEL}(?:,{_LABEL})*),?\}})? ({_VALUE})(?: -?\d+)?")


class Metric(NamedTuple):
    """A metric: its help and its type, and its samples by their labels as written."""

    description: str
    kind: str
    samples: dict[str, float]


def parsed(text: str) -> dict[str, Metric]:
    """The metrics in `text` by name; raises ValueError with the line that is not as documented."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    found: dict[str, Metric] = {}
    said = ("", "")
    for line in text.split("\n")[:-1]:
        if told := _HELP.fullmatch(line):
            said = told[1], told[2]
        elif typed := _TYPE.fullmatch(line):
            if typed[1] in found or said[0] != typed[1]:
                raise ValueError(f"out of order: {line}")
            found[typed[1]] = Metric(said[1], typed[2], {})
        elif sample := _SAMPLE.fullmatch(line):
            name, labels = sample[1], sample[2] or ""
            if name != list(found)[-1] or labels in found[name].samples:
                raise ValueError(f"not with its own, or twice: {line}")
            found[name].samples[labels] = float(sample[3])
        else:
            raise ValueError(f"not a line of this format: {line}")
    for name, metric in found.items():
        if not metric.samples or (metric.kind == "counter") != name.endswith("_total"):
            raise ValueError(f"without samples, or named for another type: {name}")
    return found
