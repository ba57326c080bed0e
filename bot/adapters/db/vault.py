"""What the identity tables keep of Telegram's ids and of unfinished sittings, sealed."""

from __future__ import annotations

import hmac
import secrets

from bot.core.confidentiality.sealing import derive, seal, unseal

_NUMBER_SIZE = 32  # a Telegram id, whatever its length
_LARGEST_ID = 2**53 - 1  # what every program that reads an export can hold exactly


def random_id() -> int:
    """Draw an id that tells neither order nor time, 1 to 2**53 - 1."""
    return 1 + secrets.randbelow(_LARGEST_ID)


class Vault:
    """Finds and seals by the identity key, which is not kept in the database."""

    def __init__(self, identity_key: bytes) -> None:
        self._finding = derive(identity_key, b"identity lookup")
        self._sealing = derive(identity_key, b"identity seal")

    def lookup(self, kind: str, number: int) -> bytes:
        """Name a Telegram id so that it can be found again, but not read (HMAC-SHA256, 32 bytes)."""
        return hmac.digest(self._finding, f"{kind}|{number}".encode(), "sha256")

    def seal(self, content: bytes, *, label: str, size: int) -> bytes:
        """Seal for one row, named by ``label``; it opens in no other."""
        return seal(self._sealing, content, associated=label.encode(), size=size)

    def unseal(self, sealed: bytes, *, label: str) -> bytes:
        """Raises: KeysError, when the key does not fit or the row was exchanged."""
        return unseal(self._sealing, sealed, associated=label.encode())

    def seal_number(self, number: int, *, label: str) -> bytes:
        return self.seal(str(number).encode(), label=label, size=_NUMBER_SIZE)

    def unseal_number(self, sealed: bytes, *, label: str) -> int:
        return int(self.unseal(sealed, label=label))
