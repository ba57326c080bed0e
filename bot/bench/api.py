"""A stand-in of the Bot API on loopback: as little work as possible, in a process of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import asynccontextmanager, suppress
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from bot.bench.exchange import Exchange
from bot.bench.machine import pin
from bot.bench.phones import BenchError, Json

LONGEST_POLL = 50.0
PATIENCE = 300.0
"""Seconds after which a measurement that has not ended is given up."""
