"""How many bytes go over the air to and from one phone: an estimate from the layout of Telegram's own protocol.

A phone speaks MTProto 2.0, not the Bot API. What a packet carries follows from the published objects; it is then
encrypted, padded as TDLib pads it, and sent over TCP. Not counted: TLS, compression, keeping the connection, what
the phone shows while the app is closed. ``FORMULA`` says the same in words.
"""

from __future__ import annotations

from bot.bench.phones import Json

NETWORK = 80
"""Headers of TCP and IP, of a packet and of its acknowledgement."""
FRAME = 25
"""Length, key and message key, which stand before what is encrypted."""
SESSION = 44
"""Salt, session, number and length of a message and the least padding, encrypted with it."""
PADDED = (64, 128, 192, 256, 384, 512, 768, 1024, 1280)
BEYOND = 448
"""What is encrypted is padded to one of ``PADDED``, longer ones in steps of this."""

TAP = 48
TAP_ANSWER = 24
TYPED = 36
RECEIPT = 36
MESSAGE = 276
"""An update with a new message without its text; 196 of it tell the phone once more who the bot is."""
EDIT = 4
LIST = 8
ENTITY = 12
KEYBOARD = 12
ROW = 12
BUTTON = 8
DELETION = 56
NUMBER = 4

FORMULA = (
    f"device bytes, estimated: a packet is {NETWORK} + {FRAME} + (content + {SESSION}), the last padded to "
    f"{', '.join(map(str, PADDED))} and on in steps of {BEYOND};",
    f"content of a tap {TAP}, of its answer {TAP_ANSWER} + toast, of a typed text {TYPED} + text, of its receipt"
    f" {RECEIPT}, of a deletion {DELETION} + {NUMBER} a message;",
    f"of a message {MESSAGE} + text + {LIST} + {ENTITY} a bold line + {KEYBOARD} + {ROW} a row of buttons + "
    f"{BUTTON} a button + label + data, of an edit {EDIT} more;",
    "a text with its length is padded to a multiple of 4",
)


def tap() -> int:
    return packet(TAP)


def tap_answer(toast: str | None) -> int:
    return packet(TAP_ANSWER + (string(toast) if toast else 0))


def typed(text: str) -> int:
    """A text that the phone sends, and the receipt that it has arrived."""
    return packet(TYPED + string(text)) + packet(RECEIPT)


def message(sent: Json, *, edited: bool) -> int:
    """A new message or an edit, which carries all of the message again.

    Args:
        sent: the message as the Bot API tells it, with ``entities`` and ``reply_markup`` as objects.
    """
    content = MESSAGE + EDIT * edited + string(sent["text"])
    if sent.get("entities"):
        content += LIST + ENTITY * len(sent["entities"])
    rows = (sent.get("reply_markup") or {}).get("inline_keyboard", ())
    if rows:
        content += KEYBOARD + ROW * len(rows) + sum(button(one) for row in rows for one in row)
    return packet(content)


def button(one: Json) -> int:
    return BUTTON + string(one["text"]) + string(one.get("callback_data") or one.get("url") or "")


def deletion(messages: int) -> int:
    return packet(DELETION + NUMBER * messages)


def string(text: str) -> int:
    """UTF-8 with its length before it, to a multiple of four."""
    size = len(text.encode())
    return -(-(size + (1 if size < 254 else 4)) // 4) * 4


def packet(content: int) -> int:
    """Everything that is sent for so much content."""
    encrypted = content + SESSION
    longest = PADDED[-1]
    padded = next(
        (size for size in PADDED if size >= encrypted),
        longest + -(-(encrypted - longest) // BEYOND) * BEYOND,
    )
    return NETWORK + FRAME + padded
