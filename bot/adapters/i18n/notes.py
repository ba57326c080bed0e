"""Notes for translators: the comments that stand with every message in the catalogs and the spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from babel.messages.catalog import Message

from bot.adapters.i18n.files import PLACEHOLDER

WHAT, WHERE = "What: ", "Where: "
MOST_PLACES = 4
"""So many tell enough of a text that stands nearly everywhere, such as "Back"."""

PLACEHOLDERS = {
    "acronym": "short name of a partner, as its people wrote it",
    "action": "an agreed action, in people's own words",
    "agrees": "whether they agree, a text of its own: “fine”",
    "answer": "what somebody answered",
    "bot": "name of the bot on Telegram",
    "button": "the words on a button",
    "change": "what was done to the list of decisions, a text of its own: “Merge”",
    "command": "a command, which stays as it is: “/answer”",
    "count": "a number; it decides the plural form",
    "current": "the wording as it is now, in people's own words",
    "date": "a day: “3 April 2027”",
    "days": "a number of days: a figure, or a text of its own such as “14 days”",
    "decision": "a decision of the partnership, in people's own words",
    "example": "an example of what to type: “420031”",
    "fill_in": "the words on a button of the playground: “Fill in for me”",
    "first": "the first of two texts",
    "floor": "number of answers below which nothing is shown",
    "given": "the number that was given",
    "group_language": "name of the group's language",
    "high": "the highest level, a digit",
    "keep": "the words on a button",
    "kinds": "list of the kinds of organisations",
    "label": "name of a level: “Consulted”",
    "language": "name of a language",
    "languages": "names of languages, as a list",
    "least": "the smallest number allowed",
    "level": "name of a level, or a word for it: “Consulted”, “High”",
    "levels": "levels in a row, or a list of them",
    "low": "the lowest level, a digit",
    "meaning": "what a level means",
    "moment": "when in a programme: “Mid-term”",
    "most": "the largest number allowed",
    "name": "name of an organisation, or of what the sentence is about",
    "names": "list of names",
    "needed": "the number that is needed",
    "next": "what comes next, a text of its own: “next on Saturday, 21 November 2026, 19:39 (Nairobi)”",
    "next_button": "the words on the button to press then",
    "number": "a number in a list",
    "open": "numbers of what is still open: “5, 6”",
    "operator": "name of those who run the bot",
    "original": "the wording it was translated from, in people's own words",
    "own_language": "name of the language somebody reads",
    "owner": "short name of the partner that does it",
    "partner": "short name of a partner",
    "partners": "short names of partners, as a list",
    "partnership": "name of the partnership",
    "problems": "what is wrong in a file, line by line, in English",
    "progress": "how far an action is, a text of its own: “more than half say it is done”",
    "proposal": "what a meeting proposed: an action, or levels for a decision, in people's own words",
    "purpose": "what a partnership works on, in people's own words",
    "question": "what somebody asked, in their own words",
    "reference": "letters and digits by which a mistake is found",
    "row": "a decision, in people's own words",
    "seats": "list of seats",
    "second": "the second of two texts",
    "since": "a day: “3 April 2027”",
    "slack": "a small number: how many may differ",
    "state": "how far something is, a text of its own: “invited”",
    "statement": "a statement, in the facilitators' own words",
    "status": "how far an action is: “On the way”",
    "theme": "what a decision is about: “Risk”",
    "themes": "names of themes, as a list: “Risk and Accountability”",
    "time": "a time of day: “19:39”",
    "title": "title of a page or a report, as it is there",
    "total": "how many there are in all, a number",
    "value": "a level, a digit",
    "week": "which such weekday of a month: “first”",
    "weekday": "a day of the week: “Tuesday”",
    "what": "what the sentence is about: an action or a kind of round",
    "when": "a day and a time, and whose clocks: “Saturday, 21 November 2026, 19:39 (Nairobi)”",
    "where": "an address on the web",
    "which": "name of a partnership or of a round",
    "wording": "wording of a decision, in people's own words",
    "words": "what somebody wrote, in their own words",
    "zone": "a city, by whose clocks times are said: “Nairobi”",
}
"""What the bot puts in for a placeholder, wherever it stands; ``tests/unit/i18n`` holds the list complete."""


def what(purpose: str) -> str:
    """The note that says what a text is."""
    return WHAT + purpose


def where(place: str) -> str:
    """The note that says where people meet a text."""
    return WHERE + place


def in_order(message: Message) -> list[str]:
    """The notes of a message: what its author wrote, what it is, where it stands, what its placeholders are.

    They do not depend on the order of texts in a file, so that moving one changes no catalog.
    """
    given = list(dict.fromkeys(message.auto_comments))
    purposes = sorted(note for note in given if note.startswith(WHAT))
    places = sorted(note for note in given if note.startswith(WHERE))
    written = [note for note in given if not note.startswith((WHAT, WHERE))]
    if len(places) > MOST_PLACES:
        places = [*places[:MOST_PLACES], where("and elsewhere")]
    return [*written, *purposes, *places, *explained(message)]


def explained(message: Message) -> list[str]:
    """A line for each placeholder of a message that has an explanation, as they come in it."""
    return [f"{{{name}}}: {PLACEHOLDERS[name]}" for name in placeholders(message) if name in PLACEHOLDERS]


def placeholders(message: Message) -> Iterable[str]:
    """Names of a message's placeholders, as they come in it."""
    sources = (message.id,) if isinstance(message.id, str) else message.id
    return dict.fromkeys(name for source in sources for name in PLACEHOLDER.findall(source))
