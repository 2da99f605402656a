"""Mutation testing of the pure modules: `./tools/mutate [MODULE ...]`, as `viewer.gallery.check`.

mutmut changes one thing at a time (a comparison, a number, an argument) and runs the tests that call the changed
function. A mutant that no test notices has survived. `[tool.mutmut]` in pyproject.toml names modules and tests.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH: Final = 0.95
"""The share of a module's mutants that the tests must notice; some change nothing that anybody could see."""

_WORK: Final = Path("mutants")
"""Where mutmut, run in the project's folder, puts changed copies of modules and tests, and what became of each."""

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
    """The mutants that survived, a line each, and a table: module, mutants, how many the tests noticed, share."""
    lines = [f"survived: .venv/bin/mutmut show {mutant}" for score in found.values() for mutant in score.survivors]
    lines += [""] * bool(lines)
    width = max(map(len, found), default=0)
    everything = Score(sum(score.tried for score in found.values()),
                       tuple(mutant for score in found.values() for mutant in score.survivors))
    for module, score in [*found.items(), ("all", everything)]:
        died = score.tried - len(score.survivors)
        mark = f"  less than {ENOUGH:.0%}" if score.share < ENOUGH else ""
        lines.append(f"{module:{width}}{score.tried:6}{died:6}{score.share:8.1%}{mark}")
    return "\n".join(lines)


def is_good(found: dict[str, Score], modules: Iterable[str]) -> bool:
    """Whether mutants of all `modules` were tried, and enough of each were noticed."""
    return all(module in found and found[module].share >= ENOUGH for module in modules)


def configured() -> list[str]:
    """The modules that `[tool.mutmut]` names."""
    settings = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    return [name.removesuffix(".py").replace("/", ".") for name in settings["only_mutate"]]


def main(modules: list[str]) -> int:
    """Try the mutants of `modules`, or of all; 1 where too many of a module survived, 2 where they were not tried."""
    if unknown := sorted(set(modules) - set(configured())):
        return _refuse(f"{', '.join(unknown)}: not among the modules that [tool.mutmut] in pyproject.toml names.")
    wanted = modules or configured()
    # What an earlier run left stands otherwise: mutmut makes mutants anew of changed modules alone, not of those that
    # are configured since, and keeps tests that are gone.
    shutil.rmtree(_WORK, ignore_errors=True)
    mutmut = (sys.executable, "-m", "mutmut")
    tried = subprocess.run([*mutmut, "run", "--max-children", "1", *(f"{module}.x*" for module in wanted)], check=False)
    if tried.returncode:
        return _refuse(f"mutmut ended with status {tried.returncode} before all was tried. What it says stands above.")
    results = subprocess.run([*mutmut, "results", "--all", "true"], check=True, capture_output=True, encoding="utf-8")
    found = scores(results.stdout.splitlines(), wanted)
    if untried := sorted(set(wanted) - set(found)):
        return _refuse(f"{', '.join(untried)}: nothing in it was tried.")
    sys.stdout.write(f"\n{report(found)}\n")
    return 0 if is_good(found, wanted) else 1


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
