"""The form of a round: for its facilitators, while it takes answers, in the partnership's own words."""

from __future__ import annotations

import io

import openpyxl
import pytest
from pyxform.xls2xform import convert

from bot.adapters.db.store import SqlStore
from bot.app.forms import asking, form_file
from bot.app.ports import Transaction
from bot.core.flow.prompts import prompts_of
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import TAKES_ANSWERS, Kind
from bot.core.rounds.lifecycle import RoundState as State
from tests.contract.fakes import FakeKeys
from tests.unit.app.attempts import attempt
from tests.unit.app.hamlet import tried
from tests.unit.app.village import Village, works
from tests.unit.flow.talk import FLOWS


def form(tx: Transaction, keys: FakeKeys, village: Village, round_id: RoundId) -> bytes:
    work = works(tx, keys)
    return form_file(work, asking(work, village.people["facilitator"], round_id)).read()


@pytest.mark.parametrize("state", list(State))
def test_there_is_a_form_while_a_round_takes_answers(
    store: SqlStore, keys: FakeKeys, village: Village, state: State
) -> None:
    path = f"!r/{village.rounds[state]}/form"
    assert attempt(store, keys, village, path, "facilitator")[0] is (state in TAKES_ANSWERS)


def test_the_form_of_every_kind_of_round_converts(store: SqlStore, keys: FakeKeys, village: Village) -> None:
    open_ = [village.rounds[state] for state in TAKES_ANSWERS]
    asked = [village.asked[kind] for kind in Kind if kind is not Kind.REFLECTION]

    def play(tx: Transaction) -> None:
        for round_id in (*open_, *asked):
            warnings: list[str] = []
            convert(form(tx, keys, village, round_id), warnings=warnings)
            assert warnings == []

    tried(store, play)


def test_a_form_asks_in_the_words_with_which_the_round_began(
    store: SqlStore, keys: FakeKeys, village: Village
) -> None:
    def play(tx: Transaction) -> None:
        original = next(one.msgid for one in prompts_of(FLOWS.get("pat")) if one.place == "pat.agree")
        wording = tx.wordings.begin(village.partnership, "pat.agree", "en", original=original)
        tx.wordings.say(wording, "Is everybody here at ease with it?")
        round_id = village.rounds[State.ANSWERING]
        book = openpyxl.load_workbook(io.BytesIO(form(tx, keys, village, round_id)))
        words = [str(cell.value) for row in book["survey"].iter_rows() for cell in row]
        assert any("Is everybody here at ease with it?" in one for one in words)
        assert any("A made-up decision of answering" in one for one in words)

    tried(store, play)
