"""The desk on the facilitator's phone: finding a partnership among many, changing what was set up."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.app import planning
from bot.app.work import Work
from bot.core.ids import PartnershipId
from tests.town import Town

MANY = 20


def twenty(work: Work, account: int) -> None:
    """Make the person facilitate twenty partnerships."""
    person = work.tx.people.find(account)
    assert person is not None
    for number in range(MANY):
        name = f"Made-up Network {number:02}" if number % 2 else f"Élan fictif {number:02}"
        made = work.tx.partnerships.add(name=name, purpose="Clean water", language="en", zone="UTC")
        work.tx.partnerships.add_facilitator(made, person)


async def at_home(town: Town) -> int:
    person = town.facilitator
    await town.say(person, "/start")
    await town.ask(twenty, person)
    await town.say(person, "/partnerships")
    return person


async def test_somebody_with_twenty_partnerships_turns_over_a_list_in_the_order_of_names(town: Town) -> None:
    person = await at_home(town)
    assert "20 desks" in town.labels(person)
    await town.press(person, "20 desks")
    seen = [*town.labels(person)[:8]]
    while "Further" in town.labels(person):
        await town.press(person, "Further")
        seen += [label for label in town.labels(person) if label[-2:].isdigit()]
    assert len(set(seen)) == MANY
    assert seen == [f"Élan fictif {number:02}" for number in range(0, MANY, 2)] + [
        f"Made-up Network {number:02}" for number in range(1, MANY, 2)
    ]


async def test_a_part_of_a_name_finds_a_desk_however_it_is_typed(town: Town) -> None:
    person = await at_home(town)
    await town.press(person, "20 desks")
    assert "Made-up Network 07" in await town.say(person, "NETWORK  07")
    await town.say(person, "/partnerships")
    await town.press(person, "20 desks")
    await town.say(person, "network 1")
    assert [label for label in town.labels(person) if "Network" in label] == [
        f"Made-up Network {number}" for number in (11, 13, 15, 17, 19)
    ]
    assert "None of your partnerships" in await town.say(person, "Atlantis")
    assert "Élan fictif 04" in await town.say(person, "elan fictif 04")


async def test_what_was_set_up_can_be_changed(town: Town) -> None:
    await town.set_up()
    person = town.facilitator
    await town.tap(person, "p/1/settings")
    await town.press(person, "Name")
    assert "Name: Another made-up name" in await town.say(person, "Another made-up name")
    await town.press(person, "Purpose")
    assert "Purpose: Safe roads" in await town.say(person, "Safe roads")
    await town.press(person, "Time zone")
    assert "Jakarta" in await town.say(person, "Jakarta")
    await town.press(person, "Language")
    assert "Language of invitations: Français" in await town.press(person, "Français")


async def test_dates_on_the_calendar_keep_their_hour_when_the_partnership_moves(town: Town) -> None:
    await town.set_up(join=True)
    person = town.facilitator
    await town.tap(person, "desk/statements/1")
    await town.say(person, "We hear in time")
    await town.press(person, "That is all")
    await town.tap(person, "!c/1/pulse/set/m3/l/1/9")
    before = await town.ask(_due)
    await town.tap(person, "desk/place/1")
    await town.say(person, "Lisbon")
    after = await town.ask(_due)
    assert after - before == timedelta(hours=2)


async def test_a_list_of_partners_is_added_at_once_and_can_be_taken_back(town: Town) -> None:
    await town.set_up()
    person = town.facilitator
    await town.tap(person, "desk/partners/1")
    await town.say(person, "Partner X | PX | local\nPartner Y | PY | national\nPartner Z")
    text = await town.press(person, "That is all")
    assert "PX (Partner X), PY (Partner Y)" in text
    text = await town.press(person, "Undo")
    assert "PE, Partner E" in text
    assert "Partner X" not in text


async def test_nothing_is_taken_back_once_an_invitation_is_out(town: Town) -> None:
    await town.set_up()
    person = town.facilitator
    await town.tap(person, "desk/partners/1")
    await town.say(person, "Partner X | PX | local")
    await town.press(person, "That is all")
    added = town.last(person).id
    await town.tap(person, "!p/1/invite")
    await town.tap(person, "!p/1/added/6/6", added)
    assert "cannot be undone any more" in town.text(person)
    assert "Partner X" in await town.tap(person, "p/1/partners")


async def test_a_name_that_is_there_twice_is_refused_with_the_name(town: Town) -> None:
    await town.set_up()
    person = town.facilitator
    await town.tap(person, "desk/partners/1")
    assert "px is taken already" in await town.say(person, "Partner X | PX\nPartner W | px")
    await town.say(person, "Another one | PA")
    assert "PA is already there" in await town.press(person, "That is all")


async def test_a_partnership_set_up_by_mistake_can_be_removed_until_somebody_knows_of_it(town: Town) -> None:
    person = town.facilitator
    for text in ("/new", "Made-up Mistake", "Clean water", "English", "Nairobi"):
        await town.say(person, text)
    await town.say(person, "Partner A\nPartner B\nPartner C")
    for label in ("That is all", "Done"):
        await town.press(person, label)
    await town.tap(person, "p/1/settings")
    await town.press(person, "Remove this partnership")
    await town.press(person, "Remove this partnership")
    assert "Desk: Made-up Mistake" not in town.labels(person)
    await town.set_up()
    await town.tap(person, "p/2/settings")
    assert "Remove this partnership" not in town.labels(person)
    await town.tap(person, "!p/2/discard")
    assert "cannot be undone any more" in town.text(person)


def _due(work: Work) -> datetime:
    """When the next pulse is to open."""
    (found,) = planning.dates(work, PartnershipId(1), each=1)
    return found.coming.at
