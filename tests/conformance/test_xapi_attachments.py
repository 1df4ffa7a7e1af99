"""Attachments by multipart/mixed, both ways, and signed statements.

References:
    xAPI 1.0.3 Part Two 2.4.11 and 2.6, Part Three 1.5.2; RFC 2046 5.1; RFC 7515.
"""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha512
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from mycelia.records.calc.multipart import boundary_of, parse
from mycelia.records.calc.signatures import USAGE
from mycelia.records.models import Attachment
from mycelia.records.types import Scope
from mycelia.records.xapi import statement_pages
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
BOUNDARY = "-------314159265358979323846"
MIXED = f"multipart/mixed; boundary={BOUNDARY}"
RAW = b"\x00\xff\r\n--not the boundary\r\nbytes"
JSON_PART = {"Content-Type": "application/json"}
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(params=["1.0.3", "2.0.0"])
def lrs(request: pytest.FixtureRequest) -> Lrs:
    return Lrs(version=request.param)


def about(raw: bytes, **changes: Any) -> dict[str, Any]:
    described = {
        "usageType": "http://example.com/usage",
        "display": {"en": "A file"},
        "contentType": "text/plain; charset=ascii",
        "length": len(raw),
        "sha2": sha256(raw).hexdigest(),
    } | changes
    return {name: value for name, value in described.items() if value is not None}


def binary(raw: bytes, **changes: str | None) -> tuple[dict[str, str], bytes]:
    headers: dict[str, str | None] = {
        "Content-Type": "text/plain",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": sha256(raw).hexdigest(),
    }
    return {name: value for name, value in (headers | changes).items() if value is not None}, raw


def body(*parts: tuple[dict[str, str], bytes], end: str = "--", start: str = "") -> bytes:
    out = start.encode()
    for headers, raw in parts:
        lines = "".join(f"{name}:{value}\r\n" for name, value in headers.items())
        out += f"--{BOUNDARY}\r\n{lines}\r\n".encode() + raw + b"\r\n"
    return out + f"--{BOUNDARY}{end}".encode()


def of(statement: object) -> tuple[dict[str, str], bytes]:
    return JSON_PART, json.dumps(statement).encode()


def test_attachment_comes_back_byte_for_byte(lrs):
    """Part Three 1.5.2: statements first, then each attachment with its hash and binary encoding."""
    statement = a_statement(attachments=[about(RAW)])
    assert lrs.post(body(of(statement), binary(RAW)), content_type=MIXED).status_code == 200
    for query in ({"statementId": statement["id"]}, {"limit": "1"}):
        answer = lrs.get(attachments="true", **query)
        first, second = parse(answer.content, boundary_of(answer["Content-Type"]))
        assert first.headers["content-type"] == "application/json"
        assert statement["id"] in first.body.decode()
        assert second.body == RAW
        assert second.headers["content-type"] == "text/plain; charset=ascii"
        assert second.headers["content-transfer-encoding"] == "binary"
        assert second.headers["x-experience-api-hash"] == sha256(RAW).hexdigest()


def test_attachments_not_asked_for_are_left_out(lrs):
    """Part Three 2.1.3: `attachments=false` answers application/json."""
    lrs.post(body(of(a_statement(attachments=[about(RAW)])), binary(RAW)), content_type=MIXED)
    for query in ({}, {"attachments": "false"}):
        assert lrs.get(**query)["Content-Type"] == "application/json"


def test_attachments_asked_for_answer_multipart_though_there_are_none(lrs):
    """Part Three 2.1.3: `attachments=true` uses the multipart format."""
    answer = lrs.get(attachments="true")
    (only,) = parse(answer.content, boundary_of(answer["Content-Type"]))
    assert json.loads(only.body) == {"statements": [], "more": ""}


def test_put_takes_attachments(lrs):
    """Part Three 2.1.1."""
    statement = a_statement(attachments=[about(RAW)])
    answer = lrs.send(
        "PUT",
        "statements",
        body(of(statement), binary(RAW)),
        query={"statementId": statement["id"]},
        content_type=MIXED,
    )
    assert answer.status_code == 204


def test_bytes_shared_by_two_statements_are_sent_and_kept_once(lrs):
    """Part Three 1.5.2: a part may serve several statements."""
    batch = [a_statement(attachments=[about(RAW)]), a_statement(attachments=[about(RAW)])]
    assert lrs.post(body(of(batch), binary(RAW)), content_type=MIXED).status_code == 200
    assert Attachment.objects.count() == 1
    answer = lrs.get(attachments="true")
    assert len(parse(answer.content, boundary_of(answer["Content-Type"]))) == 2


@pytest.mark.parametrize("content_type", ["application/json", MIXED])
def test_file_url_stands_for_bytes(lrs, content_type):
    """Part Two 2.4.11: `fileUrl`."""
    statement = a_statement(attachments=[about(RAW, fileUrl="https://example.com/file")])
    raw = body(of(statement)) if content_type == MIXED else statement
    assert lrs.post(raw, content_type=content_type).status_code == 200


def test_attachment_of_a_sub_statement_needs_its_bytes_too(lrs):
    """Part Two 2.4.4.3: a sub-statement has attachments like a statement."""
    inner = {name: value for name, value in a_statement(attachments=[about(RAW)]).items() if name != "id"}
    statement = a_statement(object={**inner, "objectType": "SubStatement"})
    assert lrs.post(statement).status_code == 400
    assert lrs.post(body(of(statement), binary(RAW)), content_type=MIXED).status_code == 200


def test_other_sha2_is_taken(lrs):
    """Part Two 2.4.11: SHA-2 of other lengths."""
    digest = sha512(RAW).hexdigest()
    statement = a_statement(attachments=[about(RAW, sha2=digest.upper())])
    part = binary(RAW, **{"X-Experience-API-Hash": digest})
    assert lrs.post(body(of(statement), part), content_type=MIXED).status_code == 200


WITH = a_statement(attachments=[about(RAW)])
WRONG = {
    "bytes missing": body(of(WITH)),
    "bytes that belong to nothing": body(of(WITH), binary(RAW), binary(b"more")),
    "bytes changed": body(of(WITH), binary(b"x", **{"X-Experience-API-Hash": sha256(RAW).hexdigest()})),
    "no hash": body(of(WITH), binary(RAW, **{"X-Experience-API-Hash": None})),
    "hash of no length": body(of(WITH), binary(RAW, **{"X-Experience-API-Hash": "ab"})),
    "no transfer encoding": body(of(WITH), binary(RAW, **{"Content-Transfer-Encoding": None})),
    "other transfer encoding": body(of(WITH), binary(RAW, **{"Content-Transfer-Encoding": "base64"})),
    "first part no JSON": body(({"Content-Type": "text/plain"}, of(WITH)[1]), binary(RAW)),
    "first part the bytes": body(binary(RAW), of(WITH)),
    "first part without headers": body(({}, of(WITH)[1]), binary(RAW)),
    "statements in two parts": body(of(WITH), of(a_statement()), binary(RAW)),
    "not closed": body(of(WITH), binary(RAW), end=""),
    "first boundary missing": body(of(WITH), binary(RAW)).split(b"\r\n", 1)[1],
    "headers that do not end": f"--{BOUNDARY}\r\nContent-Type: application/json\r\n--{BOUNDARY}--".encode(),
    "header twice": body(({"Content-Type": "application/json\r\nContent-Type: text/plain"}, of(WITH)[1])),
    "header malformed": body(({"Content Type": "application/json"}, of(WITH)[1])),
    "no part": f"--{BOUNDARY}--".encode(),
    "nothing": b"",
    "plain JSON": json.dumps(WITH).encode(),
    "too many parts": body(of(WITH), *[binary(b"") for _ in range(1001)]),
}


@pytest.mark.parametrize("case", WRONG)
def test_multipart_malformed_is_refused(lrs, case):
    """Part Three 1.5.2 and RFC 2046 5.1: nothing is stored."""
    answer = lrs.post(WRONG[case], content_type=MIXED)
    assert answer.status_code == 400, answer.content
    assert lrs.get().json()["statements"] == []
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "content_type",
    ["multipart/mixed", "multipart/mixed;", "multipart/mixed; boundary=", f"multipart/mixed; boundary={'a' * 71}"],
)
def test_boundary_missing_or_too_long_is_refused(lrs, content_type):
    """RFC 2046 5.1.1: 1 to 70 characters."""
    assert lrs.post(body(of(WITH), binary(RAW)), content_type=content_type).status_code == 400


def test_preamble_epilogue_padding_and_quotes_are_taken(lrs):
    """RFC 2046 5.1.1: what stands before and after the parts is ignored."""
    raw = body(of(WITH), binary(RAW), start="ignored\r\n", end="--  \r\nignored")
    assert lrs.post(raw, content_type=f'multipart/mixed; charset=utf-8; boundary="{BOUNDARY}"').status_code == 200


def test_attachment_without_bytes_in_json_is_refused(lrs):
    """Part Three 1.5.1: application/json is for attachments with `fileUrl`."""
    assert lrs.post(a_statement(attachments=[about(RAW)])).status_code == 400


def certificate(key: Any, issuer_key: Any = None, issuer: str = "signer") -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "signer")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    return builder.sign(issuer_key or key, hashes.SHA256())


def x5c(*certificates: x509.Certificate) -> list[str]:
    return [b64encode(one.public_bytes(Encoding.DER)).decode() for one in certificates]


def encoded(value: object) -> bytes:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=")


def jws(payload: object, *, header: dict[str, Any] | None = None, key: Any = KEY) -> bytes:
    algorithm = (header or {}).get("alg", "RS256")
    hasher = {"RS384": hashes.SHA384(), "RS512": hashes.SHA512()}.get(algorithm, hashes.SHA256())
    signed = encoded({"alg": "RS256"} | (header or {})) + b"." + encoded(payload)
    return signed + b"." + encoded(key.sign(signed, padding.PKCS1v15(), hasher))


def send_signed(lrs: Lrs, statement: dict[str, Any], signature: bytes, **changes: Any) -> Any:
    described = about(signature, usageType=USAGE, contentType="application/octet-stream", **changes)
    sent = {**statement, "attachments": [*statement.get("attachments", ()), described]}
    return lrs.post(body(of(sent), binary(signature)), content_type=MIXED)


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
@pytest.mark.parametrize("names_key", [True, False])
def test_signature_is_verified_and_kept(lrs, algorithm, names_key):
    """Part Two 2.6: RS256, RS384 or RS512; with x5c the key is that of the certificate."""
    statement = a_statement(timestamp="2026-01-01T10:00:00Z")
    header = {"alg": algorithm} | ({"x5c": x5c(certificate(KEY))} if names_key else {})
    assert send_signed(lrs, statement, jws(statement, header=header)).status_code == 200
    answer = lrs.get(statementId=statement["id"], attachments="true")
    assert len(parse(answer.content, boundary_of(answer["Content-Type"]))) == 2


def test_signature_of_a_statement_that_gets_its_id_here_is_verified(lrs):
    """Part Two 2.6: the payload is the statement as it was before the store completed it."""
    statement = a_statement(id=None)
    assert send_signed(lrs, statement, jws(statement)).status_code == 200


SIGNED = a_statement(timestamp="2026-01-01T10:00:00Z")
FORGED = {
    "other statement": jws({**SIGNED, "verb": {"id": "http://example.com/forged"}}),
    "other moment": jws({**SIGNED, "timestamp": "2026-01-01T10:00:01Z"}),
    "without its moment": jws({name: value for name, value in SIGNED.items() if name != "timestamp"}),
    "other key": jws(SIGNED, header={"x5c": x5c(certificate(OTHER_KEY))}),
    "chain that is none": jws(SIGNED, header={"x5c": x5c(certificate(KEY), certificate(OTHER_KEY))}),
    "certificate that is none": jws(SIGNED, header={"x5c": ["AAAA"]}),
    "no certificates": jws(SIGNED, header={"x5c": []}),
    "certificates as text": jws(SIGNED, header={"x5c": "AAAA"}),
    "key of another kind": jws(SIGNED, header={"x5c": x5c(certificate(ec.generate_private_key(ec.SECP256R1())))}),
    "HS256": jws(SIGNED, header={"alg": "HS256"}),
    "none": jws(SIGNED, header={"alg": "none"}),
    "algorithm as number": jws(SIGNED, header={"alg": 1}),
    "critical extension": jws(SIGNED, header={"crit": ["exp"]}),
    "payload no JSON": jws(b"{'a': 1}"),
    "payload a list": jws([SIGNED]),
    "payload of numbers": jws({"actor": 1, "verb": 2, "object": 3}),
    "two parts": b"a.b",
    "no base64": b"\xff.\xff.\xff",
    "empty": b"",
}


@pytest.mark.parametrize("case", FORGED)
def test_signature_malformed_or_forged_is_refused(lrs, case):
    """Part Two 2.6: the store validates signatures."""
    assert send_signed(lrs, SIGNED, FORGED[case]).status_code == 400


def test_signature_of_another_content_type_is_refused(lrs):
    """Part Two 2.6: application/octet-stream."""
    signature = jws(SIGNED)
    described = about(signature, usageType=USAGE, contentType="text/plain")
    raw = body(of({**SIGNED, "attachments": [described]}), binary(signature))
    assert lrs.post(raw, content_type=MIXED).status_code == 400


def test_signature_without_its_bytes_is_refused(lrs):
    """Part Two 2.6: a signature by `fileUrl` alone could not be verified."""
    described = about(b"x", usageType=USAGE, contentType="application/octet-stream", fileUrl="https://example.com/x")
    assert lrs.post({**SIGNED, "attachments": [described]}).status_code == 400


def test_answer_is_cut_short_where_its_attachments_would_be_too_many(lrs, monkeypatch):
    """Part Two 2.5: the store may return fewer than asked for, and `more` goes on."""
    monkeypatch.setattr(statement_pages, "LIMIT_BYTES", 2 * len(RAW))
    files = [RAW, RAW[::-1], RAW + b"x", RAW]
    batch = [a_statement(attachments=[about(raw)]) for raw in files]
    sent = body(of(batch), *[binary(raw) for raw in files[:3]])
    assert lrs.post(sent, content_type=MIXED).status_code == 200
    found, path = [], "statements?attachments=true&ascending=true"
    while path:
        answer = lrs.send("GET", path)
        first, *others = parse(answer.content, boundary_of(answer["Content-Type"]))
        assert sum(len(part.body) for part in others) <= 2 * len(RAW)
        result = json.loads(first.body)
        found.append([one["id"] for one in result["statements"]])
        path = result["more"].removeprefix("/xapi/")
    ids = [statement["id"] for statement in batch]
    assert found == [ids[:2], ids[2:3], ids[3:]]


def _attached(answer: Any) -> list[bytes]:
    assert int(answer["Content-Length"]) == len(answer.content)
    return [part.body for part in parse(answer.content, boundary_of(answer["Content-Type"]))[1:]]


def _sends_bytes(lrs: Lrs) -> None:
    sent = body(of(a_statement(attachments=[about(RAW)])), binary(RAW))
    assert lrs.post(sent, content_type=MIXED).status_code == 200


def _names_hash(lrs: Lrs, **changes: Any) -> str:
    described = about(RAW, fileUrl="https://example.com/file", **changes)
    statement = a_statement(attachments=[described | {"sha2": described["sha2"].upper()}])
    assert lrs.post(statement).status_code == 200
    return statement["id"]


def test_naming_a_hash_gets_nobody_the_bytes_another_source_sent(lrs):
    """Part Three 1.5.2: with `fileUrl` no bytes are sent, so there are none to answer with."""
    other = Lrs(version=lrs.version, name="Other")
    before = _names_hash(other)
    _sends_bytes(lrs)
    after = _names_hash(other)
    batch = [a_statement(attachments=[about(RAW, fileUrl="https://example.com/file")]) for _ in range(30)]
    assert other.post(batch).status_code == 200
    for identifier in (before, after, batch[0]["id"]):
        assert _attached(other.get(attachments="true", statementId=identifier)) == []
    mine = Lrs(Scope.STATEMENTS_READ_MINE, version=lrs.version, name="Reader")
    _names_hash(Lrs(Scope.STATEMENTS_WRITE, version=lrs.version, name="Writer"))
    assert _attached(mine.get(attachments="true")) == []
    assert _attached(other.get(attachments="true")) == [RAW]


def test_source_that_sent_the_bytes_before_need_not_send_them_again(lrs):
    """Part Two 2.4.11: the hash says which bytes they are."""
    _sends_bytes(lrs)
    identifier = _names_hash(lrs)
    assert _attached(lrs.get(attachments="true", statementId=identifier)) == [RAW]


def test_type_of_bytes_is_that_of_a_statement_they_came_with(lrs):
    """Part Three 1.5.2: a part's Content-Type is the attachment's."""
    _sends_bytes(lrs)
    _names_hash(Lrs(version=lrs.version, name="Other"), contentType="text/html")
    answer = lrs.get(attachments="true")
    _, part = parse(answer.content, boundary_of(answer["Content-Type"]))
    assert part.headers["content-type"] == "text/plain; charset=ascii"


def test_statement_sent_again_keeps_no_bytes_that_it_came_without(lrs):
    """Part Two 2.3.1: attachments do not make a statement another one, and what is stored does not change."""
    identifier = _names_hash(lrs)
    again = a_statement(id=identifier, attachments=[about(RAW, fileUrl="https://example.com/file")])
    assert lrs.post(body(of(again), binary(RAW)), content_type=MIXED).status_code == 204
    assert not Attachment.objects.exists()


def test_bytes_are_read_in_pieces_while_they_are_sent(lrs, monkeypatch):
    """Part Three 1.5.2: however long they are."""
    monkeypatch.setattr("mycelia.records.queries.attachments.PIECE_BYTES", 7)
    _sends_bytes(lrs)
    assert _attached(lrs.get(attachments="true")) == [RAW]
    assert lrs.send("HEAD", "statements", query={"attachments": "true"}).content == b""
    length = lrs.send("HEAD", "statements", query={"attachments": "true"})["Content-Length"]
    assert length == lrs.get(attachments="true")["Content-Length"]
