"""What the stand-in of the Bot API does, without its sockets: hand out updates, take messages, count."""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from bot.bench import device
from bot.bench.phones import BenchError, Json, Phone, Step, Update, scripted
from bot.bench.telegram import MESSAGES, Telegram, read

BATCH = 100


class Exchange:
    """Phones on one side, a bot on the other.

    Without a rate, everybody acts as soon as the bot has answered them. Updates that are polled then leave in full
    batches, or when nobody waits for the bot any more: like this a fast bot and a slow one poll equally often, and
    what is measured is the work for updates, not for asking. With a rate, steps are taken at even moments, however
    the bot fares, and a wait counts from that moment.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._telegram = Telegram()
        self._phones: dict[int, Phone] = {}
        self._active: set[int] = set()
        self._silent: set[int] = set()
        self._queue: deque[Update] = deque()
        self._unconfirmed: dict[int, None] = {}
        self._ready: deque[Phone] = deque()
        self._rate: float | None = None
        self._released = 0
        self._open_taps: set[str] = set()
        self._last_update = 0
        self._under_way = 0
        self._forget()

    def _forget(self) -> None:
        self._calls: list[tuple[str, Json]] = []
        self._steps: list[Step] = []
        self._waits: list[float] = []
        self._failure: BenchError | None = None
        self._begun = self._clock()

    def begin(
        self,
        accounts: Collection[int],
        steps: Iterable[Sequence[str]],
        language: str = "en",
        rate: float | None = None,
    ) -> None:
        """Let phones act, each all the steps; without steps, wait for one card on each of them.

        Args:
            language: of the phones, an IETF tag.
            rate: steps a second, of all phones together; call ``release`` often.
        """
        script = scripted(steps)
        self._forget()
        self._rate, self._released = rate, 0
        self._active = set(accounts)
        self._silent = set() if script else set(accounts)
        for account in accounts:
            phone = self._phones.setdefault(account, Phone(account))
            phone.language = language
            phone.steps = script.copy()
            self._next(phone)

    @property
    def finished(self) -> bool:
        """Whether every step was answered by a card, every tap closed and every update confirmed; or one failed."""
        waiting = (
            self._ready
            or self._queue
            or self._unconfirmed
            or self._under_way
            or self._open_taps
            or self._silent
        )
        return self._failure is not None or not waiting

    def report(self) -> Json:
        """Figures since ``begin``.

        Returns: seconds; updates and their waits in order; calls, taps and typed texts; bytes of text and of
            markup as the Bot API takes them, and those that the phones would send and receive (``device``).
        Raises: BenchError, when a phone could not do its next step.
        """
        seconds = self._clock() - self._begun
        if self._failure is not None:
            raise self._failure
        return {
            "seconds": seconds,
            "updates": len(self._waits),
            "waits": sorted(self._waits),
            **counted(self._steps, self._calls),
        }

    def poll(self, offset: int) -> list[bytes] | None:
        """Confirm what came before ``offset``; the next batch, or None while there is none to hand out."""
        for number in [number for number in self._unconfirmed if number < offset]:
            self.confirm(number)
        is_full = len(self._queue) >= BATCH or self._rate is not None
        if not self._queue or (self._under_way and not is_full):
            return None
        return [update.content for update in self.hand_out(BATCH)]

    def hand_out(self, most: int | None = None) -> list[Update]:
        """The next updates, all of them unless told otherwise; each has to be confirmed."""
        now = self._clock()
        given = [self._queue.popleft() for _ in range(min(len(self._queue), most or len(self._queue)))]
        for update in given:
            phone = self._phones[update.account]
            phone.since = now if phone.since is None else phone.since
            self._under_way += 1
            self._unconfirmed[update.number] = None
        return given

    def confirm(self, number: int) -> None:
        """The bot has taken an update."""
        self._unconfirmed.pop(number, None)

    def release(self) -> bool:
        """Let phones take the steps that are due by the rate; True when there were any."""
        due = int((self._clock() - self._begun) * (self._rate or 0.0)) + 1
        count = min(due - self._released, len(self._ready))
        for _ in range(count):
            phone = self._ready.popleft()
            phone.since = self._begun + self._released / (self._rate or 1.0)
            self._released += 1
            try:
                self._act(phone)
            except BenchError as error:
                self._failure = error
        return count > 0

    def call(self, method: str, parameters: Json) -> Any:
        """Carry out a call of the bot; returns the result."""
        if method == "answerCallbackQuery":
            self._open_taps.discard(str(parameters["callback_query_id"]))
            self._calls.append((method, parameters))
            return True
        account = int(parameters.get("chat_id", 0))
        message = self._telegram.message(parameters) if method in MESSAGES else None
        if account in self._active:
            self._calls.append((method, message or parameters))
        if message is None:
            return self._telegram.answer(method, parameters)
        if account > 0:
            self._received(self._phones.setdefault(account, Phone(account)), message)
        return message

    def _received(self, phone: Phone, card: Json) -> None:
        phone.card = card
        self._silent.discard(phone.account)
        if phone.since is None:
            return
        self._waits.append(self._clock() - phone.since)
        phone.since = None
        self._under_way -= 1
        try:
            self._next(phone)
        except BenchError as error:
            self._failure = error

    def _next(self, phone: Phone) -> None:
        if phone.steps and self._rate is None:
            self._act(phone)
        elif phone.steps:
            self._ready.append(phone)

    def _act(self, phone: Phone) -> None:
        self._last_update += 1
        self._steps.append(phone.steps[0])
        update = phone.act(self._last_update, int(time.time()))
        if "callback_query" in update:
            self._open_taps.add(update["callback_query"]["id"])
        self._queue.append(Update.of(phone.account, update))


def counted(steps: Iterable[Step], calls: Iterable[tuple[str, Json]]) -> Json:
    """Count what phones did and what the bot did about it.

    Args:
        calls: name and parameters; of messages and edits the message that came of it.
    """
    kinds: Counter[str] = Counter()
    names: Counter[str] = Counter()
    text = markup = over_air = 0
    for kind, words in steps:
        kinds[kind] += 1
        over_air += device.tap() if kind == "tap" else device.typed(words)
    for name, given in calls:
        names[name] += 1
        if name == "answerCallbackQuery":
            over_air += device.tap_answer(given.get("text"))
        elif name == "deleteMessages":
            over_air += device.deletion(len(read(given["message_ids"])))
        elif name in MESSAGES:
            over_air += device.message(given, edited=name == "editMessageText")
            text += len(given["text"].encode())
            if "reply_markup" in given:
                markup += len(json.dumps(given["reply_markup"], ensure_ascii=False).encode())
    return {
        "calls": dict(names),
        "taps": kinds["tap"],
        "typed": kinds["say"],
        "text": text,
        "markup": markup,
        "device": over_air,
    }
