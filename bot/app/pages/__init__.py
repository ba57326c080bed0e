"""Every page of the private chat and of the group, found by path."""

from __future__ import annotations

from bot.app import (
    actions,
    details,
    followup,
    notify,
    partnerships,
    questions,
    shaping,
    splitting,
    statements,
    wordings,
)
from bot.app.behalf import BehalfSitting
from bot.app.drafts import DeskSitting, DeskStage
from bot.app.pages import (
    about,
    action,
    agenda,
    asking,
    checkins,
    connection,
    dates,
    desk,
    desks,
    enrolment,
    export,
    follow,
    gathering,
    group,
    home,
    learned,
    learning,
    measures,
    own,
    pair,
    paper,
    preview,
    pulse,
    rehearse,
    represent,
    rhythms,
    rights,
    rounds,
    settings,
    shape,
    themes,
    thread,
    together,
    voting,
    words,
)
from bot.app.rehearsal import TrialSitting
from bot.app.router import Router, is_number
from bot.app.sheets import RoundSitting
from bot.app.sittings import Sitting
from bot.core.ids import PartnershipId, RoundId, SeatId

PRIVATE_PAGES = Router()
for module in (
    home,
    enrolment,
    represent,
    dates,
    rights,
    desk,
    connection,
    rounds,
    about,
    shape,
    themes,
    thread,
    voting,
    follow,
    action,
    agenda,
    measures,
    checkins,
    rhythms,
    pulse,
    words,
    preview,
    rehearse,
    desks,
    settings,
    together,
    pair,
    asking,
    export,
    own,
    learning,
    paper,
):
    PRIVATE_PAGES.include(module.pages)

GROUP_PAGES = group.pages
GROUP_PAGES.include(gathering.pages)
GROUP_PAGES.include(learned.pages)

DESK: dict[str, DeskStage] = {
    "setup": DeskStage(partnerships.begin_setup, partnerships.set_up, lambda _: "home"),
    "name": DeskStage(details.begin, details.rename, details.page_of),
    "purpose": DeskStage(details.begin, details.set_purpose, details.page_of),
    "place": DeskStage(details.begin, details.set_place, details.page_of),
    "partners": DeskStage(
        partnerships.begin_partners, partnerships.add_partners, lambda subject: f"p/{subject}/partners"
    ),
    "wording": DeskStage(shaping.begin_wording, shaping.reword, lambda subject: f"d/{subject}"),
    "split": DeskStage(splitting.begin, splitting.split, lambda subject: f"d/{subject}"),
    "prompt": DeskStage(wordings.begin_words, wordings.take_words, lambda _: "home"),
    "decisions": DeskStage(
        shaping.begin_decisions, shaping.add_decisions, lambda subject: f"r/{subject}/shape/1"
    ),
    "levels": DeskStage(followup.begin_levels, followup.agree_levels, lambda subject: f"agree/{subject}"),
    "statements": DeskStage(statements.begin, statements.add, lambda subject: f"s/{subject}/statements"),
    "zone": DeskStage(notify.begin_zone, notify.take_zone, lambda _: "time", flow="personal"),
    "action": actions.ACTION,
    "change": actions.CHANGE,
    "question": DeskStage(questions.begin_question, questions.ask, lambda subject: f"m/{subject}"),
    "reply": DeskStage(questions.begin_reply, questions.reply, lambda subject: f"question/{subject}"),
}
"""The forms by the name of their stage, in ``flows/desk.yaml`` unless they name another flow."""


def sitting_at(path: str) -> Sitting | None:
    """The sitting that a path names ("answer/7", "desk/setup/0"), or None for an ordinary page."""
    match path.split("/"):
        case ["answer", number] if is_number(number):
            return RoundSitting(RoundId(int(number)))
        case ["behalf", seat, number] if is_number(seat) and is_number(number):
            return BehalfSitting(SeatId(int(seat)), RoundId(int(number)))
        case ["desk", stage, subject] if stage in DESK and is_number(subject):
            return DeskSitting(stage, int(subject), DESK[stage])
        case ["try", partnership, stage] if is_number(partnership):
            return TrialSitting(PartnershipId(int(partnership)), stage)
        case _:
            return None
