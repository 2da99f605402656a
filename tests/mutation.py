"""Mutation testing of the pure modules: `./tools/mutate [MODULE ...]`, as `viewer.gallery.check`.

mutmut changes one thing at a time (a comparison, a number, an argument) and runs the tests that call the changed
function. A mutant that no test notices has survived. `[tool.mutmut]` in pyproject.toml names modules and tests.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH: Final = 0.95
"""The share of a module's mutants that the tests must notice; some change nothing that anybody could see."""

_RESULT: Final = re.compile(r"\s*((\S+)\.x[ǁ_]\S+): (.+)")
_SURVIVED: Final = ("survived", "no tests")
_NOT_TRIED: Final = ("not checked", "skipped")


class Score(NamedTuple):
    """How many mutants of a module were tried, and the names of those that survived."""

    tried: int
    survivors: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share that the tests noticed, 0 to 1."""
        return 1 - len(self.survivors) / self.tried


def scores(results: Iterable[str], modules: Iterable[str] = ()) -> dict[str, Score]:
    """The score of each module in the lines of `mutmut results --all true`, or only of those named `modules`."""
    found: dict[str, Score] = {}
    wanted = frozenset(modules)
    for match in filter(None, map(_RESULT.fullmatch, results)):
        mutant, module, result = match.groups()
        if result in _NOT_TRIED or (wanted and module not in wanted):
            continue
        score = found.get(module, Score(0, ()))
        found[module] = Score(score.tried + 1, score.survivors + (mutant,) * (result in _SURVIVED))
    return dict(sorted(found.items()))


def report(found: dict[str, Score]) -> str:
    """A line for each module and one for each mutant that survived."""
    lines = []
    for module, score in found.items():
        died = score.tried - len(score.survivors)
        lines.append(f"{module:44}{died:5} of {score.tried:4} noticed{score.share:8.1%}")
        lines += (f"    mutmut show {mutant}" for mutant in score.survivors)
    return "\n".join(lines)


def main(modules: list[str]) -> int:
    """Try the mutants of `modules`, or of all; 1 where too many of a module survived or nothing was tried."""
    mutmut = (sys.executable, "-m", "mutmut")
    # By name, since results of earlier runs would stand otherwise, whatever tests were written since.
    named = [f"{module}.x*" for module in modules or ("viewer.*",)]
    subprocess.run([*mutmut, "run", "--max-children", "1", *named], check=True)
    results = subprocess.run([*mutmut, "results", "--all", "true"], check=True, capture_output=True, encoding="utf-8")
    found = scores(results.stdout.splitlines(), modules)
    sys.stdout.write(report(found) + "\n")
    return 0 if found and all(score.share >= ENOUGH for score in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
