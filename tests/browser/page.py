"""The playground's page as somebody with a mouse and a keyboard meets it.

Nothing here sleeps: every act is followed by words that appear on a phone, and the browser waits for those.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, expect, sync_playwright

PATIENCE = 20_000
"""Milliseconds after which words that do not appear have failed to."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def running_playground(data_dir: Path) -> Iterator[str]:
    """The real server in a process of its own, on a free port. Yields: the address of its page."""
    env = os.environ | {"LISTEN": "127.0.0.1:0", "DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "bot", "playground"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            assert server.stdout is not None
            yield server.stdout.readline().split()[1]
        finally:
            server.terminate()


@contextmanager
def open_page(
    address: str, *, width: int = 1600, height: int = 1000, scale: float = 1, language: str = "en"
) -> Iterator[PlayPage]:
    """The page in a browser without a window.

    Args:
        scale: pixels of a picture for each pixel of the page.
        language: what the browser asks for.
    """
    with sync_playwright() as playwright:
        path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        try:
            page = browser.new_page(
                viewport={"width": width, "height": height}, device_scale_factor=scale, locale=language
            )
            made = PlayPage(page)
            page.goto(address)
            yield made
        finally:
            browser.close()


@contextmanager
def playing(folder: Path) -> Iterator[PlayPage]:
    """The page of a playground of its own; how it looked at the end stays in the folder."""
    with running_playground(folder / "data") as address, open_page(address) as made:
        try:
            yield made
        finally:
            made.page.screenshot(path=folder / "at-the-end.png", full_page=True)


class PlayPage:
    """All phones of the page and its clock."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def phone(self, name: str) -> Phone:
        return Phone(self.page.get_by_role("region", name=name, exact=True))

    def push(self, button: str, *, seconds: float = PATIENCE / 1000) -> None:
        """Push the clock and wait until the playground has caught up, for at most so many seconds."""
        pushed = self.page.get_by_role("button", name=button, exact=True)
        pushed.click()
        expect(pushed).to_be_enabled(timeout=seconds * 1000)

    def hints(self, words: str) -> None:
        """See what the page proposes to do next."""
        expect(self.page.locator("#hint")).to_contain_text(words)

    def speak(self, language: str) -> None:
        """Choose the language of the page itself."""
        self.page.locator("#language").select_option(label=language)

    def choose_phone(self, name: str) -> None:
        """Answer the page's question on whose phone a link is opened."""
        self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()

    def overflowing(self) -> list[str]:
        """What is wider than the room it has: the page, a chat, a bubble, a label."""
        found: list[str] = self.page.evaluate(
            """parts => [...document.querySelectorAll(parts)]
                .filter(part => part.scrollWidth > part.clientWidth)
                .map(part => part.textContent)""",
            ".top, .phone, .chat, .bubble, .keys button",
        )
        return found

    def save(self, path: Path) -> None:
        """Take a picture of the top of the page, once no toast covers anything."""
        expect(self.page.locator(".toast:visible")).to_have_count(0)
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        self.page.mouse.move(0, 0)
        self.page.screenshot(path=path)


class Phone:
    """One phone; what is read and pressed is always on the newest message of the bot."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.newest = root.locator("li.bot").last
        self.keys = self.newest.locator(".keys button")
        self.toast = root.locator(".toast")

    def say(self, text: str) -> None:
        """Type a message and send it with Enter; lines are parted with Shift and Enter."""
        box = self.root.get_by_role("textbox")
        box.click()
        for number, line in enumerate(text.split("\n")):
            if number:
                box.press("Shift+Enter")
            box.press_sequentially(line)
        box.press("Enter")

    def send(self, name: str, content: bytes) -> None:
        """Choose a file with the paper clip."""
        with self.root.page.expect_file_chooser() as choosing:
            self.root.get_by_role("button", name="Send a file").click()
        choosing.value.set_files({"name": name, "mimeType": "text/plain", "buffer": content})

    def shows(self, *words: str) -> None:
        for wanted in words:
            expect(self.newest).to_contain_text(wanted)

    def showed(self, words: str, *, times: int) -> None:
        """At least so many messages of the bot hold these words."""
        expect(self.root.locator("li.bot").filter(has_text=words).nth(times - 1)).to_be_attached()

    def lacks(self, *words: str) -> None:
        """None of these words is anywhere on the phone any more."""
        for gone in words:
            expect(self.root).not_to_contain_text(gone)

    def press(self, label: str) -> None:
        """Press the button with this label, whatever picture stands before it."""
        pictured = re.compile(rf"^(\W+ )?{re.escape(label)}$")
        self.newest.get_by_role("button", name=pictured).click()

    def press_first(self) -> None:
        """Press the first button, in whatever language it is."""
        with self.turn():
            self.keys.first.click()

    def fill(self) -> None:
        """Let the playground do what waits on this phone."""
        with self.turn():
            self.root.get_by_role("button", name="Fill in for me").click()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the newest message is another one, or says something else."""
        before = self.newest.locator(".text").inner_text() if self.newest.count() else ""
        yield
        expect(self.newest.locator(".text")).not_to_have_text(before, use_inner_text=True)

    def menu(self, command: str) -> None:
        """Choose a command from the phone's list."""
        self.root.get_by_role("button", name="Commands").click()
        self.root.locator(".commands").get_by_role("button", name=command).click()

    def switch_language(self, name: str) -> None:
        choice = self.root.get_by_role("combobox")
        choice.select_option(label=name)
        expect(choice.locator("option:checked")).to_have_text(name)
