"""The computer that is measured on: what it is, and where on it a process runs."""

from __future__ import annotations

import os
import platform
import sqlite3
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path


def pin(place: int, process: int = 0) -> None:
    """Keep a process on the first or second CPU it may use, where there are two and the system lets us.

    Args:
        process: its id; 0 is this one. Of others, all threads and children that it has already are left alone.
    """
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        if len(allowed) > 1:
            os.sched_setaffinity(process, {allowed[place]})


def facts() -> list[str]:
    """What figures depend on, as lines to print; ``load`` tells how busy others kept it."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return [
        f"{processor()}, {os.cpu_count()} CPUs, load before {load}, {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"python-telegram-bot {version('python-telegram-bot')}, aiohttp {version('aiohttp')}",
    ]


def processor() -> str:
    """The model of the processor as Linux tells it, or as much as the system knows."""
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def busy(process: int) -> float:
    """CPU seconds that a running process and its ended children took so far, all threads.

    Raises: OSError, when there is no such process or the system does not tell.
    """
    told = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def children(process: int) -> list[int]:
    """The running children of a process.

    Raises: OSError, as ``busy``.
    """
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def busy_together(process: int) -> float:
    """``busy`` of a process and its running children."""
    seconds = busy(process)
    for child in children(process):
        with suppress(OSError):  # it has ended since
            seconds += busy(child)
    return seconds


def resident(process: int | str = "self") -> float | None:
    """Resident memory of a process in MB (10^6 bytes); None where the system does not tell."""
    return _told("VmRSS", process)


def peak() -> float | None:
    """The most memory that this program ever had, likewise; what its parent had does not count."""
    return _told("VmHWM", "self")


def _told(what: str, process: int | str) -> float | None:
    status = Path(f"/proc/{process}/status")
    if status.exists():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith(f"{what}:"):
                return int(line.split()[1]) * 1024 / 1e6
    return None
