"""The two origins where they are not given: those of the port a server is tried out on, or of the one served last."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path

_LISTENING = frozenset({"serve", "web", "demo"})
_DEFAULT_PORT = "8000"
_REMEMBERED = ("MYCELIA_PUBLIC_URL", "MYCELIA_CONTENT_ORIGIN")
_FILE = "served-at.json"


def set_default_origins(arguments: Sequence[str], variables: MutableMapping[str, str]) -> None:
    """Let `--port` move the default addresses too, before the settings are read; other commands take those it left.

    So a credential made beside a running server names the endpoint that is there.

    Example:
        >>> variables = {}
        >>> set_default_origins(["mycelia", "serve", "--port", "8080"], variables)
        >>> variables["MYCELIA_PUBLIC_URL"], variables["MYCELIA_CONTENT_ORIGIN"]
        ('http://localhost:8080', 'http://127.0.0.1:8080')
    """
    if len(arguments) < 2 or arguments[1] not in _LISTENING:
        given = _served(Path(variables.get("MYCELIA_HOME") or "var"))
    else:
        given = _of_port(_port(arguments))
    for name, origin in given.items():
        variables.setdefault(name, origin)


def remember_origins(home: Path, *, public_url: str, content_origin: str) -> None:
    """Leave the addresses that are served in the data folder, if it can be written."""
    with suppress(OSError):
        (home / _FILE).write_text(json.dumps(dict(zip(_REMEMBERED, (public_url, content_origin), strict=True))))


def _served(home: Path) -> Mapping[str, str]:
    try:
        found = json.loads((home / _FILE).read_text())
        return {name: str(found[name]) for name in _REMEMBERED}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _port(arguments: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--port", default=_DEFAULT_PORT)
    try:
        return str(parser.parse_known_args(list(arguments[2:]))[0].port)
    except argparse.ArgumentError:
        return ""  # the command itself will say what is wrong


def _of_port(port: str) -> Mapping[str, str]:
    if not port.isdigit():
        return {}
    return dict(zip(_REMEMBERED, (f"http://localhost:{port}", f"http://127.0.0.1:{port}"), strict=True))
