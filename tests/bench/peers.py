"""The programs that Liftoff is measured beside, one row each: how it is told to fill the screen, and with which keys.

Each row says all that is known of a program. It runs in an empty home with the settings given here, which do no more
than keep out of the way what would hide the picture or ask a question: thumbnails, bars, news, crossfades. Whatever
makes it quick or slow stays as it comes.
"""

from __future__ import annotations

import shutil
from typing import Final

from tests.bench.program import Viewer

_GTK: Final = (("GSETTINGS_BACKEND", "keyfile"), ("GIO_USE_VFS", "local"), ("NO_AT_BRIDGE", "1"))
_GSETTINGS: Final = "config/glib-2.0/settings/keyfile"

PEERS: Final = (
    Viewer(
        "feh", ("feh", "--quiet", "--hide-pointer", "--no-menus", "--scale-down", "-S", "filename"), ("--fullscreen",),
    ),
    Viewer("nsxiv", ("nsxiv", "-q", "-b"), ("-f",), next="n", last="Shift+g"),
    Viewer(
        "qimgv", ("qimgv",), (), given="first photo",
        settings=(
            ("config/qimgv/qimgv.conf",
             "[General]\nopenInFullscreen=true\npanelEnabled=false\ninfoBarFullscreen=false\nshowChangelogs=false\n"),
            ("config/qimgv/savedState.conf",
             "[General]\nfirstRun=false\nlastVerMajor=1\nlastVerMinor=0\nlastVerMicro=2\n"),
        ),
    ),
    Viewer("geeqie", ("geeqie",), ("--fullscreen",), next="Page_Down", given="first photo",
           variables=(("NO_AT_BRIDGE", "1"),)),
    Viewer(
        "gthumb", ("gthumb",), ("--fullscreen",), next="Page_Down", given="first photo", variables=_GTK,
        settings=((_GSETTINGS, "[org/gnome/gthumb/browser]\nsort-type='file::name'\n"),),
    ),
    Viewer("eog", ("eog",), ("--fullscreen",), given="first photo", variables=_GTK),
    Viewer(
        "gwenview", ("gwenview",), ("--fullscreen",), given="first photo",
        settings=(
            ("config/gwenviewrc", """[FullScreen]
ShowFullScreenThumbnails=false
[ImageView]
AnimationMethod=DocumentView::NoAnimation
[ThumbnailView]
ThumbnailBarIsVisible=false
"""),
        ),
    ),
)


def installed(names: list[str] | None = None) -> tuple[list[Viewer], list[str]]:
    """Those of `names` (by default of all) that are installed, and the names of those that are not.

    Raises ValueError for a name that no row has.
    """
    known = {viewer.name: viewer for viewer in PEERS}
    for name in names or ():
        if name not in known:
            raise ValueError(f"there is no peer {name!r}; there are: {', '.join(known)}")
    wanted = [viewer for viewer in PEERS if names is None or viewer.name in names]
    there = [viewer for viewer in wanted if shutil.which(viewer.command[0]) is not None]
    return there, [viewer.name for viewer in wanted if viewer not in there]
