"""The two facilitators of a partnership: inviting, handing over, leaving, and going on without a silent one."""

from __future__ import annotations

from bot.app import facilitators, links
from bot.app.access import facilitated
from bot.app.pages.confirming import confirm
from bot.app.pages.home import HOME
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.facilitation import TIME_TO_ANSWER, Farewell
from bot.core.ids import PartnershipId, PersonId
from bot.core.partnerships import Partnership
from bot.core.text import Line, Text, say

pages = Router()

MEANS = say(
    "Two facilitators have equal rights. A round opens, and what a meeting agreed goes to the group, only when both "
    "want it. Neither of them ever sees who answered."
)


@pages.page("p/{partnership_id}/pair")
def pair(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Who facilitates, without names, and what can be changed about it."""
    partnership = facilitated(work, person, partnership_id)
    where = f"p/{partnership.id}/pair"
    is_alone = not facilitators.others_of(work, person, partnership.id)
    body: list[Line] = [
        say("You facilitate alone.") if is_alone else say("You and one more person facilitate."),
        MEANS,
    ]
    rows: list[Row] = []
    proposed = work.tx.pairs.farewell(partnership.id)
    if proposed is not None:
        body.append(_farewell_words(partnership, proposed, is_mine=proposed.person == person))
    if proposed is not None and proposed.person == person:
        rows = [(Choice(say("Stay"), f"!{where}/end"), Choice(say("Leave"), f"{where}/leave"))]
        return Card(say("Co-facilitator"), tuple(body), (*rows, _desk(partnership)), numbered=True)
    invitation = work.tx.pairs.invitation(partnership.id)
    if invitation is not None and invitation.expires > work.now:
        until = invitation.expires.astimezone(partnership.clock)
        body.append(say("An invitation to facilitate can be used until {when}.", when=until))
        rows.append((Choice(say("Withdraw the invitation"), f"!{where}/withdraw"),))
    if is_alone:
        rows.append((Choice(say("Invite a second facilitator"), f"!{where}/invite"),))
    rows.append((Choice(say("Hand over to somebody else"), f"!{where}/hand"),))
    if not is_alone:
        rows.append((Choice(say("Leave"), f"{where}/leave"),))
        if proposed is None:
            rows.append((Choice(say("The other one cannot be reached"), f"{where}/other"),))
        else:
            rows.append((Choice(say("Take it back"), f"!{where}/end"),))
    return Card(say("Co-facilitator"), tuple(body), (*rows, _desk(partnership)), numbered=True)


def _farewell_words(partnership: Partnership, proposed: Farewell, *, is_mine: bool) -> Text:
    when = (proposed.since + TIME_TO_ANSWER).astimezone(partnership.clock)
    if is_mine:
        return say(
            "The other facilitator could not reach you and proposes to go on alone. Please say whether you stay. "
            "From {when} on, people of two partners may confirm it.",
            when=when,
        )
    return say(
        "You proposed to go on alone. Until {when} the other facilitator can say that they stay; after that, people "
        "of two partners are asked to confirm it.",
        when=when,
    )


def _desk(partnership: Partnership) -> Row:
    return (Choice(say("Desk"), f"p/{partnership.id}"),)


@pages.action("p/{partnership_id}/pair/invite")
def invite(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    token = facilitators.invite(work, person, partnership_id, replaces=False)
    return f"p/{partnership_id}/pair/link/{token}"


@pages.action("p/{partnership_id}/pair/hand")
def hand_over(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    token = facilitators.invite(work, person, partnership_id, replaces=True)
    return f"p/{partnership_id}/pair/link/{token}"


@pages.page("p/{partnership_id}/pair/link/{token:s}")
def link(work: Work, person: PersonId, partnership_id: PartnershipId, token: str) -> Card:
    """The link to facilitate, for one person. Shown once: only its hash is stored."""
    partnership = facilitated(work, person, partnership_id)
    address = links.address_of(work, token)
    text = say("You are invited to facilitate our partnership. This link is for you alone.")
    share = links.sharing(work, address, text, partnership.language)
    body: list[Line] = [
        say(
            "Send this link to one person only; the first who opens it can take it up. It works for 7 days, "
            "but not while a round is open."
        ),
        address,
    ]
    invitation = work.tx.pairs.invitation(partnership.id)
    if invitation is not None and invitation.replaces:
        body.append(say("When it is taken up, whoever made it no longer facilitates."))
    return Card(
        say("Invitations"),
        tuple(body),
        (
            (Choice(say("Send it"), url=share), Choice(say("Copy it"), copy=address)),
            (Choice(say("Co-facilitator"), f"p/{partnership.id}/pair"),),
        ),
    )


@pages.action("p/{partnership_id}/pair/withdraw")
def withdraw(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    facilitators.withdraw(work, person, partnership_id)
    return f"p/{partnership_id}/pair"


@pages.page("joining/{partnership_id}")
def joining(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """What the role is, for whoever opened the link first."""
    facilitators.invitation_to(work, person, partnership_id)
    name = work.tx.partnerships.get(partnership_id).name
    return Card(
        say("You are invited"),
        (
            say("You are asked to facilitate {partnership}.", partnership=name),
            say(
                "A facilitator guides the rounds: opens them, makes one list of decisions, records what the group "
                "agreed. Facilitators are neutral, and see no answer before the group does."
            ),
            MEANS,
        ),
        ((Choice(say("I take it on"), f"!joining/{partnership_id}"), Choice(say("Not now"), "home")),),
        numbered=True,
    )


@pages.action("joining/{partnership_id}")
def take_up(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    facilitators.take_up(work, person, partnership_id)
    return f"p/{partnership_id}"


@pages.page("p/{partnership_id}/pair/leave")
def confirm_leave(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Ask once more before a facilitator leaves."""
    partnership = facilitated(work, person, partnership_id)
    return confirm(
        say("You would no longer see or change anything here. To return you need a new invitation."),
        Choice(say("Leave"), f"!p/{partnership.id}/pair/leave"),
        Choice(say("Stay"), f"p/{partnership.id}/pair"),
        title=say("Leave"),
    )


@pages.action("p/{partnership_id}/pair/leave")
def leave(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    facilitators.leave(work, person, partnership_id)
    return "home"


@pages.page("p/{partnership_id}/pair/other")
def confirm_other(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Say what it takes to go on without the other facilitator, before it is proposed."""
    partnership = facilitated(work, person, partnership_id)
    return confirm(
        say(
            "The other facilitator is told now and has 7 days to say that they stay. After that, people of two "
            "different partners are asked in private; when both confirm it, and no round is open, you go on alone."
        ),
        Choice(say("Propose it"), f"!p/{partnership.id}/pair/other"),
        Choice(say("Back"), f"p/{partnership.id}/pair"),
    )


@pages.action("p/{partnership_id}/pair/other")
def propose(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    facilitators.propose_farewell(work, person, partnership_id)
    return f"p/{partnership_id}/pair"


@pages.action("p/{partnership_id}/pair/end")
def end(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    facilitators.end_farewell(work, person, partnership_id)
    return f"p/{partnership_id}/pair"


@pages.page("farewell/{partnership_id}")
def farewell(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Ask a member whether the partnership goes on without a silent facilitator."""
    found, seat = facilitators.farewell_to_confirm(work, person, partnership_id)
    if seat.partner in found.confirmed:
        return Card(say("Confirmed"), rows=(HOME,))
    name = work.tx.partnerships.get(partnership_id).name
    return Card(
        say("A question about the partnership"),
        (
            say(
                "One of the two facilitators of {partnership} has been silent for a week. "
                "The other one proposes to go on alone.",
                partnership=name,
            ),
            say(
                "It needs a yes from people of two different partners, so that nobody is removed by one person. "
                "Nobody is told whose it was. Silence changes nothing."
            ),
        ),
        ((Choice(say("Confirm it"), f"!farewell/{partnership_id}"), Choice(say("Not now"), "home")),),
        numbered=True,
    )


@pages.action("farewell/{partnership_id}")
def confirm_farewell(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    is_decided = facilitators.confirm_farewell(work, person, partnership_id)
    return "home" if is_decided else f"farewell/{partnership_id}"
