"""Every card of a round as people will see it, one after the other, before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.app import flows
from bot.app.access import facilitated, not_here
from bot.app.languages import language_rows
from bot.app.pages.scenes import scenes_of
from bot.app.router import Router
from bot.app.sayings import kind_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PartnershipId, PersonId
from bot.core.rounds.lifecycle import Kind
from bot.core.text import Line, say

pages = Router()


@pages.page("preview/{partnership_id}")
def previews(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Choose what to look at."""
    partnership = facilitated(work, person, partnership_id)
    own = work.tx.people.language(person)
    labels: dict[str, Line] = {kind: kind_words(kind) for kind in Kind}
    labels |= {flow.flow: flows.title(flow) for flow in flows.for_rounds(work, partnership.id)}
    rows: tuple[Row, ...] = tuple(
        (Choice(label, f"preview/{partnership.id}/{what}/1/{own}"),) for what, label in labels.items()
    )
    return Card(
        say("Preview"),
        (
            say(
                "Here you see every card before anybody else does, in every language. Nothing is sent or kept."
            ),
        ),
        (*rows, (Choice(say("Desk"), f"p/{partnership.id}"),)),
        numbered=True,
    )


@pages.page("preview/{partnership_id}/{kind:s}/{number}/{language:s}")
def preview(
    work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, number: int, language: str
) -> Card:
    """One card as it will be; whichever of its buttons is pressed, the next card comes.

    Args:
        kind: of round, or the name of what a round can be about.
    """
    partnership = facilitated(work, person, partnership_id)
    about = {flow.flow: flow for flow in flows.for_rounds(work, partnership.id)}.get(kind)
    if (kind not in set(Kind) and about is None) or language not in work.setting.catalogs.languages:
        raise not_here()
    own = work.tx.people.language(person)
    which = Kind.REFLECTION if about is not None else Kind(kind)
    scenes = list(scenes_of(work, person, partnership_id, which, language, about))
    number = min(max(number, 1), len(scenes))
    scene, where = scenes[number - 1], f"preview/{partnership_id}/{kind}"

    def at(place: int) -> str:
        return f"{where}/{place}/{language}"

    def told(line: Line) -> str:
        return work.setting.catalogs.render(line, own)

    place = say("in the group") if scene.in_group else say("in private")
    seen = say("Preview, card {number} of {count}, {where}", number=number, count=len(scenes), where=place)
    turning: list[Choice] = []
    if number > 1:
        turning.append(Choice(told(say("Earlier")), at(number - 1)))
    if number < len(scenes):
        turning.append(Choice(told(say("Further")), at(number + 1)))
    return replace(
        scene.card,
        body=(*scene.card.body, "", told(seen)),
        rows=(
            *_leading(scene.card.rows, at(number % len(scenes) + 1)),
            tuple(turning),
            (
                Choice(told(say("In another language")), f"{where}/{number}"),
                Choice(told(say("Preview")), f"preview/{partnership_id}"),
            ),
        ),
        language=language,
    )


@pages.page("preview/{partnership_id}/{kind:s}/{number}")
def languages(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, number: int) -> Card:
    """Choose the language in which the same card is shown."""
    facilitated(work, person, partnership_id)
    where = f"preview/{partnership_id}/{kind}/{number}"
    return Card(
        say("Language"),
        (say("In which language would you like to see the cards?"),),
        (
            *language_rows(work, lambda code: f"{where}/{code}"),
            (Choice(say("Preview"), f"preview/{partnership_id}"),),
        ),
        numbered=True,
    )


def _leading(rows: Sequence[Row], key: str) -> Iterator[Row]:
    """The buttons of a card, all of them leading to the same place."""
    for row in rows:
        yield tuple(replace(choice, key=key, url=None, copy=None) for choice in row)
