"""The server and its worker, started together, kept and ended together: `python -m goldenthread.home.serving SERVER…`.

A small process of its own, so that neither depends on the other. It ends when the server does. A worker that dies is
started again. Whatever ends this process ends both, even kill -9 where the system can promise it (Linux).
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType

WORKER = [sys.executable, "-m", "django", "work"]
LOOK = 0.3  # seconds between two looks at whether both are there
PAUSE = 5.0  # before a worker that died is started again
GRACE = 40.0  # for both to end what they have in hand: the server takes 30 at most
PR_SET_PDEATHSIG = 1


def main(server: Sequence[str], worker: Sequence[str] = WORKER) -> int:
    """Serve until the server ends or a signal comes; the server's exit code."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    serving, working = _start(server), _start(worker)
    while serving.poll() is None and not stopped.wait(LOOK):
        if working.poll() is not None and not stopped.wait(PAUSE):
            working = _start(worker)
    return _end(serving, working)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, preexec_fn=_ending_with(os.getpid()))  # noqa: S603, PLW1509 - our own words


def _ending_with(parent: int) -> Callable[[], None]:
    """What a child does first: ask the system to be told to end when its parent is gone."""

    def ask() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(0)

    return ask


def _end(serving: subprocess.Popen[bytes], working: subprocess.Popen[bytes]) -> int:
    for child in (serving, working):
        child.terminate()
    for child in (serving, working):
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return serving.returncode


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    sys.exit(main(sys.argv[1:]))
