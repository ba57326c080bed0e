"""Every call is counted by its kind and by how it ended, and comes back as it was."""

from __future__ import annotations

import pytest
from telegram.error import NetworkError

from bot.adapters.telegram.counted import CountedRequest, kind_of, outcome_of
from bot.adapters.telegram.request import AiohttpRequest
from tests.unit.telegram.scripted import TOKEN


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ("getUpdates", "poll"),
        ("sendMessage", "send"),
        ("sendDocument", "send"),
        ("editMessageText", "edit"),
        ("deleteMessages", "delete"),
        ("answerCallbackQuery", "toast"),
        ("getMe", "other"),
        ("a file of somebody's.xlsx", "other"),
    ],
)
def test_methods_fall_into_few_kinds(call: str, kind: str) -> None:
    assert kind_of(call) == kind


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "ok"), (429, "wait"), (400, "refused"), (403, "refused"), (500, "lost"), (502, "lost")],
)
def test_a_status_says_how_a_call_ended(status: int, outcome: str) -> None:
    assert outcome_of(status) == outcome


class Answering(AiohttpRequest):
    """Answers without a network."""

    answer: tuple[int, bytes] | None = (200, b"{}")

    async def do_request(self, url: str, method: str, *_: object, **__: object) -> tuple[int, bytes]:  # type: ignore[override]
        if self.answer is None:
            raise NetworkError("connection lost")
        return self.answer


async def test_a_call_comes_back_as_it_was_and_is_counted() -> None:
    seen: list[tuple[str, str]] = []
    inside = Answering()
    counted = CountedRequest(inside, lambda kind, outcome: seen.append((kind, outcome)))
    url = f"https://api.example/bot{TOKEN}/sendMessage"
    assert await counted.do_request(url, "POST") == (200, b"{}")
    inside.answer = (429, b"{}")
    assert await counted.do_request(url, "POST") == (429, b"{}")
    inside.answer = None
    with pytest.raises(NetworkError):
        await counted.do_request(url, "POST")
    assert seen == [("send", "ok"), ("send", "wait"), ("send", "lost")]
    assert counted.read_timeout == inside.read_timeout


def test_answers_are_read_by_the_request_inside() -> None:
    with pytest.raises(NetworkError, match="not the Bot API's"):
        CountedRequest(AiohttpRequest(), lambda *_: None).parse_json_payload(b"<html>")


async def test_an_outage_is_two_lines_in_the_log_and_a_hiccup_is_none(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", logger="bot.telegram")
    inside = Answering()
    counted = CountedRequest(inside, lambda *_: None)
    for statuses in ([502, 502, 200], [502] * 9 + [200, 200]):
        for status in statuses:
            inside.answer = (status, b"{}")
            await counted.do_request(f"https://api.example/bot{TOKEN}/getUpdates", "POST")
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert [record.getMessage() for record in caplog.records] == [
        "Telegram does not answer; nothing is lost, and everything is tried again",
        "Telegram answers again",
    ]
