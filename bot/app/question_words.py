"""How a question to the facilitators and its reply are told."""

from __future__ import annotations

from bot.app.work import Work
from bot.core.questions import Question
from bot.core.text import Line, Text, say


def asker(work: Work, question: Question) -> tuple[Text, ...]:
    """In whose name it was asked; empty without one."""
    partners = work.tx.partnerships.partners(question.partnership)
    return tuple(
        say("{partner} asks:", partner=partner.acronym)
        for partner in partners
        if partner.id == question.partner
    )


def reply_lines(work: Work, question: Question) -> tuple[Line, ...]:
    """Question and reply as they were written, the same for everybody."""
    return (
        *(asker(work, question) or (say("Somebody asks:"),)),
        f"\u201c{question.words}\u201d",
        "",
        say("The facilitators reply:"),
        question.reply or "",
    )
