"""The digest: published words as one card that a group can read aloud.

Computed from published words only. The same facts in every language; one message, so a long round is told in
leaner layouts until it fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.app import publishing
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.readings import (
    Gap,
    agreed,
    contested,
    discuss_first,
    opposed_partners,
    partners_at,
    wanted_changes,
)
from bot.core.figures.words import AgreementSaid, AgreementWord, LevelWord, floor, slack
from bot.core.ids import DecisionId, PartnerId
from bot.core.rounds.lifecycle import Round
from bot.core.text import Line, Text, say

ROOM = 4000
"""Characters of a digest; Telegram takes 4096, and a title and a little air belong to it."""

LEVELS = (LevelWord.HIGH, LevelWord.MIDDLE, LevelWord.LOW, LevelWord.MIXED)


@dataclass(frozen=True, slots=True)
class Layout:
    """How much is told.

    Attributes:
        wording: most characters of a decision's wording.
        levels: which words are listed with their partners.
        airy: an empty line before every decision.
    """

    wording: int
    levels: tuple[LevelWord, ...]
    airy: bool = False


LAYOUTS = (
    Layout(100, LEVELS, airy=True),
    Layout(100, LEVELS),
    Layout(60, LEVELS),
    Layout(50, (LevelWord.HIGH, LevelWord.LOW)),
    Layout(40, (LevelWord.HIGH,)),
    Layout(30, ()),
)


def digest_card(work: Work, round_: Round, language: str) -> Card:
    """The digest of a round in one language, in the fullest layout that fits a message."""
    said = publishing.published(work, round_)
    partnership = work.tx.partnerships.get(round_.partnership)
    title = say("Digest of round {number}: {partnership}", number=round_.number, partnership=partnership.name)
    if said is None or said.withheld:
        return Card(
            title,
            (say("Not enough answers for a safe summary this time. Nothing was kept."),),
        )
    seats = max(work.tx.rounds.roster(round_.id).values(), default=1)
    names = {partner.id: partner.acronym for partner in work.tx.partnerships.partners(round_.partnership)}
    wordings = {decision.id: decision.wording for decision in work.tx.rounds.decisions(round_.id)}
    for layout in LAYOUTS:
        body = tuple(_body(said, wordings, names, seats, layout))
        if sum(len(work.setting.catalogs.render(line, language)) + 1 for line in body) <= ROOM:
            break
    return Card(title, body)


def _body(
    said: Published,
    wordings: Mapping[DecisionId, str],
    names: Mapping[PartnerId, str],
    seats: int,
    layout: Layout,
) -> Iterator[Line]:
    numbers = {decision.decision: number for number, decision in enumerate(said.decisions, 1)}
    yield say("Based on at least {floor} answers for everything that is said here.", floor=floor(seats))
    first = discuss_first(said)
    if first:
        yield say(
            "To discuss first: decision {number}. What would have to change in how it is taken?",
            number=numbers[first[0]],
        )
    for heading, chosen in (
        (say("Where we see it differently"), [found for found in said.decisions if contested(found)]),
        (
            say("Where most of us agree with how it is decided"),
            [found for found in said.decisions if agreed(found)],
        ),
        (
            say("Where not enough of us answered to say whether we agree"),
            [found for found in said.decisions if not contested(found) and not agreed(found)],
        ),
    ):
        if chosen:
            yield ""
            yield heading
            for decision in chosen:
                if layout.airy:
                    yield ""
                yield from _decision(decision, numbers[decision.decision], wordings, names, layout)
    yield ""
    yield from legend(seats, opposed=any(map(opposed_partners, said.decisions)))


def _decision(
    decision: PublishedDecision,
    number: int,
    wordings: Mapping[DecisionId, str],
    names: Mapping[PartnerId, str],
    layout: Layout,
) -> Iterator[Line]:
    yield f"{number}. {shortened(wordings[decision.decision], layout.wording)}"
    if isinstance(decision.agreement, AgreementSaid):
        yield agreement_words(decision.agreement.word)
    for level in layout.levels:
        at = partners_at(decision, level)
        if at:
            yield say("{level}: {partners}", level=level_words(level), partners=_named(at, names))
    opposed = opposed_partners(decision)
    if opposed and layout.levels:
        yield say("Views oppose each other on: {partners}", partners=_named(opposed, names))
    wanted = wanted_changes(decision)
    more = [partner for partner, change in wanted.items() if change is Gap.MORE]
    less = [partner for partner, change in wanted.items() if change is Gap.LESS]
    if more:
        yield say("The group would like more say for: {partners}", partners=_named(more, names))
    if less:
        yield say("The group would like less say for: {partners}", partners=_named(less, names))


def _named(partners: Sequence[PartnerId], names: Mapping[PartnerId, str]) -> tuple[Line, ...]:
    return tuple(names[partner] for partner in partners)


def level_words(level: LevelWord) -> Text:
    """How a word for a level is said."""
    match level:
        case LevelWord.HIGH:
            return say("High")
        case LevelWord.MIDDLE:
            return say("Middle")
        case LevelWord.LOW:
            return say("Low")
        case _:
            return say("Mixed")


def agreement_words(word: AgreementWord) -> Text:
    """How a word for agreement is said."""
    match word:
        case AgreementWord.FEW:
            return say("Few agree with how it is decided.")
        case AgreementWord.FEWER_THAN_HALF:
            return say("Fewer than half agree with how it is decided.")
        case AgreementWord.SPLIT:
            return say("Views are split on how it is decided.")
        case AgreementWord.MORE_THAN_HALF:
            return say("More than half agree with how it is decided.")
        case _:
            return say("Most agree with how it is decided.")


def legend(seats: int, *, opposed: bool) -> Iterator[Line]:
    """What the words mean, for the slack that goes with ``seats``, the most seats of one partner.

    Args:
        opposed: whether opposing views are spoken of.
    """
    if seats == 1:
        yield say("Most: all, or all but one or two. Few: nobody, one or two.")
    else:
        yield say(
            "Most: all, or all but at most {slack}. Few: at most {slack}, or nobody.", slack=slack(seats)
        )
    yield say(
        "High: more than half chose 3 or 4. Middle: more than half chose 2. Low: more than half chose 0 or 1. "
        "Mixed: none of these."
    )
    if opposed:
        yield say(
            "Views oppose each other: at least {least} high and at least {least} low.", least=slack(seats)
        )
    yield say("Method: Power Awareness Tool of Partos.")


def shortened(wording: str, most: int) -> str:
    return wording if len(wording) <= most else wording[: most - 1].rstrip() + "…"


def take_part(bot_name: str) -> Choice:
    """The button under group messages that leads to the private chat."""
    return Choice(say("Take part"), url=f"https://t.me/{bot_name}?start=take")
