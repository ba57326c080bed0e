"""Sessions that an older bot wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.core.flow.session import SCHEMA, from_json
from bot.core.text import Text, say, say_count, say_in
from bot.errors import StoreError
from tests.unit.flow.talk import begin_pat


def written_before(notice: dict[str, Any] | None) -> str:
    """A session of schema 1, which kept a notice by the names of its parts."""
    return json.dumps(json.loads(begin_pat().session.to_json()) | {"schema_version": 1, "notice": notice})


def old(text: str, **args: Any) -> dict[str, Any]:
    return {"msgid": text, "args": args, "context": None, "plural": None}


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (None, None),
        (old("Please tap a button."), say("Please tap a button.")),
        (old("{given} of {name}", given=3, name="A"), say("{given} of {name}", given=3, name="A")),
        (old("Open") | {"context": "state"}, say_in("state", "Open")),
        (
            old("{count} day", count=2) | {"plural": "{count} days"},
            say_count("{count} day", "{count} days", 2),
        ),
        (
            old("Still open: {open}.", open=["A", old("{n} B", n=2)]),
            say("Still open: {open}.", open=("A", say("{n} B", n=2))),
        ),
        (old("{day}", day="2027-04-03"), say("{day}", day="2027-04-03")),
    ],
)
def test_a_notice_is_read_as_it_was_written_before(notice: dict[str, Any] | None, text: Text | None) -> None:
    session = from_json(written_before(notice))
    assert session.notice == text
    assert session.schema_version == SCHEMA
    assert from_json(session.to_json()) == session


def test_everything_else_of_an_older_session_stays_as_it_was() -> None:
    talk = begin_pat(2, 3)
    talk.say("42")
    notice = old("Still open: {open}.", open=["3 Partner C"])
    before = json.loads(talk.session.to_json()) | {"schema_version": 1, "notice": notice}
    after = from_json(json.dumps(before))
    assert after == talk.session.changed(notice=say("Still open: {open}.", open=("3 Partner C",)))


@pytest.mark.parametrize("notice", [{"msgid": "A"}, {"t": "A", "a": {}}, old("{a}", a=None), [1]])
def test_a_notice_that_nobody_wrote_is_an_error_without_its_content(notice: Any) -> None:
    with pytest.raises(StoreError, match="cannot be read") as raised:
        from_json(written_before(notice))
    assert "Partner" not in str(raised.value)
