"""Where requests to other stores may go, and how they are kept from going elsewhere."""

from __future__ import annotations

import datetime
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mycelia.records.actions import exchange
from mycelia.records.actions.exchange import Exchange
from mycelia.records.calc.addresses import checked_endpoint, refusal
from mycelia.records.errors import DestinationRefused, StoreUnreachable
from mycelia.records.types import Target
from tests.factories.stores import other_store


def target(endpoint):
    return Target(endpoint, "1.0.3", "key", "word")


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.1.1",
        "fe80::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "::ffff:168.63.129.16",
        "192.0.0.192",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "240.0.0.1",
    ],
)
def test_address_of_machines_own_services_or_of_no_machine_is_refused(address):
    assert refusal(ip_address(address))


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.1", "172.16.0.1", "127.0.0.1", "::1", "fd12::1", "8.8.8.8"])
def test_address_inside_a_company_is_permitted(address):
    assert refusal(ip_address(address)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lrs.example.com/xapi",
        "ftp://lrs.example.com/",
        "file:///etc/passwd",
        "https://user:word@lrs.example.com/",
        "https://lrs.example.com/?a=1",
        "https://lrs.example.com/#a",
        "https://lrs.example.com:0/",
        "https://lrs.example.com:99999/",
        "https://169.254.169.254/latest/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "https://lrs.example.com/a b",
        "https://lrs.example.com/\r\nHost: other",
        "https://[/",
        f"https://lrs.example.com/{'x' * 500}",
    ],
)
def test_endpoint_that_is_none_is_refused(text):
    with pytest.raises(DestinationRefused) as refused:
        checked_endpoint(text)
    assert refused.value.data["field"] == "endpoint"


@pytest.mark.parametrize("found", ["169.254.169.254", "::ffff:169.254.169.254"])
def test_name_that_leads_to_a_refused_address_is_not_connected_to(monkeypatch, found):
    family = exchange.socket.AF_INET6 if ":" in found else exchange.socket.AF_INET
    address = (found, 80, 0, 0) if ":" in found else (found, 80)
    monkeypatch.setattr(
        exchange.socket, "getaddrinfo", lambda *given, **named: [(family, exchange.socket.SOCK_STREAM, 6, "", address)]
    )
    monkeypatch.setattr(exchange.socket, "socket", lambda *given: pytest.fail("a connection was begun"))
    with pytest.raises(StoreUnreachable, match="link-local"), Exchange(target("http://lrs.example.com/")) as line:
        line.send("GET", "about")


def test_name_is_looked_up_once_for_a_connection(monkeypatch):
    asked = []
    real = exchange.socket.getaddrinfo
    monkeypatch.setattr(exchange.socket, "getaddrinfo", lambda *g, **n: asked.append(g) or real(*g, **n))
    with other_store() as store, Exchange(target(store.url)) as line:
        assert [line.send("GET", "about").status for _ in range(3)] == [200] * 3
    assert len(asked) == 1


def test_proxy_of_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with other_store() as store, Exchange(target(store.url)) as line:
        assert line.send("GET", "about").status == 200


def test_name_that_nobody_knows_is_said_so():
    with pytest.raises(StoreUnreachable, match="cannot be looked up"), Exchange(target("http://a.invalid/")) as line:
        line.send("GET", "about")


class _Silent(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def secure(tmp_path):
    """A server with a certificate that nobody vouches for; yields its address and the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Silent) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *given: None
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"https://localhost:{server.server_port}/", certificate.public_bytes(serialization.Encoding.PEM).decode()
        server.shutdown()
        thread.join()


def test_certificate_nobody_vouches_for_is_refused(secure):
    url, _certificate = secure
    with pytest.raises(StoreUnreachable, match=r"No safe connection.*(?i:certificate)"), Exchange(target(url)) as line:
        line.send("GET", "about")


def test_certificate_that_is_trusted_must_be_of_the_host(secure, monkeypatch):
    url, certificate = secure
    monkeypatch.setattr(exchange, "_trust", lambda: ssl.create_default_context(cadata=certificate))
    with Exchange(target(url)) as line:
        assert line.send("GET", "about").status == 200
    other = url.replace("localhost", "127.0.0.1")
    with pytest.raises(StoreUnreachable, match="No safe connection"), Exchange(target(other)) as line:
        line.send("GET", "about")
