"""The computer that is measured on: what it is, and where on it a process runs."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path


def pin(place: int) -> None:
    """Keep this process on the first or second CPU it may use, where there are two and the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        if len(allowed) > 1:
            os.sched_setaffinity(0, {allowed[place]})


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
