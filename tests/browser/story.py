"""A whole round as newcomers play it, in parts; each part ends with words that prove it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.page import Phone, PlayPage
from tests.own_flow import OWN

PARTNERS = {
    "Partner A": "Partner A | PA | funder",
    "Partner B": "Partner B | PB | international",
    "Partner C": "Partner C | PC | local",
    "Partner D": "Partner D | PD | local",
    "Partner E": "Partner E | PE | network",
}
FRENCH, TYPING, HELPED = "Partner A", "Partner B", ("Partner C", "Partner D", "Partner E")
"""Who answers by tapping on a French phone, who by typing, and for whom the playground fills in on phones in other
languages."""

GROUP = "Our partnership"
NUMBERED = "1. PA\n2. PB\n3. PC\n4. PD\n5. PE"
WELL, BUDGET, SPEAKER = "Where the well is dug", "How the budget is shared", "Who speaks in public"
REWORDED = "How the budget is shared between regions"


def set_up(page: PlayPage) -> None:
    """The facilitator names the partnership and its partners."""
    page.hints("send /new")
    desk = page.phone("Facilitator")
    desk.say("/new")
    for asked, answer in (
        ("What is the partnership called?", "Made-up Alliance"),
        ("What do you work on together?", "Clean water for all"),
        ("Which language do most of you share?", "English"),
        ("In which time zone", "Nairobi"),
        ("Which organisations belong to it?", "\n".join(PARTNERS.values())),
    ):
        desk.shows(asked)
        desk.say(answer)
    desk.shows("5. Partner E | PE | network")
    desk.press("That is all")
    desk.shows("Is this right?", "Made-up Alliance", "Clean water for all")
    desk.press("Done")


def connect_group(page: PlayPage) -> None:
    """The button that adds the bot to the group; the group is greeted."""
    desk, group = page.phone("Facilitator"), page.phone(GROUP)
    desk.shows("Connect the group")
    page.hints("connect the group")
    desk.press("Choose the group")
    group.shows("Hello, Made-up Alliance")
    desk.shows("The group is connected")


def invite(page: PlayPage) -> None:
    """One link a seat, each opened on its own phone; two read the notice, the others are helped."""
    desk = page.phone("Facilitator")
    desk.press("Invite the partners")
    page.hints("make the invitations")
    desk.shows("PE, Partner E: not invited yet")
    desk.press("Make the missing invitations")
    desk.shows("One personal link per seat")
    for name, line in PARTNERS.items():
        acronym = line.split(" | ")[1]
        desk.press(f"Send to {acronym}")
        page.choose_phone(name)
        phone = page.phone(name)
        phone.shows("Made-up Alliance", name)
        if name == TYPING:
            phone.shows("Your answers are confidential")
            phone.press("I take part")
            phone.shows("Nothing is waiting for you now")
        elif name == FRENCH:
            phone.press_first()
        else:
            phone.fill()
    page.hints("choose Baseline")


def collect(page: PlayPage) -> None:
    """The round opens; everybody names decisions, two of them by hand."""
    desk, group = page.phone("Facilitator"), page.phone(GROUP)
    desk.say("/partnerships")
    desk.press("Desk: Made-up Alliance")
    desk.shows("Next: start the first round.")
    desk.press("Round")
    desk.press("Baseline")
    desk.shows("There are 5 seats")
    desk.press("Collect decisions from all: open")
    desk.press("Open")
    desk.shows("The partners are naming the decisions")
    group.shows("A round has opened", "5 seats: PA (1)", "only from 5 answers")
    page.hints("Name decisions")

    typing = page.phone(TYPING)
    typing.shows("Your questions are ready", "for Partner B")
    typing.press("Begin or go on")
    typing.shows("Name up to five")
    typing.say(f"{WELL}\n{BUDGET}")
    typing.shows(f"1. {WELL}", f"2. {BUDGET}")
    typing.press("That is all")
    typing.shows("Thank you")

    french = page.phone(FRENCH)
    french.press_first()
    with french.turn():
        french.say(SPEAKER)
    french.shows(f"1. {SPEAKER}")
    with french.turn():
        french.keys.nth(1).click()  # after "Take off 1" comes "That is all"
    for name in HELPED:
        page.phone(name).fill()


def shape(page: PlayPage) -> None:
    """At the end of collecting, the facilitator rewords one decision, merges two and opens for answers."""
    desk = page.phone("Facilitator")
    page.push("To the next date")
    desk.shows("The facilitators are making one list of decisions.")
    page.hints("merge and reword")
    desk.press("The list of decisions")
    number, wordings = _open_decision(desk, BUDGET)
    desk.press("Reword")
    desk.shows("How should it be worded?")
    desk.say(REWORDED)
    desk.shows(REWORDED, "Merge into another")
    desk.press("Decisions")
    desk.shows(f"{number}. {REWORDED}")
    others = [wording for wording in wordings if wording not in {WELL, BUDGET, SPEAKER}]
    _open_decision(desk, others[0])
    desk.press("Merge into another")
    desk.shows("Into which decision?", REWORDED)
    desk.press(_number_of(desk, REWORDED)[0])
    desk.shows("It brings together", f"- {others[0]}")
    desk.press("Decisions")
    for wording in others[1:]:
        _open_decision(desk, wording)
        desk.press("Leave out")
    desk.shows("Tap a number to reword")
    desk.press("Round")
    desk.shows("There are 3 decisions on the list.")
    desk.press("Open for answers")
    desk.shows("The list of decisions is final")
    desk.press("Open for answers")
    desk.shows("The partners are answering.")
    page.phone(GROUP).shows("The questions are open", "3 decisions to look at")


def _open_decision(desk: Phone, wording: str) -> tuple[str, list[str]]:
    """Open a decision by its number on the list. Returns: as ``_number_of``."""
    desk.shows("Tap a number to reword")
    found = _number_of(desk, wording)
    desk.press(found[0])
    desk.shows("Merge into another", wording)
    return found


def _number_of(desk: Phone, wording: str) -> tuple[str, list[str]]:
    """The number of a decision on the list, and all wordings in order."""
    desk.shows(wording)
    lines = desk.newest.locator(".text").inner_text().splitlines()
    numbered = [line.partition(". ") for line in lines if line.partition(".")[0].isdecimal()]
    return next(number for number, _, words in numbered if words == wording), [
        words for _, _, words in numbered
    ]


def begin_by_typing(page: PlayPage) -> None:
    """A row of digits that is too short keeps what is clear and asks for the rest."""
    phone = page.phone(TYPING)
    phone.shows("The decisions are on the table")
    phone.press("Begin or go on")
    phone.shows(NUMBERED, "4 Decides: takes the decision itself")
    phone.say("430")
    phone.shows("Still open: 4. PD and 5. PE")


def answer_by_typing(page: PlayPage) -> None:
    """The rest of the typed answers: rows, a wish, and two decisions that are fine."""
    phone = page.phone(TYPING)
    phone.say("1 -")
    phone.shows("Question 2")
    phone.say("44120")
    phone.shows("Question 3")
    phone.say("22222")
    phone.shows("You said: 1. PA: 4, 2. PB: 3, 3. PC: 0, 4. PD: 1 and 5. PE: ?")
    phone.press("I would like it differently")
    phone.shows("Now: 4 3 0 1 ?")
    phone.say("3=3")
    phone.shows("What would have to change")
    phone.press("Skip")
    phone.shows("Is the way this is decided fine with you?")
    for _ in range(2):
        with phone.turn():
            phone.press("It is fine")
    phone.shows("Here is all you answered", "wished: 4 3 3 1 ?")
    phone.press("Done")
    phone.shows("Thank you", "Everything is kept")
    phone.lacks("44120", "22222", "How is each partner involved")


def begin_by_tapping(page: PlayPage) -> None:
    """The first decision on the French phone, with a button for each level."""
    phone = page.phone(FRENCH)
    phone.press_first()
    phone.shows(NUMBERED)
    with phone.turn():
        phone.keys.last.click()  # "Buttons"
    for column, acronym in enumerate(("PA", "PB", "PC", "PD")):
        phone.newest.locator(".keys div").nth(column).get_by_role("button").nth(4 - column).click()
        phone.toast.get_by_text(f"{acronym}").wait_for()


def answer_by_tapping(page: PlayPage) -> None:
    """The rest of the French phone's answers; what is complete goes on by itself."""
    phone = page.phone(FRENCH)
    with phone.turn():
        phone.newest.locator(".keys div").nth(4).get_by_role("button").nth(2).click()
    for row in ("40000", "12344"):
        with phone.turn():
            phone.say(row)
    for _ in range(3):
        phone.press_first()
    phone.shows("4 3 2 1 2", "4 0 0 0 0", "1 2 3 4 4")
    with phone.turn():
        phone.keys.nth(3).click()  # after the numbers 1 to 3 comes "Done"


def change_an_answer(page: PlayPage) -> None:
    """/mine shows what was given, and it can still be changed."""
    phone = page.phone(TYPING)
    phone.menu("/mine")
    phone.shows("Your answers", "2 2 2 2 2")
    phone.press("Change")
    phone.shows("Here is all you answered")
    phone.press("3")
    phone.shows("Now: 2 2 2 2 2")
    phone.say("1=4")
    phone.shows("Is the way this is decided fine with you?")
    phone.press("Keep")
    phone.shows("Here is all you answered", "4 2 2 2 2")
    phone.press("Done")
    phone.shows("Thank you")


def help_the_others(page: PlayPage) -> None:
    for name in HELPED:
        phone = page.phone(name)
        phone.fill()
        phone.switch_language("English")
        phone.shows("Thank you")


def close(page: PlayPage) -> None:
    """Closed at the announced time; the digest follows in the group, in words."""
    desk, group = page.phone("Facilitator"), page.phone(GROUP)
    page.push("To the next date")
    desk.press("Desk")
    desk.press("Round")
    desk.shows("Closed. The digest comes within half a day")
    page.phone(TYPING).menu("/mine")
    page.phone(TYPING).shows("There is nothing of yours here now")
    page.push("To the next date")
    group.shows("Digest of round 1", "Based on at least 5 answers", "High: more than half chose 3 or 4")
    desk.press("Desk")  # the news comes by itself in the morning; nobody has to wait for it
    desk.press("Round")
    desk.shows("The digest is in the group.")


def meet(page: PlayPage) -> None:
    """The group agreed on levels and an action; everybody can read them, and that they do not count yet."""
    desk, group = page.phone("Facilitator"), page.phone(GROUP)
    desk.press("Record what we agreed")
    desk.shows("Record what the group agreed in its meeting.")
    desk.press("Levels 1")
    desk.press("Record the levels")
    desk.shows("At which level does everybody want each partner")
    desk.say("3333-")
    desk.shows("Levels: proposed")
    desk.press("Add an action")
    desk.shows("Which decision is the action for?")
    desk.press_first()
    desk.say("Share the draft budget with all partners")
    desk.shows("Which organisation takes care of it?")
    desk.press("PB")
    desk.shows("By which day?")
    desk.say("31/3/2035")
    desk.shows("Levels: proposed")
    desk.press("Agreements")
    desk.shows("from now on", "Share the draft budget")
    group.say("/agreements")
    group.shows("What we agreed", "Still open", "Share the draft budget with all partners (PB, by")


def ask_everybody(page: PlayPage) -> None:
    """The meeting ends; everybody is asked in private, one answers, nobody objects, and it counts."""
    desk, group, phone = page.phone("Facilitator"), page.phone(GROUP), page.phone(TYPING)
    desk.press("Desk")
    desk.press("Round")
    desk.press("Record what we agreed")
    desk.press("Finish and tell the group")
    desk.shows("Everybody is asked in private, for 5 days")
    desk.press("Finish and tell the group")
    group.shows("Does this sit well with everybody?", "never who or how many")
    phone.menu("/answer")
    phone.shows("Can you live with it?", "Silence means that you can live with it.")
    phone.press("I can live with it")
    phone.press("I can live with it")
    phone.shows("Here is all you answered")
    phone.press("Done")
    phone.shows("Thank you")
    page.push("To the next date")
    page.push("To the next date")
    group.shows("This counts from now on:", "Share the draft budget with all partners")


def put_check_ins_on_the_calendar(page: PlayPage) -> None:
    """Actions and levels come back every three months, as everybody can see."""
    desk, group = page.phone("Facilitator"), page.phone(GROUP)
    desk.say("/start")
    desk.press("Desk: Made-up Alliance")
    desk.shows("Next: put check-ins on the calendar")
    page.hints("press Check-ins")
    for kind in ("Check-in on the actions", "Check-in on the agreed levels"):
        desk.press("Check-ins")
        desk.press(kind)
        for label in ("Put it on the calendar", "Every 3 months", "first", "Tuesday", "10:00"):
            desk.press(label)
        desk.shows("Every 3 months: first Tuesday of the month, 10:00.")
    group.say("/next")
    group.shows("Tuesday", "10:00 (Nairobi): Check-in on the actions and Check-in on the agreed levels")


def send_own_questions(page: PlayPage) -> None:
    """The facilitator sends a file with questions, and one that is none."""
    desk = page.phone("Facilitator")
    desk.say("/partnerships")
    for label, shown in (
        ("Desk: Made-up Alliance", "Desk"),
        ("Settings", "Purpose"),
        ("Own questions", "a file"),
    ):
        desk.press(label)
        desk.shows(shown)
    desk.send("questions.yaml", OWN.encode())
    desk.shows("How we run the office together.", "To change them, send the new file here.")
    desk.send("picture.png", b"made-up")
    desk.shows("whose name ends in .yaml")


def let_a_year_pass(page: PlayPage) -> None:
    """Within a minute the check-ins of a year are answered, and their digests stand in the group."""
    group = page.phone(GROUP)
    page.push("A whole year", seconds=60)
    group.showed("How far our actions are: Made-up Alliance", times=3)
    group.showed("What we agreed, in practice: Made-up Alliance", times=3)


def switch_a_language(page: PlayPage) -> None:
    """A phone changes its language; it keeps its commands, which the bot then answers."""
    phone = page.phone("Partner E")
    phone.switch_language("Français")
    with phone.turn():
        phone.menu("/privacy")


def read_the_page_in_another_language(page: PlayPage) -> None:
    """The page itself speaks Arabic, from right to left, remembers it, and comes back to English."""
    root = page.page.locator("html")
    page.speak("العربية")
    expect(root).to_have_attribute("dir", "rtl")
    page.page.reload()
    expect(root).to_have_attribute("lang", "ar")
    page.speak("English")
    expect(root).to_have_attribute("dir", "ltr")
    page.phone("Facilitator").root.wait_for()
