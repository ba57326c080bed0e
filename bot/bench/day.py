"""A day on which many people do what they planned, each when the bot has shown them the card they wait for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from bot.bench.behaviour import BEGIN, CALL, Act, Plan, plan
from bot.bench.bringing import Bringer
from bot.bench.phones import BenchError, Json, Phone, Step, Update
from bot.bench.telegram import MESSAGES, Telegram

PATIENCE = 300.0
"""Seconds after which a card that somebody waits for will never come."""

QUIET = 5.0
"""Seconds without any message after which the day is over, although something is missing."""


@dataclass
class Person:
    """One person with their phone.

    Attributes:
        phone: its ``card`` is what came or changed last, but for the call.
        call: the message that called them, as Telegram would repeat it with a tap.
        expected: what they did last and wait for.
    """

    phone: Phone
    plan: Plan
    call: Json | None = None
    expected: Act | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def receive(self, card: Json) -> None:
        if card["text"].startswith(CALL):
            self.call = card
            return
        self.phone.card = card
        if self.expected is not None and self.expected.leads_to(card["text"]):
            self.reached.set()

    def update(self, step: Step, number: int) -> Json:
        """Do something. Raises: BenchError, when the card has no such button."""
        if step == ("tap", BEGIN):
            if self.call is None:
                step = ("say", "/answer")  # the call has not come yet, and they know the command
            else:
                self.phone.card = self.call
        self.phone.steps.append(step)
        return self.phone.act(number, int(time.time()))

    @property
    def is_content(self) -> bool:
        """Whether the screen shows what they should see last, or the call when they did nothing."""
        if self.plan.last is None:
            return self.call is not None
        return self.phone.card is not None and self.plan.last.leads_to(self.phone.card["text"])


class Day:
    """Telegram for so many people, and the people."""

    def __init__(self, accounts: Collection[int], seed: int) -> None:
        self._people = {account: Person(Phone(account), plan(account, seed)) for account in accounts}
        self._last = time.monotonic()
        self._telegram = Telegram()
        self._sent = 0
        self._repeated = 0
        self._under_way: dict[int, int] = {}
        self._open_taps: set[str] = set()
        self._waits: list[float] = []
        self._moments: list[float] = []

    def call(self, method: str, parameters: Json) -> Any:
        """Carry out a call of the bot; returns the result."""
        if method == "answerCallbackQuery":
            self._open_taps.discard(str(parameters["callback_query_id"]))
        if method not in MESSAGES:
            return self._telegram.answer(method, parameters)
        message = self._telegram.message(parameters)
        self._last = time.monotonic()
        self._moments.append(self._last)
        person = self._people.get(message["chat"]["id"])
        if person is not None:
            person.receive(message)
        return message

    def taken(self, update: Update) -> None:
        """A worker has taken an update."""
        left = self._under_way[update.number] - 1
        if left:
            self._under_way[update.number] = left
        else:
            del self._under_way[update.number]

    async def passes(self, seconds: float, bringer: Bringer) -> Json:
        """Let everybody do what they planned, beginning within so many seconds, and wait until all is quiet.

        Returns: ``seconds``; the numbers of ``updates`` and of those that were ``repeated``; the ``waits`` for cards
            in order; the ``moments`` of all messages, by the clock of the computer; how many taps were never closed
            (``open``) and how many of those who did nothing never got their call (``uncalled``); whose screens show
            something else than they should (``wrong``).
        Raises: BenchError, when somebody waits for a card that does not come.
        """
        begun = time.monotonic()
        try:
            async with asyncio.TaskGroup() as group:
                for person in self._people.values():
                    if person.plan.acts:
                        group.create_task(self._live(person, seconds, bringer))
        except ExceptionGroup as found:
            raise found.exceptions[0] from None
        await self._until_quiet()
        silent = [person for person in self._people.values() if person.plan.last is None]
        return {
            "seconds": self._last - begun,
            "updates": self._sent,
            "repeated": self._repeated,
            "waits": sorted(self._waits),
            "moments": self._moments,
            "open": len(self._open_taps),
            "uncalled": sum(not person.is_content for person in silent),
            "wrong": [
                person.phone.account
                for person in self._people.values()
                if person.plan.last is not None and not person.is_content
            ],
        }

    async def _live(self, person: Person, seconds: float, bringer: Bringer) -> None:
        await asyncio.sleep(person.plan.begins * seconds)
        for act in person.plan.acts:
            await asyncio.sleep(act.rest)
            person.expected = act
            person.reached.clear()
            begun = time.monotonic()
            for place, step in enumerate(act.steps):
                update = self._do(person, step, copies=2 if act.repeated and not place else 1)
                bringer.bring(update)
                if self._under_way[update.number] > 1:
                    self._repeated += 1
                    bringer.repeat(update)
            try:
                async with asyncio.timeout(PATIENCE):
                    await person.reached.wait()
            except TimeoutError:
                shown = (person.phone.card or {"text": "nothing"})["text"].partition("\n")[0]
                raise BenchError(
                    f"somebody waits for {act.title.strip()!r} {act.more!r} and sees {shown!r}"
                ) from None
            self._waits.append(time.monotonic() - begun)

    def _do(self, person: Person, step: Step, *, copies: int) -> Update:
        self._sent += 1
        body = person.update(step, self._sent)
        if "callback_query" in body:
            self._open_taps.add(body["callback_query"]["id"])
        self._under_way[self._sent] = copies
        return Update.of(person.phone.account, body)

    async def _until_quiet(self) -> None:
        while self._under_way or not self._is_over():  # noqa: ASYNC110 - no one event
            await asyncio.sleep(0.1)

    def _is_over(self) -> bool:
        complete = not self._open_taps and all(person.is_content for person in self._people.values())
        return complete or time.monotonic() - self._last > QUIET
