"""What a decision is about: eight themes, by which measures that others took are found."""

from __future__ import annotations

from enum import StrEnum

from bot.core.text import Text, say


class Theme(StrEnum):
    """What a decision is about; the facilitators may say so."""

    FUNDING_STREAMS = "funding_streams"
    RISK = "risk"
    AGENDA_SETTING = "agenda_setting"
    ACCOUNTABILITY = "accountability"
    MONITORING = "monitoring"
    REPRESENTATION = "representation"
    PARTNERSHIP_BUILDING = "partnership_building"
    COMMUNITY = "community"


THEME_NAMES: dict[Theme, Text] = {
    Theme.FUNDING_STREAMS: say("Funding streams"),
    Theme.RISK: say("Risk"),
    Theme.AGENDA_SETTING: say("Agenda setting"),
    Theme.ACCOUNTABILITY: say("Accountability"),
    Theme.MONITORING: say("Monitoring"),
    Theme.REPRESENTATION: say("Representation"),
    Theme.PARTNERSHIP_BUILDING: say("Partnership building"),
    Theme.COMMUNITY: say("Community"),
}
"""What the themes are called."""
