"""The estimate of bytes over the air comes to the sizes of packets known for the published objects."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bench import device

BUTTONS = [
    [{"text": "It is fine", "callback_data": "~made-up"}],
    [{"text": "Skip", "callback_data": "~other"}],
]


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (48, 153),
        (236, 409),
        (668, 793),
        (844, 1049),
        (836, 1049),
        (672, 793),
        (292, 409),
        (1456, 1753),
        (4132, 4441),
    ],
)
def test_a_packet_has_its_frame_and_its_padding(content: int, size: int) -> None:
    assert device.packet(content) - device.NETWORK == size


def test_an_answer_to_a_tap_costs_the_same_with_a_short_toast() -> None:
    assert device.tap_answer(None) == device.tap_answer("x" * 40) == 153 + device.NETWORK


def test_a_typed_text_is_sent_and_receipted() -> None:
    assert device.typed("x" * 60) == 370 + 2 * device.NETWORK


def test_a_tap_that_leads_to_an_edited_card_of_two_hundred_letters_costs_about_a_kilobyte() -> None:
    card = {"text": "x" * 200, "reply_markup": {"inline_keyboard": BUTTONS}}
    whole = device.tap() + device.tap_answer(None) + device.message(card, edited=True)
    assert 1000 < whole < 1400


def test_a_short_edit_without_buttons_is_the_bot_its_frame_and_its_text() -> None:
    assert device.message({"text": "3 - noted"}, edited=True) == 409 + device.NETWORK


@pytest.mark.parametrize(
    ("text", "size"), [("", 4), ("abc", 4), ("abcd", 8), ("አማርኛ", 16), ("x" * 253, 256), ("x" * 254, 260)]
)
def test_a_text_is_padded_with_its_length(text: str, size: int) -> None:
    assert device.string(text) == size


@pytest.mark.parametrize(
    ("part", "more"),
    [
        ({"entities": [{"type": "bold"}]}, device.LIST + device.ENTITY),
        ({"reply_markup": {"inline_keyboard": BUTTONS}}, 12 + 2 * 12 + (8 + 12 + 12) + (8 + 8 + 8)),
    ],
)
def test_bold_lines_and_buttons_are_part_of_a_message(part: dict[str, Any], more: int) -> None:
    text = "x" * 1000
    bare = device.MESSAGE + device.string(text)
    assert device.message({"text": text, **part}, edited=False) == device.packet(bare + more)


def test_a_deletion_names_every_message() -> None:
    assert device.deletion(25) == device.packet(56 + 100)


def test_the_formula_names_every_figure_it_reckons_with() -> None:
    told = " ".join(device.FORMULA)
    for figure in (
        device.NETWORK,
        device.FRAME,
        device.SESSION,
        device.BEYOND,
        device.MESSAGE,
        device.DELETION,
    ):
        assert str(figure) in told
