"""The alternate request syntax: a form that stands for a request, and what is read of whom."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from mycelia.records.xapi.alternate import FIELDS_BYTES
from tests.hostile.test_body_limits import Untouched
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
BARE = {"Authorization": None, "X-Experience-API-Version": None}
TWO_MEGABYTES = 2 * 1024 * 1024


def sent(lrs, form, *, method="PUT", **options):
    encoded = form if isinstance(form, str | bytes) else urlencode(form)
    return lrs.send("POST", "statements", encoded, query=f"method={method}", content_type=FORM, **options)


def form_of(lrs, statement, **more):
    named = {"Authorization": lrs.authorization, "X-Experience-API-Version": "1.0.3"}
    return {"statementId": statement["id"], "content": json.dumps(statement), **named, **more}


@pytest.mark.parametrize("authorization", [None, "Basic bm9ib2R5OndpdGggYSBzZWNyZXQ="])
def test_long_form_of_a_stranger_is_refused_unread(authorization):
    length = {"CONTENT_LENGTH": str(TWO_MEGABYTES + 1), "CONTENT_TYPE": FORM, "wsgi.input": Untouched()}
    answer = sent(Lrs(), "", headers={"Authorization": authorization}, **length)
    assert (answer.status_code, answer.json()["limit_bytes"]) == (413, TWO_MEGABYTES)
    assert "Authorization" in answer.json()["title"]


def test_long_form_of_whom_a_header_names_is_taken():
    lrs, statement = Lrs(), a_statement()
    body = urlencode({"statementId": statement["id"], "content": json.dumps(statement) + " " * TWO_MEGABYTES})
    assert len(body) > TWO_MEGABYTES
    assert sent(lrs, body).status_code == 204
    assert lrs.get(statementId=statement["id"]).json()["id"] == statement["id"]


def test_form_that_names_its_sender_is_taken_up_to_its_limit():
    lrs, statement = Lrs(), a_statement()
    form = urlencode(form_of(lrs, statement))
    full = form.replace("content=", "content=" + "+" * (TWO_MEGABYTES - len(form)))
    assert len(full) == TWO_MEGABYTES
    assert sent(lrs, full, headers=BARE).status_code == 204


@pytest.mark.parametrize("named", ["", "&Authorization=Basic+eDp5"])
def test_content_of_a_stranger_is_not_decoded(named):
    """It would be refused with 400, if anybody looked at it."""
    form = f"statementId=x&X-Experience-API-Version=1.0.3&content=%zz{named}"
    assert sent(Lrs(), form, headers=BARE).status_code == 401
    assert sent(Lrs(), "statementId=x&content=%zz").status_code == 400


def test_fields_beside_the_content_are_no_longer_than_a_query():
    assert sent(Lrs(), {"agent": "x" * FIELDS_BYTES}, method="GET", headers=BARE).status_code == 413


@pytest.mark.parametrize("headers", [BARE, {"X-Experience-API-Version": "1.0.3"}])
def test_form_that_says_it_is_of_2_is_refused(headers):
    """IEEE 9274.1.1-2023 has no alternate request syntax; the version may stand in the form alone."""
    lrs = Lrs()
    form = form_of(lrs, a_statement(), **{"X-Experience-API-Version": "2.0.0"})
    answer = sent(lrs, form, headers=headers)
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (400, "2.0.0")
    assert "alternate" in answer.json()["title"]


def test_fields_named_like_headers_have_no_case():
    """RFC 9110 5.1: names of headers have none, wherever they stand."""
    lrs, statement = Lrs(), a_statement()
    form = {name.lower() if "-" in name else name: value for name, value in form_of(lrs, statement).items()}
    form = {"AUTHORIZATION" if name == "Authorization" else name: value for name, value in form.items()}
    assert sent(lrs, form, headers=BARE).status_code == 204


def test_header_named_twice_in_a_form_is_refused():
    lrs = Lrs()
    assert sent(lrs, form_of(lrs, a_statement(), accept="a", Accept="b"), headers=BARE).status_code == 400
