"""A small partnership as there could be one, all of it made up: whose cards are on the page."""

from __future__ import annotations

from bot.core.figures.published import PublishedCell
from bot.core.figures.words import (
    WITHHELD,
    AgreementSaid,
    AgreementWord,
    LevelSaid,
    LevelWord,
    Rung,
    Withheld,
)
from bot.core.partnerships import PartnerKind
from bot.gallery.script import Given, Member, Script, Words

HIGH, MIDDLE, LOW, MIXED = (LevelSaid(word, opposed=False) for word in LevelWord)
OPPOSED = LevelSaid(LevelWord.MIXED, opposed=True)
RUNGS = tuple(LevelSaid(rung, opposed=False) for rung in Rung)
FEW, FEWER, SPLIT, MORE, MOST = map(AgreementSaid, AgreementWord)


def _cell(actual: LevelSaid | Withheld, desired: LevelSaid | Withheld = WITHHELD) -> PublishedCell:
    return PublishedCell(actual=actual, desired=desired)


WORDS = Words(
    agreement=((FEWER, MOST, SPLIT, WITHHELD), (MORE, FEW, MOST, SPLIT)),
    levels=(
        (
            _cell(HIGH, MIDDLE),
            _cell(HIGH),
            _cell(MIDDLE),
            _cell(LOW, HIGH),
            _cell(OPPOSED),
            _cell(LOW, HIGH),
            _cell(WITHHELD),
        ),
        (*(_cell(rung) for rung in RUNGS), _cell(LOW, MIDDLE), _cell(HIGH, LOW)),
    ),
    progress=((HIGH, MIDDLE, WITHHELD), (MIDDLE, LOW, OPPOSED)),
    practice=((HIGH, MIDDLE, LOW, MIXED, WITHHELD), (MIDDLE, MIDDLE, HIGH, OPPOSED, LOW)),
    pulse=((MOST, SPLIT, FEW), (WITHHELD,)),
    named=(
        (
            Given(actual=(4, 3, 1, 2, 0, None), agrees=False, desired=(3, 3, 3, 3, 2, 2)),
            Given(actual=(4, 4, 2, 2, 1, 1), agrees=True),
            Given(actual=(4, 2, 0, 1, 0, 0), agrees=False, desired=(3, 3, 3, 3, 3, 3)),
            Given(actual=(3, 3, 2, None, 1, 1), agrees=None),
            Given(actual=(), agrees=True),
        ),
    ),
)

EXAMPLE = Script(
    bot_name="ExampleBot",
    operator="Example Hosting",
    name="Shared Waters Alliance",
    purpose="Clean water, and a fair say for those who live along the river.",
    zone="Africa/Dakar",
    language="fr",
    members=(
        Member("Maji Yetu Network", "MYN", PartnerKind.NETWORK),
        Member("Stichting Voorbeeld", "STV", PartnerKind.FUNDER, stand_in=True),
        Member("جمعية النهر", "النهر", PartnerKind.LOCAL),
        Member("নদী ও মানুষ", "নদী", PartnerKind.LOCAL),
        Member("Fundación Río Claro", "FRC", PartnerKind.NATIONAL),
        Member("Example International", "EXI", PartnerKind.INTERNATIONAL),
    ),
    contributions=(
        ("Who speaks for us at regional meetings",),
        ("How the yearly budget is divided", "من يتحدث باسمنا في الاجتماعات"),
        ("What the report to the funder says", "Where the office parties take place"),
    ),
    merged={"من يتحدث باسمنا في الاجتماعات": "Who speaks for us at regional meetings"},
    left_out=frozenset({"Where the office parties take place"}),
    further=(
        "Which indicators are measured",
        "Who carries out the review",
        "Which new partners join",
        "What is on the advocacy agenda",
        "Where we meet",
        "Which lessons are shared",
        "من يختار المستشارين",
        "Who signs agreements",
    ),
    agreed=(3, 3, 3, 3, 2, 2),
    actions=(
        "Share the draft budget with all partners a month before it is decided",
        "Take turns in speaking at regional meetings",
    ),
    comments=(
        "We hear of the budget when it is finished. A first sketch would help.",
        "اجتماع قبل القرار يكفينا.",
        "It worked well last year, when we met first.",
    ),
    rhythm="m3/1/1/10",
    typed={
        "name": "Shared Waters Alliance",
        "purpose": "Clean water, and a fair say for those who live along the river.",
        "zone": "Nairobi",
        "partners": "Maji Yetu Network | MYN | network\nجمعية النهر | النهر | local\n"
        "Stichting Voorbeeld | STV | funder",
        "wording": "How the yearly budget is divided among countries",
        "wordings": "How the yearly budget is divided\nHow money left over is used",
        "vote": "1 4 7",
        "words": "Is this true for us at the moment?",
        "statements": "We hear about decisions in time to say something\nMeetings are at hours that suit us\n"
        "When something goes wrong, we can say so",
        "decisions": "Which villages the project starts in",
        "actual": "420031",
        "desired": "433332",
        "levels": "333322",
        "comment": "The plan comes when it is finished. A first sketch two weeks earlier would let us add to it.",
        "what": "Share the draft budget with all partners a month before it is decided",
        "by": "31/3/2031",
        "question": "When will the next round be, and who chose the date?",
        "reply": "We did, and we are sorry. Next time we ask first those who travel, and then everybody else.",
    },
    own_words="Is this true for us at the moment?",
    unclear="Here is a long letter about something else. " * 14,
    words=WORDS,
    most_alike=3,
)
