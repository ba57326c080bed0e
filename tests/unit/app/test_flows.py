"""Which questions a name and a version mean, also beside a newer version of the bot."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import flows
from bot.app.work import Work
from bot.errors import FlowError
from tests.contract.fakes import FakeKeys
from tests.unit.app.village import NOW, setting

PAT = Path("flows/pat.yaml")


def test_a_version_that_a_newer_worker_brought_is_read_from_the_database(
    store: SqlStore, keys: FakeKeys
) -> None:
    newer = PAT.read_text("utf-8").replace("version: 2", "version: 3", 1)

    def look(tx: object) -> None:
        work = Work(tx, NOW, setting(keys))  # type: ignore[arg-type]
        with pytest.raises(FlowError):
            flows.find(work, "pat", 3)
        work.tx.flow_versions.remember("pat", 3, "structure", newer)
        assert flows.find(work, "pat", 3).version == 3
        assert flows.find(work, "pat").version == 2, "new rounds begin with what this worker came with"

    store.run_now(look)
