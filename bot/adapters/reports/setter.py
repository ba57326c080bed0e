"""Sets one page or one document with typst, as a process of its own: a template and data in, a file out.

typst keeps what it has laid out, some 30 MB for each report, and never lets go of it. A process that ends gives
everything back, and whatever goes wrong in it stays there. It imports nothing of the bot, so it starts at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent


def main() -> int:
    """Compile what stands on standard input, ``typst.compile``'s arguments as JSON, to standard output.

    Returns: the exit code; 1 when it could not be set. Nothing is said, since words of typst may quote what people
        typed.
    """
    asked = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])
    try:
        made = typst.compile(
            HERE / asked.pop("template"), root=HERE, font_paths=fonts, ignore_system_fonts=True, **asked
        )
    except typst.TypstError:
        return 1
    if not isinstance(made, bytes):  # a picture of several pages
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
