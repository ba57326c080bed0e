"""Whatever the clock does and whenever it is looked at, each task of a round happens once and in its order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import PartnershipId, RoundId
from bot.core.rounds.due import FORETELLING, REMINDERS, VOTING, Task, due, next_moment, reminders_due
from bot.core.rounds.lifecycle import EXTENSION, Kind, Round, RoundState, may_move

S = RoundState
BEGINNING = datetime(2027, 1, 4, 9, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
DELAY = timedelta(hours=7)
"""Of the digest after the count."""

OPTIONAL = {Task.REMIND, Task.FORETELL}
"""What has lost its meaning when nobody looked before the close."""


class Act(StrEnum):
    """What happens at a moment: somebody looks what is due, or a facilitator makes a move."""

    LOOK = "look"
    VOTE = "vote"
    ASK = "ask"
    EXTEND = "extend"
    FINISH = "finish"


@dataclass
class Watched:
    """A round with a clock; keeps what was done, and when.

    Attributes:
        opened: when the answers were asked for.
        finished: the facilitators ended the meeting themselves.
        looks: moments at which it was looked at what is due while answers were taken, with the end as it was then.
    """

    round: Round
    now: datetime = BEGINNING
    opened: datetime | None = field(init=False)
    finished: bool = False
    diary: list[tuple[Task, datetime]] = field(default_factory=list)
    looks: list[tuple[datetime, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.opened = self.now if self.round.state is S.ANSWERING else None

    def act(self, act: Act) -> None:
        match act:
            case Act.LOOK:
                self._look()
            case Act.VOTE if self.round.state is S.SHAPING and self.round.vote_until is None:
                self.round = replace(self._moved(S.VOTING), vote_until=self.now + VOTING)
            case Act.ASK if self.round.state is S.SHAPING:
                end = self.now + timedelta(days=self.round.answer_days)
                self.round, self.opened = replace(self._moved(S.ANSWERING), answer_until=end), self.now
            case Act.EXTEND if self.round.state is S.ANSWERING and not self.round.extended:
                assert self.round.answer_until is not None
                end = self.round.answer_until + EXTENSION
                self.round = replace(self.round, answer_until=end, extended=True)
            case Act.FINISH if self.round.state is S.MEETING:
                self.round, self.finished = self._moved(S.FOLLOWING), True

    def _look(self) -> None:
        end = self.round.answer_until
        if self.round.state is S.ANSWERING and end is not None and self.now < end:
            self.looks.append((self.now, end))
        while (task := due(self.round, self.now)) is not None:
            self.diary.append((task, self.now))
            self.round = self._done(task)
        assert (moment := next_moment(self.round)) is None or moment > self.now

    def _done(self, task: Task) -> Round:
        """The round after a task, as the clock carries it out."""
        match task:
            case Task.REMIND:
                return replace(self.round, reminded=reminders_due(self.round, self.now))
            case Task.FORETELL:
                return replace(self.round, foretold=True)
            case Task.END_COLLECTING:
                return self._moved(S.SHAPING)
            case Task.END_VOTING:
                return self._moved(S.SHAPING)
            case Task.GIVE_UP_SHAPING:
                return self._moved(S.CANCELLED)
            case Task.CLOSE:
                return self._moved(S.CLOSING)
            case Task.COUNT:
                return replace(self.round, digest_at=self.now + DELAY)
            case Task.POST_DIGEST:
                return self._moved(S.MEETING if self.round.kind is Kind.REFLECTION else S.ARCHIVED)
            case Task.FOLLOW:
                return self._moved(S.FOLLOWING)
            case Task.ARCHIVE:
                return self._moved(S.ARCHIVED)

    def _moved(self, target: RoundState) -> Round:
        assert may_move(self.round.state, target, self.round.kind)
        return replace(self.round, state=target)

    def run_out(self) -> None:
        """Look at each next moment, until nothing is due any more."""
        while (moment := next_moment(self.round)) is not None:
            self.now = max(self.now, moment)
            self._look()


@st.composite
def beginnings(draw: st.DrawFn) -> Round:
    """A round at the moment at which its first window was announced."""
    kind = draw(st.sampled_from(Kind))
    collect_days, answer_days = (draw(st.sampled_from([3, 7, 14, 21, 28])) for _ in range(2))
    collects = kind is Kind.REFLECTION and draw(st.booleans())
    return Round(
        id=RoundId(1),
        partnership=PartnershipId(1),
        kind=kind,
        number=1,
        state=S.COLLECTING if collects else S.ANSWERING,
        moment=None,
        flow="pat",
        flow_version=2,
        collect_days=collect_days,
        answer_days=answer_days,
        collect_until=BEGINNING + timedelta(days=collect_days) if kind is Kind.REFLECTION else None,
        answer_until=None if collects else BEGINNING + timedelta(days=answer_days),
    )


GAPS = st.one_of(
    st.integers(0, 72).map(lambda hours: timedelta(hours=hours)),
    st.integers(0, 60).map(lambda days: timedelta(days=days)),
)
FALLS = st.integers(1, 200).map(lambda hours: -timedelta(hours=hours))
ACTS = st.sampled_from([Act.LOOK] * 5 + list(Act))


@given(beginnings(), st.lists(st.tuples(GAPS | FALLS, ACTS), max_size=25))
def test_each_task_happens_once_and_in_its_order_whatever_the_clock_does(
    begun: Round, course: list[tuple[timedelta, Act]]
) -> None:
    watched = Watched(begun)
    for gap, act in course:
        watched.now += gap
        watched.act(act)
    watched.run_out()
    tasks = [task for task, _ in watched.diary]
    assert [task for task in tasks if task not in OPTIONAL] == expected(begun, watched)
    assert tasks.count(Task.END_VOTING) == (watched.round.vote_until is not None)
    window = {number for number, task in enumerate(tasks) if task in OPTIONAL}
    before, after = (
        [tasks.index(task)] if task in tasks else [] for task in (_last_before_answers(tasks), Task.CLOSE)
    )
    assert window == set(range(before[0] + 1 if before else 0, after[0] if after else 0))
    assert tasks.count(Task.REMIND) == reminders_seen(watched)
    assert tasks.count(Task.FORETELL) == any(now >= end - FORETELLING for now, end in watched.looks)


def _last_before_answers(tasks: list[Task]) -> Task:
    """The task after which answers can be asked for."""
    return Task.END_VOTING if Task.END_VOTING in tasks else Task.END_COLLECTING


def expected(begun: Round, watched: Watched) -> list[Task]:
    """What must happen to a round, given how it began and which moves its facilitators made."""
    collected = [Task.END_COLLECTING] if begun.state is S.COLLECTING else []
    if watched.round.vote_until is not None:
        collected.append(Task.END_VOTING)
    if watched.round.answer_until is None:
        return [*collected, Task.GIVE_UP_SHAPING]
    closed = [*collected, Task.CLOSE, Task.COUNT, Task.POST_DIGEST]
    if begun.kind is not Kind.REFLECTION:
        return closed
    return [*closed, *([] if watched.finished else [Task.FOLLOW]), Task.ARCHIVE]


def reminders_seen(watched: Watched) -> int:
    """At how many looks more reminders were due than at any look before."""
    opened = watched.opened
    counts = [sum(now >= opened + after for after in REMINDERS) for now, _ in watched.looks if opened]
    highest = [max(counts[: number + 1], default=0) for number in range(len(counts))]
    return sum(later > earlier for earlier, later in pairwise([0, *highest]))


@given(beginnings(), st.lists(GAPS, max_size=30))
def test_looking_more_often_than_there_is_something_to_do_changes_nothing(
    begun: Round, gaps: list[timedelta]
) -> None:
    seldom, often = Watched(begun), Watched(begun)
    seldom.run_out()
    extra = BEGINNING
    for gap in gaps:
        extra += gap
        while (moment := next_moment(often.round)) is not None and moment <= extra:
            often.now = moment
            often.act(Act.LOOK)
        often.now = extra
        often.act(Act.LOOK)
        often.act(Act.LOOK)
    often.run_out()
    assert often.diary == seldom.diary
    assert often.round == seldom.round


@given(beginnings())
def test_whoever_looks_in_time_sends_every_reminder_of_the_window_and_foretells_once(begun: Round) -> None:
    watched = Watched(begun)
    if begun.state is S.COLLECTING:
        watched.now += timedelta(days=begun.collect_days)
        watched.act(Act.LOOK)
        watched.act(Act.ASK)
    watched.run_out()
    counted = Counter(task for task, _ in watched.diary)
    assert counted[Task.REMIND] == sum(after < timedelta(days=begun.answer_days) for after in REMINDERS)
    assert counted[Task.FORETELL] == 1


MOMENTS = st.none() | st.datetimes(datetime(2026, 12, 1), datetime(2027, 3, 1), timezones=st.just(UTC))
ROUNDS = st.builds(
    Round,
    id=st.just(RoundId(1)),
    partnership=st.just(PartnershipId(1)),
    kind=st.sampled_from(Kind),
    number=st.just(1),
    state=st.sampled_from(S),
    moment=st.none(),
    flow=st.just("pat"),
    flow_version=st.just(1),
    collect_days=st.integers(1, 28),
    answer_days=st.integers(1, 28),
    collect_until=MOMENTS,
    answer_until=MOMENTS,
    vote_until=MOMENTS,
    extended=st.booleans(),
    digest_at=MOMENTS,
    reminded=st.integers(0, len(REMINDERS)),
    foretold=st.booleans(),
)


@given(ROUNDS, st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_the_next_moment_is_the_first_at_which_something_is_due(round_: Round, away: timedelta) -> None:
    moment = next_moment(round_)
    if moment is None:
        assert due(round_, BEGINNING + away) is None
        return
    assert due(round_, moment) is not None
    assert due(round_, moment - INSTANT) is None
    assert (due(round_, moment + away) is not None) is (away >= timedelta())
