"""Who may see and do what: every page, action and sitting there is, called by everybody who might try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import documents
from bot.app.pages import DESK, PRIVATE_PAGES
from bot.app.ports import Place, Transaction
from bot.core.rounds.lifecycle import CHECK_INS, Kind
from bot.core.rounds.lifecycle import RoundState as State
from tests.contract.fakes import FakeKeys
from tests.own_flow import OWN
from tests.unit.app.attempts import Undone, attempt
from tests.unit.app.village import ROLES, Village, works

Path = Callable[[Village], str]

EVERYBODY = frozenset(ROLES)
FACILITATOR = frozenset({"facilitator"})
REPRESENTATIVE = frozenset({"representative"})
MEMBERS = FACILITATOR | REPRESENTATIVE


def at(state: State, path: str) -> Path:
    """The path with the round and the decision of the round in this state."""
    return lambda v: path.format(v=v, r=v.rounds[state], d=v.decisions[state])


def of(path: str) -> Path:
    return lambda v: path.format(v=v)


def about(kind: Kind, path: str) -> Path:
    """The path with the check-in of this kind that takes answers, and what it asks about."""
    return lambda v: path.format(v=v, r=v.asked[kind], d=v.asked_about[kind])


def told(kind: Kind, path: str) -> Path:
    """The path with the check-in of this kind that has its digest."""
    return lambda v: path.format(v=v, r=v.told[kind])


EXPECTED: dict[str, tuple[Path, frozenset[str]]] = {
    "home.home": (of("home"), EVERYBODY),
    "home.language": (of("language"), EVERYBODY),
    "home.choose_language": (of("!language/fr"), EVERYBODY),
    "home.choose_plain": (of("!plain/1"), EVERYBODY),
    "home.help_": (of("help"), EVERYBODY),
    "home.waiting": (of("waiting"), EVERYBODY),
    "home.privacy": (of("privacy"), EVERYBODY),
    "rights.mine": (of("mine"), EVERYBODY),
    "rights.mine_of": (at(State.ANSWERING, "mine/{r}"), REPRESENTATIVE),
    "rights.erase": (of("erase"), EVERYBODY),
    "rights.erased": (of("erased"), EVERYBODY),
    "rights.erase_answers": (at(State.ANSWERING, "!erase/{r}"), REPRESENTATIVE),
    "rights.leave": (of("leave/{v.taken}"), REPRESENTATIVE),
    "rights.leave_now": (of("!leave/{v.taken}"), REPRESENTATIVE),
    "enrolment.invited": (of("invited/{v.bound}"), frozenset({"invited"})),
    "enrolment.more": (of("more/{v.bound}"), frozenset({"invited"})),
    "enrolment.take": (of("!take/{v.bound}"), frozenset({"invited"})),
    "represent.call": (at(State.ANSWERING, "call/{r}"), REPRESENTATIVE),
    "represent.remind": (at(State.ANSWERING, "remind/{r}"), REPRESENTATIVE),
    "represent.thanks": (at(State.ANSWERING, "thanks/{r}"), REPRESENTATIVE),
    "represent.paused": (at(State.ANSWERING, "paused/{r}"), REPRESENTATIVE),
    "represent.member": (of("m/{v.partnership}"), MEMBERS),
    "represent.mode": (at(State.COLLECTING, "mode/{r}"), REPRESENTATIVE),
    "represent.choose_mode": (at(State.COLLECTING, "!mode/{r}/open"), REPRESENTATIVE),
    "represent.noted": (at(State.COLLECTING, "noted/{r}"), REPRESENTATIVE),
    "represent.confirm": (of("confirm/{v.bound}"), REPRESENTATIVE),
    "represent.digest": (of("m/{v.partnership}/digest/1"), MEMBERS),
    "represent.agreements": (of("m/{v.partnership}/agreements"), MEMBERS),
    "represent.said_of": (told(Kind.PULSE, "m/{v.partnership}/said/{r}/1"), MEMBERS),
    "dates.next_": (of("next"), EVERYBODY),
    "dates.next_of": (of("m/{v.partnership}/next"), MEMBERS),
    "dates.ask_for_file": (of("!m/{v.partnership}/dates"), MEMBERS),
    "dates.file": (of("dates/{v.partnership}"), MEMBERS),
    "dates.later": (about(Kind.PULSE, "later/{r}"), REPRESENTATIVE),
    "dates.snooze": (about(Kind.PULSE, "!later/{r}/3"), REPRESENTATIVE),
    "dates.rest": (of("rest/3"), EVERYBODY),
    "dates.time": (of("time"), EVERYBODY),
    "dates.choose_zone": (of("!time/UTC"), MEMBERS | {"invited", "elsewhere"}),
    "desks.desks": (of("desks/1"), EVERYBODY),
    "desks.found_desks": (of("desks/of/{v.partnership}"), EVERYBODY),
    "settings.settings": (of("p/{v.partnership}/settings"), FACILITATOR),
    "settings.partnership_language": (of("p/{v.partnership}/language"), FACILITATOR),
    "settings.choose_partnership_language": (of("!p/{v.partnership}/language/en"), FACILITATOR),
    "preview.previews": (of("preview/{v.partnership}"), FACILITATOR),
    "preview.preview": (of("preview/{v.partnership}/reflection/1/en"), FACILITATOR),
    "preview.languages": (of("preview/{v.partnership}/reflection/1"), FACILITATOR),
    "rehearse.rehearse": (of("try/{v.partnership}"), FACILITATOR),
    "rehearse.begin": (of("!try/{v.partnership}"), FACILITATOR),
    "rehearse.tried": (of("tried/{v.partnership}/answer"), FACILITATOR),
    "desk.desk": (of("p/{v.partnership}"), FACILITATOR),
    "connection.group": (of("p/{v.partnership}/group"), FACILITATOR),
    "connection.group_languages": (of("p/{v.partnership}/group/languages"), FACILITATOR),
    "connection.switch_language": (of("!p/{v.partnership}/group/languages/en"), FACILITATOR),
    "export.overview": (of("p/{v.partnership}/export"), FACILITATOR),
    "export.overview_in": (of("p/{v.partnership}/export/in/fr"), FACILITATOR),
    "export.languages": (of("p/{v.partnership}/export/languages"), FACILITATOR),
    "export.ask": (of("!p/{v.partnership}/export/meeting/en"), FACILITATOR),
    "export.file": (of("p/{v.partnership}/file/csv/en"), FACILITATOR),
    "export.ask_for_picture": (of("!m/{v.partnership}/picture"), MEMBERS),
    "export.picture": (of("m/{v.partnership}/picture"), MEMBERS),
    "learning.learned": (of("learning"), EVERYBODY),
    "learning.sharing": (of("p/{v.partnership}/learning"), FACILITATOR),
    "learning.share": (of("!p/{v.partnership}/learning/share"), FACILITATOR),
    "learning.stop": (of("!p/{v.partnership}/learning/stop"), FACILITATOR),
    "words.flows": (of("w/{v.partnership}/in/en"), FACILITATOR),
    "words.languages": (of("w/{v.partnership}/languages"), FACILITATOR),
    "words.prompts": (of("w/{v.partnership}/all/pat/en"), FACILITATOR),
    "words.prompt": (of("w/{v.partnership}/pat.agree/en"), FACILITATOR),
    "desk.partners": (of("p/{v.partnership}/partners"), FACILITATOR),
    "desk.added": (of("p/{v.partnership}/added/1/2"), FACILITATOR),
    "desk.take_back": (of("!p/{v.untouched}/added/1/999"), frozenset({"elsewhere"})),
    "desk.confirm_remove": (of("s/{v.free}/remove"), FACILITATOR),
    "settings.confirm_discard": (of("p/{v.partnership}/discard"), FACILITATOR),
    "settings.discard": (of("!p/{v.untouched}/discard"), frozenset({"elsewhere"})),
    "desk.partner": (of("q/{v.partnership}/{v.partner}"), FACILITATOR),
    "desk.confirm_free": (of("s/{v.taken}/free"), FACILITATOR),
    "desk.invite": (of("!s/{v.free}/invite"), FACILITATOR),
    "desk.invite_all": (of("!p/{v.partnership}/invite"), FACILITATOR),
    "desk.links": (of("p/{v.partnership}/links/{v.free}.made-up"), FACILITATOR),
    "rounds.current": (of("p/{v.partnership}/round"), FACILITATOR),
    "rounds.again": (of("p/{v.partnership}/again"), FACILITATOR),
    "rounds.one": (at(State.ANSWERING, "r/{r}"), FACILITATOR),
    "rounds.news": (at(State.MEETING, "news/{r}"), FACILITATOR),
    "rounds.window": (at(State.DRAFT, "r/{r}/window/collect"), FACILITATOR),
    "rounds.set_window": (at(State.DRAFT, "!r/{r}/window/collect/14"), FACILITATOR),
    "rounds.confirm_open": (at(State.DRAFT, "r/{r}/open"), FACILITATOR),
    "rounds.confirm_ask": (at(State.SHAPING, "r/{r}/ask"), FACILITATOR),
    "rounds.confirm_extend": (at(State.ANSWERING, "r/{r}/extend"), FACILITATOR),
    "rounds.confirm_stop": (at(State.ANSWERING, "r/{r}/stop"), FACILITATOR),
    "rounds.open_": (at(State.DRAFT, "!r/{r}/open"), FACILITATOR),
    "rounds.bring": (at(State.DRAFT, "!r/{r}/bring"), FACILITATOR),
    "rounds.propose_mode": (at(State.DRAFT, "!r/{r}/mode/proposed"), FACILITATOR),
    "rounds.carry": (at(State.DRAFT, "!r/{r}/carry"), FACILITATOR),
    "rounds.ask": (of("!r/{v.ready}/ask"), frozenset({"elsewhere"})),
    "rounds.extend": (at(State.ANSWERING, "!r/{r}/extend"), FACILITATOR),
    "rounds.cancel": (at(State.ANSWERING, "!r/{r}/cancel"), FACILITATOR),
    "own.all_of_them": (of("p/{v.partnership}/flows"), FACILITATOR),
    "own.one": (of("p/{v.partnership}/flow/{v.own}"), FACILITATOR),
    "own.confirm_remove": (of("p/{v.partnership}/flow/{v.own}/remove"), FACILITATOR),
    "own.remove": (of("!p/{v.partnership}/flow/{v.own}/remove"), FACILITATOR),
    "about.choose": (at(State.DRAFT, "r/{r}/about"), FACILITATOR),
    "about.choose_flow": (at(State.DRAFT, "!r/{r}/flow/emerging"), FACILITATOR),
    "shape.take_offered": (at(State.SHAPING, "!r/{r}/offered"), FACILITATOR),
    "shape.list_": (at(State.SHAPING, "r/{r}/shape/1"), FACILITATOR),
    "shape.decision": (at(State.SHAPING, "d/{d}"), FACILITATOR),
    "shape.merge_into": (at(State.SHAPING, "d/{d}/merge/1"), FACILITATOR),
    "shape.merge": (at(State.SHAPING, "!d/{d}/into/{v.second_decision}"), FACILITATOR),
    "shape.up": (of("!d/{v.second_decision}/up"), FACILITATOR),
    "shape.down": (at(State.SHAPING, "!d/{d}/down"), FACILITATOR),
    "shape.out": (at(State.SHAPING, "!d/{d}/out"), FACILITATOR),
    "shape.left_out": (at(State.SHAPING, "r/{r}/left"), FACILITATOR),
    "shape.take_in": (at(State.SHAPING, "!r/{r}/in/{v.left_out}"), FACILITATOR),
    "shape.top": (of("!d/{v.second_decision}/top"), FACILITATOR),
    "shape.undo": (of("!undo/{v.undo}"), FACILITATOR),
    "themes.theme": (at(State.SHAPING, "d/{d}/theme"), FACILITATOR),
    "themes.choose": (at(State.SHAPING, "!d/{d}/theme/risk"), FACILITATOR),
    "thread.apart": (at(State.SHAPING, "d/{d}/apart/1"), FACILITATOR),
    "thread.take_out": (at(State.SHAPING, "!d/{d}/apart/{v.merged}"), FACILITATOR),
    "voting.confirm_vote": (at(State.SHAPING, "r/{r}/vote"), FACILITATOR),
    "voting.vote": (of("!r/{v.ready}/vote"), frozenset({"elsewhere"})),
    "follow.meeting": (at(State.MEETING, "r/{r}/meeting"), FACILITATOR),
    "follow.levels": (at(State.MEETING, "agree/{d}"), FACILITATOR),
    "follow.finish": (at(State.MEETING, "!r/{r}/finish"), FACILITATOR),
    "follow.notes": (at(State.MEETING, "r/{r}/notes/1"), FACILITATOR),
    "follow.confirm_finish": (at(State.MEETING, "r/{r}/finish"), FACILITATOR),
    "follow.ask_again": (of("!r/{v.followed}/ask-again"), frozenset({"elsewhere"})),
    "action.overview": (of("p/{v.partnership}/actions"), FACILITATOR),
    "action.one": (of("a/{v.partnership}/{v.action}"), FACILITATOR),
    "action.confirm_remove": (of("a/{v.partnership}/{v.action}/remove"), FACILITATOR),
    "action.remove": (of("!a/{v.partnership}/{v.action}/remove"), FACILITATOR),
    "action.set_status": (of("!a/{v.partnership}/{v.action}/done"), FACILITATOR),
    "agenda.agenda": (at(State.MEETING, "r/{r}/agenda"), FACILITATOR),
    "agenda.post": (at(State.MEETING, "!r/{r}/agenda"), FACILITATOR),
    "measures.measures": (at(State.MEETING, "d/{d}/measures"), FACILITATOR),
    "measures.take": (at(State.MEETING, "!d/{d}/take/charter"), FACILITATOR),
    "measures.about": (at(State.FOLLOWING, "d/{d}/about"), FACILITATOR),
    "measures.choose": (at(State.MEETING, "!d/{d}/about/risk"), FACILITATOR),
    "checkins.overview": (of("p/{v.partnership}/checkins"), FACILITATOR),
    "checkins.one": (of("c/{v.partnership}/actions"), FACILITATOR),
    "rhythms.how_often": (of("c/{v.partnership}/actions/rhythm"), FACILITATOR),
    "rhythms.which_week": (of("c/{v.partnership}/actions/rhythm/m3"), FACILITATOR),
    "rhythms.which_day": (of("c/{v.partnership}/actions/rhythm/m3/l"), FACILITATOR),
    "rhythms.which_hour": (of("c/{v.partnership}/actions/rhythm/m3/l/1"), FACILITATOR),
    "rhythms.set_rhythm": (of("!c/{v.partnership}/practice/set/m3/l/1/9"), FACILITATOR),
    "checkins.pause": (of("!c/{v.partnership}/actions/pause"), FACILITATOR),
    "checkins.resume": (of("!c/{v.partnership}/actions/resume"), FACILITATOR),
    "checkins.drop": (of("!c/{v.partnership}/actions/drop"), FACILITATOR),
    "checkins.one_date": (of("c/{v.partnership}/actions/date/{v.day}"), FACILITATOR),
    "checkins.skip": (of("!c/{v.partnership}/actions/skip/{v.day}"), FACILITATOR),
    "checkins.move": (of("!c/{v.partnership}/actions/move/{v.day}/-7"), FACILITATOR),
    "checkins.confirm_now": (of("c/{v.partnership}/actions/now"), FACILITATOR),
    "checkins.now": (of("!c/{v.third}/pulse/now"), frozenset({"elsewhere"})),
    "pulse.all_statements": (of("s/{v.partnership}/statements"), FACILITATOR),
    "pulse.remove_statement": (of("!s/{v.partnership}/remove/{v.statement}"), FACILITATOR),
    "together.take_back": (at(State.DRAFT, "!r/{r}/back"), FACILITATOR),
    "pair.pair": (of("p/{v.partnership}/pair"), FACILITATOR),
    "pair.link": (of("p/{v.partnership}/pair/link/made-up"), FACILITATOR),
    "pair.withdraw": (of("!p/{v.partnership}/pair/withdraw"), FACILITATOR),
    "pair.confirm_leave": (of("p/{v.partnership}/pair/leave"), FACILITATOR),
    "pair.confirm_other": (of("p/{v.partnership}/pair/other"), FACILITATOR),
    "pair.propose": (of("!p/{v.partnership}/pair/other"), FACILITATOR),
    "pair.end": (of("!p/{v.partnership}/pair/end"), FACILITATOR),
    "pair.leave": (of("!p/{v.paired}/pair/leave"), frozenset({"elsewhere"})),
    "pair.joining": (of("joining/{v.paired}"), frozenset({"stranger"})),
    "pair.take_up": (of("!joining/{v.paired}"), frozenset({"stranger"})),
    "pair.farewell": (of("farewell/{v.paired}"), REPRESENTATIVE),
    "pair.confirm_farewell": (of("!farewell/{v.paired}"), REPRESENTATIVE),
    "asking.asked": (of("asked/{v.partnership}"), REPRESENTATIVE),
    "asking.waiting": (of("p/{v.partnership}/questions"), FACILITATOR),
    "asking.question": (of("question/{v.question}"), FACILITATOR),
    "asking.confirm_aside": (of("question/{v.question}/aside"), FACILITATOR),
    "asking.set_aside": (of("!question/{v.question}/aside"), FACILITATOR),
    "asking.replied": (of("replied/{v.replied}"), MEMBERS),
    "paper.entry": (of("entry/{v.on_paper}/{v.paper_round}"), frozenset({"elsewhere"})),
    "paper.entered": (of("entered/{v.on_paper}/{v.paper_round}"), frozenset({"elsewhere"})),
    "paper.erased_entry": (of("erased/{v.on_paper}/{v.paper_round}"), frozenset({"elsewhere"})),
    "paper.erase_entry": (of("!entry/{v.on_paper}/{v.paper_round}/erase"), frozenset({"elsewhere"})),
    "paper.form": (at(State.ANSWERING, "form/{r}"), FACILITATOR),
    "paper.ask_for_form": (about(Kind.CONSENT, "!r/{r}/form"), FACILITATOR),
}
"""Who may call each function, and with which path; everybody else is refused."""

BETWEEN_ROUNDS: dict[str, tuple[Path, Path]] = {
    "rounds.new": (of("!p/{v.quiet}/new/baseline"), of("!p/{v.partnership}/new/baseline")),
    "desk.add_seat": (of("!q/{v.quiet}/{v.quiet_partner}/seat"), of("!q/{v.partnership}/{v.partner}/seat")),
    "desk.remove_seat": (of("!s/{v.quiet_seat}/remove"), of("!s/{v.free}/remove")),
    "desk.free_seat": (of("!s/{v.quiet_seat}/free"), of("!s/{v.taken}/free")),
    "desk.mark_on_paper": (of("!s/{v.quiet_other_seat}/paper/1"), of("!s/{v.free}/paper/1")),
    "desk.mark_stand_in": (of("!s/{v.quiet_other_seat}/standin/1"), of("!s/{v.free}/standin/1")),
    "pair.invite": (of("!p/{v.quiet}/pair/invite"), of("!p/{v.partnership}/pair/invite")),
    "pair.hand_over": (of("!p/{v.quiet}/pair/hand"), of("!p/{v.partnership}/pair/hand")),
    "desk.question": (of("desk/question/{v.quiet}"), of("desk/question/{v.partnership}")),
    "represent.confirm_now": (of("!confirm/{v.quiet_other_seat}"), of("!confirm/{v.bound}")),
    "desk.partners": (of("desk/partners/{v.quiet}"), of("desk/partners/{v.partnership}")),
    "desk.prompt": (of("desk/prompt/{v.quiet_wording}"), of("desk/prompt/{v.wording}")),
    "words.begin": (of("!w/{v.quiet}/pat.agree/en/begin"), of("!w/{v.partnership}/pat.agree/en/begin")),
    "words.restore": (
        of("!w/{v.quiet}/pat.agree/en/restore"),
        of("!w/{v.partnership}/pat.agree/en/restore"),
    ),
}
"""What is for members where no round is open, and the same where one is."""

SITTINGS: dict[str, tuple[Path, frozenset[str]]] = {
    "answer": (at(State.ANSWERING, "answer/{r}"), REPRESENTATIVE),
    "contribute": (at(State.COLLECTING, "answer/{r}"), REPRESENTATIVE),
    "vote": (at(State.VOTING, "answer/{r}"), REPRESENTATIVE),
    "actions": (about(Kind.ACTIONS, "answer/{r}"), REPRESENTATIVE),
    "practice": (about(Kind.PRACTICE, "answer/{r}"), REPRESENTATIVE),
    "pulse": (about(Kind.PULSE, "answer/{r}"), REPRESENTATIVE),
    "consent": (about(Kind.CONSENT, "answer/{r}"), REPRESENTATIVE),
    "evaluation": (about(Kind.EVALUATION, "answer/{r}"), REPRESENTATIVE),
    "behalf": (of("behalf/{v.on_paper}/{v.paper_round}"), frozenset({"elsewhere"})),
    "setup": (of("desk/setup/0"), EVERYBODY),
    "wording": (at(State.SHAPING, "desk/wording/{d}"), FACILITATOR),
    "split": (at(State.SHAPING, "desk/split/{d}"), FACILITATOR),
    "decisions": (at(State.SHAPING, "desk/decisions/{r}"), FACILITATOR),
    "levels": (at(State.MEETING, "desk/levels/{d}"), FACILITATOR),
    "action": (at(State.MEETING, "desk/action/{r}"), FACILITATOR),
    "change": (of("desk/change/{v.proposed}"), FACILITATOR),
    "statements": (of("desk/statements/{v.partnership}"), FACILITATOR),
    "zone": (of("desk/zone/0"), EVERYBODY),
    "name": (of("desk/name/{v.partnership}"), FACILITATOR),
    "purpose": (of("desk/purpose/{v.partnership}"), FACILITATOR),
    "place": (of("desk/place/{v.partnership}"), FACILITATOR),
    "try": (of("try/{v.partnership}/answer"), FACILITATOR),
    "reply": (of("desk/reply/{v.question}"), FACILITATOR),
}


def name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def test_every_route_and_every_stage_has_an_expectation() -> None:
    names = {name_of(function) for *_, function in PRIVATE_PAGES._routes}
    assert names | {"desk.prompt", "desk.question"} == EXPECTED.keys() | BETWEEN_ROUNDS.keys()
    assert SITTINGS.keys() | {"partners", "prompt", "question"} == {
        "answer",
        "contribute",
        "vote",
        "try",
        "behalf",
        *CHECK_INS,
        Kind.CONSENT,
        *DESK,
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", EXPECTED)
def test_a_path_opens_for_those_it_is_meant_for_and_changes_nothing_for_others(
    store: SqlStore, keys: FakeKeys, village: Village, name: str, role: str
) -> None:
    path, allowed = EXPECTED[name]
    found = PRIVATE_PAGES.find(path(village))
    assert found is not None
    assert name_of(found[0]) == name
    was_allowed, changed = attempt(store, keys, village, path(village), role)
    assert was_allowed is (role in allowed)
    assert was_allowed or not changed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", SITTINGS)
def test_a_sitting_opens_for_those_it_is_meant_for(
    store: SqlStore, keys: FakeKeys, village: Village, name: str, role: str
) -> None:
    path, allowed = SITTINGS[name]
    was_allowed, changed = attempt(store, keys, village, path(village), role)
    assert was_allowed is (role in allowed)
    assert was_allowed or not changed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", BETWEEN_ROUNDS)
def test_partners_and_seats_change_and_rounds_begin_only_while_no_round_is_open(
    store: SqlStore, keys: FakeKeys, village: Village, name: str, role: str
) -> None:
    free, open_ = BETWEEN_ROUNDS[name]
    assert attempt(store, keys, village, free(village), role)[0] is (role == "elsewhere")
    assert attempt(store, keys, village, open_(village), role) == (False, False)


@pytest.mark.parametrize("action", ["open", "bring", "carry"])
@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_a_button_of_a_draft_tapped_late_changes_nothing_of_the_round(
    store: SqlStore, keys: FakeKeys, village: Village, state: State, action: str
) -> None:
    path = f"!r/{village.rounds[state]}/{action}"
    assert attempt(store, keys, village, path, "facilitator") == (False, False)


ACTIONS = {
    "extend": {State.ANSWERING},
    "cancel": {State.DRAFT, State.COLLECTING, State.SHAPING, State.VOTING, State.ANSWERING},
    "finish": {State.MEETING},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", list(State))
def test_each_move_is_for_the_states_it_is_meant_for(
    store: SqlStore, keys: FakeKeys, village: Village, state: State, action: str
) -> None:
    path = f"!r/{village.rounds[state]}/{action}"
    allowed, changed = attempt(store, keys, village, path, "facilitator")
    assert (allowed, changed) == (state in ACTIONS[action],) * 2


@pytest.mark.parametrize("state", list(State))
def test_a_round_opens_for_answers_neither_from_another_state_nor_soon_after_the_last(
    store: SqlStore, keys: FakeKeys, village: Village, state: State
) -> None:
    path = f"!r/{village.rounds[state]}/ask"
    assert attempt(store, keys, village, path, "facilitator") == (False, False)


@pytest.mark.parametrize("state", list(State))
def test_a_vote_begins_neither_from_another_state_nor_on_a_short_list(
    store: SqlStore, keys: FakeKeys, village: Village, state: State
) -> None:
    path = f"!r/{village.rounds[state]}/vote"
    assert attempt(store, keys, village, path, "facilitator") == (False, False)


@pytest.mark.parametrize("state", [state for state in State if state is not State.SHAPING])
@pytest.mark.parametrize("path", ["!d/{d}/top", "!d/{d}/theme/risk", "!d/{d}/out", "desk/split/{d}"])
def test_a_list_is_changed_only_while_it_is_being_made(
    store: SqlStore, keys: FakeKeys, village: Village, state: State, path: str
) -> None:
    where = path.format(d=village.decisions[state])
    assert attempt(store, keys, village, where, "facilitator") == (False, False)


@pytest.mark.parametrize(
    "tokens", ["{v.ready_seat}.made-up", "{v.quiet_seat}.x+{v.ready_seat}.x", "abc", "1", "1.", "1.a b"]
)
def test_links_are_shown_for_seats_of_that_partnership_alone(
    store: SqlStore, keys: FakeKeys, village: Village, tokens: str
) -> None:
    path = f"p/{village.quiet}/links/{tokens.format(v=village)}"
    assert attempt(store, keys, village, path, "elsewhere") == (False, False)


FILES = {
    "own.add": of("p/{v.partnership}/flows"),
    "own.put": of("p/{v.partnership}/flow/{v.own}"),
}
"""Pages that take files, by what takes them."""


def test_every_page_that_takes_files_has_an_expectation() -> None:
    assert {name_of(function) for *_, function in PRIVATE_PAGES._receivers} == FILES.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_fetched_and_taken_from_facilitators_alone(
    store: SqlStore, keys: FakeKeys, village: Village, name: str, role: str
) -> None:
    path, outcome = FILES[name](village), list[tuple[bool, bool]]()

    def use(tx: Transaction) -> None:
        work, person = works(tx, keys), village.people[role]
        account = tx.people.account(person)
        tx.people.put_place(person, Place(path))
        before = [kept.source for kept in tx.own_flows.of(village.partnership)]
        welcome = documents.is_welcome(work, account, name="made-up.yaml", size=len(OWN))
        content = OWN.replace("Our office", "Another office").encode()
        documents.received(work, account, hint=None, message=1, content=content)
        after = [kept.source for kept in tx.own_flows.of(village.partnership)]
        outcome.append((welcome, before != after))
        raise Undone

    with pytest.raises(Undone):
        store.run_now(use)
    assert outcome == [(role == "facilitator",) * 2]
