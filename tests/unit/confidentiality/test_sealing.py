from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.confidentiality.holders import OnPaper
from bot.core.confidentiality.sealing import (
    PLACE_SIZE,
    SHEET_SIZE,
    RoundKeys,
    derive,
    new_key,
    pseudonym,
    seal,
    unseal,
)
from bot.core.ids import PersonId, RoundId, SeatId
from bot.errors import KeysError

KEY, OTHER_KEY = b"a" * 32, b"b" * 32
ALICE, BOB = PersonId(1001), PersonId(1002)


@given(plaintext=st.binary(max_size=3 * PLACE_SIZE), associated=st.binary(max_size=40))
def test_what_was_sealed_comes_back(plaintext: bytes, associated: bytes) -> None:
    sealed = seal(KEY, plaintext, associated=associated, size=PLACE_SIZE)
    assert unseal(KEY, sealed, associated=associated) == plaintext


@pytest.mark.parametrize("size", [SHEET_SIZE, PLACE_SIZE])
def test_an_empty_and_a_long_record_look_equally_long(size: int) -> None:
    lengths = {len(seal(KEY, text, associated=b"r", size=size)) for text in (b"", b"x", b"answer " * 100)}
    assert lengths == {12 + size + 16}


def test_a_record_that_does_not_fit_takes_the_next_multiple() -> None:
    noise = b"".join(derive(KEY, str(n).encode()) for n in range(40))
    assert len(seal(KEY, noise, associated=b"r", size=PLACE_SIZE)) == 12 + 2 * PLACE_SIZE + 16


def test_the_same_record_is_never_sealed_the_same_way_twice() -> None:
    assert seal(KEY, b"x", associated=b"r", size=64) != seal(KEY, b"x", associated=b"r", size=64)


def test_a_record_does_not_open_with_another_key_place_or_byte() -> None:
    sealed = seal(KEY, b"partner a decides", associated=b"place", size=64)
    tries = [
        (OTHER_KEY, sealed, b"place"),
        (KEY, sealed, b"other place"),
        (KEY, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"place"),
        (KEY, sealed[:20], b"place"),
        (KEY, b"", b"place"),
    ]
    for key, record, associated in tries:
        with pytest.raises(KeysError) as refused:
            unseal(key, record, associated=associated)
        assert "place" not in str(refused.value)
        assert refused.value.__cause__ is None


def test_a_pseudonym_tells_people_and_rounds_apart_and_nothing_else() -> None:
    keys = RoundKeys.of(KEY)
    names = [
        pseudonym(keys, RoundId(1), ALICE),
        pseudonym(keys, RoundId(1), BOB),
        pseudonym(keys, RoundId(2), ALICE),
        pseudonym(RoundKeys.of(OTHER_KEY), RoundId(1), ALICE),
    ]
    assert len(set(names)) == 4
    assert {len(name) for name in names} == {32}
    assert names[0] == pseudonym(RoundKeys.of(KEY), RoundId(1), ALICE)


def test_the_keys_of_a_round_differ_and_do_not_print() -> None:
    keys = RoundKeys.of(KEY)
    assert len({KEY, keys.mac, keys.enc}) == 3
    assert repr(keys) == "RoundKeys()"


@pytest.mark.parametrize("key", [b"", b"a" * 31, b"a" * 33])
def test_a_round_key_of_another_length_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        RoundKeys.of(key)


def test_new_keys_are_new() -> None:
    assert len({new_key() for _ in range(100)}) == 100


def test_derived_keys_stay_what_they_are() -> None:
    """Records of open rounds must still open after an update of the bot."""
    assert derive(KEY, b"seal").hex() == "2350a25eb811f640c01e7ffb8c32be1549fe074835ee2aeec6ccb8faac86bb59"


def test_a_seat_on_paper_is_nobody_else_whatever_their_numbers() -> None:
    keys, seat = RoundKeys.of(KEY), SeatId(ALICE)
    holders = (
        ALICE,
        BOB,
        OnPaper(seat),
        OnPaper(seat, by=ALICE),
        OnPaper(seat, by=BOB),
        OnPaper(SeatId(BOB)),
    )
    assert len({pseudonym(keys, RoundId(1), holder) for holder in holders}) == len(holders)
