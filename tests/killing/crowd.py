"""People who answer a round on their phones, each by what their screen shows, whatever happens to the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TypeAlias

from bot.adapters.playground.chats import Message
from bot.app.vocabulary import folded
from tests.killing.loopback import Telegram
from tests.killing.questions import (
    CALL,
    REMINDER,
    REVIEW,
    THANKS,
    Table,
    buttons,
    is_sitting,
    latest,
    prompt_on,
    reply,
)

Act: TypeAlias = Callable[[], None]


@dataclass(slots=True)
class Given:
    """An answer as it was given.

    Attributes:
        value: as it has to lie in the store.
        update: the newest update when it was given, which is the one that carries it.
        shown: a later card of the bot showed that it was taken.
    """

    value: object
    update: int
    shown: bool = False


@dataclass
class Phone:
    """One person. They look at the newest card and do the next thing, so many things a day, and then pause.

    Attributes:
        given: answers by prompt key, as the session of a sitting names them.
        lost: prompts that were asked again although an answer had been given.
        left: how much they will still do today; pause: most seconds that they think before each.
        knows: they have heard that something is asked.
    """

    telegram: Telegram
    account: int
    table: Table
    dice: Random
    given: dict[str, Given] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    left: int = 0
    pause: float = 0.0
    knows: bool = False
    has_done: bool = False
    _before: tuple[int, str] | None = None
    _waiting_for: str | None = None
    _has_opened: bool = False
    _stirred: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_at_rest(self) -> bool:
        """Whether they neither wait for the bot nor will do anything more today."""
        return self._next() is None and self._waiting_for is None

    @property
    def state(self) -> str:
        """What they wait for, and what their screen shows."""
        screen = self._screen()
        title = "nothing" if screen is None else screen.text.partition("\n")[0]
        return (
            f"{self.account} waits for {self._waiting_for} at {title!r}, {self.left} left, lost {self.lost}"
        )

    def acknowledged(self) -> dict[str, Given]:
        """Answers that the bot confirmed to Telegram, or went on from on a later card."""
        confirmed = self.telegram.confirmed
        return {key: given for key, given in self.given.items() if given.shown or given.update <= confirmed}

    def stir(self) -> None:
        """Look again: something came, or a new day began."""
        self._stirred.set()

    async def use(self) -> None:
        """Take part until cancelled."""
        while True:
            self._stirred.clear()
            if self._next() is None:
                await self._stirred.wait()
                continue
            await asyncio.sleep(self.dice.uniform(0, self.pause))
            act = self._next()  # the card may have changed meanwhile
            if act is not None:
                self.left -= 1
                act()

    def _next(self) -> Act | None:
        """What to do now; None while the bot has to act first, or for today."""
        screen = self._screen()
        text = "" if screen is None else screen.text
        self._look(screen, text)
        if self._waiting_for is not None or self.has_done or self.left <= 0:
            return None
        if self.account == self.table.accounts[0] and not self._has_opened:
            return self._open(screen)
        if screen is None or not is_sitting(text):
            return self._begin if self.left > 1 and self._has_heard() else None
        if self.left == 1:
            return partial(self._say, "/pause", "pause")
        if text.startswith(REVIEW):
            return partial(self._press, screen, "Done", "done")
        return self._answer(screen)

    def _look(self, screen: Message | None, text: str) -> None:
        """Understand what the screen says of what was done before."""
        key = prompt_on(text, self.table)
        if key is not None or text.startswith((REVIEW, THANKS)):
            for other, given in self.given.items():
                given.shown = given.shown or other != key
        if screen is None or self._waiting_for is None or (screen.id, text) == self._before:
            return
        if key in self.given:
            if key == self._waiting_for:
                return  # the same card once more, sent again after a start
            self.lost.add(key)
        self._waiting_for = None
        self.has_done = text.startswith(THANKS)

    def _has_heard(self) -> bool:
        self.knows = self.knows or any(item.text.startswith(CALL) for item in self._messages())
        return self.knows

    def _screen(self) -> Message | None:
        """The card that came or changed last, and is neither a call nor a reminder."""
        return latest(item for item in self._messages() if not item.text.startswith((CALL, REMINDER)))

    def _messages(self) -> Iterator[Message]:
        return (item for item in self.telegram.world.messages(self.account) if item.sender is None)

    def _open(self, screen: Message | None) -> Act:
        """What the first of a table does: open the round for answers, from whatever card is there."""
        if screen is None:
            return partial(self._say, "/start", "start")

        def ask() -> None:
            self._tap(screen, f"!r/{self.table.round}/ask", "opening")
            self._has_opened = True

        return ask

    def _begin(self) -> None:
        """Go to the questions, by the button of the newest message or by the command."""
        newest = latest(self._messages())
        labels = {button["text"] for button in buttons(newest)}
        for label in ("Begin or go on", "Go on"):
            if newest is not None and label in labels and self.dice.random() < 0.5:
                return self._press(newest, label, "begin")
        return self._say("/answer", "begin")

    def _answer(self, screen: Message) -> Act | None:
        prompt = prompt_on(screen.text, self.table)
        if prompt is None or prompt in self.given:
            return None

        def act() -> None:
            drawn = reply(prompt, self.table, self.dice)
            if drawn.is_tapped:
                self._press(screen, drawn.words, prompt)
            else:
                self._say(drawn.words, prompt)
            self.given[prompt] = Given(drawn.value, self.telegram.world.last_update)

        return act

    def _say(self, text: str, what: str) -> None:
        self._wait(what)
        self.telegram.world.say(self.account, text)

    def _press(self, screen: Message, label: str, what: str) -> None:
        named = {folded(button["text"]): button["callback_data"] for button in buttons(screen)}
        data = named[folded(label)]
        self._tap(screen, data, what)

    def _tap(self, screen: Message, data: str, what: str) -> None:
        self._wait(what)
        self.telegram.world.tap(self.account, screen.id, data)

    def _wait(self, what: str) -> None:
        screen = self._screen()
        self._before = None if screen is None else (screen.id, screen.text)
        self._waiting_for = what


class Crowd:
    """Everybody, with their phones in use while the block lasts."""

    def __init__(self, telegram: Telegram, tables: Collection[Table], seed: int) -> None:
        self.phones = [
            Phone(telegram, account, table, Random(f"{seed}/{account}"))  # noqa: S311 - an opinion, no secret
            for table in tables
            for account in table.accounts
        ]
        self._by_account = {phone.account: phone for phone in self.phones}
        self._state = telegram.standin.state
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Crowd:
        self._state.listeners.append(self._changed)
        self._tasks = [asyncio.create_task(phone.use()) for phone in self.phones]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._state.listeners.remove(self._changed)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def new_day(self, *, acts: int, pause: float, knows: bool) -> None:
        """Let everybody do so much today, thinking for up to ``pause`` seconds each time.

        Args:
            knows: they take part even if no call has reached them.
        """
        for phone in self.phones:
            phone.knows = phone.knows or knows
            phone.left, phone.pause = acts, pause
            phone.stir()

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody waits for the bot, or will do anything more today."""
        for task in self._tasks:
            if task.done():
                task.result()  # a script that does not fit the bot any more
        return all(phone.is_at_rest for phone in self.phones)

    def _changed(self, what: str, chat: int) -> None:
        if what == "chat" and chat in self._by_account:
            self._by_account[chat].stir()
