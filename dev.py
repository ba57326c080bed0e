"""python3 dev.py run | test | lint | audit | bench | e2e | catalogs: what a developer needs, on any system.

Standard library only. Makes ``.venv`` and installs the hash-pinned lock the command needs; words that follow
are passed on, as in ``python3 dev.py test -k ladder`` or ``python3 dev.py catalogs --add sw``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-e2e.lock")  # each holds those before it
RUN, TEST, E2E = LOCKS
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

PARALLEL = (
    "-n",
    str(1 + (os.cpu_count() or 2)),  # tests also wait for disks, servers and processes
    "--dist",
    "worksteal",
)  # slow tests lie together; who is done takes over half of the rest

COMMANDS = {
    "run": (RUN, [["-m", "bot", "run"]]),
    "test": (TEST, [["-m", "pytest", *PARALLEL]]),
    "lint": (
        TEST,
        [
            ["-m", "ruff", "check", "."],
            ["-m", "ruff", "format", "--check", "."],
            ["-m", "mypy", "bot", "dev.py"],
        ],
    ),
    "audit": (TEST, [["-m", "pytest", *PARALLEL, "-m", "audit"]]),
    "bench": (TEST, [["-m", "bot", "bench"]]),
    "e2e": (E2E, [["-m", "pytest", "-m", "e2e"]]),
    "catalogs": (RUN, [["-m", "bot", "catalogs"]]),
}


AGAIN_AND_AGAIN = {"test", "audit", "bench", "e2e"}
"""What starts the bot many times, each of which would compile all of it."""


def main(words: list[str]) -> int:
    """Run one command and give its exit status, zero when every part went well."""
    command, *more = words or ["run"]
    if command not in COMMANDS:
        sys.exit(__doc__)
    if sys.version_info < (3, 11):
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    if command == "e2e" and not any(map(shutil.which, CHROMIUM)):
        sys.exit("The browser tests need Chromium. On Debian: apt install chromium")
    lock, parts = COMMANDS[command]
    os.chdir(ROOT)
    if command in AGAIN_AND_AGAIN:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not is_installed(lock):
        install(lock)
    *first, last = parts
    if not first:
        hand_over([*last, *more])
    # All parts are run, so that one look shows everything that is wrong.
    return max([subprocess.call([PYTHON, *part]) for part in [*first, [*last, *more]]])


def is_installed(lock: str) -> bool:
    """Say whether this lock, or one that holds it, is what the environment was made from."""
    return any(
        stamp(name).exists() and stamp(name).read_text("ascii") == digest(name)
        for name in LOCKS[LOCKS.index(lock) :]
    )


def install(lock: str) -> None:
    """Make the environment if need be and install the lock; nothing is built from source."""
    print(f"Installing {lock} ...", flush=True)
    if not (PYTHON.exists() and has_pip()):
        if importlib.util.find_spec("ensurepip") is None:
            sys.exit("This Python cannot make an environment. On Debian or Ubuntu: apt install python3-venv")
        venv.create(VENV, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock]):
        sys.exit(f"{lock} could not be installed; what pip says stands above.")
    stamp(lock).write_text(digest(lock), "ascii")


def has_pip() -> bool:
    """Say whether the environment was finished: one made without pip is no use."""
    return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def stamp(lock: str) -> Path:
    """Where the environment remembers which version of a lock it holds."""
    return VENV / f".{lock}"


def digest(lock: str) -> str:
    """Tell versions of a lock apart."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def hand_over(words: list[str]) -> NoReturn:
    """Become the command, so that signals of a terminal or service manager reach it; Windows has to wait."""
    if os.name == "nt":
        sys.exit(subprocess.call([PYTHON, *words]))
    os.execv(PYTHON, [str(PYTHON), *words])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
