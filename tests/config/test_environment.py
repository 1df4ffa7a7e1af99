from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mycelia.config.command_groups import group_usage, regroup
from mycelia.config.environment import Environment, MailServer, WrongEnvironment
from mycelia.config.secrets import secret


def test_environment_unset_has_the_documented_defaults() -> None:
    environment = Environment.read({})
    assert environment.database_url is None
    assert environment.public_url == "http://localhost:8000"
    assert environment.content_origin == "http://127.0.0.1:8000"
    assert environment.home == Path("var").resolve()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MYCELIA_PUBLIC_URL", "localhost"),
        ("MYCELIA_CONTENT_ORIGIN", "https://content.example.com/path"),
        ("MYCELIA_QUEUE_LIMIT", "-1"),
        ("MYCELIA_PACKAGE_UPLOAD_MB", "many"),
        ("MYCELIA_PACKAGE_UPLOAD_MB", "²"),
        ("MYCELIA_MAIL_URL", "mail.example.com"),
        ("MYCELIA_MAIL_URL", "smtp://mail.example.com:lots"),
        ("MYCELIA_MAIL_URL", "smtp://[::1"),
        ("MYCELIA_MAIL_URL", "smtps://mail.example.com?tls=1"),
        ("MYCELIA_MAIL_FROM", "Learning"),
    ],
)
def test_environment_with_a_wrong_value_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(WrongEnvironment, match=name):
        Environment.read({name: value})


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://ada:p%40ss@mail.example.com:2525?tls=1", ("mail.example.com", 2525, "ada", "p@ss", True, False)),
        ("smtp://mail.example.com?tls=1", ("mail.example.com", 587, "", "", True, False)),
        ("smtps://ada:secret@mail.example.com", ("mail.example.com", 465, "ada", "secret", False, True)),
        ("smtp://mail.example.com", ("mail.example.com", 25, "", "", False, False)),
    ],
)
def test_mail_server_is_read_from_its_address(url: str, server: tuple[object, ...]) -> None:
    assert Environment.read({"MYCELIA_MAIL_URL": url}).mail_server == MailServer(*server)  # type: ignore[arg-type]


def test_mail_is_from_the_host_of_the_app_unless_said_otherwise() -> None:
    public = {"MYCELIA_PUBLIC_URL": "https://learn.example.com"}
    assert Environment.read(public).mail_from == "mycelia@learn.example.com"
    named = Environment.read({**public, "MYCELIA_MAIL_FROM": "Learning <learning@example.com>"})
    assert (named.mail_from, named.mail_server) == ("Learning <learning@example.com>", None)


def test_environment_shows_no_secret() -> None:
    url = "smtp://ada:hush@mail.example.com"
    secrets = {"MYCELIA_SECRET_KEY": "hush", "MYCELIA_METRICS_TOKEN": "hush", "DATABASE_URL": "postgresql://a:hush@b/c"}
    assert "hush" not in repr(Environment.read({"MYCELIA_MAIL_URL": url, **secrets}))
    with pytest.raises(WrongEnvironment) as refused:
        Environment.read({"MYCELIA_MAIL_URL": f"{url}/path"})
    assert "hush" not in str(refused.value)


def test_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        values = set(pool.map(lambda _: secret(tmp_path, "key"), range(32)))
    assert len(values) == 1
    mode = stat.S_IMODE((tmp_path / "secrets" / "key").stat().st_mode)
    assert mode == 0o600
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["key"]


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        (["mycelia", "import", "people", "f.csv"], ["mycelia", "import_people", "f.csv"]),
        (["mycelia", "audit", "--help"], ["mycelia", "audit", "--help"]),
        (["mycelia", "serve"], ["mycelia", "serve"]),
    ],
)
def test_regroup_joins_only_known_groups(typed: list[str], run: list[str]) -> None:
    assert regroup(typed) == run


@pytest.mark.parametrize("typed", [["/bin/mycelia", "case"], ["mycelia", "case", "--help"], ["mycelia", "case", "-h"]])
def test_group_alone_says_what_may_follow(typed: list[str]) -> None:
    assert group_usage(typed, ["case_simulate", "case_export", "serve"]) == "mycelia case export\nmycelia case simulate"


@pytest.mark.parametrize("typed", [["mycelia"], ["mycelia", "serve"], ["mycelia", "case", "simulate"]])
def test_other_commands_are_run(typed: list[str]) -> None:
    assert group_usage(typed, ["case_simulate", "serve"]) == ""
