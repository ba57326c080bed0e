"""Small catalogs in made-up states, for tests of languages."""

from __future__ import annotations

from pathlib import Path

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
    """Put a catalog where it is looked for."""
    path = folder / language / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
