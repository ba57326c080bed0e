"""What a database holds after a day: answers, handled updates, messages left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, text

from bot.adapters.db.databases import database_of
from bot.adapters.db.glance import undelivered
from bot.adapters.db.updates import PROCESSED_UPDATE, QUARANTINE
from bot.adapters.system import SystemClock
from bot.app.sheets import STAGES
from bot.app.work import Work
from bot.bench import verify
from bot.bench.behaviour import Answers, Plan
from bot.bench.phones import Json
from bot.bench.stores import serving
from bot.core.flow.session import from_json
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import RoundState
from bot.settings import Settings

STAGE = STAGES[RoundState.ANSWERING]
STEPS = frozenset({"actual", "agree", "desired"})


def size(settings: Settings) -> float:
    """Of the database in MB (10^6 bytes), its log of writes included where it is a file."""
    database = database_of(settings.database)
    if database.file is None:
        with database.glance() as connection:
            return (
                float(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
                / 1e6
            )
    files = (database.file, database.file.with_name(f"{database.file.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists()) / 1e6


def problems(settings: Settings, day: Json) -> list[str]:
    """What is wrong with updates and messages; look before anybody opens the database to write.

    Args:
        day: as ``Day.passes`` tells it.
    """
    database = database_of(settings.database)
    with database.glance() as connection:
        handled = list(connection.execute(select(PROCESSED_UPDATE.c.id)).scalars())
        aside = list(connection.execute(select(QUARANTINE.c.id)).scalars())
    found = verify.unhandled(day["updates"], handled)
    found += [f"update {number} is in the quarantine" for number in aside]
    messages = undelivered(database, SystemClock().now())
    doubtful = messages.doubtful["call"]
    if day["uncalled"] > doubtful:
        found.append(f"{day['uncalled']} calls never came, and only {doubtful} are in doubt")
    if messages.given_up:
        found.append(f"messages were given up: {', '.join(sorted(messages.given_up))}")
    return found


async def differences(settings: Settings, plans: Mapping[int, Plan], rounds: Sequence[RoundId]) -> list[str]:
    """Compare all that was given with all that is kept.

    Args:
        plans: by account, in the order of the rounds.
    """
    accounts = list(plans)
    each = len(accounts) // len(rounds)
    found: list[str] = []
    with serving(settings, SystemClock()) as service:
        for place, round_id in enumerate(rounds):
            given = {
                account: plans[account].answers for account in accounts[place * each : (place + 1) * each]
            }
            kept, sheets = await service.run(_kept, round_id, list(given))
            found += verify.differences(given, kept, sheets)
    return found


def _kept(
    work: Work, round_id: RoundId, accounts: Sequence[int]
) -> tuple[dict[int, Answers | None], list[Answers]]:
    """The sheets of these accounts, and all that the round counts."""
    places = {f"d{decision.id}": place for place, decision in enumerate(work.tx.rounds.decisions(round_id))}
    kept: dict[int, Answers | None] = {}
    for account in accounts:
        person = work.tx.people.find(account)
        sheet = None if person is None else work.tx.sheets.load(round_id, person, STAGE)
        kept[account] = None if sheet is None else _read(sheet, places)
    return kept, [_read(sheet, places) for sheet in work.tx.sheets.all(round_id, STAGE)]


def _read(sheet: bytes, places: Mapping[str, int]) -> Answers:
    """What a sheet says, by step and place of the decision."""
    found: Answers = {}
    for key, value in from_json(sheet.decode()).answers.items():
        step, _, decision = key.partition("/")
        if step in STEPS:
            levels = value.values() if isinstance(value, dict) else None
            row = (
                None if levels is None else "".join("?" if level is None else str(level) for level in levels)
            )
            found[f"{step}/{places[decision]}"] = str(value) if row is None else row
    return found
