from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mycelia.config.command_groups import regroup
from mycelia.config.environment import Environment, WrongEnvironment
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
    ],
)
def test_environment_with_a_wrong_value_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(WrongEnvironment, match=name):
        Environment.read({name: value})


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
