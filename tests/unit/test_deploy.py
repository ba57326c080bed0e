"""What the image, the compose file, the proxy and the systemd unit rely on is there, and they keep the rules for keys.

No container engine is needed: these files are read, and the health check of the image is run as it stands.
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from bot.wiring import machine

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
BOTS = [SERVICES["bot"], SERVICES["worker"]]
CADDY = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")

KNOWN = {name.upper() for name in Settings.model_fields}
OF_PYTHON = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


class Unit(configparser.RawConfigParser):
    """A systemd unit, whose keys may stand several times: their values are read one after the other."""

    def __init__(self) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",), dict_type=_Joined)

    def optionxform(self, optionstr: str) -> str:
        return optionstr


class _Joined(dict[Any, Any]):
    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(value, list) and key in self:
            value = [*self[key], *value]
        super().__setitem__(key, value)


@pytest.fixture
def service() -> configparser.SectionProxy:
    unit = Unit()
    unit.read(ROOT / "deploy" / "power-reflection-bot.service", "utf-8")
    return unit["Service"]


def copied() -> list[str]:
    """What the image takes from the repository."""
    lines = re.findall(r"^COPY (?!--from)(\S+) \S+$", DOCKERFILE, re.MULTILINE)
    assert lines
    return lines


def environment_of_image() -> dict[str, str]:
    (line,) = re.findall(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE)
    return dict(pair.split("=", 1) for pair in line.split())


def test_all_that_the_image_copies_is_in_the_repository_and_let_through() -> None:
    let_through = set(re.findall(r"^!(.+?)/?$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert set(copied()) == let_through
    assert all((ROOT / path).exists() for path in copied())


def test_the_image_holds_every_folder_that_the_bot_reads() -> None:
    read = {machine.FLOWS, machine.LOCALES, machine.MEASURES, ROOT / "alembic", ROOT / "bot"}
    assert {path.relative_to(ROOT).parts[0] for path in read} <= set(copied())


def test_the_image_runs_as_an_account_without_rights_and_listens_where_it_is_asked_for_its_health() -> None:
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    assert environment_of_image()["LISTEN"] == "0.0.0.0:8080"
    assert "EXPOSE 8080" in DOCKERFILE


def test_every_setting_that_is_set_anywhere_exists(service: configparser.SectionProxy) -> None:
    named = {name for bot in BOTS for name in bot["environment"]} | environment_of_image().keys()
    named |= set(re.findall(r"([A-Z_]+)=", service["Environment"]))
    assert named - OF_PYTHON <= KNOWN


class _Health(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def health() -> Iterator[str]:
    """Where somebody answers ``/healthz``."""
    server = HTTPServer(("127.0.0.1", 0), _Health)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"0.0.0.0:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def healthy(listen: str) -> bool:
    """Run the health check of the image."""
    (line,) = re.findall(r"^HEALTHCHECK .*CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    command = json.loads(line)
    assert command[0] == "python"
    done = subprocess.run(  # noqa: S603 - what stands in the Dockerfile
        [sys.executable, *command[1:]], env={"LISTEN": listen}, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def test_the_health_check_tells_a_bot_that_lives_from_one_that_does_not(
    health: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert healthy(health)
    monkeypatch.setattr(_Health, "status", 503)
    assert not healthy(health)
    assert not healthy("127.0.0.1:1")


def test_every_service_belongs_to_one_shape_and_only_the_proxy_has_open_ports() -> None:
    assert all(len(service["profiles"]) == 1 for service in SERVICES.values())
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}


@pytest.mark.parametrize("bot", BOTS, ids=["small", "grown"])
def test_a_container_of_the_bot_can_write_to_its_two_volumes_only(bot: dict[str, Any]) -> None:
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert [volume.split(":")[1] for volume in bot["volumes"]] == ["/data", bot["environment"]["KEY_DIR"]]
    for volume in bot["volumes"]:
        name, folder = volume.split(":")
        assert name in COMPOSE["volumes"]
        assert re.search(rf"install -d -m 0700 .*{folder}\b", DOCKERFILE)


def test_the_keys_of_open_rounds_lie_where_no_backup_of_the_data_takes_them_along(
    service: configparser.SectionProxy,
) -> None:
    for bot in BOTS:
        data, keys = (volume.split(":")[0] for volume in bot["volumes"])
        assert data != keys
    folders = dict(re.findall(r"([A-Z_]+)=/var/lib/(\S+)", service["Environment"]))
    assert folders["DATA_DIR"] != folders["KEY_DIR"]
    assert service["StateDirectory"].split() == [folders["DATA_DIR"], folders["KEY_DIR"]]
    assert service["StateDirectoryMode"] == "0700"


def test_the_proxy_lets_through_what_telegram_brings_and_nothing_else() -> None:
    path = COMPOSE["services"]["worker"]["environment"]["WEBHOOK_URL"].partition("}")[2]
    assert re.findall(r"handle (/\S*)", CADDY) == [path]
    assert "respond 404" in CADDY
    assert "name worker" in CADDY
    assert "port " + environment_of_image()["LISTEN"].partition(":")[2] in CADDY
    assert any(volume.startswith("./deploy/Caddyfile:") for volume in SERVICES["web"]["volumes"])


def test_workers_share_their_keys_and_each_listens_on_a_port_of_its_own(
    service: configparser.SectionProxy,
) -> None:
    worker = SERVICES["worker"]
    assert int(re.sub(r"\$\{WORKERS:-(\d+)\}", r"\1", worker["deploy"]["replicas"])) > 1
    assert "ports" not in worker, "replicas cannot share a port of the host"
    assert "LISTEN" not in service["Environment"]
    assert "Environment=LISTEN=127.0.0.1:%i" in (ROOT / "deploy" / "worker.conf").read_text("utf-8")


def test_nothing_secret_is_written_into_these_files() -> None:
    for bot in BOTS:
        for name in {"BOT_TOKEN", "WEBHOOK_SECRET"} & bot["environment"].keys():
            assert bot["environment"][name].startswith("${")


def test_the_unit_starts_the_bot_and_gives_it_time_to_stop(service: configparser.SectionProxy) -> None:
    assert service["ExecStart"].endswith("/.venv/bin/python -m bot run")
    assert service["ExecStart"].startswith(service["WorkingDirectory"])
    assert int(service["TimeoutStopSec"]) >= 20
    assert service["ProtectSystem"] == "strict"
