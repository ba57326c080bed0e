"""Take the picture of the playground for the README: ``python -m tools.screenshot`` writes docs/playground.png.

Plays a round in a browser until people are answering, one on a French phone; needs what ``make e2e`` needs.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import story
from tests.browser.page import open_page, running_playground

PICTURE = Path(__file__).parents[1] / "docs" / "playground.png"
WIDTH, HEIGHT, SCALE = 1750, 876, 0.8
"""A window that holds the facilitator, the group and two partners, made 1400 pixels wide."""

PARTS = (
    story.set_up,
    story.connect_group,
    story.invite,
    story.collect,
    story.shape,
    story.begin_by_typing,
    story.begin_by_tapping,
)


def main() -> None:
    with (
        TemporaryDirectory() as folder,
        running_playground(Path(folder)) as address,
        open_page(address, width=WIDTH, height=HEIGHT, scale=SCALE) as page,
    ):
        for part in PARTS:
            part(page)
        page.save(PICTURE)


if __name__ == "__main__":
    main()
