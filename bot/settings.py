"""Settings, read once from the environment and validated; secrets do not print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.facilitation import MOST_PARTNERSHIPS
from bot.errors import SettingsError

LARGEST_PORT = 65535


class Settings(BaseSettings):
    """Everything an operator can set; the README lists each by its environment name.

    Attributes:
        bot_token: from @BotFather; without it the playground opens.
        bot_api_url: another Bot API server than Telegram's own.
        data_dir: where the database and, unless set otherwise, the keys live.
        database_url: SQLAlchemy URL of the database.
        master_key_file: wraps the keys of open rounds; outside the database and its backups.
        key_dir: the wrapped keys of open rounds; never in a backup.
        listen: host and port of the playground's page.
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
    listen: str = Field(default="127.0.0.1:8080", pattern=r"^\S+:\d{1,5}$")
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
    def _a_port(cls, value: str) -> str:
        if int(value.rpartition(":")[2]) > LARGEST_PORT:
            raise ValueError("there is no such port")
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
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


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
