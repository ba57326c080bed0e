"""The group: the bot comes and goes, a facilitator connects it, anybody asks for what is public there."""

from __future__ import annotations

from dataclasses import replace

from bot.app import partnerships
from bot.app.exports import has_picture
from bot.app.notify import notify
from bot.app.posting import IN, in_each_language
from bot.app.private import arrive
from bot.app.router import is_number
from bot.app.work import Work
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import Group, Partnership
from bot.core.text import Line, say
from bot.errors import Refusal

CONNECT = "p"
"""First letter of the payload "p4" with which a facilitator connects partnership 4."""

PAGES = frozenset({"next", "help", "language"})
LONG_PAGES = frozenset({"digest", "agreements", "learning"})


def _meet(work: Work, chat: int, *, hint: str | None, topic: int | None = None) -> Group:
    return work.tx.groups.find(chat) or work.tx.groups.add(
        chat, language=work.setting.catalogs.best(hint), topic=topic
    )


def bot_added(work: Work, chat: int, *, account: int, hint: str | None, may_write: bool) -> None:
    """The bot was added, or its rights changed; a facilitator with one free partnership is understood at once.

    The payload of the link that was used can get lost on the way, so this is the source of truth.
    """
    group = _meet(work, chat, hint=hint)
    if group.active != may_write:
        group = replace(group, active=may_write)
        work.tx.groups.save(group)
    person = work.tx.people.find(account)
    if person is None or not may_write or work.tx.partnerships.of_group(group.id):
        return
    free = [found for found in work.tx.partnerships.facilitated_by(person) if not _connected(work, found)]
    if len(free) == 1:
        partnerships.bind_group(work, person, free[0].id, group.id)


def _connected(work: Work, partnership: Partnership) -> bool:
    return partnership.group is not None and work.tx.groups.get(partnership.group).active


def bot_removed(work: Work, chat: int) -> None:
    """Nothing is written there any more; the facilitators learn it from their desk and by a message."""
    group = work.tx.groups.find(chat)
    if group is None:
        return
    work.tx.groups.save(replace(group, active=False))
    for partnership in work.tx.partnerships.of_group(group.id):
        for person in work.tx.partnerships.facilitators(partnership.id):
            notify(work, person, f"p/{partnership.id}/group")


def moved(work: Work, old: int, new: int) -> None:
    """The group became a supergroup and has another id now."""
    work.tx.groups.move(old, new)


def commanded(
    work: Work,
    chat: int,
    *,
    topic: int | None,
    account: int,
    hint: str | None,
    command: str,
    argument: str,
) -> None:
    """A command in the group; the answer goes to the group, in its language, where it was asked."""
    group = _meet(work, chat, hint=hint, topic=topic)
    if command == "start":
        _start(work, group, arrive(work, account, hint), argument, topic)
    elif command in PAGES | LONG_PAGES:
        if group.topic != topic:
            group = replace(group, topic=topic)
            work.tx.groups.save(group)
        if command in LONG_PAGES:
            in_each_language(work, group, command)
        else:
            work.tx.outbox.post(group.id, command)


def _start(work: Work, group: Group, person: PersonId, argument: str, topic: int | None) -> None:
    """ "/start p4" connects partnership 4, when it comes from one of its facilitators."""
    if not (argument.startswith(CONNECT) and is_number(argument[1:])):
        work.tx.outbox.post(group.id, "welcome")
        return
    work.tx.groups.save(replace(group, topic=topic, active=True))
    try:
        partnerships.bind_group(work, person, PartnershipId(int(argument[1:])), group.id)
    except Refusal as refusal:
        work.tx.people.put_place(person, replace(work.tx.people.place(person), notice=refusal.words))
        work.tx.outbox.show(person, fresh=True)


def pressed(work: Work, chat: int, *, account: int, hint: str | None, data: str, message: int) -> Line | None:
    """A button under a group message: anybody may have the picture, only facilitators choose the language."""
    group = work.tx.groups.find(chat)
    if group is None:
        return None
    kind, _, argument = data.partition("/")
    if kind == "!picture":
        _picture(work, group, argument)
    elif kind == "!language" and argument in work.setting.catalogs.languages:
        return _choose_language(work, group, work.tx.people.find(account), argument)
    return None


def _picture(work: Work, group: Group, number: str) -> None:
    """Post the picture of a digest in the main language, once a day: it stays in the chat for everybody."""
    round_ = work.tx.rounds.get(RoundId(int(number))) if is_number(number) else None
    own = {found.id for found in work.tx.partnerships.of_group(group.id)}
    if round_ is not None and round_.partnership in own and has_picture(work, round_):
        path = f"picture/{round_.id}"
        work.tx.outbox.post(
            group.id, f"{path}{IN}{group.language}", once=f"{path}/{work.now.date().isoformat()}"
        )


def _choose_language(work: Work, group: Group, person: PersonId | None, code: str) -> Line | None:
    mine = [] if person is None else work.tx.partnerships.facilitated_by(person)
    if not any(found.group == group.id for found in mine):
        return say("A facilitator of this partnership can choose the language.")
    work.tx.groups.save(group.speaking(code))
    work.tx.outbox.post(group.id, "help")
    return None
