"""Addresses a web server cannot listen on, and the origins that follow its port."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from mycelia.config.serve.default_origins import remember_origins, set_default_origins
from mycelia.config.serve.ports import AddressNotUsable, require_free
from tests.config.running import free_port


def test_free_address_is_accepted() -> None:
    require_free("127.0.0.1", free_port())


def test_taken_port_is_refused_even_where_the_holder_would_share_it() -> None:
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(AddressNotUsable, match=f"Port {port} is in use"):
            require_free("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.1", "no such host"])
def test_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(AddressNotUsable, match="--host"):
        require_free(host, 8000)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["mycelia", "serve", "--port=8080"], "http://localhost:8080"),
        (["mycelia", "web", "--host", "0.0.0.0", "--port", "9000"], "http://localhost:9000"),
        (["mycelia", "serve"], "http://localhost:8000"),
        (["mycelia", "serve", "--port"], None),
        (["mycelia", "serve", "--port", "many"], None),
        (["mycelia", "migrate", "--port", "9"], None),
        (["mycelia"], None),
    ],
)
def test_default_origins_follow_the_port(arguments: list[str], expected: str | None, tmp_path: Path) -> None:
    variables = {"MYCELIA_HOME": str(tmp_path)}
    set_default_origins(arguments, variables)
    assert variables.get("MYCELIA_PUBLIC_URL") == expected


def test_origins_that_were_given_stay() -> None:
    variables = {"MYCELIA_PUBLIC_URL": "https://learn.example.com"}
    set_default_origins(["mycelia", "serve", "--port=8080"], variables)
    assert variables["MYCELIA_PUBLIC_URL"] == "https://learn.example.com"


def test_other_commands_take_the_origins_that_were_served_last(tmp_path: Path) -> None:
    for port in (8070, 8080):
        origins = {"public_url": f"http://localhost:{port}", "content_origin": f"http://127.0.0.1:{port}"}
        remember_origins(tmp_path, **origins)
    variables = {"MYCELIA_HOME": str(tmp_path)}
    set_default_origins(["mycelia", "records", "credential", "create"], variables)
    assert variables["MYCELIA_PUBLIC_URL"] == "http://localhost:8080"
    assert variables["MYCELIA_CONTENT_ORIGIN"] == "http://127.0.0.1:8080"


@pytest.mark.parametrize("written", ["", "[]", "{}", "null"])
def test_origins_that_cannot_be_read_are_the_default_ones(tmp_path: Path, written: str) -> None:
    (tmp_path / "served-at.json").write_text(written)
    variables = {"MYCELIA_HOME": str(tmp_path)}
    set_default_origins(["mycelia", "migrate"], variables)
    assert variables == {"MYCELIA_HOME": str(tmp_path)}


def test_origins_are_not_remembered_where_nothing_can_be_written(tmp_path: Path) -> None:
    remember_origins(tmp_path / "missing", public_url="http://a.example", content_origin="http://b.example")
    assert not (tmp_path / "missing").exists()
