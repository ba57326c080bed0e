"""Everything about a partnership is two taps away from its desk."""

from __future__ import annotations

from bot.adapters.db.store import SqlStore
from bot.app.pages import PRIVATE_PAGES
from bot.app.ports import Transaction
from bot.app.screens import on_screen
from tests.contract.fakes import FakeKeys
from tests.unit.app.village import Village, works

EVERYTHING = {
    "rounds.current",
    "rounds.again",
    "agenda.agenda",
    "follow.meeting",
    "desk.partners",
    "desk.partner",
    "action.overview",
    "action.one",
    "checkins.overview",
    "checkins.one",
    "connection.group",
    "connection.group_languages",
    "dates.next_of",
    "represent.digest",
    "export.overview",
    "export.languages",
    "preview.previews",
    "preview.preview",
    "rehearse.rehearse",
    "asking.waiting",
    "asking.question",
    "pair.pair",
    "settings.settings",
    "settings.partnership_language",
    "words.flows",
    "own.all_of_them",
}
"""What a facilitator looks for; beyond it are single decisions, dates and seats, and questions asked once more."""


def test_whatever_a_facilitator_looks_for_is_two_taps_away(
    store: SqlStore, keys: FakeKeys, village: Village
) -> None:
    def walk(tx: Transaction) -> set[str]:
        found: set[str] = set()
        paths = [f"p/{village.partnership}"]
        for _ in range(3):  # the desk itself, one tap, two taps
            behind: list[str] = []
            for path in paths:
                page = PRIVATE_PAGES.find(path)
                if page is not None:
                    found.add(f"{page[0].__module__.rpartition('.')[2]}.{page[0].__name__}")
                    card, _ = on_screen(works(tx, keys), village.people["facilitator"], path)
                    behind += [choice.key for choice in card.choices() if not choice.key.startswith("!")]
            paths = behind
        return found

    assert EVERYTHING - store.run_now(walk) == set()
