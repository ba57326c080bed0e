from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unicodedata import normalize

import pytest

from bot.adapters.db.store import SqlStore
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.app.ports import Transaction
from bot.app.vocabulary import folded, known_as
from bot.app.work import Work
from bot.core.flow.formats import read_partner, read_zone
from bot.core.partnerships import PartnerKind
from tests.contract.fakes import FakeKeys
from tests.unit.app.village import NOW, setting

KINDS = {
    "ar": {"funder": "جهة مُموِّلة", "local": "محلي", "network": "شبكة", "other": "أخرى"},
    "bn": {"national": "জাতী\u09df", "local": "স্থানী\u09df", "network": "নেটওয়ার্ক"},
    "fr": {"funder": "bailleur de fonds", "network": "réseau"},
}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("  YOUR \n round ", "Your round"),
        ("\N{HOUSE BUILDING} Home", "Home"),
        ("Pause", "\N{DOUBLE VERTICAL BAR}\ufe0f Pause"),
        ("✓3=4", "3=4"),
        ("٣=٤", "3=4"),
        ("\uff13\uff1d\uff14", "3=4"),
        ("\u2066\u09e9=\u09ea\u2069", "3=4"),
        ("\u200fتم", "تم"),
        ("ايقاف", "إيقاف"),
        ("انا الان", "أنا الآن"),
        ("شبكه", "شبكة"),
        ("اخري", "أخرى"),
        ("ممولة", "مُموِّلة"),
        ("رجـــوع", "رجوع"),
        ("re\u0301seau", "RÉSEAU"),
        ("জাতী\u09df", "জাতী\u09af\u09bc"),
        ("र\u094dयात", "र\u094d\u200dयात"),
        ("STRASSE", "straße"),
    ],
)
def test_words_are_the_same_however_they_are_typed(typed: str, written: str) -> None:
    assert folded(typed) == folded(written) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Keep", "Keep on"), ("كن", "كان"), ("réseau", "reseau"), ("क", "कि")]
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert folded(one) != folded(other)


Knows = Callable[[str, str], str]


@pytest.fixture(scope="module")
def knows(tmp_path_factory: pytest.TempPathFactory, keys: FakeKeys, store: SqlStore) -> Knows:
    """What words of a language are known as to somebody who reads it."""
    folder = tmp_path_factory.mktemp("locales")
    for language, words in KINDS.items():
        path = folder / language / "LC_MESSAGES" / "bot.po"
        path.parent.mkdir(parents=True)
        entries = [f'msgid "{kind}"\nmsgstr "{name}"\n' for kind, name in words.items()]
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        path.write_text("\n".join((header, *entries)), encoding="utf-8")
    speaking = replace(setting(keys), catalogs=GettextCatalogs(folder))

    def meet(tx: Transaction) -> dict[str, Callable[[Transaction, str], str]]:
        people = {
            code: tx.people.add(account, language=code) for account, code in enumerate(("en", *KINDS), 1001)
        }
        return {
            code: lambda tx, words, person=person: known_as(Work(tx, NOW, speaking), person, words)
            for code, person in people.items()
        }

    readers = store.run_now(meet)
    return lambda language, words: store.run_now(lambda tx: readers[language](tx, words))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("language", "typed", "kind"),
    [
        ("en", "Network", "network"),
        ("ar", "جهة مُموِّلة", "funder"),
        ("ar", "جهة ممولة", "funder"),
        ("ar", "جهه ممولة", "funder"),
        ("ar", "محلى", "local"),
        ("ar", "شبكة", "network"),
        ("ar", "\u200fأُخرى\u200f", "other"),
        ("ar", "اخرى", "other"),
        ("bn", "জাতী\u09df", "national"),
        ("bn", "জাতী\u09af\u09bc", "national"),
        ("bn", "স্থানীয়", "local"),
        ("bn", "নেটও\u09af\u09bcার্ক", "network"),
        ("fr", "BAILLEUR  de fonds", "funder"),
        ("fr", "Réseau", "network"),
        ("fr", "local", "local"),
    ],
)
def test_a_kind_of_partner_is_known_in_the_language_of_who_types_it(
    knows: Knows, language: str, typed: str, kind: str, form: str
) -> None:
    assert knows(language, normalize(form, typed)) == kind  # type: ignore[arg-type]


def test_every_kind_is_known_by_its_english_name_in_every_language(knows: Knows) -> None:
    for language in ("en", *KINDS):
        assert [knows(language, kind.value) for kind in PartnerKind] == [kind.value for kind in PartnerKind]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("language", "typed", "zone"),
    [
        ("en", "nairobi", "Africa/Nairobi"),
        ("ar", "نيروبي", "Africa/Nairobi"),
        ("ar", "أديس أبابا", "Africa/Addis_Ababa"),
        ("ar", "اديس ابابا", "Africa/Addis_Ababa"),
        ("bn", "ঢাকা", "Asia/Dhaka"),
        ("bn", "নাইরোবি", "Africa/Nairobi"),
        ("bn", "আদ্দিস আবাবা", "Africa/Addis_Ababa"),
        ("fr", "LE CAIRE", "Africa/Cairo"),
        ("fr", "Téhéran", "Asia/Tehran"),
    ],
)
def test_a_city_is_known_in_the_language_of_who_types_it(
    knows: Knows, language: str, typed: str, zone: str, form: str
) -> None:
    found = knows(language, normalize(form, typed))  # type: ignore[arg-type]
    assert (found, read_zone(found)) == (zone, zone)


@pytest.mark.parametrize("words", ["Atlantis", "شيء آخر", "", "funders"])
@pytest.mark.parametrize("language", ["en", *KINDS])
def test_other_words_are_known_as_themselves(knows: Knows, language: str, words: str) -> None:
    assert knows(language, words) == words


@pytest.mark.parametrize(
    ("language", "line", "kept"),
    [
        ("ar", "شريك ألف | شأ | جهة ممولة", "شريك ألف | شأ | funder"),
        ("bn", "অংশীদার ক। অক। জাতী\u09af\u09bc", "অংশীদার ক | অক | national"),
        ("fr", "Partenaire A ¦ PTA ¦ Réseau", "Partenaire A | PTA | network"),
    ],
)
def test_a_partner_is_read_with_the_words_and_bars_of_a_language(
    knows: Knows, language: str, line: str, kept: str
) -> None:
    entry, problem = read_partner(line, length=60, known=(), known_as=lambda words: knows(language, words))
    assert (entry, problem) == (kept, None)
