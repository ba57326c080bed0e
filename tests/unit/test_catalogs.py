"""Sentences in many languages, and catalogs that stay in step with the texts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.i18n import catalog_tool
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.core.text import Text, Value, say, say_count, say_in

FRENCH = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "Your round"
msgstr "Votre tour"

msgid "{name} has joined"
msgstr "{name} participe"

msgid "{name} has left"
msgstr "Quelqu'un est parti"

msgid "Not sure"
msgstr ""

#, fuzzy
msgid "Perhaps"
msgstr "Jamais"

msgid "{count} partner"
msgid_plural "{count} partners"
msgstr[0] "{count} partenaire"
msgstr[1] "{count} partenaires"

msgctxt "button"
msgid "Open"
msgstr "Ouvrir"

msgctxt "state"
msgid "Open"
msgstr "Ouvert"

msgctxt "list"
msgid "one more"
msgid_plural "{count} more"
msgstr[0] "encore un"
msgstr[1] "encore {count}"
"""
ARABIC = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 "
": n%100>=11 ? 4 : 5);\n"

msgid "{name} has joined"
msgstr "انضم {name}"

msgid "{count} partner"
msgid_plural "{count} partners"
msgstr[0] "لا شركاء"
msgstr[1] "شريك واحد"
msgstr[2] "شريكان"
msgstr[3] "{count} شركاء"
msgstr[4] "{count} شريكًا"
msgstr[5] "{count} شريك"
"""
EMPTY = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


def write(folder: Path, language: str, content: str) -> None:
    path = folder / language / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")


@pytest.fixture
def catalogs(tmp_path: Path) -> GettextCatalogs:
    for language, content in {"fr": FRENCH, "ar": ARABIC, "pt": EMPTY, "pt_BR": EMPTY, "id": EMPTY}.items():
        write(tmp_path, language, content)
    return GettextCatalogs(tmp_path)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (say("Your round"), "Your round", "Votre tour"),
        (say("{name} has joined", name="Partner A"), "Partner A has joined", "Partner A participe"),
        (say("Not sure"), "Not sure", "Not sure"),
        (say("Perhaps"), "Perhaps", "Perhaps"),
        (say("{name} has left", name="Partner A"), "Partner A has left", "Partner A has left"),
        (say("Of no catalog {n}", n=3), "Of no catalog 3", "Of no catalog 3"),
        (say_in("button", "Open"), "Open", "Ouvrir"),
        (say_in("state", "Open"), "Open", "Ouvert"),
        (say_count("{count} partner", "{count} partners", 0), "0 partners", "0 partenaire"),
        (say_count("{count} partner", "{count} partners", 1), "1 partner", "1 partenaire"),
        (say_count("{count} partner", "{count} partners", 2), "2 partners", "2 partenaires"),
        (Text("one more", {"count": 1}, context="list", plural="{count} more"), "one more", "encore un"),
        (Text("one more", {"count": 4}, context="list", plural="{count} more"), "4 more", "encore 4"),
        (say("{what}!", what=say("Your round")), "Your round!", "Votre tour!"),
        (say("{who}", who=("A", "B", "C")), "A, B and C", "A, B et C"),
        (say("{who}", who=(say("Your round"), "B")), "Your round and B", "Votre tour et B"),
        (say("{day}", day=date(2027, 4, 3)), "3 April 2027", "3 avril 2027"),
        (say("{n}", n=9999), "9999", "9999"),
        (say("{n}", n=1234567), "1,234,567", "1\u202f234\u202f567"),
        (say("{missing}"), "{missing}", "{missing}"),
        (say("{name}", name="{other} %s {0}"), "{other} %s {0}", "{other} %s {0}"),
    ],
)
def test_a_message_becomes_a_sentence(
    catalogs: GettextCatalogs, text: Text, english: str, french: str
) -> None:
    assert (catalogs.render(text, "en"), catalogs.render(text, "fr")) == (english, french)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "لا شركاء"), (1, "شريك واحد"), (2, "شريكان"), (7, "7 شركاء"), (11, "11 شريكًا"), (100, "100 شريك")],
)
def test_arabic_has_six_plural_forms(catalogs: GettextCatalogs, count: int, words: str) -> None:
    assert catalogs.render(say_count("{count} partner", "{count} partners", count), "ar") == words


@pytest.mark.parametrize(
    ("language", "name", "isolated"),
    [
        ("fr", "Partner A", "Partner A participe"),
        ("fr", "منظمة", "\u2068منظمة\u2069 participe"),
        ("ar", "Partner A", "انضم \u2068Partner A\u2069"),
        ("ar", "منظمة", "انضم \u2068منظمة\u2069"),
    ],
)
def test_typed_words_are_isolated_where_directions_meet(
    catalogs: GettextCatalogs, language: str, name: str, isolated: str
) -> None:
    assert catalogs.render(say("{name} has joined", name=name), language) == isolated
    assert catalogs.render(name, language) == name


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        (ZoneInfo("Africa/Nairobi"), "Saturday, 21 November 2026, 19:39 (Nairobi)"),
        (ZoneInfo("America/Argentina/Buenos_Aires"), "Saturday, 21 November 2026, 19:39 (Buenos Aires)"),
        (ZoneInfo("UTC"), "Saturday, 21 November 2026, 19:39 (UTC)"),
        (UTC, "Saturday, 21 November 2026, 19:39 (UTC)"),
    ],
)
def test_a_moment_says_day_hour_and_where(catalogs: GettextCatalogs, zone: ZoneInfo, moment: str) -> None:
    when: Value = datetime(2026, 11, 21, 19, 39, tzinfo=zone)
    assert catalogs.render(say("{when}", when=when), "en") == moment


def test_a_moment_without_a_zone_is_refused(catalogs: GettextCatalogs) -> None:
    with pytest.raises(ValueError, match="time zone"):
        catalogs.render(say("{when}", when=datetime(2026, 11, 21)), "en")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        (None, "en"), ("", "en"), ("xx", "en"), ("en-GB", "en"), ("fr", "fr"), ("fr-CA", "fr"), ("FR", "fr"),
        ("pt-br", "pt_BR"), ("pt-PT", "pt"), ("ar-EG-u-nu-latn", "ar"), ("in", "id"), ("../etc", "en"),
    ],
)  # fmt: skip
def test_the_nearest_language_is_found(catalogs: GettextCatalogs, tag: str | None, language: str) -> None:
    assert catalogs.best(tag) == language


def test_languages_and_what_they_translate(catalogs: GettextCatalogs) -> None:
    assert catalogs.languages == ("en", "ar", "fr", "id", "pt", "pt_BR")
    assert catalogs.msgids("ar") == {(None, "{name} has joined"), (None, "{count} partner")}
    assert (None, "{name} has left") not in catalogs.msgids("fr")
    assert (None, "Perhaps") not in catalogs.msgids("fr")
    assert catalogs.msgids("en") == frozenset()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one module, and a French catalog that knows an older text."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "babel.cfg").write_text("[python: bot/**.py]\n", encoding="utf-8")
    (tmp_path / "bot" / "words.py").write_text(
        "# Translators: a greeting\n"
        'a = say("Hello {name}", name=x)\n'
        'b = say_in("button", "Open")\n'
        'c = say_count("{count} day", "{count} days", n)\n'
        "d = say(variable)\n",
        encoding="utf-8",
    )
    write(
        tmp_path / "locales",
        "fr",
        f'{EMPTY}\nmsgid "Hello {{name}}"\nmsgstr "Bonjour {{name}}"\n\nmsgid "Old"\nmsgstr "Vieux"\n',
    )
    return tmp_path


def test_extraction_finds_every_kind_of_message(project: Path) -> None:
    found = catalog_tool.template(project)
    assert [(message.id, message.context) for message in found if message.id] == [
        ("Hello {name}", None),
        ("Open", "button"),
        (("{count} day", "{count} days"), None),
    ]
    greeting = found.get("Hello {name}")
    assert greeting is not None
    assert greeting.auto_comments == ["a greeting"]


def test_an_update_keeps_translations_drops_old_texts_and_then_changes_nothing(project: Path) -> None:
    assert catalog_tool.stale(project) == ["locales/bot.pot", "locales/fr/LC_MESSAGES/bot.po"]
    catalog_tool.update(project)
    assert catalog_tool.stale(project) == []
    text = (project / "locales/fr/LC_MESSAGES/bot.po").read_text(encoding="utf-8")
    assert 'msgstr "Bonjour {name}"' in text
    assert "Old" not in text
    assert not any(word in text for word in ("Creation-Date", "Generated-By", "words.py:"))


def test_moving_a_text_within_its_file_makes_nothing_stale(project: Path) -> None:
    catalog_tool.update(project)
    module = project / "bot" / "words.py"
    module.write_text(f"\n\n{module.read_text(encoding='utf-8')}", encoding="utf-8")
    assert catalog_tool.stale(project) == []


def test_a_new_language_starts_with_its_plural_rule_and_an_existing_one_is_left_alone(project: Path) -> None:
    catalog_tool.add("ar", project)
    catalog_tool.add("fr", project)
    text = (project / "locales/ar/LC_MESSAGES/bot.po").read_text(encoding="utf-8")
    assert "nplurals=6" in text
    assert "msgstr[5]" in text
    assert "Bonjour" in (project / "locales/fr/LC_MESSAGES/bot.po").read_text(encoding="utf-8")


def test_problems_name_what_is_missing_broken_or_unsure(project: Path) -> None:
    path = project / "locales/fr/LC_MESSAGES/bot.po"
    path.write_text(FRENCH, encoding="utf-8")
    assert catalog_tool.problems(project) == [
        "fr: '{name} has left': placeholder {name} is missing",
        "fr: 'Not sure': is not translated, or not in every plural form",
        "fr: 'Perhaps': is marked fuzzy",
    ]


def test_made_up_placeholders_are_problems_too(project: Path) -> None:
    path = project / "locales/fr/LC_MESSAGES/bot.po"
    path.write_text(f'{EMPTY}\nmsgid "Hello {{name}}"\nmsgstr "Bonjour {{name}} {{nom}}"\n', encoding="utf-8")
    assert catalog_tool.problems(project) == ["fr: 'Hello {name}': placeholder {nom} does not exist"]


def test_a_missing_plural_form_is_a_problem(project: Path) -> None:
    path = project / "locales/fr/LC_MESSAGES/bot.po"
    path.write_text(
        FRENCH.replace("nplurals=2; plural=(n > 1)", "nplurals=3; plural=(n > 1)"), encoding="utf-8"
    )
    wrong = "fr: '{count} partner': is not translated, or not in every plural form"
    assert wrong in catalog_tool.problems(project)


def test_the_shipped_catalogs_are_up_to_date() -> None:
    assert catalog_tool.stale() == [], "run: make catalogs"


def test_the_shipped_catalogs_have_no_problems() -> None:
    assert catalog_tool.problems() == []
