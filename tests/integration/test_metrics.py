"""What somebody reads every fifteen seconds at ``/metrics`` while one small partnership uses the bot."""

from __future__ import annotations

from tests.town import PARTNERS, Town


def said(town: Town) -> list[str]:
    """The page without memory, of which the process of all tests has as much as it likes."""
    lines = town.machine.metrics.text().decode().splitlines()
    return [line for line in lines if not line.startswith(("bot_memory", "bot_last_tick"))]


async def test_a_whole_round_of_answers_does_not_move_it(town: Town) -> None:
    await town.set_up(partners=PARTNERS, join=True)
    await town.ask_for_levels(["Which villages come first"])
    before = said(town)
    for person in town.representatives:
        await town.answer(person, "43210", "2")
        assert said(town) == before
    assert "bot_telegram_reachable 1.0" in before
    assert 'bot_problems_total{level="error"} 0.0' in before
    assert 'bot_updates_total{outcome="handled"} 0.0' in before
