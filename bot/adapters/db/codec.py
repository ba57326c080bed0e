"""Places as JSON, before they are sealed."""

from __future__ import annotations

import json

from bot.app.ports import Place
from bot.core.packing import pack, unpack_line


def place_to_json(place: Place) -> bytes:
    parts = [place.path, place.card, place.trail, None if place.notice is None else pack(place.notice)]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def place_from_json(content: bytes) -> Place:
    path, card, trail, notice = json.loads(content)
    return Place(path, card, tuple(trail), None if notice is None else unpack_line(notice))
