"""The two origins of a server tried out on another port than 8000, unless they are given."""

from __future__ import annotations

import argparse
from collections.abc import MutableMapping, Sequence

_LISTENING = frozenset({"serve", "web", "demo"})


def set_default_origins(arguments: Sequence[str], variables: MutableMapping[str, str]) -> None:
    """Let `--port` move the default addresses too, before the settings are read.

    Example:
        >>> variables = {}
        >>> set_default_origins(["mycelia", "serve", "--port", "8080"], variables)
        >>> variables["MYCELIA_PUBLIC_URL"], variables["MYCELIA_CONTENT_ORIGIN"]
        ('http://localhost:8080', 'http://127.0.0.1:8080')
    """
    if len(arguments) < 2 or arguments[1] not in _LISTENING:
        return
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--port")
    try:
        port = parser.parse_known_args(list(arguments[2:]))[0].port
    except argparse.ArgumentError:
        return  # the command itself will say what is wrong
    if port and port.isdigit():
        variables.setdefault("MYCELIA_PUBLIC_URL", f"http://localhost:{port}")
        variables.setdefault("MYCELIA_CONTENT_ORIGIN", f"http://127.0.0.1:{port}")
