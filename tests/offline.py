"""A day on a phone without a network: what it had shown, what its owner typed and tapped, what it brings back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from bot.app.work import Work
from bot.core.flow.readout import matrix_values
from bot.core.flow.session import from_json
from bot.core.ids import RoundId
from tests.town import Town

DECISIONS = tuple(f"Made-up decision {number}" for number in range(1, 7))
AGREE = {"fine": "It is fine", "differently": "I would like it differently", "unsure": "I am not sure"}

BRINGS = frozenset({"sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
"""Calls that bring something to a phone: no toasts, and nothing that only takes away."""

Answers: TypeAlias = dict[tuple[str, str], str]
"""(decision, number of a partner) -> level; (decision, "agree") -> words of the button."""


class Call(NamedTuple):
    """One call that Telegram carried out."""

    method: str
    params: dict[str, Any]
    result: Any


class Wire:
    """What the bot asks of Telegram from now on and gets; polls are left out."""

    def __init__(self, town: Town) -> None:
        self.calls: list[Call] = []
        self._perform = town.standin.call
        town.standin.call = self._call  # type: ignore[method-assign]

    async def _call(self, method: str, params: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, body = await self._perform(method, params)
        if status == 200 and method != "getUpdates":
            self.calls.append(Call(method, params, body["result"]))
        return status, body

    def brought(self, chat: int) -> list[Call]:
        """Messages and edits of one chat, oldest first."""
        return [call for call in self.calls if call.method in BRINGS and call.params["chat_id"] == chat]

    def methods(self, chat: int) -> list[str]:
        """How they came since this was last asked."""
        found = [call.method for call in self.brought(chat)]
        self.calls.clear()
        return found


class Press(NamedTuple):
    """A button of a card that was shown, and the answer it stands for."""

    message: int
    data: str
    about: tuple[str, str]
    value: str


class Typed(NamedTuple):
    words: str
    meant: Answers


class Day(NamedTuple):
    """Where somebody is when the network goes, and what they then type, in this order.

    Attributes:
        answered: how many questions, so that the cards of these lie behind them.
    """

    answered: int
    typed: tuple[Typed, ...]


def row(decision: str, levels: str) -> Answers:
    return {(decision, str(number)): level for number, level in enumerate(levels, 1)}


AT_THE_LEVELS = Day(
    4,
    (
        Typed("01234", row(DECISIONS[4], "01234")),
        Typed("made-up words", {}),
        Typed("4,3,2,1,?", row(DECISIONS[5], "4321?")),
        Typed("3", {(DECISIONS[0], "agree"): AGREE["unsure"]}),
        Typed("It is fine", {(DECISIONS[1], "agree"): AGREE["fine"]}),
    ),
)
AT_THE_AGREEMENTS = Day(
    9,
    (
        Typed("made-up words", {}),
        Typed("3", {(DECISIONS[3], "agree"): AGREE["unsure"]}),
        Typed("It is fine", {(DECISIONS[4], "agree"): AGREE["fine"]}),
    ),
)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - shuffles, guards nothing


async def begin(town: Town, wire: Wire, person: int, day: Day) -> list[Press]:
    """Answer until the network goes; returns every answer offered by the cards left behind."""
    wire.calls.clear()
    await town.answer(person)
    await town.press(person, "Buttons")
    for number in range(day.answered):
        await town.say(person, "43210" if number < len(DECISIONS) else "1")
    return [press for call in wire.brought(person)[:-1] for press in _offered(call)]


def _offered(call: Call) -> Iterator[Press]:
    decision = next((line for line in call.result["text"].splitlines() if line in DECISIONS), "")
    for buttons in call.params["reply_markup"]["inline_keyboard"]:
        for button in buttons:
            number, _, level = button["text"].removeprefix("✓").partition("=")
            about = (decision, number if level else "agree")
            if level or button["text"] in AGREE.values():
                yield Press(
                    call.result["message_id"], button["callback_data"], about, level or button["text"]
                )


def deliver(
    town: Town, day: Day, person: int, offered: list[Press], dice: random.Random, *, taps: int
) -> Answers:
    """Let taps arrive in any order, some of them twice, among the typed words in theirs.

    Returns: what all this says; of two taps on the same thing the last one counts.
    """
    chosen: list[Press | Typed] = [*dice.choices(offered, k=taps)]
    chosen += dice.choices(chosen, k=taps // 5)
    dice.shuffle(chosen)
    places = sorted(dice.sample(range(len(chosen)), len(day.typed)))
    for place, typed in zip(places, day.typed, strict=True):
        chosen.insert(place, typed)
    said: Answers = {}
    for act in chosen:
        if isinstance(act, Press):
            town.world.tap(person, act.message, act.data)
            said[act.about] = act.value
        else:
            town.world.say(person, act.words)
            said |= act.meant
    return said


def answers(work: Work, account: int) -> Answers:
    """What is kept of somebody's answers in the first round."""
    person = work.tx.people.find(account)
    assert person is not None
    kept = work.tx.sheets.load(RoundId(1), person, "answer")
    assert kept is not None
    session = from_json(kept.decode())
    numbers = {item.key: str(number) for number, item in enumerate(session.items("params.partners"), 1)}
    found: Answers = {}
    for item in session.items("params.decisions"):
        for key, level in matrix_values(session, "actual", item.key).items():
            found[item.label, numbers[key]] = "?" if level is None else str(level)
        agreed = session.answers.get(f"agree/{item.key}")
        if isinstance(agreed, str):
            found[item.label, "agree"] = AGREE[agreed]
    return found


async def shows_the_present(town: Town, wire: Wire, person: int) -> bool:
    """Whether what was brought last says the same as a new card does now."""
    last = wire.brought(person)[-1].result
    await town.say(person, "/answer")
    now = town.last(person)
    return bool(last["text"] == now.text and last["reply_markup"] == now.markup)
