"""What the use cases need from the world, as protocols that the adapters fulfil.

A ``Transaction`` covers one person and one update. It is handed to plain functions by the store, which commits
when the function returns and rolls back when it raises; nothing in it waits for a network.
"""

from __future__ import annotations

from bot.app.ports.delivery import Delivery, Lane, Notice, Notices, Outbox, OutboxRow, What
from bot.app.ports.facilitation import Pairs, Presses, Questions
from bot.app.ports.learning import Learning, Release
from bot.app.ports.partnerships import Groups, Partnerships, Wordings
from bot.app.ports.people import Attention, Drafts, People, Place
from bot.app.ports.rounds import Calendar, Comments, Rounds, Sheets
from bot.app.ports.store import FlowVersions, OwnFlow, OwnFlows, Store, Transaction
from bot.app.ports.world import Catalogs, Clock, DatesFile, KeyStore, Randomness, Reports

__all__ = [
    "Attention",
    "Calendar",
    "Catalogs",
    "Clock",
    "Comments",
    "DatesFile",
    "Delivery",
    "Drafts",
    "FlowVersions",
    "Groups",
    "KeyStore",
    "Lane",
    "Learning",
    "Notice",
    "Notices",
    "Outbox",
    "OutboxRow",
    "OwnFlow",
    "OwnFlows",
    "Pairs",
    "Partnerships",
    "People",
    "Place",
    "Presses",
    "Questions",
    "Randomness",
    "Release",
    "Reports",
    "Rounds",
    "Sheets",
    "Store",
    "Transaction",
    "What",
    "Wordings",
]
