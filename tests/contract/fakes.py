"""A key store in memory, for tests of what is sealed."""

from __future__ import annotations

from hashlib import sha256

from bot.core.confidentiality.sealing import RoundKeys
from bot.core.ids import RoundId
from bot.errors import KeysError


class FakeKeys:
    """``KeyStore`` without files; the keys follow from ``seed``, so that tests repeat."""

    def __init__(self, seed: str = "made-up") -> None:
        self._seed = seed
        self._rounds: dict[RoundId, bytes] = {}

    def change_seed(self, seed: str) -> None:
        """From here on the keys of another installation."""
        self._seed = seed

    def identity_key(self) -> bytes:
        return sha256(f"{self._seed}|identity".encode()).digest()

    def create(self, round_id: RoundId) -> None:
        self._rounds[round_id] = sha256(f"{self._seed}|{round_id}".encode()).digest()

    def round_key(self, round_id: RoundId) -> bytes:
        try:
            return self._rounds[round_id]
        except KeyError:
            raise KeysError("This round has no key.") from None

    def round_keys(self, round_id: RoundId) -> RoundKeys:
        return RoundKeys.of(self.round_key(round_id))

    def destroy(self, round_id: RoundId) -> None:
        self._rounds.pop(round_id, None)

    def existing(self) -> frozenset[RoundId]:
        return frozenset(self._rounds)
