"""Which of two published texts says more; nothing when they cannot be compared.

A word and a rung are compared by the side of the ladder; "mixed" and what is withheld stand beside it.
"""

from __future__ import annotations

from bot.core.figures.words import AgreementSaid, AgreementWord, LevelSaid, LevelWord, Rung, Withheld

_SIDES = {LevelWord.LOW: 0, LevelWord.MIDDLE: 1, LevelWord.HIGH: 2}

# From fewer than ten answers "split" also covers fewer and more than half, hence a span for each word.
_SPANS = {
    AgreementWord.FEW: (0, 0),
    AgreementWord.FEWER_THAN_HALF: (1, 1),
    AgreementWord.SPLIT: (1, 3),
    AgreementWord.MORE_THAN_HALF: (3, 3),
    AgreementWord.MOST: (4, 4),
}


def ranks(*said: LevelSaid | Withheld) -> tuple[int | None, ...]:
    """Place of each text on one scale: levels when all that have a place are rungs, sides otherwise."""
    placed = [text for text in said if isinstance(text, LevelSaid) and text.word is not LevelWord.MIXED]
    rungs = all(isinstance(text.word, Rung) for text in placed)

    def rank(text: LevelSaid | Withheld) -> int | None:
        if isinstance(text, Withheld):
            return None
        return text.word.level.value if rungs and isinstance(text.word, Rung) else _SIDES.get(text.side)

    return tuple(map(rank, said))


def difference(now: LevelSaid | Withheld, then: LevelSaid | Withheld) -> int | None:
    """How much higher one text stands than another; None when they cannot be compared."""
    one, other = ranks(now, then)
    return None if one is None or other is None else one - other


def agreement_difference(now: AgreementSaid | Withheld, then: AgreementSaid | Withheld) -> int | None:
    """Above zero when clearly more agree than then, below when fewer; None when it cannot be said."""
    if isinstance(now, Withheld) or isinstance(then, Withheld):
        return None
    if now == then:
        return 0
    (low, high), (then_low, then_high) = _SPANS[now.word], _SPANS[then.word]
    if low > then_high:
        return 1
    return -1 if high < then_low else None
