"""Paints the built-in gallery's pictures: ``python tools/render [--scale 0.5] [--to FOLDER] [slide ...]``.

Several slides are painted side by side, each in a process of its own. The same scripts give the same files.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from icon import write_icons
from painting import GALLERY, SCENES, Painted, paint, share_processors
from sheet import contact_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE_BEGINS, TABLE_ENDS = "<!-- measured: begin -->", "<!-- measured: end -->"


def painted(numbers: list[int], scale: float, folder: Path, jobs: int) -> Iterator[Painted]:
    """Every slide as it is finished; one alone is painted in this process."""
    jobs = min(jobs, len(numbers))
    if jobs <= 1:
        yield from (paint(number, scale, folder) for number in numbers)
        return
    # A process of its own for every slide: what one of them baked is not kept in memory for the next.
    with ProcessPoolExecutor(
        jobs, get_context("spawn"), initializer=share_processors, initargs=(jobs,), max_tasks_per_child=1
    ) as pool:
        for finished in as_completed([pool.submit(paint, number, scale, folder) for number in numbers]):
            yield finished.result()


def table(results: list[Painted]) -> str:
    """What was measured, as a table in Markdown."""
    lines = ["| slide | pixels | quality | kB | seconds |", "|---|---|---|---|---|"]
    for one in sorted(results, key=lambda result: result.number):
        pixels = f"{one.width}x{one.height}"
        lines.append(
            f"| {one.number} {one.title} | {pixels} | {one.quality} | {one.size // 1000} | {one.seconds:.0f} |"
        )
    total = sum(one.seconds for one in results)
    lines.append(f"| together | | | {sum(one.size for one in results) // 1000} | {total:.0f} |")
    return "\n".join(lines)


def put_table(path: Path, results: list[Painted]) -> None:
    """Write the table into `path`, between its two marks where it has them."""
    before, after = f"{TABLE_BEGINS}\n", f"\n{TABLE_ENDS}\n"
    if path.exists() and TABLE_BEGINS in (text := path.read_text("utf-8")):
        before = text.partition(TABLE_BEGINS)[0] + before
        after = f"\n{TABLE_ENDS}" + text.partition(TABLE_ENDS)[2]
    path.write_text(before + table(results) + after, "utf-8")


def main() -> int:
    """Paint what was asked for: slides, the contact sheet, the program's sign; by default all slides."""
    parser = argparse.ArgumentParser(prog="render-assets", description=__doc__)
    parser.add_argument("slides", nargs="*", type=int, help="slide numbers, 1 to 11; none means all")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size, for trying things out")
    parser.add_argument("--to", type=Path, default=GALLERY, help="folder for the pictures")
    parser.add_argument("--jobs", type=int, default=2, help="how many slides are painted at once (2)")
    parser.add_argument("--table", type=Path, help="write seconds and sizes into this Markdown file")
    parser.add_argument(
        "--sheet", type=Path, help="only make the contact sheet of the pictures there are, to this file"
    )
    parser.add_argument("--icons", type=Path, help="only paint the program's sign in all its sizes, into this folder")
    options = parser.parse_args()
    if options.sheet:
        contact_sheet(options.to, options.sheet)
    if options.icons:
        write_icons(options.icons)
    if options.sheet or options.icons:
        return 0
    results = []
    for one in painted(options.slides or list(range(1, len(SCENES) + 1)), options.scale, options.to, options.jobs):
        results.append(one)
        pixels = f"{one.width}x{one.height}"
        sys.stdout.write(
            f"{one.path.name}  {pixels}  quality {one.quality}  {one.size // 1000} kB  {one.seconds:.0f} s\n"
        )
        sys.stdout.flush()
    if options.table:
        put_table(options.table, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
