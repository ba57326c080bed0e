"""The commands: ``python -m bot run | playground | migrate | check | release | bench | catalogs | cards
| export | form | learning | move``."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from bot.errors import BotError
from bot.settings import Settings, read_settings
from bot.wiring.signals import until_signalled


def run(settings: Settings, _: argparse.Namespace) -> int:
    """Run the bot on Telegram, or open the playground when there is no token."""
    if settings.bot_token is None:
        print(
            "No BOT_TOKEN is set, so this is the playground. The README tells how to get a token and go live."
        )
        return playground(settings, _)
    from bot.wiring.live import live

    until_signalled(lambda stop: live(settings, stop))
    return 0


def playground(settings: Settings, _: argparse.Namespace) -> int:
    """Try the bot on a page in the browser, without Telegram."""
    from bot.wiring.playground import play

    until_signalled(
        lambda stop: play(
            settings, stop, say_where=lambda url: print(f"Open {url} (Ctrl+C stops)", flush=True)
        )
    )
    return 0


def migrate(settings: Settings, _: argparse.Namespace) -> int:
    """Bring the database up to date; ``run`` does the same by itself."""
    from bot.wiring.machine import open_store

    open_store(settings).store.stop_now()
    print("The database is up to date.")
    return 0


def check(settings: Settings, chosen: argparse.Namespace) -> int:
    """Check settings, keys, database, flows, languages and undelivered messages; or check flow files alone."""
    from bot.adapters.system import SystemClock
    from bot.app.retention import RULES
    from bot.wiring import inspection
    from bot.wiring.checks import file_problems, messages, problems

    if chosen.files:
        wrong = file_problems(chosen.files, settings)
        print("\n".join(wrong) or "In order.")
        return int(bool(wrong))
    around = list(inspection.findings(settings))
    if chosen.online:
        around += asyncio.run(inspection.online(settings))
    for finding in around:
        print("\n".join(finding.lines()))
    found = problems()
    undelivered, worrying = messages(settings, SystemClock().now())
    for line in (*found, "What is kept, and for how long:", *(f"  {rule}" for rule in RULES), *undelivered):
        print(line)
    attention = bool(found) or worrying or any(finding.do for finding in around)
    print("Something needs attention." if attention else "Settings, flows and languages are in order.")
    return int(attention)


def release(settings: Settings, _: argparse.Namespace) -> int:
    """Read counts as JSON lines from standard input, print what would be published of each."""
    from bot.core.figures.release import release_line

    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            print(release_line(line), flush=True)
        except ValueError as error:
            print(f"line {number}: {error}", file=sys.stderr)
            return 1
    return 0


def bench(settings: Settings, chosen: argparse.Namespace) -> int:
    """Measure speed, cost and start of the bot beside a bare echo, or a day of many people; takes minutes."""
    from bot.bench.population import Wish, population
    from bot.bench.run import bench

    def say(line: str) -> None:
        print(line, flush=True)

    if chosen.what == "population":
        wish = Wish(chosen.partnerships, chosen.database, chosen.workers, chosen.kills, chosen.seed)
        asyncio.run(population(settings, wish, say))
    else:
        asyncio.run(bench(settings, say))
    return 0


def catalogs(_: Settings, chosen: argparse.Namespace) -> int:
    """Bring the translations up to date and say what is missing; or begin a language, or go through spreadsheets."""
    from bot.wiring import catalogs

    if chosen.to_xlsx:
        for path in catalogs.to_workbooks(chosen.to_xlsx):
            print(f"Wrote {path}")
        return 0
    if chosen.add:
        found = catalogs.begun(chosen.add)
        done = "The catalog is there; now it can be translated (docs/translating.md)."
    elif chosen.from_xlsx:
        found = catalogs.from_workbooks(chosen.from_xlsx)
        done = "All rows were taken over."
    else:
        found = catalogs.refreshed()
        done = "All catalogs are up to date and whole."
    print("\n".join(found) or done)
    return int(bool(found))


def cards(_: Settings, chosen: argparse.Namespace) -> int:
    """Write every card in every language on one page, to be read in a browser; say what is wrong with them."""
    from bot.wiring.cards import write_cards

    found = write_cards(chosen.out)
    print("\n".join([*found, f"Wrote {chosen.out}: {len(found)} problems."]))
    return int(bool(found))


def export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write a report of a partnership; without one, list the partnerships. Stop the bot first."""
    from bot.wiring import exports

    if chosen.partnership is None:
        print("\n".join(exports.partnerships(settings)) or "There is no partnership yet.")
        return 0
    exports.write(
        settings,
        partnership=chosen.partnership,
        form=chosen.format,
        language=chosen.language,
        number=chosen.round,
        to=chosen.out,
    )
    print(f"Wrote {chosen.out}")
    return 0


def move(_: Settings, chosen: argparse.Namespace) -> int:
    """Move everything to another database, verified row by row. Stop the bot first."""
    from bot.wiring.moving import move_lines

    for line in move_lines(getattr(chosen, "from"), chosen.to):
        print(line)
    return 0


def learning(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write what partnerships learned from each other as files for researchers. Stop the bot first."""
    from bot.wiring.learning import write

    for path in write(settings, chosen.out):
        print(f"Wrote {path}")
    return 0


def form(_: Settings, chosen: argparse.Namespace) -> int:
    """Write a stage of a flow, with examples, as a form for KoboToolbox or ODK (XLSForm)."""
    from bot.wiring.forms import write_form

    languages = [code for code in chosen.languages.split(",") if code]
    write_form(chosen.flow, chosen.stage, chosen.out, languages)
    print(f"Wrote {chosen.out}")
    return 0


COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], int]] = {
    "run": run,
    "playground": playground,
    "migrate": migrate,
    "check": check,
    "release": release,
    "bench": bench,
    "catalogs": catalogs,
    "cards": cards,
    "export": export,
    "learning": learning,
    "move": move,
    "form": form,
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="bot", description="Partner organisations reflect on who decides what."
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    for name, function in COMMANDS.items():
        added = commands.add_parser(name, help=function.__doc__)
        if name == "release":
            added.add_argument("--stdin", action="store_true", required=True, help="the only source there is")
        elif name == "bench":
            added.add_argument("what", nargs="?", choices=("all", "population"), default="all")
            added.add_argument(
                "--partnerships", metavar="NUMBER", type=int, default=1000, help="of eight people"
            )
            added.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
            added.add_argument("--workers", metavar="NUMBER", type=int, default=1)
            added.add_argument("--kills", metavar="NUMBER", type=int, default=0, help="of a worker at random")
            added.add_argument("--seed", metavar="NUMBER", type=int, default=1, help="of all behaviour")
        elif name == "catalogs":
            ways = added.add_mutually_exclusive_group()
            ways.add_argument("--add", metavar="LANGUAGE", help='begin a catalog, for "sw" or "pt_BR"')
            ways.add_argument(
                "--to-xlsx", metavar="DIR", type=Path, help="write a workbook for each language"
            )
            ways.add_argument("--from-xlsx", metavar="FILE", type=Path, nargs="+", help="read workbooks back")
        elif name == "export":
            added.add_argument("--partnership", metavar="NUMBER", type=int, help="of the list")
            added.add_argument("--format", choices=("pdf", "xlsx", "csv", "png"), default="pdf")
            added.add_argument("--language", metavar="LANGUAGE", default="en", help='"fr", for instance')
            added.add_argument("--round", metavar="NUMBER", type=int, help="one round instead of all")
            added.add_argument("--out", metavar="FILE", type=Path, help="the file to write")
        elif name == "check":
            added.add_argument("files", metavar="FILE", type=Path, nargs="*", help="flow files to check")
            added.add_argument("--online", action="store_true", help="ask Telegram about the token, too")
        elif name == "move":
            added.add_argument("--from", metavar="URL", required=True, help="sqlite:////data/bot.sqlite3")
            added.add_argument(
                "--to", metavar="URL", required=True, help="postgresql://user:password@host/name"
            )
        elif name == "learning":
            added.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to fill")
        elif name == "form":
            added.add_argument("--flow", metavar="FLOW", required=True, help='"pat", for instance')
            added.add_argument("--stage", metavar="STAGE", required=True, help='"answer", for instance')
            added.add_argument("--languages", metavar="LIST", default="", help='"fr,en"; all unless given')
            added.add_argument("--out", metavar="FILE", type=Path, required=True, help="the file to write")
        elif name == "cards":
            added.add_argument("--out", metavar="FILE", type=Path, required=True, help="the page to write")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "export" and (chosen.partnership is None) != (chosen.out is None):
            parser.error("--partnership and --out go together")
        return COMMANDS[chosen.command or "run"](read_settings(), chosen)
    except BotError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
