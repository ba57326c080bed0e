"""The playground's page on this machine: static files, a stream of news, and one endpoint an action."""

from __future__ import annotations

import base64
import errno
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar, get_args

from aiohttp import web

from bot.adapters.playground.controls import Controls, Step
from bot.adapters.playground.feed import Feed
from bot.adapters.playground.guard import add_headers, guard, is_loopback
from bot.adapters.playground.refusals import Json
from bot.adapters.playground.speech import preferred, speech
from bot.adapters.playground.words import NOT_THERE
from bot.adapters.playground.world import World
from bot.core.text import Line
from bot.errors import Refusal, SettingsError

_PAGE = Path(__file__).with_name("page")
_ASSETS = ("page.css", "phone.css", "page.js", "screen.js", "chat.js", "words.js", "icon.svg", "lock.svg")
_STATIC = {"/": "index.html"} | {f"/{name}": name for name in _ASSETS}
_PORTS_TRIED = 20
_LARGEST_BODY = 32 * 1024**2
"""Bytes; the largest file that bots may fetch, as base64, and some more."""
_SHOWABLE = frozenset({"image/png", "image/jpeg"})
_T = TypeVar("_T", int, str)
_Action = Callable[[Json], Awaitable[None]]


class PlaygroundServer:
    """Serves one world to whoever sits at this machine.

    Args:
        host: a loopback address; anything else raises SettingsError.
        port: the first port to try; the next free one is taken when it is in use, 0 means any.
    """

    def __init__(
        self, world: World, controls: Controls, *, host: str = "127.0.0.1", port: int = 8080
    ) -> None:
        if not is_loopback(host):
            raise SettingsError("The playground listens on this machine only: use 127.0.0.1 as its host.")
        self._world = world
        self._controls = controls
        self._host = host
        self._port = port
        self._feed = Feed(world, controls)
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)

    def application(self) -> web.Application:
        """The web application, for tests without a socket of our choosing."""
        app = web.Application(middlewares=[guard], client_max_size=_LARGEST_BODY)
        app.on_response_prepare.append(add_headers)
        for path in _STATIC:
            app.router.add_get(path, self._static)
        app.router.add_get("/file/{id}", self._file)
        app.router.add_get("/api/events", self._events)
        app.router.add_get("/api/hint", self._hint)
        app.router.add_get("/api/words", self._words)
        actions: dict[str, _Action] = {
            "say": self._say,
            "send": self._send,
            "tap": self._tap,
            "link": self._link,
            "language": self._language,
            "push": self._push,
            "start-over": self._start_over,
            "fill": self._fill,
        }
        for name, action in actions.items():
            app.router.add_post(f"/api/{name}", self._endpoint(action))
        return app

    async def start(self) -> str:
        """Listen. Returns: the address of the page."""
        await self._runner.setup()
        for port in [*range(self._port, self._port + _PORTS_TRIED), 0] if self._port else [0]:
            site = web.TCPSite(self._runner, self._host, port)
            try:
                await site.start()
            except OSError as exc:
                if exc.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise
            else:
                break
        taken: int = self._runner.addresses[0][1]
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{taken}"

    async def stop(self) -> None:
        """End the streams and close the port."""
        self._feed.close()
        await self._runner.cleanup()

    async def _static(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(_PAGE / _STATIC[request.path])

    async def _file(self, request: web.Request) -> web.Response:
        file = self._world.standin.state.files.get(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound(text="There is no such file.")
        if file.mime in _SHOWABLE:
            return web.Response(body=file.content, content_type=file.mime)
        # Whatever else it is, the browser saves it and never opens it; the page's link says under which name.
        headers = {"Content-Disposition": "attachment"}
        return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        # A page that was closed resets the connection; then there is nobody left to tell.
        with suppress(ConnectionResetError):
            async with aclosing(self._feed.read()) as news:
                async for kind, body in news:
                    await response.write(f"event: {kind}\ndata: {json.dumps(body)}\n\n".encode())
        return response

    async def _hint(self, request: web.Request) -> web.Response:
        return web.Response(text=self._say_to(request, await self._controls.hint()))

    async def _words(self, request: web.Request) -> web.Response:
        return web.json_response(speech(self._controls, self._language_of(request)))

    def _language_of(self, request: web.Request) -> str:
        codes = [language.code for language in self._controls.cast().languages]
        return preferred(request.headers.get("Accept-Language", ""), codes)

    def _say_to(self, request: web.Request, line: Line) -> str:
        return self._controls.render(line, self._language_of(request))

    async def _say(self, body: Json) -> None:
        person, chat, text = _field(body, "person", int), _field(body, "chat", int), _field(body, "text", str)
        if text.strip():
            with _still_there():
                self._world.say(person, text, chat)

    async def _send(self, body: Json) -> None:
        """A file, its content as base64."""
        person, chat, name = _field(body, "person", int), _field(body, "chat", int), _field(body, "name", str)
        try:
            content = base64.b64decode(_field(body, "content", str), validate=True)
        except ValueError:
            raise web.HTTPBadRequest(text="content is no base64.") from None
        with _still_there():
            self._world.send_document(person, name, content, chat, mime=_field(body, "mime", str))

    async def _tap(self, body: Json) -> None:
        person, chat = _field(body, "person", int), _field(body, "chat", int)
        message, data = _field(body, "message", int), _field(body, "data", str)
        with _still_there():
            self._world.tap(person, message, data, chat)

    async def _link(self, body: Json) -> None:
        person, payload = _field(body, "person", int), _field(body, "payload", str)
        kind = _field(body, "kind", str)
        with _still_there():
            if kind == "startgroup":
                self._world.add_bot_to_group(person, self._controls.cast().group, payload)
            else:
                self._world.open_link(person, payload)

    async def _language(self, body: Json) -> None:
        await self._controls.speak(_field(body, "person", int), _field(body, "language", str))

    async def _push(self, body: Json) -> None:
        step = next((known for known in get_args(Step) if known == body.get("step")), None)
        if step is None:
            raise web.HTTPBadRequest(text="Unknown step.")
        await self._controls.push(step)

    async def _start_over(self, _: Json) -> None:
        await self._controls.start_over()

    async def _fill(self, body: Json) -> None:
        await self._controls.fill(_field(body, "person", int))

    def _endpoint(self, action: _Action) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Wrap an action: JSON in, nothing out, what cannot be done as 409 with words for the page."""

        async def handle(request: web.Request) -> web.Response:
            try:
                body = await request.json()
            except ValueError:
                raise web.HTTPBadRequest(text="Send JSON.") from None
            if not isinstance(body, dict):
                raise web.HTTPBadRequest(text="Send a JSON object.")
            try:
                await action(body)
            except Refusal as refusal:
                raise web.HTTPConflict(text=self._say_to(request, refusal.words)) from refusal
            return web.Response(status=204)

        return handle


@contextmanager
def _still_there() -> Iterator[None]:
    """A page may be a moment behind the world."""
    try:
        yield
    except KeyError:
        raise Refusal(NOT_THERE) from None


def _field(body: Json, name: str, kind: type[_T]) -> _T:
    value = body.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise web.HTTPBadRequest(text=f"{name} is missing or of the wrong kind.")
    return value
