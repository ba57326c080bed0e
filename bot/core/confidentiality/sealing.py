"""Pseudonyms and sealed records of an open round, made from the round's key and gone with it.

Source: reference on anonymity, 3.2.
"""

from __future__ import annotations

import hmac
import os
import zlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.confidentiality.holders import Holder, OnPaper
from bot.core.ids import RoundId
from bot.errors import KeysError

KEY_SIZE = 32
SHEET_SIZE = 16384  # a full session; every one looks equally long
PLACE_SIZE = 1024  # which card is live and which messages belong to the sitting
_NONCE_SIZE = 12
_LENGTH_SIZE = 4


def new_key() -> bytes:
    """Make 32 random bytes."""
    return os.urandom(KEY_SIZE)


def derive(key: bytes, purpose: bytes) -> bytes:
    """Derive 32 bytes for one purpose (HKDF-SHA256); they do not lead back to ``key``."""
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=purpose).derive(key)


@dataclass(frozen=True, slots=True)
class RoundKeys:
    """The two keys of a round; they do not print.

    Attributes:
        mac: makes pseudonyms.
        enc: seals records.
    """

    mac: bytes = field(repr=False)
    enc: bytes = field(repr=False)

    @classmethod
    def of(cls, key: bytes) -> RoundKeys:
        """Derive both from the round key.

        Raises: ValueError, when it is not 32 bytes long.
        """
        if len(key) != KEY_SIZE:
            raise ValueError(f"a round key has {KEY_SIZE} bytes")
        return cls(mac=derive(key, b"pseudonym"), enc=derive(key, b"seal"))


def pseudonym(keys: RoundKeys, round_id: RoundId, holder: Holder) -> bytes:
    """Name whose a sheet is in one round (32 bytes); without the key nobody can tell or test whose it is."""
    return hmac.digest(keys.mac, round_id.to_bytes(8, "big") + _named(holder), "sha256")


def _named(holder: Holder) -> bytes:
    """A person in 8 bytes, a seat on paper in 16, so that no two holders have the same name."""
    if isinstance(holder, OnPaper):
        return holder.seat.to_bytes(8, "big") + (holder.by or 0).to_bytes(8, "big")
    return holder.to_bytes(8, "big")


def seal(key: bytes, plaintext: bytes, *, associated: bytes, size: int) -> bytes:
    """Encrypt a record so that neither content nor length tells anything (AES-256-GCM, random nonce).

    Args:
        key: 32 bytes.
        plaintext: compressed first, then padded.
        associated: what the record belongs to; it opens nowhere else.
        size: padded length in bytes; a longer record takes the next multiple of it.
    """
    packed = _compressed(plaintext)
    body = len(packed).to_bytes(_LENGTH_SIZE, "big") + packed
    padded = body.ljust(-(-len(body) // size) * size, b"\0")
    nonce = os.urandom(_NONCE_SIZE)
    return nonce + AESGCM(key).encrypt(nonce, padded, associated)


def _compressed(plaintext: bytes) -> bytes:
    """Padding makes up for what a better level would save, and records are short: room for larger ones would take ten
    times as long to clear as all the rest.
    """
    deflate = zlib.compressobj(level=1, wbits=12, memLevel=5)
    return deflate.compress(plaintext) + deflate.flush()


def unseal(key: bytes, sealed: bytes, *, associated: bytes) -> bytes:
    """Open a record made by ``seal``.

    Raises: KeysError, when key or associated data do not fit or the record was altered.
    """
    nonce, ciphertext = sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:]
    try:
        body = AESGCM(key).decrypt(nonce, ciphertext, associated)
    except (InvalidTag, ValueError):
        raise KeysError(
            "A sealed record does not open: the key does not fit or the record was altered. "
            "Check that KEY_DIR and MASTER_KEY_FILE belong to this database."
        ) from None
    end = _LENGTH_SIZE + int.from_bytes(body[:_LENGTH_SIZE], "big")
    return zlib.decompress(body[_LENGTH_SIZE:end])
