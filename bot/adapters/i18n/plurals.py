"""Plural forms by the rules of CLDR: how a catalog's header writes them, and which numbers take which."""

from __future__ import annotations

from collections.abc import Callable
from gettext import c2py
from itertools import groupby

from babel import Locale
from babel.messages.catalog import Catalog
from babel.plural import PluralRule, to_gettext

COUNTS = range(1001)
"""Numbers that can stand in a message."""
MOST_RANGES = 4


def plural_forms(locale: Locale) -> str:
    """The header line of a language's plural forms.

    Forms that no count up to a thousand takes (Spanish and French have one for a million) are left out, so
    that nobody has to translate what is never said.
    """
    rule = locale.plural_form
    taken = {rule(count) for count in COUNTS}
    # "v" counts decimals; ours are whole numbers.
    whole = {tag: said.replace(" and v in 0", "") for tag, said in rule.rules.items() if tag in taken}
    return to_gettext(PluralRule(whole))


def form_of(catalog: Catalog) -> Callable[[int], int]:
    """Which form a count takes in a catalog."""
    return c2py(catalog.plural_expr)


def is_for_one(catalog: Catalog, form: int) -> bool:
    """Whether a form is for the number one, and for no other but perhaps nought."""
    taken = form_of(catalog)
    return taken(1) == form and all(taken(count) != form for count in COUNTS[2:])


def numbers_of(catalog: Catalog, form: int) -> str:
    """The counts that take a form, in words: "0, 1" or "3-10, 103-110, 203-210, 303-310, …"."""
    taken = form_of(catalog)
    numbers = [count for count in COUNTS if taken(count) == form]
    # Neighbours have the same difference between a number and its place in the list.
    runs = [
        [pair[1] for pair in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs[:MOST_RANGES]]
    return ", ".join([*shown, "…"] if len(runs) > MOST_RANGES else shown)
