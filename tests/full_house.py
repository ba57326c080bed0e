"""A partnership of the largest sizes, for walks that look for what does not fit.

Twelve partners with three seats each, sixty contributions, fifteen decisions and twenty actions, all as long as
they may be.
"""

from __future__ import annotations

from pathlib import Path

from bot.adapters.dates.ics import ics
from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemClock, SystemRandomness
from bot.app.memory import Remarks
from bot.app.ports import Catalogs, Transaction
from bot.app.work import Setting, Work
from bot.core.figures.published import PublishedCell
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord, Withheld
from bot.core.flow.library import load_library
from bot.core.measures import load_measures
from bot.core.partnerships import PartnerKind
from bot.core.rounds.lifecycle import MOST_TO_VOTE_ON
from bot.gallery.house import House
from bot.gallery.script import BEGIN, Given, Member, Script, Words
from tests.contract.fakes import FakeKeys

PARTNERS, SEATS, DECISIONS, ACTIONS, STATEMENTS = 12, 3, 15, 20, 7
NAMED_BY_ONE, CONTRIBUTIONS = 5, 60
RHYTHM = "m6/l/2/19"
"""The last Wednesday of every sixth month, at seven in the evening: all of it long words."""
LISTED = 20
"""Contributions that are not merged into the first."""
ROOT = Path(__file__).parents[1]

ONE_OF_EACH: tuple[LevelSaid | Withheld, ...] = (
    *(LevelSaid(word, opposed=True) for word in LevelWord),
    WITHHELD,
)
LONGEST = Words(
    agreement=((AgreementSaid(AgreementWord.FEWER_THAN_HALF),), (AgreementSaid(AgreementWord.SPLIT),)),
    levels=(
        (
            PublishedCell(
                actual=LevelSaid(LevelWord.LOW, opposed=True),
                desired=LevelSaid(LevelWord.HIGH, opposed=False),
            ),
        ),
        tuple(PublishedCell(actual=said, desired=said) for said in ONE_OF_EACH),
    ),
    progress=((LevelSaid(LevelWord.HIGH, opposed=False),), (LevelSaid(LevelWord.LOW, opposed=True),)),
    practice=(ONE_OF_EACH, (*ONE_OF_EACH[1:], ONE_OF_EACH[0])),
    pulse=((AgreementSaid(AgreementWord.MOST),), (AgreementSaid(AgreementWord.FEWER_THAN_HALF),)),
    named=((Given(actual=(None,), agrees=False, desired=(4,)),),),
)


def largest(letter: str, most_alike: int) -> Script:
    """Everything that people type is made of one letter; so many pages of one kind are looked at."""

    def words(length: int, number: int = 0) -> str:
        """Made-up words of exactly this length; equal numbers give equal words."""
        return f"{number:03} ".ljust(length, letter)[:length]

    named = [words(100, number) for number in range(CONTRIBUTIONS)]
    members = tuple(
        Member(words(60, number), words(12, number), PartnerKind.INTERNATIONAL, SEATS, stand_in=True)
        for number in range(PARTNERS)
    )
    return Script(
        bot_name="b" * 32,
        operator=letter * 60,
        name=words(80),
        purpose=words(200),
        zone="America/Argentina/Buenos_Aires",
        language="en",
        members=members,
        contributions=tuple(
            tuple(named[first : first + NAMED_BY_ONE]) for first in range(0, CONTRIBUTIONS, NAMED_BY_ONE)
        ),
        merged=dict.fromkeys(named[LISTED:], named[0]),
        left_out=frozenset(named[DECISIONS:LISTED]),
        further=tuple(words(100, 300 + number) for number in range(MOST_TO_VOTE_ON - DECISIONS)),
        agreed=(2,),
        actions=tuple(words(200, number) for number in range(ACTIONS)),
        comments=(words(280),) * PARTNERS,
        rhythm=RHYTHM,
        typed={
            "name": words(80),
            "purpose": words(200),
            "zone": "Buenos Aires",
            "partners": "\n".join(f"{one.name} | {one.acronym} | {one.kind}" for one in members),
            "wording": words(100, 99),
            "wordings": "\n".join(words(100, 400 + number) for number in range(4)),
            "vote": "1 2 3 4 5",
            "words": words(300),
            "statements": "\n".join(words(120, 200 + number) for number in range(STATEMENTS)),
            "decisions": "\n".join(words(100, number) for number in range(NAMED_BY_ONE)),
            "actual": "0" * PARTNERS,
            "desired": "4" * PARTNERS,
            "levels": "2" * PARTNERS,
            "comment": words(280),
            "what": words(200),
            "by": "2031-09-30",
            "question": words(280),
            "reply": words(600),
        },
        own_words=words(300),
        unclear=letter * 1000,
        words=LONGEST,
        most_alike=most_alike,
    )


def full_house(
    tx: Transaction, catalogs: Catalogs, keys: FakeKeys, letter: str, *, most_alike: int = PARTNERS
) -> House:
    """The largest partnership, at its beginning."""
    script = largest(letter, most_alike)
    setting = Setting(
        flows=load_library(ROOT / "flows"),
        catalogs=catalogs,
        random=SystemRandomness(),
        keys=keys,
        clock=SystemClock(),
        bot_name=script.bot_name,
        operator=script.operator,
        write_dates=ics,
        reports=FileReports(catalogs),
        measures=load_measures(ROOT / "resources" / "measures.yaml"),
    )
    return House(Work(tx, BEGIN, setting, remarks=Remarks(setting.memory.hear)), script)


def open_store(folder: Path, keys: FakeKeys) -> SqlStore:
    store = SqlStore(database_of(f"sqlite:///{folder / 'bot.db'}"), keys)
    store.start()
    store.migrate()
    return store
