"""Builds python-telegram-bot's Application: for its types and handlers, not its polling or jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias, cast

from telegram import InputFile
from telegram.ext import Application, ApplicationBuilder, BaseHandler, ExtBot
from telegram.request import BaseRequest, RequestData

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

PUBLIC_API = "https://api.telegram.org"
KINDS_OF_UPDATES = ("message", "callback_query", "my_chat_member")


@dataclass(frozen=True, slots=True)
class AsGiven:
    """What a request reads of the library's ``RequestData`` where there are no files; JSON already."""

    parameters: Mapping[str, Any]
    contains_files: bool = False


class PollingBot(ExtBot[None]):
    """The library's bot, which can also fetch updates as they are.

    Its own ``get_updates`` parses a whole batch at once, so that one update it cannot parse stops all.
    """

    def __repr__(self) -> str:
        """The library's shows the token."""
        return "PollingBot"

    async def raw_updates(self, *, offset: int | None, limit: int, wait: int) -> list[dict[str, Any]]:
        """Wait for updates.

        Args:
            offset: confirms every update before it; None confirms nothing.
            limit: most updates at once, at most 100.
            wait: seconds that Telegram may keep an empty answer back, at most 50.
        Raises: TelegramError.
        """
        data = {
            "offset": offset,
            "limit": limit,
            "timeout": wait,
            "allowed_updates": list(KINDS_OF_UPDATES),
        }
        patience = (self.request.read_timeout or 0) + wait
        return cast("list[dict[str, Any]]", await self._post("getUpdates", data, read_timeout=patience))

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the Bot API; returns the result as it is.

        The library's own methods would take every parameter apart and parse the message that Telegram repeats, with
        all its buttons, for its number alone.

        Args:
            parameters: as the Bot API has them; what is None is left out. A ``telegram.InputFile`` makes the
                call a form.
        Raises: TelegramError.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        if any(isinstance(value, InputFile) for value in given.values()):
            return await self._post(method, given)
        return await self.request.post(f"{self.base_url}/{method}", cast("RequestData", AsGiven(given)))


class LaneApplication(AnyApplication):
    """An Application whose faults reach whoever gave it the update, instead of ending in a log."""

    async def process_error(
        self, update: object, error: Exception, job: object = None, coroutine: object = None
    ) -> NoReturn:
        raise error


def build_application(
    token: str, *, request: BaseRequest, handlers: Sequence[BaseHandler[Any, Any, Any]], api: str = PUBLIC_API
) -> AnyApplication:
    """Build the application around one request object.

    Args:
        request: carries every call, the long poll included.
        handlers: in order; the first one that fits an update handles it.
        api: address of the Bot API server, without the token.
    """
    address = api.rstrip("/")
    bot = PollingBot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request,
        get_updates_request=request,
    )
    application = (
        ApplicationBuilder().application_class(LaneApplication).bot(bot).updater(None).job_queue(None).build()
    )
    application.add_handlers(list(handlers))
    return application
