"""A partnership's own questions, sent as a file to the bot: what is taken, what is refused, and who may."""

from __future__ import annotations

import logging

import pytest

from bot.app.documents import is_welcome
from bot.app.work import Work
from bot.core.ids import OwnFlowId, PartnershipId
from tests.own_flow import OWN
from tests.town import Town

ONLY_TEXT = "I can only read text and buttons."


async def send(town: Town, person: int, content: str | bytes, name: str = "office.yaml") -> str:
    """Send a file; returns what is read then."""
    raw = content if isinstance(content, bytes) else content.encode()
    town.world.send_document(person, name, raw)
    await town.settle()
    return town.text(person)


async def at_the_page(town: Town) -> int:
    """A facilitator on the page that takes files."""
    await town.set_up(join=True)
    await town.tap(town.facilitator, "p/1/settings")
    assert "There are none yet." in await town.press(town.facilitator, "Own questions")
    return town.facilitator


def sources(work: Work) -> list[tuple[int, int, str]]:
    return [(kept.id, kept.version, kept.source) for kept in work.tx.own_flows.of(PartnershipId(1))]


async def test_own_questions_are_looked_at_used_in_a_round_and_outlive_a_restart(town: Town) -> None:
    person = await at_the_page(town)
    shown = await send(town, person, OWN)
    assert "Our office\nHow we run the office together." in shown
    assert "1. What should we look at in the office?" in shown
    await town.press(person, "Preview")
    seen = [town.text(person)]
    while "Further" in town.labels(person):
        seen.append(await town.press(person, "Further"))
    assert any("Whose word counts?" in card for card in seen)

    await town.tap(person, "!p/1/new/baseline")
    number = (await town.round()).id  # a preview may have used up ids
    await town.tap(person, f"r/{number}/about")
    await town.press(person, "Our office")
    assert "What the round is about: Our office" in town.labels(person)
    await town.press(person, "We bring the decisions ourselves")
    await town.tap(person, f"r/{number}/shape/1")
    assert "2. Who keeps the keys" in await town.press(person, "Add the suggested ones")
    await town.tap(person, f"!r/{number}/ask")
    await town.crash()
    await town.come_back()
    for representative in town.representatives:
        await town.answer(representative, "43000\n43000")
        await town.press_at(representative, -1, 0)
    await town.close()
    digest = town.posts("Digest of round 1")[-1]
    assert "What the round is about: Our office" in digest
    assert "1. Who may open the office\nHigh: PA and PB\nLow: PC, PD and PE" in digest
    assert "decided" not in digest


async def test_a_new_file_replaces_the_old_one_and_a_round_that_began_stays_with_its_own(town: Town) -> None:
    person = await at_the_page(town)
    await send(town, person, OWN)
    await town.tap(person, "p/1/flow/1")
    assert "Whose voice counts?" in await send(town, person, OWN.replace("Whose word", "Whose voice"))
    assert [(number, version) for number, version, _ in await town.ask(sources)] == [(1, 2)]

    await town.tap(person, "!p/1/new/baseline")
    await town.tap(person, "!r/1/flow/own_1")
    await town.tap(person, "p/1/flow/1")
    other = OWN.replace("        unknown: true\n", "")
    assert "Whose word counts?" in await send(town, person, other)
    assert (await town.round()).flow_version == 3, "a draft takes the newest"
    await town.tap(person, "!r/1/bring")
    await town.tap(person, "p/1/flow/1")
    assert "While a round is open" in await send(town, person, OWN)
    await town.tap(person, "!p/1/flow/1/remove")
    assert "A round uses these questions" in town.text(person)
    await town.tap(person, "!r/1/cancel")
    await town.tap(person, "!p/1/flow/1/remove")
    assert await town.ask(sources) == []
    assert "Cancelled" in await town.tap(person, "r/1")


async def test_an_id_is_never_used_again(town: Town) -> None:
    person = await at_the_page(town)
    await send(town, person, OWN)
    await town.tap(person, "!p/1/flow/1/remove")
    await send(town, person, OWN)
    assert [number for number, _, _ in await town.ask(sources)] == [2]


async def test_there_is_room_for_five(town: Town) -> None:
    person = await at_the_page(town)
    for _ in range(5):
        await town.tap(person, "p/1/flows")
        await send(town, person, OWN)
    await town.tap(person, "p/1/flows")
    assert "There is room for 5." in await send(town, person, OWN)
    assert len(await town.ask(sources)) == 5


DEEP = f"{OWN}more: {'[' * 5000}"
BAD: dict[str, tuple[str | bytes, str]] = {
    "not UTF-8": (b"title: \xff\xfe", "1:1: is not UTF-8"),
    "not YAML": ("title: [", "2:1: "),
    "empty": ("", "1:1: Input should be a valid dictionary"),
    "a list": ("[a, b]", "1:1: Input should be a valid dictionary"),
    "an alias": (OWN.replace("title: Our office", "title: &a Our office"), "3:8: anchors and aliases"),
    "a tag": (OWN.replace("Our office", "!!python/object/apply:os.system [id]"), "3:8: tags are not used"),
    "deep nesting": (DEEP, "is nested deeper than 20 times"),
    "10,000 keys": ("".join(f"k{number}:\n" for number in range(7000)), "has more than 4000 parts"),
    "wrong types": (OWN.replace("version: 1", "version: {a: b}"), "2:10: version: Input should be"),
    "an unknown step": (OWN.replace("id: actual", "id: weather"), "weather would be read by nobody"),
    "an unknown type": (OWN.replace("type: matrix", "type: riddle"), "has an unknown type"),
    "not for rounds": (OWN.replace("use: round\n", ""), "write use: round"),
    "a claim to be comparable": (OWN.replace("use: round", "use: round\ncompares_with: pat"), "leave it out"),
    "another scale": (OWN.replace("    - {value: 4, label: The last word}\n", ""), "levels in a round are 0"),
    "something unseen": (OWN.replace("Our office", '"Our \\u202E office"'), "cannot be seen"),
    "a format": (OWN.replace("{row}", "{row:>99999999}"), "between { and } stands a name alone"),
    "a reach for more": (OWN.replace("{row}", "{row.__class__}"), "nothing provides {row.__class__}"),
}


@pytest.mark.parametrize("first", range(4), ids=lambda first: ", ".join([*BAD][first::4]))
async def test_a_file_with_mistakes_is_refused_with_their_places(
    town: Town, first: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Every fourth of them in one town: more at once are not taken in."""
    caplog.set_level(logging.DEBUG)
    person = await at_the_page(town)
    for what in [*BAD][first::4]:
        content, complaint = BAD[what]
        shown = await send(town, person, content)
        assert "Please correct the file and send it again" in shown, what
        assert complaint in shown
        assert "Own questions" in shown, "the page stays"
    assert await town.ask(sources) == []
    assert "office" not in "".join(
        record.getMessage() for record in caplog.records if "bot" in record.name.split(".")
    )


async def test_five_problems_are_told_at_a_time(town: Town) -> None:
    person = await at_the_page(town)
    shown = await send(town, person, OWN + "".join(f"strange{number}: 1\n" for number in range(9)))
    assert shown.count("is not known here") == 5


@pytest.mark.parametrize(
    ("name", "content"),
    [("office.yaml", b"#" * 65_537), ("office.pdf", OWN.encode()), ("yaml", OWN.encode())],
)
async def test_what_is_too_large_or_something_else_is_not_even_fetched(
    town: Town, name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await at_the_page(town)
    fetched: list[str] = []
    monkeypatch.setattr(town.standin, "file", lambda path: fetched.append(path) or (404, b""))
    assert "whose name ends in .yaml, of at most 64 kB" in await send(town, person, content, name)
    assert fetched == []


async def test_a_size_that_is_not_told_is_taken_for_too_large(town: Town) -> None:
    person = await at_the_page(town)
    assert await town.ask(is_welcome, person, name="office.yaml", size=100)
    assert not await town.ask(is_welcome, person, name="office.yaml", size=None)
    assert not await town.ask(is_welcome, person, name=None, size=100)


async def test_on_any_other_page_a_file_is_nothing_to_read(town: Town) -> None:
    person = await at_the_page(town)
    await town.tap(person, "p/1")
    assert ONLY_TEXT in await send(town, person, OWN)
    assert await town.ask(sources) == []


async def test_only_facilitators_of_the_partnership_may_send_and_see_them(town: Town) -> None:
    facilitator = await at_the_page(town)
    await send(town, facilitator, OWN)
    stranger = town.world.add_person("Made-up Stranger")
    await town.say(stranger, "/start")
    for person in (stranger, town.representatives[1]):
        for path in ("p/1/flows", "p/1/flow/1", "p/1/flow/1/remove", "!p/1/flow/1/remove"):
            assert "Our office" not in await town.tap(person, path)
            assert ONLY_TEXT in await send(town, person, OWN.replace("Our office", "Theirs"))
    assert [source for _, _, source in await town.ask(sources)] == [OWN]


async def test_who_no_longer_facilitates_may_not_send_any_more(town: Town) -> None:
    person = await at_the_page(town)

    def leave(work: Work) -> None:
        found = work.tx.people.find(person)
        assert found is not None
        work.tx.partnerships.remove_facilitator(PartnershipId(1), found)

    await town.ask(leave)
    assert ONLY_TEXT in await send(town, person, OWN)
    assert await town.ask(sources) == []


async def test_questions_of_one_partnership_are_not_there_for_another(town: Town) -> None:
    person = await at_the_page(town)

    def another(work: Work) -> OwnFlowId:
        made = work.tx.partnerships.add(name="Another", purpose="", language="en", zone="UTC")
        return work.tx.own_flows.add(made, OWN.replace("Our office", "Their office"))

    number = await town.ask(another)
    assert "Their office" not in await town.tap(person, f"p/1/flow/{number}")
    await town.tap(person, "!p/1/new/baseline")
    assert "Their office" not in await town.tap(person, "r/1/about")
    await town.tap(person, f"!r/1/flow/own_{number}")
    assert (await town.round()).flow == "pat"


async def test_a_file_that_comes_twice_is_taken_once(town: Town) -> None:
    person = await at_the_page(town)
    await send(town, person, OWN)
    await town.tap(person, "p/1/flows")
    town.world.redeliver(town.world.last_update - 1)
    await town.settle()
    assert len(await town.ask(sources)) == 1
