"""What is on a person's screen or goes to a group: from an outbox row to a delivery, and what came of it.

An outbox row says only whom to show which page. The page is made here, at the moment of sending, from what is
stored then; several requests for one screen therefore end in one message that is true.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from bot.app import sittings
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES, sitting_at
from bot.app.ports import Delivery, Lane, OutboxRow, Place, What
from bot.app.posting import narrowed
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.ids import PersonId
from bot.core.partnerships import Group
from bot.core.text import say
from bot.errors import BotError, ContactUnreachable, KeysError, LeadsNoMore, Refusal

LOG = logging.getLogger("bot.screens")

LONGEST_TRAIL = 60
"""Messages of one sitting that wait for deletion; beyond it, the oldest go at the next card."""

MOST_ATTEMPTS = 8


def on_screen(work: Work, person: PersonId, path: str) -> tuple[Card, dict[str, str]]:
    """The page at a path as this person may see it, and its callback data; a refusal shows the home page."""
    try:
        sitting = sitting_at(path)
        if sitting is not None:
            return sittings.shown(work, person, sitting)
        card = _page(work, person, path)
    except Refusal as refusal:
        card = replace(_page(work, person, "home"), notice=refusal.words)
    except KeysError:
        locked = say("Your answers cannot be opened right now. They are not lost. Please try again later.")
        card = replace(_page(work, person, "home"), notice=locked)
    return card, {choice.key: choice.key for choice in card.choices()}


def _page(work: Work, person: PersonId, path: str) -> Card:
    found = PRIVATE_PAGES.find(path)
    if found is None:
        raise from_earlier()
    function, arguments = found
    card: Card = function(work, person, **arguments)
    return card


def from_earlier() -> Refusal:
    """The words for a button that leads nowhere, or nowhere any more."""
    return Refusal(say("That button is from an earlier time. Here is where you are now."))


def claim(
    work: Work,
    limit: int,
    busy: Collection[tuple[str, int]],
    bulk: int | None = None,
    *,
    talking: Collection[int] = (),
) -> list[Delivery]:
    """Take due rows and make their messages; a page that cannot be made is given up, never the batch.

    Args:
        limit, busy, bulk: as ``Outbox.claim`` takes them.
        talking: accounts whose messages wait, since what they did next is about to be handled.
    Returns: nothing where another process leads, which is the one that sends.
    """
    if not work.tx.leads:
        return []
    deliveries = []
    waiting = {("person", person) for person in work.tx.people.find_all(talking)}
    for row in work.tx.outbox.claim(now=work.now, limit=limit, busy={*busy, *waiting}, bulk=bulk):
        delivery = _made(work, row)
        if delivery is not None:
            deliveries.append(delivery)
    return deliveries


def reply(work: Work, *, talking: Collection[int] = ()) -> Delivery | None:
    """Take the screen that this very transaction asked for, and make it; the last thing that a transaction does.

    Every process brings the replies to the updates it took; what waits, the one that leads claims. It is noted as
    under way, like whatever is claimed: should we end before it is brought, whoever leads then finds it.

    Args:
        talking: as ``claim`` takes them; their screens wait for it.
    """
    person = work.tx.outbox.asked_for
    if person is None or work.tx.people.account(person) in talking:
        return None
    row = work.tx.outbox.take_screen()
    return None if row is None else _made(work, row)


def _made(work: Work, row: OutboxRow) -> Delivery | None:
    """The message of a row that was taken; None when there cannot be one, and the row was given up."""
    try:
        if row.person is not None and not work.tx.people.reachable(row.person):
            work.tx.outbox.give_up(row.id, ContactUnreachable.code)  # queued after they blocked the bot
        elif row.person is not None:
            return _to_person(work, row, row.person)
        elif row.group is not None:
            return _to_group(work, row, work.tx.groups.get(row.group))
    except Exception as error:  # whatever one page meets, everybody else's messages go out
        # Noted first: where the transaction met another one, this raises, and all of it is tried again.
        work.tx.outbox.give_up(row.id, error.code if isinstance(error, BotError) else "fault")
        LOG.error("a page could not be made", exc_info=error)
    return None


def _to_person(work: Work, row: OutboxRow, person: PersonId) -> Delivery:
    people = work.tx.people
    account, language, plain = people.account(person), people.language(person), people.is_plain(person)
    if row.what is What.PAGE:
        card, tokens = on_screen(work, person, row.path)
        may_be_saved = card.file is not None  # a file is asked for to be kept
        return Delivery(
            row,
            account,
            (card.language or language,),
            card,
            tokens=tokens,
            plain=plain,
            protected=not may_be_saved,
        )
    place = people.place(person)
    card, tokens = on_screen(work, person, place.path)
    if place.notice is not None:
        card = replace(card, notice=place.notice)
    return Delivery(
        row,
        account,
        (card.language or language,),
        card,
        edit=None if row.fresh else place.card,
        delete=_outdated(place),
        tokens=tokens,
        plain=plain,
        said=place.notice,
    )


def _outdated(place: Place) -> tuple[int, ...]:
    """Messages to delete: all of a sitting once the person left it, the oldest of a very long one."""
    if sitting_at(place.path) is None:
        return place.trail
    return place.trail[:-LONGEST_TRAIL]


def _to_group(work: Work, row: OutboxRow, group: Group) -> Delivery:
    group, path = narrowed(group, row.path)
    found = GROUP_PAGES.find(path)
    if found is None:
        raise BotError("an outbox row names a page that does not exist")
    function, arguments = found
    card: Card = function(work, group, **arguments)
    return Delivery(
        row,
        group.chat,
        group.languages,
        card,
        topic=group.topic,
        tokens={choice.key: choice.key for choice in card.choices()},
        protected=False,
        silent=row.lane is not Lane.REPLY,
    )


def repeatable(delivery: Delivery) -> bool:
    """Whether it does no harm when it comes twice: only a screen, which somebody waits for."""
    return delivery.row.what is What.SCREEN


def handed_over(work: Work, delivery: Delivery) -> None:
    """Note that a message is about to leave: if we end before its answer, it may have arrived.

    Raises: LeadsNoMore; then another process found the row under way, and takes care of it.
    """
    if not work.tx.leads:
        raise LeadsNoMore("the connection by which this process led is gone")
    work.tx.outbox.attempt(delivery.row.id, delivery.row.attempts + 1)


def held_back(work: Work, delivery: Delivery) -> None:
    """Note that it did not leave after all."""
    work.tx.outbox.attempt(delivery.row.id, delivery.row.attempts)


class Arrived(NamedTuple):
    """What arrived, and the id of a new message; None after an edit."""

    delivery: Delivery
    message: int | None


def delivered(work: Work, arrived: Iterable[Arrived]) -> None:
    """Note that messages arrived."""
    arrived = tuple(arrived)
    work.tx.outbox.sent([delivery.row.id for delivery, _ in arrived])
    for delivery, message in arrived:
        row = delivery.row
        if row.person is None:
            continue
        if row.what is What.SCREEN and (message or delivery.delete or delivery.said):
            _note_card(work, row.person, delivery, message)
        # Whoever leads looks by itself after each message of its own, and has to be told of this one.
        if not work.tx.leads:
            work.tx.outbox.look_behind(row.person)


def _note_card(work: Work, person: PersonId, delivery: Delivery, message: int | None) -> None:
    """What is on the person's phone now."""
    place = work.tx.people.place(person)
    trail = tuple(old for old in place.trail if old not in delivery.delete)
    card = place.card
    if message is not None:
        if card is not None and card != message:  # it may have been tapped before we got here
            trail = (*trail, card)
        card = message
    notice = None if delivery.said == place.notice else place.notice
    changed = replace(place, card=card, trail=trail, notice=notice)
    if changed != place:
        work.tx.people.put_place(person, changed)


def postponed(work: Work, delivery: Delivery, seconds: float) -> None:
    """Send it later, because of the pace or because Telegram asked to wait; this is no failure."""
    row = delivery.row
    work.tx.outbox.retry(row.id, due=work.now + timedelta(seconds=seconds), attempts=row.attempts)


def retried(work: Work, delivery: Delivery, seconds: float) -> None:
    """Send it again after a failure, a few times and not for ever."""
    row = delivery.row
    if row.attempts + 1 >= MOST_ATTEMPTS:
        work.tx.outbox.give_up(row.id, "attempts")
    else:
        due = work.now + timedelta(seconds=seconds)
        work.tx.outbox.retry(row.id, due=due, attempts=row.attempts + 1)


def unreachable(work: Work, delivery: Delivery) -> None:
    """Stop writing to a chat that blocked or removed the bot, until it returns by itself."""
    row = delivery.row
    work.tx.outbox.give_up(row.id, ContactUnreachable.code)
    if row.person is not None:
        work.tx.people.set_reachable(row.person, False)
        work.tx.outbox.drop(row.person)
    if row.group is not None:
        work.tx.groups.save(replace(work.tx.groups.get(row.group), active=False))


def doubtful(work: Work, delivery: Delivery) -> None:
    """It may or may not have arrived: kept for the operator, not repeated."""
    work.tx.outbox.doubt(delivery.row.id)


def failed(work: Work, delivery: Delivery, code: str) -> None:
    """It can never arrive as it is; ``code`` names the reason without any content."""
    work.tx.outbox.give_up(delivery.row.id, code)


def moved(work: Work, delivery: Delivery, new_chat: int) -> None:
    """Follow a group that became a supergroup and send again."""
    work.tx.groups.move(delivery.chat, new_chat)
    work.tx.outbox.retry(delivery.row.id, due=work.now, attempts=delivery.row.attempts)
