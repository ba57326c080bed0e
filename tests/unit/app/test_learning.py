"""What partnerships share, when it is released, and what it is read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import learning
from bot.app.learned import learned_lines
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES
from bot.app.ports import What
from bot.core.figures.words import AgreementSaid, AgreementWord
from bot.core.rounds.lifecycle import Mode
from bot.core.rounds.themes import Theme
from bot.errors import Refusal
from tests.unit.app.commons import (
    BEFORE,
    CALM,
    CONTESTED,
    MOST,
    NO_WISH,
    NOTHING,
    SPRING,
    SUMMER,
    WISH,
    Commons,
    common,
)
from tests.unit.app.hamlet import queued, told

DAY = timedelta(days=1)
RISK = Theme.RISK


def rendered(commons: Commons, now: Any) -> str:
    work = commons.at(now)
    return "\n".join(work.setting.catalogs.render(line, "en") for line in learned_lines(work))


def test_five_partnerships_are_enough_and_four_are_not(store: SqlStore) -> None:
    common(store, lambda commons: _equal(commons.told(SPRING), MOST))
    common(store, lambda commons: _equal(commons.told(SPRING), NOTHING), partnerships=4)


def _equal(one: object, other: object) -> None:
    assert one == other


def test_before_anybody_shares_there_is_no_release(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        assert commons.told(SPRING) == NOTHING
        assert commons.tx.learning.last(SUMMER) is None

    common(store, play, partnerships=0)


def test_a_release_comes_at_its_moment_once_and_stays_until_the_next(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        commons.told(SPRING - DAY)
        assert commons.tx.learning.last(SUMMER) is None, "everybody shares only since the first quarter"
        commons.told(SPRING)
        first = commons.tx.learning.all()
        assert [one.at for one in first] == [SPRING]
        for partnership in commons.partnerships:
            commons.reflect(partnership, {RISK: [CALM]}, ended=SPRING)
        commons.told(SUMMER - DAY)
        assert commons.tx.learning.all() == first
        calm = AgreementSaid(AgreementWord.FEW)
        assert commons.told(SUMMER + DAY).contested == calm, "looked at late, it is the same release"
        assert [one.at for one in commons.tx.learning.all()] == [SPRING, SUMMER]

    common(store, play)


def test_of_several_missed_quarters_only_the_last_is_caught_up(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        commons.told(SPRING)
        later = SUMMER + 200 * DAY
        commons.told(later)
        commons.told(later + DAY)
        assert [one.at.month for one in commons.tx.learning.all()] == [4, 1]

    common(store, play)


def test_who_begins_to_share_after_a_moment_counts_from_the_next(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        made = commons.add(shares=False)
        commons.reflect(made, {RISK: [CONTESTED]}, cell=WISH)
        learning.share(commons.at(SPRING + DAY), commons.facilitators[-1], made)
        assert commons.told(SPRING + 2 * DAY) == NOTHING
        assert commons.told(SUMMER) == MOST

    common(store, play, partnerships=4)


def test_taking_it_back_holds_from_the_next_release_and_what_was_released_stays(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        assert commons.told(SPRING) == MOST
        learning.stop(commons.at(SPRING + DAY), commons.facilitators[0], commons.partnerships[0])
        assert commons.told(SPRING + 2 * DAY) == MOST
        assert commons.told(SUMMER) == NOTHING
        assert "Nothing can be told yet" in rendered(commons, SUMMER)
        first, second = learning.all_told(commons.at(SUMMER))
        assert (first.words.themes[RISK], second.words.themes[RISK]) == (MOST, NOTHING)

    common(store, play)


def test_who_took_part_is_forgotten_with_the_next_release(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        commons.told(SPRING)
        commons.told(SUMMER)
        assert [one.members is None for one in commons.tx.learning.all()] == [True, False]

    common(store, play)


def _open(commons: Commons) -> None:
    """An open round has no words, so it cannot count."""
    found = commons.tx.rounds.get(commons.reflect(commons.partnerships[0], {RISK: [CALM]}))
    assert found is not None
    commons.tx.rounds.save(replace(found, mode=Mode.OPEN))


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        (lambda c: c.reflect(c.partnerships[0], {RISK: [CALM]}), True),
        (lambda c: c.reflect(c.partnerships[0], {RISK: [CALM]}, posted=False), False),
        (lambda c: c.reflect(c.partnerships[0], {Theme.COMMUNITY: [CALM]}), False),
        (lambda c: c.reflect(c.partnerships[0], {RISK: [CALM]}, flow="funding_streams"), True),
        (lambda c: c.reflect(c.partnerships[0], {RISK: [CALM]}, flow="risk_sharing"), False),
        (lambda c: c.reflect(c.partnerships[0], {RISK: [CALM]}, flow="own_1"), False),
        (lambda c: c.reflect(c.partnerships[0], {None: [CALM]}), False),
        (lambda c: c.reflect(c.partnerships[0], {RISK: [CALM]}, ended=SPRING - 732 * DAY), False),
        (_open, False),
    ],
    ids=[
        "newest",
        "not posted yet",
        "another theme",
        "asks the same",
        "plans",
        "own questions",
        "no theme",
        "too long ago",
        "open",
    ],
)
def test_the_newest_confidential_round_that_decided_something_about_a_theme_counts(
    store: SqlStore, more: Callable[[Commons], object], counts: bool
) -> None:
    def play(commons: Commons) -> None:
        for place in (3, 4):
            commons.reflect(commons.partnerships[place], {RISK: [CALM]})
        more(commons)
        word = commons.told(SPRING).contested
        assert isinstance(word, AgreementSaid)
        assert word.word is (AgreementWord.FEW if counts else AgreementWord.MOST)

    common(store, play)


def test_old_rounds_stop_to_count(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        assert commons.told(SPRING) == MOST
        assert commons.told(SPRING + 800 * DAY) == NOTHING

    common(store, play)


@pytest.mark.parametrize("as_a_member", [False, True])
def test_who_belongs_to_several_partnerships_is_counted_with_all_of_them(
    store: SqlStore, as_a_member: bool
) -> None:
    def play(commons: Commons) -> None:
        own = commons.facilitators[0]
        for partnership in commons.partnerships[1:2]:
            if as_a_member:
                partner = commons.tx.partnerships.partners(partnership)[0].id
                commons.tx.partnerships.bind(commons.tx.partnerships.add_seat(partner), own)
            else:
                commons.tx.partnerships.add_facilitator(partnership, own)
        assert commons.told(SPRING) == NOTHING, "two of one person need seven"
        for _ in range(2):
            commons.reflect(commons.add(), {RISK: [CONTESTED]}, cell=WISH)
        assert commons.told(SUMMER) == MOST
        assert "at least 7 partnerships" in rendered(commons, SUMMER)

    common(store, play)


def test_a_partnership_that_adds_nothing_makes_no_difference(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        commons.add(facilitator=commons.facilitators[0])
        assert commons.told(SPRING) == MOST

    common(store, play)


def test_nothing_but_published_words_goes_in(store: SqlStore) -> None:
    """Two worlds with equal words and themes give equal releases, whatever else is different in them."""
    found: list[list[tuple[Any, str]]] = []

    def play(commons: Commons, *, otherwise: bool) -> None:
        if otherwise:
            for partnership in commons.partnerships:
                made = commons.tx.partnerships.get(partnership)
                commons.tx.partnerships.save(replace(made, name="Another name", purpose="Another purpose"))
                for round_ in commons.tx.rounds.of_partnership(partnership):
                    for decision in commons.tx.rounds.decisions(round_.id):
                        commons.tx.rounds.save_decision(replace(decision, wording="Other words"))
                    commons.tx.rounds.freeze_roster(
                        round_.id, {one.id: 3 for one in commons.tx.partnerships.partners(partnership)}
                    )
                    commons.tx.rounds.save(replace(round_, seated=11, extended=True, reminded=2))
        for now in (SPRING, SUMMER):
            commons.told(now)
        found.append([(one.at, one.words) for one in commons.tx.learning.all()])

    common(store, lambda commons: play(commons, otherwise=False))
    common(store, lambda commons: play(commons, otherwise=True))
    assert found[0] == found[1]


def test_a_release_holds_no_name_wording_or_id(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        commons.told(SPRING)
        (stored,) = commons.tx.learning.all()
        assert set(stored.words) <= set('{}":,_ abcdefghijklmnopqrstuvwxyz1'), (
            "words and the one c, no other figure"
        )
        assert "Made-up" not in stored.words + (stored.members or "")

    common(store, play)


def test_sharing_is_told_to_the_group_once_and_so_is_its_end(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        work, (partnership,), (person,) = commons.at(BEFORE), commons.partnerships, commons.facilitators
        for act in (learning.share, learning.share, learning.stop, learning.stop):
            act(work, person, partnership)
        posts = [row.path for row in queued(commons.tx, BEFORE) if row.what is What.POST]
        assert posts == ["sharing/begins", "sharing/ends"]
        group = commons.tx.groups.get(commons.tx.partnerships.get(partnership).group)
        for path in posts:
            found = GROUP_PAGES.find(path)
            assert found is not None
            found[0](work, group)

    common(store, play, partnerships=1)


def test_the_other_facilitator_hears_of_it(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        (partnership,), (person,) = commons.partnerships, commons.facilitators
        other = commons.tx.people.add(3999, language="en")
        commons.tx.partnerships.add_facilitator(partnership, other)
        learning.stop(commons.at(BEFORE), other, partnership)
        page = f"p/{partnership}/learning"
        heard = told(commons.tx, BEFORE) + [
            (person, one.path) for one in commons.tx.notices.due(person, BEFORE + DAY)
        ]
        assert heard == [(person, page)]

    common(store, play, partnerships=1)


def test_without_a_group_that_could_read_it_nothing_is_shared(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        made = commons.add(shares=False)
        commons.tx.partnerships.save(replace(commons.tx.partnerships.get(made), group=None))
        with pytest.raises(Refusal, match="connect the Telegram group"):
            learning.share(commons.at(BEFORE), commons.facilitators[0], made)
        assert commons.tx.partnerships.sharing(SUMMER.date()) == ()

    common(store, play, partnerships=0)


def test_the_page_tells_themes_from_the_most_to_the_least_contested(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        for partnership in commons.partnerships:
            said = {RISK: [CONTESTED], Theme.AGENDA_SETTING: [CALM], Theme.FUNDING_STREAMS: [CALM]}
            commons.reflect(partnership, said, cell=NO_WISH)
        commons.told(SPRING)
        assert rendered(commons, SPRING + DAY).splitlines() == [
            "Partnerships that share learn from each other: where not everybody agrees, and where more say is wished "
            "for.",
            "Released on 1 April 2027, from at least 5 partnerships.",
            "",
            "Not everybody agrees with how it is decided:",
            "In most partnerships: Risk",
            "In few partnerships: Funding streams and Agenda setting",
            "",
            "More say is wished for:",
            "In more than half of the partnerships, for no partner: Funding streams, Risk and Agenda setting",
            "",
            "Nothing can be told of: Accountability, Monitoring, Representation, Partnership building and Community",
            "A partnership counts where at least half of its decisions on a theme are contested.",
            "Most: all, or all but at most 2. Few: at most 2, or none.",
            "A word changes only when more changed than those who joined, left or reflected anew could explain. "
            "The same word as last time does not mean that nothing changed.",
            "Next release: 1 July 2027.",
            "Method: Power Awareness Tool of Partos.",
        ]

    common(store, play)


def test_before_the_first_release_it_says_what_is_missing(store: SqlStore) -> None:
    def play(commons: Commons) -> None:
        found = PRIVATE_PAGES.find("learning")
        assert found is not None
        assert "it takes at least 5 partnerships" in rendered(commons, BEFORE)
        assert "Next release: 1 April 2027." in rendered(commons, BEFORE)

    common(store, play, partnerships=1)
