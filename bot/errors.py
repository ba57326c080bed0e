"""The exception tree.

    BotError
    ├── FlowError         an author's mistake in a flow file: where, what is wrong, what to do
    ├── SettingsError     the environment asks for something impossible
    ├── StoreError        the database cannot be used as it is
    ├── KeysError         a key is missing, unreadable or does not fit
    ├── DisclosureError   something would have left that is not a published word
    ├── ReportError       a report could not be made
    ├── LeadsNoMore       another process may be sending by now
    ├── Refusal           a person asked for something that cannot be done; carries the words to say
    └── DeliveryError     a message could not be delivered
        ├── ContactUnreachable    blocked, deactivated or removed: stop writing to that chat
        ├── TryLater              asked to wait; knows for how long
        └── DeliveryInDoubt       it may or may not have arrived

Messages say where, what is wrong and what to do. They never hold a name, a chat id, an answer or a token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from bot.core.text import Text


class BotError(Exception):
    """Root of all expected errors; ``code`` is stable and safe to log."""

    code: ClassVar[str] = "bot"


class FlowError(BotError):
    code = "flow"


class SettingsError(BotError):
    code = "settings"


class StoreError(BotError):
    code = "store"


class KeysError(BotError):
    code = "keys"


class DisclosureError(BotError):
    code = "disclosure"


class ReportError(BotError):
    code = "report"


class LeadsNoMore(BotError):
    code = "leads-no-more"


class Refusal(BotError):
    """A kind "no": nothing was changed, and ``words`` tell the person why and what to do instead."""

    code = "refusal"

    def __init__(self, words: Text) -> None:
        super().__init__(words.msgid)
        self.words = words


class DeliveryError(BotError):
    code = "delivery"


class ContactUnreachable(DeliveryError):
    code = "unreachable"


class TryLater(DeliveryError):
    """Asked to wait ``seconds`` before the next message to that chat."""

    code = "later"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:.0f} s")
        self.seconds = seconds


class DeliveryInDoubt(DeliveryError):
    code = "in-doubt"
