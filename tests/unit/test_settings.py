"""What the environment says, checked at the start; secrets do not print."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings

TOKEN = "1000001:made-up-token"  # noqa: S105
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_any_setting_everything_lies_in_one_folder_and_nobody_is_shut_out() -> None:
    settings = read_settings()
    assert settings.bot_token is None
    assert settings.facilitators is None
    assert settings.database == f"sqlite:///{Path('data').resolve() / 'bot.sqlite3'}"
    assert settings.master_key == Path("data/master/master.key")
    assert settings.keys == Path("data/keys")
    assert settings.address == ("127.0.0.1", 8080)
    assert not settings.serves


READ = [
    ("BOT_TOKEN", "", "bot_token", None),
    ("FACILITATORS", "open", "facilitators", None),
    ("FACILITATORS", " Open ", "facilitators", None),
    ("FACILITATORS", "1001", "facilitators", frozenset({1001})),
    ("FACILITATORS", "1001, 1002 1003", "facilitators", frozenset({1001, 1002, 1003})),
    ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
    ("LISTEN", "0.0.0.0:80", "address", ("0.0.0.0", 80)),  # noqa: S104
    ("LISTEN", "[::1]:8081", "address", ("::1", 8081)),
    ("LISTEN", "127.0.0.1:8080", "serves", True),
    ("WEBHOOK_URL", "", "webhook_url", None),
    ("DATABASE_URL", "sqlite:////made/up.db", "database", "sqlite:////made/up.db"),
    ("MASTER_KEY_FILE", "/made/up.key", "master_key", Path("/made/up.key")),
    ("KEY_DIR", "/made/up", "keys", Path("/made/up")),
    ("NO_SUCH_SETTING", "ignored", "log_level", "INFO"),
]


@pytest.mark.parametrize(("name", "value", "attribute", "expected"), READ)
def test_a_setting_is_read_as_people_write_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, attribute: str, expected: object
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(read_settings(), attribute) == expected


WRONG = [
    ("LISTEN", "nowhere"),
    ("LISTEN", "127.0.0.1:port"),
    ("LOG_LEVEL", "chatty"),
    ("FACILITATORS", "everybody"),
    ("FACILITATORS", "1001; 1002"),
    ("OPERATOR", "x" * 101),
    ("WEBHOOK_URL", "bot.example.org/telegram"),
    ("WEBHOOK_URL", "http://bot.example.org/telegram"),
    ("WEBHOOK_URL", "https://somebody:password@bot.example.org/telegram"),
    ("WEBHOOK_URL", "https://bot.example.org/telegram?key=made-up"),
    ("WEBHOOK_URL", "https://bot.example.org/{name}"),
    ("WEBHOOK_URL", "https://bot.example.org:66000/"),
    ("WEBHOOK_URL", "https://bot.example.org:port/"),
    ("WEBHOOK_URL", "https://[/"),
    ("WEBHOOK_SECRET", "made up"),
    ("WEBHOOK_SECRET", "m" * 257),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_setting_that_cannot_be_used_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as raised:
        read_settings()
    assert value not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    "url",
    [
        "https://bot.example.org",
        "https://bot.example.org:8443/telegram",
        "http://127.0.0.1:8080/telegram",
        "http://[::1]:8080/",
    ],
)
def test_telegram_comes_by_https_and_from_this_machine_as_it_likes(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", url)
    monkeypatch.setenv("WEBHOOK_SECRET", "m" * 256)
    settings = read_settings()
    assert (settings.webhook_url, settings.serves) == (url, True)
    assert "mmm" not in repr(settings)


def test_a_webhook_without_its_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/telegram")
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        read_settings()


def test_the_token_does_not_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = read_settings()
    for printed in (repr(settings), str(settings), settings.model_dump_json(), str(settings.model_dump())):
        assert TOKEN not in printed
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in readme] == []
