"""Which paths workers may read: the folders of the gallery's pictures, and no more than necessary.

Computed lexically from the paths, so that nothing waits for a disk. What the paths do not show (symbolic links to other
folders, a memory stick mounted later) a worker reports as `Outside`; that file is then allowed by itself to new
workers, which resolve links before they apply their sandbox.
"""

from __future__ import annotations

import os.path
import sys
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.handshake import LONGEST_ALLOWED_PATHS, AllowedPaths, absolute_path, paths_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from viewer.gallery.model import Gallery, Slide

_TOO_MANY: Final = [""]
"""Stands for files in the gallery's folder that are too many to list."""

_FOLDERS_BYTES: Final = LONGEST_ALLOWED_PATHS // 2 - 8192
_FILES_BYTES: Final = LONGEST_ALLOWED_PATHS // 2 - 8192
"""Shares of the line that is sent to a worker; the rest is for the thumbnails' folder and the syntax."""

_MOST_REMEMBERED: Final = 1000
"""Paths known to be allowed: what is in view and around it, many times over."""


def allowed_paths_of(folder: str, files: Iterable[str], *, first: str = "", thumbnails: str = "",
                     strict: bool = False, inside_only: bool = False) -> AllowedPaths:
    """The paths to allow for a gallery in `folder` with pictures in `files`, relative to it or absolute.

    A folder that holds more than pictures (the root, a home folder, one above it) is not allowed as a whole: its
    pictures are listed one by one, as far as they fit. `first` is listed in any case. With `inside_only` no other
    folder is allowed, into which a link may lead.
    """
    if sys.platform != "linux":  # only there can a process sandbox itself
        return AllowedPaths(strict=strict)  # pragma: no mutate: not on Linux
    base, files = absolute_path(folder), list(files)
    if inside_only and not _holds_more_than_pictures(base):
        return AllowedPaths((base,), (), thumbnails, strict)
    if files and "/" not in "\n".join(files):  # pragma: no mutate: any separator does
        folders = {base}  # 100,000 of them need not each be asked, and a window waits for this
    else:
        folders = {os.path.join(base, file[: file.rfind("/") + 1]).rstrip("/") or "/" for file in files}  # noqa: PTH118  (100,000 of them, at the start)
    wide = {folder for folder in folders if _holds_more_than_pictures(folder)} if files != _TOO_MANY else set()
    named = [absolute_path(first)] if first else []
    if wide:
        inside = [path for path in (os.path.join(base, file) for file in files) if os.path.dirname(path) in wide]  # noqa: PTH118, PTH120  (likewise)
        if paths_within(inside, _FILES_BYTES) == tuple(inside):
            named += inside
            folders -= wide
    return AllowedPaths(_gathered(folders), tuple(dict.fromkeys(named)), thumbnails, strict)


def files_in(slides: Sequence[Slide], side_endings: frozenset[str] = frozenset()) -> list[str]:
    """The files of `slides` as far as they matter here: of a lazily parsed gallery nothing but its folder.

    With them come those that may be beside them in a folder with side files of such endings.
    """
    from viewer.gallery.lazy_slides import LazySlides  # whoever has slides has loaded it

    # Such slides are made only where every file is plainly relative, and none is read before it is looked at.
    if isinstance(slides, LazySlides):
        return _TOO_MANY
    files = [slide.file for slide in slides]
    return [*files, *(side for file in files for side in side_files(file, side_endings))] if side_endings else files


def side_files(path: str, side_endings: frozenset[str]) -> tuple[str, ...]:
    """The files that may speak of the picture at `path`; none in most folders, which have no files of such endings."""
    if not side_endings:
        return ()
    from viewer.gallery.side_files import beside  # few folders have any, and a start needs no more modules

    return beside(path, side_endings)


def _holds_more_than_pictures(folder: str) -> bool:
    home = os.path.expanduser("~")  # noqa: PTH111  (likewise)
    return os.path.join(home, "").startswith(os.path.join(os.path.normpath(folder), ""))  # noqa: PTH118  (likewise)


def _gathered(folders: set[str]) -> tuple[str, ...]:
    """`folders`, or where they are too many for a line, common parents that do not hold more than pictures."""
    kept = sorted(folders)
    depth = max((folder.count("/") for folder in kept), default=0)  # pragma: no mutate: of none no depth is asked for
    while paths_within(kept, _FOLDERS_BYTES) != tuple(kept) and depth > 2:
        above = {folder: "/".join(folder.split("/")[:depth]) for folder in kept}
        kept = sorted({folder if _holds_more_than_pictures(up) else up for folder, up in above.items()})
        depth -= 1
    return paths_within(kept, _FOLDERS_BYTES)


class AccessPolicy:
    """The paths allowed for the open gallery, extended by what workers report and what is requested from elsewhere.

    `apply` is called with each change. `current` is None until a gallery is opened or a path requested.
    """

    def __init__(self, apply: Callable[[AllowedPaths], None], thumbnails: str) -> None:
        self.current: AllowedPaths | None = None
        self._apply = apply
        self._thumbnails = thumbnails
        self._strict = self._inside_only = False
        self._revision = 0
        self._folder = ""
        self._slides: Sequence[Slide] = ()
        self._side_endings: frozenset[str] = frozenset()
        self._tried: set[str] = set()
        self._reached: set[str] = set()
        self._followed: set[str] = set()

    def set_gallery(self, gallery: Gallery) -> None:
        """Allow the paths of this gallery, and no others any more."""
        self._folder, self._slides, self._side_endings = str(gallery.folder), gallery.slides, gallery.side_endings
        for paths in (self._tried, self._reached, self._followed):
            paths.clear()
        files = files_in(self._slides, self._side_endings)
        self._change(allowed_paths_of(self._folder, files, thumbnails=self._thumbnails, strict=self._strict,
                                      inside_only=self._inside_only))

    def beside(self, path: str) -> tuple[str, ...]:
        """The files that may speak of the picture at `path`."""
        return side_files(path, self._side_endings)

    def keep_inside(self) -> None:
        """Allow nothing outside the folders of galleries that are opened from now on, wherever links lead."""
        self._inside_only = True

    def require_sandbox(self, strict: bool) -> None:
        """Whether from now on only workers with a complete sandbox may decode."""
        self._strict = strict
        if self.current is not None:
            self._change(self.current._replace(strict=strict))

    def allow(self, path: str) -> None:
        """Make sure that workers may read `path`, in case it belongs to no gallery that is open."""
        if path in self._reached:
            return
        if len(self._reached) >= _MOST_REMEMBERED:
            self._reached.clear()
        self._reached.add(path)  # pragma: no mutate: only saves time
        before = self.current
        if before is not None and (before.covers(path) or sys.platform != "linux"):
            return
        more = allowed_paths_of(os.path.dirname(path), [path], thumbnails=self._thumbnails, strict=self._strict)  # noqa: PTH120  (paths are strings here)
        if before is not None:
            folders = paths_within(dict.fromkeys([*more.folders, *before.folders]), _FOLDERS_BYTES)
            more = more._replace(folders=folders, files=_named([*more.files, *before.files]))
        self._change(more)

    def retry_outside(self, path: str) -> bool:
        """A worker reported `path` as `Outside`: list it, and its neighbours in the gallery, which may be links too.

        Returns whether to try again: not where it was listed before.
        """
        if path in self._tried or self.current is None:
            return False
        self._tried.add(path)
        absolute, base = absolute_path(path), absolute_path(self._folder)
        if absolute in self.current.files and path not in self._followed:
            return True  # reported by a worker that was started before it was listed
        self._followed.discard(path)
        self._revision += 1  # pragma: no mutate: any other number does
        if self._inside_only:  # a volume may have been mounted since, which fresh workers find
            self._change(self.current)
            return True
        from viewer.gallery.formats.folder import FolderSlides  # whoever has slides has loaded it

        slides = self._slides
        files = slides.identities().files if isinstance(slides, FolderSlides) else files_in(slides)
        around = [os.path.join(base, file) for file in files]  # noqa: PTH118  (likewise)
        at = around.index(absolute) if absolute in around else 0
        before = [file for file in self.current.files if file != absolute]
        self._change(self.current._replace(files=_named([absolute, *before, *around[at:], *around[:at]])))
        return True

    def _change(self, allowed_paths: AllowedPaths) -> None:
        self.current = allowed_paths._replace(revision=self._revision)
        self._apply(self.current)

    def note_read(self, path: str) -> None:
        """`path` was read: should it be reported as `Outside` one day, its link leads to another file by then."""
        self._tried.discard(path)
        if self.current is not None and absolute_path(path) in self.current.files:
            self._followed.add(path)

    def forget(self) -> None:
        """Let `retry_outside` retry every file once more."""
        self._tried.clear()


def _named(files: Iterable[str]) -> tuple[str, ...]:
    return paths_within(dict.fromkeys(files), _FILES_BYTES)
