"""Which addresses statements may be forwarded to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from mycelia.records.errors import DestinationRefused

MAXIMUM_ENDPOINT = 500
_METADATA = (
    ip_network("169.254.0.0/16"),  # every link-local address; the metadata services of most clouds
    ip_network("100.100.100.200/32"),  # Alibaba Cloud
    ip_network("168.63.129.16/32"),  # Microsoft Azure
    ip_network("192.0.0.192/32"),  # Oracle Cloud
    ip_network("fd00:ec2::/64"),  # Amazon EC2
    ip_network("fd20:ce::254/128"),  # Google Cloud
)
_TRANSLATED = ip_network("64:ff9b::/96")


def checked_endpoint(text: str) -> str:
    """Return an endpoint as it is kept: scheme and host in small letters, a slash at the end.

    Raises:
        DestinationRefused: It is no http or https address of a host, or holds credentials, a query or a fragment.

    Example:
        >>> checked_endpoint("HTTPS://LRS.Example.com/xapi")
        'https://lrs.example.com/xapi/'
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port == 0 or len(text) > MAXIMUM_ENDPOINT or not _is_plain(text):
        _refuse("The endpoint is no address such as https://lrs.example.com/xapi/.")
    if parts.scheme not in {"http", "https"}:
        _refuse("The endpoint must begin with https:// or http://.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        _refuse("The endpoint must hold no user name, question mark or number sign.")
    reason = literal_refusal(host or "")
    if reason:
        _refuse(reason)
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}/"


def literal_refusal(host: str) -> str:
    """Return why a host written as a number is not connected to; "" for names and for permitted ones."""
    try:
        return refusal(ip_address(host))
    except ValueError:
        return ""


def refusal(address: IPv4Address | IPv6Address) -> str:
    """Return why nothing is sent to an address; "" where it may be.

    Loopback and private addresses are permitted: companies run their stores inside. Link-local ones are not, since
    there lie the metadata services of clouds, which hand out the machine's own credentials.

    References:
        RFC 3927 (link-local), RFC 4291 2.5.5 and RFC 6052 (IPv4 inside IPv6), RFC 3056 (6to4).

    Example:
        >>> refusal(ip_address("10.0.0.7")), bool(refusal(ip_address("::ffff:169.254.169.254")))
        ('', True)
    """
    inner = _carried(address)
    if inner is not None:
        return refusal(inner)
    if address.is_link_local or any(address in network for network in _METADATA if network.version == address.version):
        return "Nothing is sent to link-local addresses and metadata services."
    if address.is_unspecified or address.is_multicast or (address.is_reserved and not address.is_loopback):
        return "The address is that of no single machine."
    return ""


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return None
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text and "\\" not in text


def _refuse(reason: str) -> None:
    raise DestinationRefused(field="endpoint", reason=reason)
