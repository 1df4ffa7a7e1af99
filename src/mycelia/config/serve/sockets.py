"""What the web server has open towards its clients; nothing where the kernel does not list it (beside Linux)."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
"""A WSGI application (PEP 3333)."""
_SOCKET = "socket:["


def open_sockets() -> Iterator[tuple[int, socket.socket]]:
    """Yield the TCP sockets of this process, those that listen too, as duplicates to be closed, by inode."""
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            link = str(descriptor.readlink())
            if link.startswith(_SOCKET):
                found = socket.socket(fileno=os.dup(int(descriptor.name)))
                if _is_tcp(found):
                    yield int(link.removeprefix(_SOCKET).rstrip("]")), found
                else:
                    found.close()


def port_of(one: socket.socket) -> int | None:
    """Return the port here that a socket is for; None once it has none."""
    try:
        return int(one.getsockname()[1])
    except OSError:
        return None


def _is_tcp(one: socket.socket) -> bool:
    return one.family in {socket.AF_INET, socket.AF_INET6} and one.type == socket.SOCK_STREAM
