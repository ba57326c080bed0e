"""All languages together, and catalogs that stay in step with the texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.i18n import catalog_tool
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.core.text import say
from tests.unit.i18n.spoken import ARABIC, EMPTY, FRENCH, write


@pytest.fixture
def catalogs(tmp_path: Path) -> GettextCatalogs:
    for language, content in {"fr": FRENCH, "ar": ARABIC, "pt": EMPTY, "pt_BR": EMPTY, "id": EMPTY}.items():
        write(tmp_path, language, content)
    return GettextCatalogs(tmp_path)


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


def test_a_line_is_said_in_the_language_asked_for_and_own_words_as_they_are(
    catalogs: GettextCatalogs,
) -> None:
    assert [catalogs.render(say("Your round"), code) for code in ("en", "fr", "pt")] == [
        "Your round", "Votre tour", "Your round",
    ]  # fmt: skip
    assert [catalogs.render("Your round", code) for code in ("en", "fr", "ar")] == ["Your round"] * 3
    assert catalogs.template(say("{name} has joined", name="Partner A"), "fr") == "{name} participe"
    assert catalogs.cities("fr")["le caire"] == "Africa/Cairo"


def test_every_language_is_called_as_its_readers_call_it(catalogs: GettextCatalogs) -> None:
    assert [catalogs.name(code) for code in ("en", "ar", "fr", "id", "pt")] == [
        "English", "العربية", "Français", "Bahasa Indonesia", "Português",
    ]  # fmt: skip
    assert catalogs.name("xx") == "xx"


@pytest.mark.parametrize(
    ("comment", "reviewed"),
    [("", False), ("not yet", False), ("not yet; please help", False), ("Made-up Name, 2027", True)],
)
def test_a_catalog_says_whether_it_was_reviewed(tmp_path: Path, comment: str, reviewed: bool) -> None:
    header = f"# Reviewed by a native speaker: {comment}\n" if comment else ""
    write(tmp_path, "fr", header + EMPTY)
    catalogs = GettextCatalogs(tmp_path)
    assert catalogs.is_reviewed("fr") is reviewed
    assert catalogs.is_reviewed("en")


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
    assert greeting.auto_comments == [
        "a greeting",
        "{name}: name of an organisation, or of what the sentence is about",
    ]


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
