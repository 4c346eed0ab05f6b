"""Processes that belong together end together, and one folder is worked on by one of them.

Three things a kill must not do: leave a trainer learning whose stage is gone, leave a lock that nobody holds, or skip what a
program does at its end because it was asked to stop politely.
"""

import argparse
import fcntl
import os
import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

LOOK = 0.5  # seconds between two looks at the parent
PATIENCE = 5.0  # seconds in which the children of a killed holder of a lock have ended


def end_with_parent(parent: int | None = None) -> None:
    """Ends this process, from a thread, within a second of its parent's end, however the parent ends. `parent` is the process id
    of the one that started this; without it, whoever is the parent now. Nothing is tidied up: what is kept is kept whole."""
    parent = os.getppid() if parent is None else parent

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class _WithParent(argparse.Action):
    def __call__(self, _parser, _namespace, values, _option=None) -> None:
        end_with_parent(values)


def parent_option(parser: argparse.ArgumentParser) -> None:
    """Where the option is given it holds from the moment it is read."""
    parser.add_argument("--with-parent", type=int, metavar="PID", action=_WithParent, help="ends when this process, which started it, is gone")


def end_in_order() -> None:
    """From now on SIGTERM ends this process as `sys.exit` does: what stands in `finally` is done."""

    def leave(_number: int, _frame: FrameType | None) -> NoReturn:
        sys.exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, leave)


def only_one(folder: Path) -> int | None:
    """Takes the lock of a folder; None where another process holds it and goes on holding it. The number that comes back is an
    open file: the lock is held until all who have it, children that inherited it among them, have closed it or ended."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(handle)
                return None
            time.sleep(0.1)
