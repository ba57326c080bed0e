"""The pure release function, line by line, so that anybody can check what would be published.

In:  ``{"kind":"level","counts":[a,b,c,d,e],"per_org":1}`` or
     ``{"kind":"agree","counts":[no,yes],"per_org":1}``, with the optional keys ``"previous"``
     (the last line printed here that was not ``null``), ``"roster_changes"`` (joiners plus leavers since that
     text was first said) and, for levels, ``"rungs":true`` (the round opened with eight seats or more).
Out: ``{"word":"high","opposed":false}``, with rungs ``{"word":"co_decides","opposed":false}``,
     ``{"word":"most"}``, or ``null`` when nothing may be said.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, TypeAdapter, ValidationError

from bot.core.figures.stability import stable_agreement, stable_level
from bot.core.figures.words import WITHHELD, AgreementSaid, LevelSaid, Withheld


class _Request(BaseModel):
    # Unknown keys are refused: a misspelt "roster_changes" would publish with too little care.
    model_config = ConfigDict(extra="forbid", frozen=True)

    per_org: Annotated[int, Field(ge=1)]
    previous: str | None = None
    roster_changes: NonNegativeInt = 0


class _LevelRequest(_Request):
    kind: Literal["level"]
    counts: tuple[NonNegativeInt, NonNegativeInt, NonNegativeInt, NonNegativeInt, NonNegativeInt]
    rungs: bool = False


class _AgreementRequest(_Request):
    kind: Literal["agree"]
    counts: tuple[NonNegativeInt, NonNegativeInt]


_REQUEST: TypeAdapter[_LevelRequest | _AgreementRequest] = TypeAdapter(
    Annotated[_LevelRequest | _AgreementRequest, Field(discriminator="kind")]
)
_LEVEL: TypeAdapter[LevelSaid | None] = TypeAdapter(LevelSaid | None)
_AGREEMENT: TypeAdapter[AgreementSaid | None] = TypeAdapter(AgreementSaid | None)

Said = TypeVar("Said", LevelSaid, AgreementSaid)


def release_line(line: str) -> str:
    """Answer one JSON line with what would be published, as one JSON line without its end.

    Raises: ValueError, when the line is not a request as described above; it repeats nothing of the line.
    """
    try:
        request = _REQUEST.validate_json(line)
        if isinstance(request, _LevelRequest):
            last_level = _LEVEL.validate_json(request.previous or "null") or WITHHELD
            level = stable_level(
                last_level,
                request.counts,
                seats=request.per_org,
                roster_changes=request.roster_changes,
                rungs=request.rungs,
            )
            return _LEVEL.dump_json(_or_null(level)).decode()
        last_agreement = _AGREEMENT.validate_json(request.previous or "null") or WITHHELD
        agreement = stable_agreement(
            last_agreement, request.counts, seats=request.per_org, roster_changes=request.roster_changes
        )
        return _AGREEMENT.dump_json(_or_null(agreement)).decode()
    except ValidationError as exc:
        places = sorted({".".join(map(str, error["loc"])) or "line" for error in exc.errors()})
        raise ValueError(f"not a request for a release: look at {', '.join(places)}") from None


def _or_null(said: Said | Withheld) -> Said | None:
    return None if isinstance(said, Withheld) else said
