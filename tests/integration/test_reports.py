"""Reports and pictures as people get them: asked for in a chat, sent as files; and by the command."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from bot.__main__ import main
from bot.adapters.playground.chats import Message
from tests.town import Town

ANSWERS = ("42013", "It is fine", "33221", "It is fine", "Done")


async def with_digest(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    for person in town.representatives:
        await town.say(person, "/language")
        await town.tap(person, "!language/en")
        await town.answer(person, *ANSWERS)
    await town.close()


def files(town: Town, chat: int) -> list[Message]:
    return [item for item in town.world.messages(chat) if item.file]


async def test_anybody_in_the_group_has_the_picture_posted_once_a_day(town: Town) -> None:
    await with_digest(town)
    for person in town.representatives[:2]:
        await town.press(person, "Picture", chat=town.group)
    (sent,) = files(town, town.group)
    assert sent.file is not None
    assert (sent.file.name, sent.file.mime) == ("picture-1.png", "image/png")
    assert Image.open(io.BytesIO(sent.file.content)).format == "PNG"
    assert sent.text.startswith("Digest of round 1: Made-up Alliance")
    await town.pass_time(timedelta(days=1))
    await town.press(town.representatives[0], "Picture", chat=town.group)
    assert len(files(town, town.group)) == 2


async def test_a_picture_is_only_of_a_round_of_that_group(town: Town) -> None:
    await with_digest(town)
    for data in ("!picture/999", "!picture/x", "!picture/", "!picture/-1", "picture/1"):
        await town.tap(town.representatives[0], data, message=town.last(town.group).id, chat=town.group)
    assert files(town, town.group) == []


async def test_a_representative_has_the_picture_in_private(town: Town) -> None:
    await with_digest(town)
    person = town.representatives[1]
    await town.tap(person, "m/1/digest/1")
    await town.press(person, "Picture")
    (sent,) = files(town, person)
    assert sent.file is not None
    assert sent.file.name == "picture-1.png"
    assert files(town, town.group) == []


async def test_a_facilitator_has_every_report_in_a_language_of_their_choice(town: Town) -> None:
    await with_digest(town)
    host = town.facilitator
    await town.tap(host, "p/1")
    await town.press(host, "Report")
    for label in ("After the last meeting (PDF)", "Over time, for a review (PDF)", "Table (XLSX)"):
        await town.press(host, label)
    await town.press(host, "Language: English")
    await town.press(host, "Français")
    await town.tap(host, "!p/1/export/csv/fr")
    sent = [item.file for item in files(town, host) if item.file]
    assert [file.name for file in sent] == ["report-1.pdf", "over-time.pdf", "table.xlsx", "table.csv"]
    told = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sent[0].content)).pages)
    assert "Which villages come first" in told
    rows = list(csv.DictReader(io.StringIO(sent[3].content.decode("utf-8-sig"))))
    assert "Élevé" in {row["said"] for row in rows}


async def test_there_is_no_report_and_no_picture_before_the_first_digest(town: Town) -> None:
    await town.set_up(join=True)
    await town.tap(town.facilitator, "p/1")
    assert "Report" not in town.labels(town.facilitator)
    assert "There is no digest yet." in await town.tap(town.facilitator, "p/1/export")
    assert "There is no digest yet." in await town.tap(town.facilitator, "!p/1/export/time/en")
    assert files(town, town.facilitator) == []


async def test_the_command_writes_what_the_chat_sends(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await with_digest(town)
    await town.crash()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", town.settings.database_url)
    assert main(["export"]) == 0
    assert capsys.readouterr().out == "1  Made-up Alliance\n"
    for form in ("pdf", "xlsx", "csv", "png"):
        to = tmp_path / f"out.{form}"
        asked = ["export", "--partnership", "1", "--language", "fr", "--round", "1", "--out", str(to)]
        assert main([*asked, "--format", form]) == 0
        assert to.stat().st_size > 500
    assert main(["export", "--partnership", "2", "--out", str(tmp_path / "none")]) == 1
    assert main(["export", "--partnership", "1", "--round", "7", "--out", str(tmp_path / "none")]) == 1
    assert not (tmp_path / "none").exists()
    await town.come_back()


def test_the_command_wants_a_partnership_and_a_file_or_neither(capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (["--partnership", "1"], ["--out", "report.pdf"]):
        with pytest.raises(SystemExit):
            main(["export", *asked])
        assert "--partnership and --out go together" in capsys.readouterr().err
