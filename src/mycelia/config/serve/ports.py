"""Whether an address can be listened on, asked before anything is started."""

from __future__ import annotations

import errno
import socket

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Unavailable


class AddressNotUsable(Unavailable):
    """The address is taken, not this machine's, or needs rights this account lacks."""

    code = "address_not_usable"


def require_free(host: str, port: int) -> None:
    """Refuse an address on which the web server could not listen alone.

    Raises:
        AddressNotUsable: With the reason and what to do.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise AddressNotUsable(_explanation(error, host, port)) from error


def _explanation(error: OSError, host: str, port: int) -> str:
    facts = {"host": host, "port": port, "reason": error.strerror or str(error)}
    if error.errno == errno.EADDRINUSE:
        text = _("Port %(port)s is in use on %(host)s. Stop what listens there, or choose another with --port.")
    elif error.errno == errno.EACCES:
        text = _("This account may not listen on port %(port)s. Choose one above 1023 with --port.")
    else:
        text = _("%(host)s cannot be listened on: %(reason)s. Choose an address of this machine with --host.")
    return str(text) % facts
