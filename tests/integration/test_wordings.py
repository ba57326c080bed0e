"""Questions in a partnership's own words, from the desk to the phones."""

from __future__ import annotations

import pytest

from bot.app.wordings import reworded
from bot.app.work import Work
from bot.core.ids import PartnershipId, RoundId
from tests.town import Town

ORIGINAL = "Is the way this is decided fine with you?"
OWN = "Are you at peace with how we decide this?"


def in_use(work: Work, language: str) -> dict[str, str]:
    own = work.tx.wordings.in_round(RoundId(1), language)
    return dict(reworded(work, work.setting.flows.get("pat"), own, language))


async def word(town: Town, place: str, language: str, words: str) -> str:
    await town.tap(town.facilitator, f"!w/1/{place}/{language}/begin")
    return await town.say(town.facilitator, words)


async def test_a_question_is_asked_in_own_words_and_the_original_is_one_tap_away(town: Town) -> None:
    await town.set_up(join=True)
    await town.tap(town.facilitator, "p/1/settings")
    await town.press(town.facilitator, "Questions in your own words")
    assert ORIGINAL in await town.press(town.facilitator, "Who decides what")
    assert f"You say: {OWN}" in await word(town, "pat.agree", "en", OWN)
    await town.ask_for_levels(["One made-up decision"])
    person, reader = town.representatives[1], town.representatives[2]
    await town.tap(reader, "!language/fr")
    shown = await town.answer(person, "43210")
    assert f"One made-up decision\n\n{OWN}" in shown
    assert ORIGINAL not in shown
    shown = await town.press(person, "Original words")
    assert ORIGINAL in shown
    assert OWN in await town.say(person, "back to the question")
    assert OWN not in await town.answer(reader, "43210"), "worded in English, read in French"
    assert "Original words" not in " ".join(town.labels(reader))


async def test_while_a_round_is_open_its_questions_stay_as_they_are(town: Town) -> None:
    await town.set_up(join=True)
    await word(town, "pat.agree", "en", OWN)
    await town.tap(town.facilitator, "!w/1/pat.agree/en/begin")
    await town.ask_for_levels(["One made-up decision"])
    stays = "its questions stay as everybody met them"
    assert stays in await town.tap(town.facilitator, "!w/1/pat.agree/en/restore")
    assert stays in await town.tap(town.facilitator, "!w/1/pat.actual/en/begin")
    assert await town.ask(in_use, "en") == {"agree": f"{{decision}}\n\n{OWN}"}


async def test_the_original_comes_back_on_request(town: Town) -> None:
    await town.set_up(join=True)
    await word(town, "pat.agree", "en", OWN)
    await town.press(town.facilitator, "Use the original")
    assert await town.ask(in_use, "en") == {}
    assert "You say" not in town.text(town.facilitator)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Since then: how was each partner involved?", "Please keep {since}"),
        ("Since {since} and {until}: how was each partner involved?", "Please keep {since}"),
        ("Since {since: how was each partner involved?", "Please keep {since}"),
        ("m" * 301, "there is room for 300"),
    ],
)
async def test_words_that_would_break_a_question_are_refused_and_the_form_waits(
    town: Town, words: str, why: str
) -> None:
    await town.set_up(join=True)
    assert why in await word(town, "practice.actual", "en", words)
    shown = await town.say(town.facilitator, "After {since}: how was each of us really involved?")
    assert "You say: After {since}: how was each of us really involved?" in shown


async def test_words_for_an_older_original_are_kept_but_not_used(town: Town) -> None:
    await town.set_up(join=True)

    def of_an_older_version(work: Work) -> None:
        wording = work.tx.wordings.begin(PartnershipId(1), "pat.agree", "en", original="Something else?")
        work.tx.wordings.say(wording, OWN)

    await town.ask(of_an_older_version)
    assert await town.ask(in_use, "en") == {}
    assert "The original has changed" in await town.tap(town.facilitator, "w/1/pat.agree/en")


async def test_beginning_anew_brings_back_neither_words_nor_a_form_for_an_older_original(town: Town) -> None:
    await town.set_up(join=True)

    def of_an_older_version(work: Work) -> int:
        wording = work.tx.wordings.begin(PartnershipId(1), "pat.agree", "en", original="Something else?")
        work.tx.wordings.say(wording, OWN)
        return wording

    form = await town.ask(of_an_older_version)
    assert "Something else?" in await town.tap(town.facilitator, f"desk/prompt/{form}")
    assert f"The original says: {ORIGINAL}" in await town.tap(town.facilitator, "!w/1/pat.agree/en/begin")
    assert await town.ask(in_use, "en") == {}
    assert "not available" in await town.tap(town.facilitator, f"desk/prompt/{form}")
