"""Settings, read once from the environment and validated; secrets do not print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.facilitation import MOST_PARTNERSHIPS
from bot.errors import SettingsError

LARGEST_PORT = 65535
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
WEBHOOK_URL = re.compile(r"https?://[\w.\-\[\]:]+(/[\w.~/-]*)?", re.ASCII)
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Settings(BaseSettings):
    """Everything an operator can set; the README lists each by its environment name.

    Attributes:
        bot_token: from @BotFather; without it the playground opens.
        bot_api_url: another Bot API server than Telegram's own.
        data_dir: where the database and, unless set otherwise, the keys live.
        database_url: of a SQLite file or of a PostgreSQL database.
        master_key_file: wraps the keys of open rounds; outside the database and its backups.
        key_dir: the wrapped keys of open rounds; never in a backup.
        listen: host and port of the playground's page, and of the server of ``run``.
        webhook_url: where Telegram brings updates; without it they are fetched.
        webhook_secret: by which an update is known to come from Telegram.
        facilitators: "open", or the Telegram ids that may set up partnerships.
        operator: who runs this bot, as the consent notice names them.
        most_partnerships: that one person can facilitate.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    data_dir: Path = Path("data")
    database_url: str = ""
    master_key_file: Path | None = None
    key_dir: Path | None = None
    listen: str | None = Field(default=None, pattern=r"^\S+:\d{1,5}$")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    facilitators: Annotated[frozenset[int] | None, NoDecode] = None
    operator: str | None = Field(default=None, max_length=100)
    most_partnerships: int = Field(default=MOST_PARTNERSHIPS, ge=1)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("facilitators", mode="before")
    @classmethod
    def _open_or_ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value.strip().casefold() == "open":
            return None
        return frozenset(int(part) for part in value.replace(",", " ").split())

    @field_validator("listen")
    @classmethod
    def _a_port(cls, value: str | None) -> str | None:
        if value is not None and int(value.rpartition(":")[2]) > LARGEST_PORT:
            raise ValueError("there is no such port")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _behind_tls(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if not WEBHOOK_URL.fullmatch(value) or not parts.hostname or (parts.port or 1) > LARGEST_PORT:
            raise ValueError("no address with a plain path")
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ValueError("Telegram needs https")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _in_telegrams_alphabet(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None:
            if info.data.get("webhook_url") is not None:
                raise ValueError("without it anybody could pretend to be Telegram")
        elif not WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("Telegram takes 1 to 256 of A-Z a-z 0-9 _ -")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'bot.sqlite3'}"

    @property
    def master_key(self) -> Path:
        return self.master_key_file or self.data_dir / "master" / "master.key"

    @property
    def keys(self) -> Path:
        return self.key_dir or self.data_dir / "keys"

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen on."""
        host, _, port = (self.listen or "127.0.0.1:8080").rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def serves(self) -> bool:
        """Whether ``run`` opens its server: for updates, or because LISTEN asks for it."""
        return self.listen is not None or self.webhook_url is not None


def read_settings() -> Settings:
    """Read the environment.

    Raises: SettingsError, which names the setting and never repeats its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({str(detail["loc"][0]).upper() for detail in error.errors() if detail["loc"]})
        raise SettingsError(
            f"These settings cannot be used: {', '.join(names)}. The README lists what each one takes."
        ) from None
    except ValueError:
        raise SettingsError('FACILITATORS must be "open" or a list of Telegram ids.') from None
