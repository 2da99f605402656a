"""What each option changes in the running program: a table of effects by the option's key.

Options that are not in it are read when they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from viewer.imaging.client.picture_cache import pictures_budget
from viewer.imaging.protocol.limits import limits_of
from viewer.settings import BY_KEY
from viewer.ui.style.theme import colours_for, palette_for, style_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from viewer.imaging.client.loader import Loader
    from viewer.settings_store import SettingsStore
    from viewer.show.slide_view_model import SlideViewModel
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget
    from viewer.ui.window.main_window import MainWindow

_CAPTION_TYPE: Final = 1.3
_LEAST_CAPTION_TYPE: Final = 1.1
"""Size of the type that the window's caption aims at, and of the least, where 1 is that of menus and buttons."""


def option_effects(
    settings: SettingsStore, window: MainWindow, central: CentralWidget, thumbnail_bar: ThumbnailBar,
    slide_view: SlideView, view_model: SlideViewModel, loader: Loader,
) -> Mapping[str, Callable[[], None]]:
    """Callbacks that apply an option, by its key. One takes the value from `settings` and may be repeated or shared."""

    def set_theme() -> None:
        colours = colours_for(settings.text("look/theme"))
        QApplication.setPalette(palette_for(colours))
        window.setStyleSheet(style_sheet(colours))
        window.set_colours(colours)

    def reduce_motion() -> None:
        reduced = settings.flag("look/reduced-motion")
        slide_view.set_reduced_motion(reduced)
        view_model.set_running(not reduced)
        for panel in (window.panel, central.panel):
            panel.set_reduced_motion(reduced)

    def set_caption() -> None:
        scale, place = settings.number("caption/scale") / 100, settings.text("caption/fullscreen")
        font_px = window.fontInfo().pixelSize() * scale
        window.set_caption_type(font_px * _CAPTION_TYPE, font_px * _LEAST_CAPTION_TYPE)
        wanted = window.caption_visibility.in_fullscreen(place != "none")
        central.set_caption("none" if not wanted else "overlay" if place == "overlay" else "beside", scale)

    def set_transparency() -> None:
        checkered = settings.text("look/transparency") == "checkerboard"
        slide_view.set_checkered(checkered)
        thumbnail_bar.set_checkered(checkered)

    def set_limits() -> None:
        if loader.set_limits(limits_of(settings.number)):
            view_model.refresh()

    def set_partial() -> None:
        if loader.set_partial(partial=settings.flag("decode/partial")):
            view_model.refresh()

    def share_memory() -> None:
        pictures = pictures_budget(slide_view.box, settings.number("memory/pictures-mb") << 20)
        loader.set_budgets(pictures, settings.number("memory/thumbnails-mb") << 20)

    return {
        "look/theme": set_theme,
        "look/transparency": set_transparency,
        "look/reduced-motion": reduce_motion,
        "caption/scale": set_caption,
        "caption/fullscreen": set_caption,
        "input/wheel": lambda: slide_view.gestures.set_wheel_zooms(settings.text("input/wheel") == "zoom"),
        "memory/pictures-mb": share_memory,
        "memory/thumbnails-mb": share_memory,
        "decode/deadline-s": lambda: loader.set_deadline(settings.number("decode/deadline-s") * 1000),
        "decode/partial": set_partial,
        "decode/require-sandbox": lambda: loader.access_policy.require_sandbox(settings.flag("decode/require-sandbox")),
        **{key: set_limits for key in BY_KEY if key.startswith("limits/")},
    }
