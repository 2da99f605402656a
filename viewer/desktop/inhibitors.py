"""What keeps a desktop awake: its own service for that (by wakepy), logind, and the X server's screen saver.

Each takes one lock, registers its release with an ExitStack and returns the name of what holds it, or raises OSError
with a sentence. They talk to services that may not answer: to be called in a thread that may wait for some seconds.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from wakepy import Mode
    from wakepy.core import DBusAdapter, DBusMethodCall

_OUR_WORDS: Final = {"wakepy": "Liftoff", "wakelock active": "A slideshow is playing"}

_TIMEOUT_S: Final = 2.0


def inhibit_desktop(held: ExitStack) -> str:
    """Ask the desktop: GNOME's session manager, org.freedesktop.ScreenSaver, or what Windows and macOS have."""
    try:
        from wakepy import keep
    except ImportError as error:
        raise OSError("The desktop cannot be asked to stay awake: wakepy is missing. Install Liftoff again.") from error

    with ExitStack() as undo:
        adapter = _named_adapter(undo) if sys.platform.startswith("linux") else None
        mode = keep.presenting(on_fail="pass", dbus_adapter=adapter)
        try:
            mode.__enter__()
        except Exception as error:  # whatever wakepy, its D-Bus library or the service raises: the show goes on
            raise OSError(f"The desktop could not be asked to stay awake: {error}.") from error
        undo.callback(_leave, mode)
        if not mode.active:
            raise OSError("No service of this desktop keeps the screen awake.")
        held.push(undo.pop_all())
    return mode.method.name if mode.method else "the desktop"


def _named_adapter(undo: ExitStack) -> type[DBusAdapter]:
    """What wakepy speaks D-Bus with, under this program's name, which desktops show; `undo` closes its connections.

    wakepy leaves them open where nothing answers, and they would be more with each attempt.
    """
    from wakepy.dbus_adapters.jeepney import JeepneyDBusAdapter

    class Adapter(JeepneyDBusAdapter):
        def __init__(self) -> None:
            super().__init__()
            undo.callback(self.close_connections)

        def process(self, call: DBusMethodCall) -> object:
            if isinstance(call.args, tuple):
                call.args = tuple(_OUR_WORDS.get(value, value) if isinstance(value, str) else value
                                  for value in call.args)
            return super().process(call)

    return Adapter


def _leave(mode: Mode) -> None:
    try:
        mode.__exit__(None, None, None)
    except Exception as error:  # likewise
        raise OSError(f"The desktop could not be told that it may sleep again: {error}.") from error


def inhibit_logind(held: ExitStack) -> str:
    """Ask systemd-logind, which may put a machine without a desktop to sleep: the lock is a file descriptor.

    Source: org.freedesktop.login1(5), Inhibit().
    """
    try:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg
    except ImportError as error:
        raise OSError("systemd-logind cannot be asked: jeepney is missing. Install Liftoff again.") from error

    logind = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
    call = new_method_call(logind, "Inhibit", "ssss", ("idle:sleep", *_OUR_WORDS.values(), "block"))
    try:
        with open_dbus_connection("SYSTEM", enable_fds=True) as bus:
            lock = unwrap_msg(bus.send_and_get_reply(call, timeout=_TIMEOUT_S))[0].to_raw_fd()
    except Exception as error:  # jeepney's, the socket's, or of an answer that is none: the show goes on
        raise OSError("systemd-logind cannot be reached, or refuses to keep the machine awake.") from error
    held.callback(os.close, lock)
    return "logind"


def reset_x11_screen_saver(_held: ExitStack) -> str:
    """Start the X server's own idle time anew, which blanks the screen and saves power: to be repeated.

    It stands for a moved mouse (Xlib: XResetScreenSaver), and nothing has to be released.
    """
    try:
        x = ctypes.CDLL("libX11.so.6")
    except OSError as error:
        raise OSError("The X server's screen saver cannot be reached without libX11.") from error
    x.XOpenDisplay.restype = ctypes.c_void_p
    for function in (x.XResetScreenSaver, x.XCloseDisplay):
        function.argtypes = [ctypes.c_void_p]
    connection = x.XOpenDisplay(None)
    if not connection:
        raise OSError("The X server could not be asked to keep its screen on.")
    x.XResetScreenSaver(connection)
    x.XCloseDisplay(connection)  # which sends what is waiting
    return "the X server"
