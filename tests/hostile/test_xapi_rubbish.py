"""Rubbish sent to the statements resource: a clear 400 or 413, never a 500, and nothing stored."""

from __future__ import annotations

import json
from base64 import b64encode
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest

from mycelia.records.calc import preparation
from mycelia.records.calc.multipart import parse
from mycelia.records.errors import BadRequest
from mycelia.records.models import Statement
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


def with_extension(value: str) -> bytes:
    statement = json.dumps(a_statement(result={"extensions": {"http://example.com/x": "HERE"}}))
    return statement.replace('"HERE"', value).encode()


def written(**changes: object) -> bytes:
    return json.dumps(a_statement(**changes)).encode()


VALID = json.dumps(a_statement())
RUBBISH = {
    "nothing": b"",
    "a space": b" ",
    "a NUL": b"\x00",
    "a number": b"1",
    "null": b"null",
    "text": b'"text"',
    "a list of numbers": b"[1, 2]",
    "a list of nulls": b"[null]",
    "a list of lists": b"[[]]",
    "a statement as text": json.dumps([VALID]).encode(),
    "half a statement": VALID[:-10].encode(),
    "two statements": f"{VALID}{VALID}".encode(),
    "a byte order mark": b"\xef\xbb\xbf" + VALID.encode(),
    "UTF-16": VALID.encode("utf-16"),
    "invalid UTF-8": VALID.encode().replace(b"Ada", b"\xff\xfe"),
    "an encoded surrogate": VALID.encode().replace(b"Ada", b"\xed\xa0\x80"),
    "an escaped lone surrogate": VALID.replace("Ada", "\\ud800").encode(),
    "NaN": with_extension("NaN"),
    "infinity": with_extension("1e999"),
    "nested a thousand times": with_extension(deep(1000)),
    "nested a hundred thousand times": with_extension(deep(100_000)),
    "nested a hundred and fifty times": with_extension(deep(150)),
    "nothing but brackets": deep(100_000).encode(),
    "a name twice": VALID.replace('"verb"', '"verb": {"id": "http://example.com/other"}, "verb"').encode(),
    "a name twice without spaces": VALID.replace(" ", "").replace('"verb"', '"verb":{"id":"a:b"},"verb"').encode(),
    "a name twice in an extension": with_extension('{"a": 1, "a": 2}'),
    "a name twice, once escaped": with_extension('{"a": 1, "\\u0061": 2}'),
    "NUL in an IRI": written(verb={"id": "http://example.com/\x00"}),
    "NUL in an account": written(actor={"account": {"homePage": "http://example.com", "name": "a\x00b"}}),
    "NUL in a mailbox": written(actor={"mbox": "mailto:a\x00@example.com"}),
    "an IRI of 10 MB": written(verb={"id": "http://example.com/" + "a" * 10 * MEGABYTE}),
    "a moment before the calendar": written(timestamp="0001-01-01T00:00:00+14:00"),
    "a moment after the calendar": written(timestamp="9999-12-31T23:59:59-14:00"),
    "a year 0": written(timestamp="0000-01-01T00:00:00Z"),
    "a property of no name": written(**{"": 1}),
    "a property of 10 MB": written(**{"a" * 10 * MEGABYTE: 1}),
    "an integer of a thousand digits": written(result={"score": {"raw": 0}}).replace(
        b'"raw": 0', b'"raw": ' + b"9" * 1000
    ),
}


@pytest.fixture(params=["1.0.3", "2.0.0"])
def lrs(request: pytest.FixtureRequest) -> Lrs:
    return Lrs(version=request.param)


@pytest.mark.parametrize("case", RUBBISH)
def test_rubbish_is_refused_with_a_reason(lrs, case):
    answer = lrs.post(RUBBISH[case])
    assert answer.status_code in {400, 413}, answer.content[:500]
    assert 10 < len(answer.content) < 5000
    assert answer.json()["title"]
    assert not Statement.objects.exists()


@pytest.mark.parametrize("value", ["a" * 10 * MEGABYTE, "\x00\x01\x7f\u2028\ud7ff\U0010ffff"])
def test_text_of_any_length_and_character_is_kept_where_text_is_free(lrs, value):
    statement = a_statement(result={"response": value})
    assert lrs.post(statement).status_code == 200
    assert lrs.get(statementId=statement["id"]).json()["result"]["response"] == value


def test_extension_nested_within_the_limit_is_kept(lrs):
    assert lrs.post(with_extension(deep(100))).status_code == 200


def test_batch_over_the_limit_is_refused(lrs):
    one = a_statement(id=None)
    answer = lrs.post([one] * 10_001)
    assert (answer.status_code, answer.json()["limit"]) == (413, 10_000)


@pytest.mark.parametrize(
    "agent", ["{", deep(100_000), '"' + "a" * 100_000, '{"mbox": "mailto:a@b.c", "mbox": "mailto:d@e.f"}']
)
def test_agent_that_is_rubbish_is_refused(lrs, agent):
    assert lrs.get(agent=agent).status_code == 400


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2020-02-30T00:00:00Z"])
def test_moment_outside_the_calendar_is_refused(lrs, name, moment):
    assert lrs.get(**{name: moment}).status_code == 400


@pytest.mark.parametrize("language", ["", ";;;", "*", "x" * 10_000, "en;q=9", "a," * 10_000, "\x00"])
def test_language_that_is_rubbish_still_answers(lrs, language):
    lrs.post(a_statement())
    answer = lrs.get(format="canonical", headers={"Accept-Language": language})
    assert len(answer.json()["statements"]) == 1


@pytest.mark.parametrize("spaces", [" ", "\t", " \t"])
def test_header_of_a_part_made_of_spaces_costs_no_more_than_its_length(spaces: str) -> None:
    """Two thousand of them took minutes once; as many parts as there may be take no second each."""
    header = f"a:{spaces * 3_500}\nx"[:7_500]
    body = b"--b\r\n" + header.encode() + b"\r\n\r\nzz\r\n--b--\r\n"
    with pytest.raises(BadRequest):
        parse(body, "b")
    plain = b"--b\r\na" + b" " * 3_000 + b":" + b" " * 3_000 + b"v \r\n\r\nzz\r\n--b--\r\n"
    assert parse(plain, "b")[0].headers == {"a": "v"}


def test_long_body_of_a_stranger_is_not_read() -> None:
    """A short one is read and thrown away, so that its sender gets to see the answer."""
    lrs, stranger = Lrs(), b64encode(b"nobody:nothing").decode()
    read: list[int] = []

    class Watched(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            read.append(1)
            return super().read(size)

    answer = lrs.send(
        "POST",
        "statements",
        VALID,
        headers={"Authorization": f"Basic {stranger}"},
        **{"wsgi.input": Watched(VALID.encode()), "CONTENT_LENGTH": str(2 * MEGABYTE + 1)},
    )
    assert (answer.status_code, read) == (401, [])


def test_document_does_not_grow_by_merging_beyond_what_one_may_be(settings: Any) -> None:
    settings.MYCELIA_XAPI_DOCUMENT_BYTES = 1_000
    lrs, agent = Lrs(), json.dumps({"mbox": "mailto:ada@example.com"})
    query = urlencode({"activityId": "http://example.com/a", "agent": agent, "stateId": "s"})
    statuses = [
        lrs.send("POST", "activities/state", json.dumps({f"m{number}": "a" * 400}), query=query).status_code
        for number in range(4)
    ]
    assert statuses == [204, 204, 413, 413]
    kept = lrs.send("GET", "activities/state", query=query)
    assert set(kept.json()) == {"m0", "m1"}


def a_group(members: int, *, first: int = 0) -> dict[str, Any]:
    return {
        "objectType": "Group",
        "member": [{"mbox": f"mailto:{n}@example.com"} for n in range(first, first + members)],
    }


@pytest.mark.parametrize(
    ("statement", "status"),
    [
        (a_statement(actor=a_group(10_000)), 413),
        (a_statement(context={"contextActivities": {"other": [{"id": f"urn:a:{n}"} for n in range(10_000)]}}), 413),
        (a_statement(context={"contextActivities": {"other": [{"id": "urn:a:1"}] * 10_000}}), 200),
    ],
)
def test_statement_that_names_more_than_the_limit_is_refused(statement: dict[str, Any], status: int) -> None:
    """With tens of thousands of new names one request would keep the others waiting for seconds."""
    answer = Lrs().post(statement)
    assert answer.status_code == status
    assert Statement.objects.exists() == (status == 200)
    if status == 413:
        assert (answer.json()["limit"], answer.json()["path"]) == (10_000, "$[0]")


def test_batch_that_names_more_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "MOST_NAMED", 22)
    lrs = Lrs()
    parts = [a_statement(actor=a_group(8, first=first)) for first in (0, 8, 16)]
    assert lrs.post(parts).status_code == 413
    assert not Statement.objects.exists()
    assert lrs.post([a_statement(actor=a_group(8)) for _ in range(3)]).status_code == 200
