"""Everything in an export is a function of the published words (reference on anonymity, 3.4, R8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.db.store import SqlStore
from bot.app.work import Work
from bot.bench.reported import Past
from bot.core.figures.published import publish
from bot.core.figures.tally import Tally
from bot.core.figures.words import AgreementCounts, LevelCounts, agreement_word, level_word
from bot.core.ids import PartnershipId
from bot.core.rounds.lifecycle import Kind, RoundState
from tests.unit.app.village import NOW
from tests.unit.reports.archive import REPORTS, Composed, composed

CELLS = 4


def _histograms() -> Iterator[LevelCounts]:
    for counts in product(range(10), repeat=5):
        if sum(counts) < 10:
            a, b, c, d, e = counts
            yield a, b, c, d, e


def _alike() -> tuple[list[list[LevelCounts]], list[list[AgreementCounts]]]:
    """Counts of up to nine answers that are said in the same words."""
    levels: defaultdict[object, list[LevelCounts]] = defaultdict(list)
    agreements: defaultdict[object, list[AgreementCounts]] = defaultdict(list)
    for counts in _histograms():
        levels[level_word(counts, seats=1)].append(counts)
    for no, yes in product(range(10), repeat=2):
        if no + yes < 10:
            agreements[agreement_word(no, yes, seats=1)].append((no, yes))
    return list(levels.values()), list(agreements.values())


LEVELS, AGREEMENTS = _alike()


def two_of(groups: list[list[LevelCounts]]) -> st.SearchStrategy[tuple[LevelCounts, LevelCounts]]:
    return st.sampled_from(groups).flatmap(
        lambda group: st.tuples(st.sampled_from(group), st.sampled_from(group))
    )


PAIRS = st.lists(two_of(LEVELS), min_size=2 * CELLS, max_size=2 * CELLS)
AGREE = st.lists(
    st.sampled_from(AGREEMENTS).flatmap(
        lambda group: st.tuples(st.sampled_from(group), st.sampled_from(group))
    ),
    min_size=2,
    max_size=2,
)


def world(store: SqlStore, levels: list[LevelCounts], agreements: list[AgreementCounts]) -> Composed:
    """A partnership whose last round was counted from these answers."""

    def close(work: Work, partnership: PartnershipId) -> None:
        tx = work.tx
        made = tx.rounds.add(
            partnership,
            kind=Kind.REFLECTION,
            moment=None,
            flow="pat",
            flow_version=2,
            collect_days=7,
            answer_days=7,
        )
        tx.rounds.save(replace(made, state=RoundState.MEETING, answer_until=NOW, posted=True))
        decisions = tuple(tx.rounds.add_decision(made.id, f"Made-up decision {name}") for name in "AB")
        partners = tuple(partner.id for partner in tx.partnerships.partners(partnership))
        cells = list(product(decisions, partners))
        counted = Tally(
            decisions=decisions,
            partners=partners,
            actual=dict(zip(cells, levels[:CELLS], strict=True)),
            desired=dict(zip(cells, levels[CELLS:], strict=True)),
            agreement=dict(zip(decisions, agreements, strict=True)),
        )
        tx.rounds.publish(made.id, publish(counted, seats=1).model_dump_json())

    return composed(store, Past(partners=2, decisions=2, rounds=1), more=close)


@given(PAIRS, AGREE)
@settings(max_examples=25)
def test_equal_words_give_equal_exports_whatever_was_counted(
    archive: SqlStore,
    levels: list[tuple[LevelCounts, LevelCounts]],
    agreements: list[tuple[AgreementCounts, AgreementCounts]],
) -> None:
    one, other = (
        world(archive, [pair[place] for pair in levels], [pair[place] for pair in agreements])
        for place in (0, 1)
    )
    assert (one.after, one.over, one.matrix) == (other.after, other.over, other.matrix)
    assert REPORTS.csv(one.workbook.records, "en") == REPORTS.csv(other.workbook.records, "en")
    assert REPORTS.xlsx(one.workbook, "en") == REPORTS.xlsx(other.workbook, "en")


def test_equal_words_give_equal_files(archive: SqlStore) -> None:
    groups = [max(LEVELS, key=len)] * (2 * CELLS)
    one, other = (
        world(archive, [group[place] for group in groups], [max(AGREEMENTS, key=len)[place]] * 2)
        for place in (0, -1)
    )
    assert REPORTS.pdf(one.after, "en") == REPORTS.pdf(other.after, "en")
    assert REPORTS.png(one.matrix, "en") == REPORTS.png(other.matrix, "en")


@pytest.mark.parametrize("place", [0, 1])
def test_other_words_do_show(archive: SqlStore, place: int) -> None:
    levels = [LEVELS[0][0]] * (2 * CELLS)
    changed = [(9, 0, 0, 0, 0) if number == place else one for number, one in enumerate(levels)]
    agreements = [AGREEMENTS[0][0]] * 2
    one, other = (world(archive, found, agreements) for found in (levels, changed))
    assert one.after != other.after
