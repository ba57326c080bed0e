"""Which keys the clock looks at."""

from __future__ import annotations

from bot.app.outlived import Outlived
from bot.core.ids import RoundId

ONE, TWO, THREE = RoundId(1), RoundId(2), RoundId(3)


def looked_around(*existing: RoundId) -> Outlived:
    """One that has looked at every key there was at the start."""
    outlived = Outlived()
    outlived.looked_at(outlived.among(existing))
    return outlived


def test_after_a_start_every_key_is_looked_at_and_later_only_what_was_noted() -> None:
    outlived = Outlived()
    assert outlived.among([ONE, TWO]) == {ONE, TWO}
    outlived.looked_at(frozenset({ONE, TWO}))
    assert outlived.among([ONE, TWO, THREE]) == frozenset()
    outlived.note(TWO)
    assert outlived.among([ONE, TWO, THREE]) == {TWO}


def test_what_was_dealt_with_is_not_looked_at_again() -> None:
    outlived = looked_around(ONE)
    outlived.note(ONE)
    outlived.looked_at(outlived.among([ONE]))
    assert outlived.among([ONE]) == frozenset()


def test_a_look_that_was_interrupted_is_taken_up_again() -> None:
    outlived = Outlived()
    assert outlived.among([ONE]) == {ONE}
    assert outlived.among([ONE]) == {ONE}
    outlived.looked_at(frozenset({ONE}))
    outlived.note(TWO)
    outlived.among([TWO])
    outlived.note(THREE)
    assert outlived.among([TWO, THREE]) == {TWO, THREE}


def test_what_is_noted_during_a_look_waits_for_the_next_one() -> None:
    outlived = looked_around()
    outlived.note(ONE)
    found = outlived.among([ONE])
    outlived.note(TWO)
    outlived.looked_at(found)
    assert outlived.among([ONE, TWO]) == {TWO}


def test_when_something_may_have_been_missed_all_are_looked_at_also_if_a_look_is_under_way() -> None:
    outlived = looked_around(ONE)
    outlived.note(ONE)
    found = outlived.among([ONE, TWO])
    outlived.look_at_all()
    outlived.looked_at(found)
    assert outlived.among([ONE, TWO]) == {ONE, TWO}


def test_a_round_that_moves_on_while_it_is_looked_at_is_looked_at_again() -> None:
    outlived = looked_around()
    outlived.note(ONE)  # it opened
    found = outlived.among([ONE])  # and needs its key, says the database
    outlived.note(ONE)  # it is cancelled before that is dealt with
    outlived.looked_at(found)
    assert outlived.among([ONE]) == {ONE}


def test_what_was_noted_before_the_first_look_is_part_of_it() -> None:
    outlived = Outlived()
    outlived.note(TWO)
    assert outlived.among([ONE]) == {ONE, TWO}
