"""Database settings from DATABASE_URL, or for the embedded cluster."""

from __future__ import annotations

from pathlib import Path

import pytest

from mycelia.kernel.postgres.api import InvalidDatabaseUrl, database_settings

HOME = Path("/srv/mycelia")


def test_settings_without_url_name_the_embedded_cluster_and_start_nothing(tmp_path: Path) -> None:
    settings = database_settings(None, tmp_path)
    assert settings["EMBEDDED_HOME"] == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://ann:s%40fe%2F@db.example:6432/learn?sslmode=verify-full",
            {"HOST": "db.example", "PORT": "6432", "USER": "ann", "PASSWORD": "s@fe/", "NAME": "learn"},
        ),
        ("postgresql:///learn", {"HOST": "", "PORT": "", "USER": "", "NAME": "learn"}),
        (
            "postgresql://ann@%2FVar%2Frun%2Fpostgresql/learn",
            {"HOST": "/Var/run/postgresql", "USER": "ann", "NAME": "learn"},
        ),
        (
            "postgresql://ann@/learn?host=/run/postgresql&port=5433",
            {"HOST": "/run/postgresql", "PORT": "5433", "NAME": "learn"},
        ),
        ("postgresql://ann@[::1]:5432/learn", {"HOST": "::1", "PORT": "5432"}),
        ("postgresql:///?service=learning", {"NAME": ""}),
    ],
)
def test_settings_from_url_keep_every_part(url: str, expected: dict[str, str]) -> None:
    settings = database_settings(url, HOME)
    assert {name: settings[name] for name in expected} == expected
    assert settings.get("EMBEDDED_HOME") is None


def test_settings_from_url_pass_options_on() -> None:
    options = database_settings("postgresql://h/d?sslmode=require&connect_timeout=9", HOME)["OPTIONS"]
    assert options == {"sslmode": "require", "connect_timeout": "9"}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ann:secret@h/d",
        "sqlite:///d",
        "postgresql://ann:secret@h",
        "postgresql://ann:secret@h:port/d",
        "postgresql://ann:secret@h/d?colour=blue",
        "postgresql://ann:secret@[h/d",
        "nonsense",
    ],
)
def test_url_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InvalidDatabaseUrl) as refusal:
        database_settings(url, HOME)
    assert "DATABASE_URL" in str(refusal.value)
    assert "secret" not in str(refusal.value)
