"""All tables of the database: importing this module is what makes ``metadata`` complete."""

from __future__ import annotations

from bot.adapters.db.answers import ANSWER
from bot.adapters.db.calendar import CHANGED_DATE, PLAN
from bot.adapters.db.comments import COMMENT
from bot.adapters.db.decisions import CONTRIBUTION, DECISION, THREAD
from bot.adapters.db.flow_versions import FLOW_VERSION
from bot.adapters.db.groups import CHAT_ALIAS, CHAT_GROUP
from bot.adapters.db.identity import DRAFT, PERSON, PLACE
from bot.adapters.db.learning import LEARNING_RELEASE
from bot.adapters.db.meetings import ACTION, AGREED_LEVEL
from bot.adapters.db.messages import OUTBOX, POSTED
from bot.adapters.db.notices import NOTICE
from bot.adapters.db.own_flows import OWN_FLOW, OWN_FLOW_VERSION
from bot.adapters.db.pairs import CO_INVITATION, FAREWELL, FAREWELL_WORD
from bot.adapters.db.partnerships import PARTNER, PARTNERSHIP
from bot.adapters.db.presses import PRESS
from bot.adapters.db.questions import QUESTION
from bot.adapters.db.rounds import PUBLISHED, ROSTER, ROUND
from bot.adapters.db.schema import metadata
from bot.adapters.db.seats import FACILITATOR, SEAT, SEATED, SEATED_ON_PAPER
from bot.adapters.db.shapes import UNDO
from bot.adapters.db.updates import PROCESSED_UPDATE, QUARANTINE
from bot.adapters.db.wordings import WORDING

IDENTITY = (
    PERSON,
    PLACE,
    DRAFT,
    CHAT_GROUP,
    CHAT_ALIAS,
    SEAT,
    FACILITATOR,
    SEATED,
    SEATED_ON_PAPER,
    CO_INVITATION,
    FAREWELL,
    FAREWELL_WORD,
    PRESS,
)
ROUNDS = (
    PARTNERSHIP,
    PARTNER,
    ROUND,
    ROSTER,
    PUBLISHED,
    DECISION,
    CONTRIBUTION,
    THREAD,
    UNDO,
    COMMENT,
    AGREED_LEVEL,
    ACTION,
    PLAN,
    CHANGED_DATE,
    FLOW_VERSION,
    OWN_FLOW,
    OWN_FLOW_VERSION,
    WORDING,
    QUESTION,
    LEARNING_RELEASE,
)
ANSWERS = (ANSWER,)
DELIVERY = (NOTICE, OUTBOX, POSTED, PROCESSED_UPDATE, QUARANTINE)

NUMBERED = frozenset(
    name for name, table in metadata.tables.items() if table.autoincrement_column is not None
)
"""Tables whose ids the database chooses; it never chooses one twice."""

__all__ = ["ANSWERS", "DELIVERY", "IDENTITY", "NUMBERED", "ROUNDS", "metadata"]
