"""Workers for tests: real processes that speak the protocol, or do not, without decoding anything."""

from __future__ import annotations

import sys

STAND_IN = """
import json, mmap, os, signal, socket, sys, time
link = socket.socket(fileno=int(sys.argv[-1]))
heard, handles = bytearray(), []
def line():
    while b"\\n" not in heard:
        data, fds, _, _ = socket.recv_fds(link, 1 << 18, 4)
        if not data:
            sys.exit(0)
        heard.extend(data)
        handles.extend(fds)
    end = heard.index(b"\\n") + 1
    said = json.loads(heard[:end])
    del heard[:end]
    return said
def asked():
    while "width" not in (request := line()):  # first comes where it may read
        pass
    request["memory"] = mmap.mmap(handles[0], request["capacity"])
    os.close(handles.pop(0))
    return request
def say(line):
    link.sendall(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\\n")
SANDBOX = b'{"reply":"Sandbox","layers":["seccomp"],"landlock":7,"lacking":[],"permitted":[]}\\n'
def opened(request, identity=(1, 2, 3)):
    say({"reply": "Opened", "serial": request["serial"], "identity": identity})
def parsed(request, pixels=90_000_000):
    say({"reply": "Parsed", "serial": request["serial"], "pixels": pixels})
def done(request, **fields):
    say({"reply": "Done", "serial": request["serial"], "width": 1, "height": 1, "alpha": False, "source_width": 1,
         "source_height": 1, "frames": 1, "duration": 0, "loops": 0, "format": "PNG", "identity": (1, 2, 3),
         "from_cache": False, "texts": {}, "whole": None, "incomplete": False, **fields})
"""
"""The beginning of a worker for tests: it understands requests and can answer them."""


def stand_in(script: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", STAND_IN + script)


ACTOR = """
log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
while True:
    r = asked()
    os.write(log, f"{os.getpid()} {r['kind']} {r['path']}#{r['frame']}\\n".encode())
    part, _, rest = r["path"].partition(":")
    identity = (1, 1 << 30 if part == "large" else len(r["path"]), 3)
    def failed(reason, of=identity):
        say({"reply": "Failed", "serial": r["serial"], "failure": [reason, "as told"], "identity": of})
    if part == "missing" or part == "absent" and not os.path.exists(rest):
        failed("missing", None)
        continue
    if part == "mute":
        signal.pause()
    if r["unless"] == list(identity):
        say({"reply": "Unchanged", "serial": r["serial"]})
        continue
    opened(r, identity)
    if part == "damaged":
        failed("damaged")
        continue
    if part == "crash" or part == "once" and not os.path.exists(rest):
        if part == "once":
            open(rest, "w").close()
        os.kill(os.getpid(), signal.SIGSEGV)
    if part == "hang" or part == "late" and not os.path.exists(rest):
        if part == "late":
            open(rest, "w").close()
        signal.pause()
    if part == "nonsense":
        say(b"hello\\n")
    while part in ("gate", "large") and not os.path.exists(rest.partition("|")[0]):
        time.sleep(0.002)
    scale = min(1, r["width"] / 600, r["height"] / 400)
    while part == "jump" and r["kind"] == "picture" and not os.path.exists(rest.partition("|")[0]):
        time.sleep(0.002)
    if part in ("rough", "sketch", "jump") and r["rough"]:
        scale = 0.1
    elif part == "sketch":
        failed("damaged")
        continue
    w, h = round(600 * scale), round(400 * scale)
    r["memory"][:4 * w * h] = bytes((r["frame"] % 256, 40, 200, 255)) * (w * h)
    done(r, width=w, height=h, source_width=600, source_height=400, frames=9 if part == "film" else 1,
         duration=40, identity=identity)
"""
"""A worker that does what the path says: "damaged:a" is damaged, "crash:a" crashes it, "gate:F|a" waits for a file F,
and so does "large:F|a", a file of a gigabyte.

"once:F" crashes it and "late:F" hangs it the first time (F remembers), "hang", "mute" (before it opens the file),
"missing" and "nonsense" are what they say; "absent:F" is missing until F exists; "film:a" has nine frames, "rough:a" a
rough thumbnail, "sketch:a" one as well, though it is damaged, and "jump:F|a" one before its picture, for which it waits
for a file F;
anything else is a picture of 600 x 400 in (200, 40, frame). Every request is written into the file that its first
argument names.
"""


def actor(log: str) -> tuple[str, ...]:
    """The command of an ACTOR that notes its requests in the file `log`, which exists."""
    return (sys.executable, "-I", "-c", STAND_IN + ACTOR, log)
