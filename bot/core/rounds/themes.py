"""What decisions are about, in the words of those who work in partnerships."""

from __future__ import annotations

from enum import StrEnum

from bot.core.text import Text, say


class Theme(StrEnum):
    """What a decision is about; the facilitators may say so, and nothing depends on it."""

    FUNDING = "funding"
    RISK = "risk"
    AGENDA = "agenda"
    ACCOUNTABILITY = "accountability"
    MONITORING = "monitoring"
    REPRESENTATION = "representation"
    BUILDING = "building"
    COMMUNITY = "community"


THEME_NAMES: dict[Theme, Text] = {
    Theme.FUNDING: say("Funding streams"),
    Theme.RISK: say("Risk"),
    Theme.AGENDA: say("Agenda setting"),
    Theme.ACCOUNTABILITY: say("Accountability"),
    Theme.MONITORING: say("Monitoring"),
    Theme.REPRESENTATION: say("Representation"),
    Theme.BUILDING: say("Partnership building"),
    Theme.COMMUNITY: say("Community"),
}
