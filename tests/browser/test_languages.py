"""A round in which everybody reads and types another language, and the group two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="comes with make e2e")

from playwright.sync_api import expect

from bot.app.sayings import agreement_words
from bot.core.figures.words import AgreementWord
from bot.core.text import Figures, say
from tests.browser import story
from tests.browser.page import PlayPage, playing
from tests.browser.readers import CATALOGS, Reader, asked, why

READS = {"Partner A": "fr", "Partner B": "en", "Partner C": "ar", "Partner D": "sw", "Partner E": "bn"}
OF_THE_GROUP = ("ar", "fr")
NAMED = {
    "fr": "Où le puits est creusé",
    "en": "How the budget is shared",
    "ar": "من يتحدث باسم الشراكة",
    "sw": "Nani anaajiriwa",
    "bn": "কোন গ্রাম আগে",
}
"""The decision that each of them names."""
FIRST_ROW = {
    "fr": "42031",
    "en": "4 2 0 3 1",
    "ar": "\u0664\u060c\u0662\u060c\u0660\u060c\u0663\u060c\u0661",
    "sw": "4,2,0,3,1",
    "bn": "৪২০৩১",
}
"""The same levels, as each of them types them; in Arabic with its own commas."""
OTHER_ROWS = ("13204", "22222", "4?110", "30412")
WISH = Figures("3=4")
COMMENT = "সবার আগে গ্রামের মানুষকে জিজ্ঞাসা করুন"
TITLE = say("Digest of round {number}: {partnership}", number=1, partnership="Made-up Alliance")
FINE, DIFFERENTLY = asked("agree", "It is fine"), asked("agree", "I would like it differently")


@pytest.fixture
def page(tmp_path: Path) -> Iterator[PlayPage]:
    """The page of a playground of its own."""
    with playing(tmp_path) as made:
        yield made


@pytest.mark.e2e
def test_a_round_is_played_in_five_languages_and_told_to_the_group_in_two(page: PlayPage) -> None:
    readers = [Reader(page.phone(name), language) for name, language in READS.items()]
    group = [Reader(page.phone(story.GROUP), language) for language in OF_THE_GROUP]
    french, english, arabic, swahili, bengali = readers
    story.set_up(page)
    story.connect_group(page)
    choose_languages_of_the_group(page)
    for reader, (name, line) in zip(readers, story.PARTNERS.items(), strict=True):
        invite(page, reader, name, line.split(" | ")[1])
    open_the_round(page, group)
    for reader in readers:
        name_a_decision(reader)
    open_for_answers(page, group)
    choose_language_and_pictures(french)

    french.type("/answer")
    for reader in (english, arabic, swahili, bengali):
        reader.shows(say("Your questions are ready"))
        reader.press(say("Begin or go on"))
    ask_why(swahili)
    for reader in readers:
        reader.type(FIRST_ROW[reader.language])
    answer_by_tapping(arabic)
    for reader in readers:
        rows = OTHER_ROWS[1:] if reader is arabic else OTHER_ROWS
        reader.type(Figures("\n".join(rows)))
    for reader in (english, bengali):
        reader.press(DIFFERENTLY)
    for reader in readers:
        reader.type(WISH)
    for reader in (french, english, arabic, swahili):
        reader.press(say("Skip"))
    comment(bengali)
    for reader in readers:
        say_that_the_rest_is_fine(reader)
    assert arabic.lines_begun_left() == []
    assert page.overflowing() == []

    page.push("To the next date")
    page.push("To the next date")
    told = [facts(reader, reader.posts(TITLE, times=1).inner_text()) for reader in group]
    told += [facts(reader, own_digest(reader)) for reader in readers]
    assert told == told[:1] * len(told)
    group[0].phone.say("/digest")
    for reader in group:
        assert facts(reader, reader.posts(TITLE, times=2).last.inner_text()) == told[0]
    read_the_comment(page)
    assert page.overflowing() == []
    page.page.set_viewport_size({"width": 360, "height": 740})
    assert page.overflowing() == []
    assert page.errors == []


def choose_languages_of_the_group(page: PlayPage) -> None:
    """The facilitator adds two languages and takes off English."""
    desk = page.phone("Facilitator")
    desk.press("Languages of the group")
    for code, now in (("ar", ("en", "ar")), ("fr", ("en", "ar", "fr")), ("en", OF_THE_GROUP)):
        desk.press(CATALOGS.name(code))
        spoken = tuple(map(CATALOGS.name, now))
        desk.shows(
            CATALOGS.render(
                say("The digest comes once in each of them: {languages}.", languages=spoken), "en"
            )
        )
    desk.press("Back")
    desk.shows("The group is connected")
    desk.press("Invite the partners")
    desk.press("Make the missing invitations")


def invite(page: PlayPage, reader: Reader, name: str, acronym: str) -> None:
    """The notice is read, and agreed to, in the language of the phone."""
    desk = page.phone("Facilitator")
    desk.press(f"Send to {acronym}")
    page.choose_phone(name)
    reader.shows(
        say("You are invited"),
        say("Your answers are confidential. They are not perfectly hidden, because this group is small."),
    )
    reader.press(say("I take part"))
    reader.shows(say("Nothing is waiting for you now."))


def open_the_round(page: PlayPage, group: list[Reader]) -> None:
    desk = page.phone("Facilitator")
    desk.say("/partnerships")
    for label in ("Desk: Made-up Alliance", "Round", "Baseline", "Collect decisions from all: open", "Open"):
        desk.press(label)
    desk.shows("The partners are naming the decisions")
    for reader in group:
        reader.shows(say("A round has opened"))


def name_a_decision(reader: Reader) -> None:
    reader.shows(say("Which decisions in this partnership matter most to you? Name up to five."))
    reader.press(say("Begin or go on"))
    reader.type(NAMED[reader.language])
    reader.shows(say("Send more, one a line, or go on."), NAMED[reader.language])
    reader.press(say("That is all"))
    reader.shows(say("Thank you"))


def open_for_answers(page: PlayPage, group: list[Reader]) -> None:
    """The list of decisions has one of each language and stays as it is."""
    desk = page.phone("Facilitator")
    page.push("To the next date")
    desk.press("The list of decisions")
    desk.shows(*NAMED.values())
    desk.press("Round")
    desk.press("Open for answers")
    desk.shows("The list of decisions is final")
    desk.press("Open for answers")
    desk.shows("The partners are answering.")
    for reader in group:
        reader.shows(say("The questions are open"))


def choose_language_and_pictures(reader: Reader) -> None:
    """Without pictures, to another language and back."""
    reader.type("/language")
    reader.shows(say("Which language would you like to read? Your answers stay as they are."))
    reader.phone.press(reader.read(say("Without pictures on buttons")))
    reader.has_button(say("With pictures on buttons"))
    reader.has_button(say("Home"))
    english = Reader(reader.phone, "en")
    reader.press(CATALOGS.name("en"))
    english.has_button(say("Language"))
    english.press(say("Language"))
    english.press(CATALOGS.name(reader.language))
    reader.has_button(say("Language"))


def ask_why(reader: Reader) -> None:
    reader.press(say("Why do you ask?"))
    reader.shows(why("actual"))
    reader.press(say("Back to the question"))
    reader.shows(asked("scale", "Decides together"))


def answer_by_tapping(reader: Reader) -> None:
    """The second row on the card with buttons; a short word tells what was taken, and the last level goes on."""
    reader.press(say("Buttons"))
    taken = (
        ("PA", 1, "Informed"),
        ("PB", 3, "Decides together"),
        ("PC", 2, "Consulted"),
        ("PD", 0, "Not involved"),
    )
    for row, (name, level, label) in enumerate(taken):
        reader.key(row, level).click()
        expect(reader.phone.toast).to_contain_text(name)
        expect(reader.phone.toast).to_contain_text(reader.read(asked("scale", label)))
    with reader.phone.turn():
        reader.key(4, 4).click()


def comment(reader: Reader) -> None:
    """A few words in the own language, and who may read them."""
    reader.type(COMMENT)
    reader.shows(COMMENT)
    reader.press(asked("audience_rare", "Only the facilitators"))


def say_that_the_rest_is_fine(reader: Reader) -> None:
    for _ in range(len(NAMED) - 1):
        reader.press(FINE)
    reader.shows(say("Your answers"), Figures("4 2 0 3 1"), Figures("4 2 4 3 1"), Figures("4 ? 1 1 0"))
    reader.press(say("Done"))
    reader.shows(say("Thank you"))


def own_digest(reader: Reader) -> str:
    """The digest on a private phone."""
    reader.type("/partnerships")
    reader.press("Made-up Alliance")
    reader.press(say("Digest"))
    reader.shows(TITLE)
    return reader.phone.newest.locator(".text").inner_text()


def facts(reader: Reader, digest: str) -> list[tuple[object, ...]]:
    """What a digest tells under its title, line by line and in no language."""
    agreement = {reader.read(agreement_words(word)): word for word in AgreementWord}
    lines = [line for line in digest.splitlines() if line.strip()]
    title = next(place for place, line in enumerate(lines) if reader.read(TITLE) in line)
    told: list[tuple[object, ...]] = [
        (agreement.get(line), re.findall(r"\bP[A-E]\b", line), sorted(map(int, re.findall(r"\d+", line))))
        for line in lines[title + 1 :]
    ]
    assert {AgreementWord.FEW, AgreementWord.MOST} <= {word for word, _, _ in told}
    return told


def read_the_comment(page: PlayPage) -> None:
    desk = page.phone("Facilitator")
    desk.press("Desk")
    desk.press("Round")
    desk.press("Written to the facilitators")
    desk.shows(COMMENT)
