"""The questions of a round as a form, for partners who do not have Telegram: on paper, in ODK or KoboToolbox."""

from __future__ import annotations

from functools import partial

from bot.app import access, flows, wordings
from bot.app.moves import moved_on
from bot.app.sheets import STAGES, params_of
from bot.app.work import Work
from bot.core.cards import Attachment
from bot.core.flow.session import Param
from bot.core.forms.survey import form_of
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asking(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """A facilitator's round of which there is a form.

    Raises: Refusal, also while the round asks nothing.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state not in STAGES:
        raise moved_on()
    return round_


def form_file(work: Work, round_: Round) -> Attachment:
    """What a round asks at the moment as an XLSForm, in every language; it opens in that of the partnership."""
    flow, stage, languages = flows.of_round(work, round_), STAGES[round_.state], _languages(work, round_)
    form = form_of(
        flow,
        stage,
        _params(work, round_),
        form_id=f"{flow.flow}_{stage}_{round_.id}",
        reworded={
            language: wordings.reworded(work, flow, work.tx.wordings.in_round(round_.id, language), language)
            for language in languages
        },
    )
    return Attachment(f"form-{round_.number}.xlsx", partial(work.setting.reports.form, form, languages), XLSX)


def _languages(work: Work, round_: Round) -> tuple[str, ...]:
    """All of them, that of the partnership first."""
    first = work.setting.catalogs.best(work.tx.partnerships.get(round_.partnership).language)
    return tuple(dict.fromkeys((first, *work.setting.catalogs.languages)))


def _params(work: Work, round_: Round) -> dict[str, Param]:
    """What the round is about; whether a language points at its writer is seen when the answers are entered."""
    params = params_of(work, round_, work.tx.partnerships.get(round_.partnership).language)
    return params | {"language": "shared"} if "language" in params else params
