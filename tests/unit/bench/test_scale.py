"""What an update costs is counted from its transaction to the note that its reply arrived."""

from __future__ import annotations

from pathlib import Path

from bot.bench.report import Scale, scales
from bot.bench.scale import scale


async def test_an_update_takes_as_many_statements_beside_many_partnerships_as_beside_one(
    tmp_path: Path,
) -> None:
    one, many = [await scale(number, tmp_path / str(number)) for number in (1, 50)]
    assert one.statements == many.statements > 0


def test_each_number_of_partnerships_has_a_row() -> None:
    assert scales([Scale(1000, statements=16.25, cpu=0.00678)])[1].split() == ["1,000", "16.25", "6.78"]
