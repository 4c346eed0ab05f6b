"""Processes as the tests see them: what they started, and whether all of it is gone."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


_BEGUN: list[subprocess.Popen] = []


def begin(*args: str) -> subprocess.Popen:
    # Threads that wait for each other by turning round cost a busy machine most of its time.
    quiet = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    _BEGUN.append(subprocess.Popen([sys.executable, "-m", *args], cwd=ROOT, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    return _BEGUN[-1]


def end_all() -> None:
    """What a failed test left running."""
    while _BEGUN:
        process = _BEGUN.pop()
        if process.poll() is None:
            process.kill()
        process.communicate()


def _running() -> dict[int, int]:
    """Process id → its parent's; the ended ones that nobody has asked after yet are left out."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            except OSError:
                continue  # it ended just now
            if state != "Z":
                found[int(entry.name)] = int(parent)
    return found


def family(pid: int) -> list[int]:
    """All that a process has started, and what that has started."""
    running = _running()
    found = [pid]
    for one in found:
        found += [child for child, parent in running.items() if parent == one]
    return found[1:]


def command_of(pid: int) -> str:
    """Nothing of one that has ended: it may between being listed and being asked."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def until(condition, what: str, seconds: float = 900) -> None:
    """The patience is for a busy machine; how long it takes is not what is tested."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.05)


def gone(pids: list[int]) -> bool:
    return not set(pids) & _running().keys()
