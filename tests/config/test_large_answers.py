"""Large answers have some of the threads only; whoever is one too many is told so as everything else is told there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from uuid import uuid4

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from mycelia.config.middleware import large_answers
from mycelia.records.actions.storing import platform_authority, store_sent
from tests.factories.records import make_statement
from tests.xapi import Lrs

pytestmark = pytest.mark.django_db
PAGE, ESSAY = "https://lms.example.com", b"long essay"
Answered = Callable[[HttpRequest], HttpResponseBase]


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> BoundedSemaphore:
    """The only place there is for large answers, and every answer in pieces is large."""
    monkeypatch.setattr(large_answers, "WHOLE_BYTES", 0)
    monkeypatch.setattr(large_answers, "_places", only := BoundedSemaphore(1))
    return only


def _streamed(_request: HttpRequest) -> StreamingHttpResponse:
    headers = {"ETag": "1", "Content-Disposition": "attachment", "Content-Security-Policy": "sandbox", "Vary": "Origin"}
    answer = StreamingHttpResponse(iter([b"a", b"b"]), headers={"Content-Length": "2", **headers})
    answer.set_cookie("session", "prolonged")
    return answer


def _ask(method: str = "GET", view: Answered = _streamed) -> HttpResponseBase:
    return large_answers.LargeAnswerMiddleware(view)(RequestFactory().generic(method, "/file"))


@pytest.mark.usefixtures("places")
def test_place_is_given_back_once_when_the_answer_is_closed() -> None:
    first = _ask()
    assert _ask().status_code == 503
    first.close()
    first.close()
    second = _ask()
    assert (second.status_code, _ask().status_code) == (200, 503)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_what_sends_no_pieces_takes_no_place(method: str) -> None:
    view = _streamed if method == "HEAD" else lambda _: HttpResponse(b"all")
    assert [_ask(method, view).status_code for _ in range(3)] == [200, 200, 200]
    assert _ask().status_code == 200


@pytest.mark.usefixtures("places")
def test_refusal_keeps_what_is_not_about_the_file() -> None:
    _ask()
    refusal = _ask()
    assert isinstance(refusal, HttpResponse)
    assert dict(refusal.items()) == {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(refusal.content)),
        "Content-Security-Policy": "sandbox",
        "Vary": "Origin",
        "Cache-Control": "no-store",
        "Retry-After": str(large_answers.RETRY_SECONDS),
    }
    assert refusal.cookies["session"].value == "prolonged"


@pytest.mark.usefixtures("places")
def test_file_of_a_refused_answer_is_closed_with_the_refusal(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"film")
    file = (tmp_path / "film.mp4").open("rb")
    _ask()
    refusal = _ask(view=lambda _: FileResponse(file))
    refusal.close()
    assert (refusal.status_code, file.closed) == (503, True)


def test_player_on_another_origin_can_read_why_its_attachments_do_not_come(
    places: BoundedSemaphore, caplog: pytest.LogCaptureFixture
) -> None:
    sha2, identifier = hashlib.sha256(ESSAY).hexdigest(), str(uuid4())
    described = {"usageType": "a:essay", "display": {"en": "Essay"}, "contentType": "text/plain"}
    statement = make_statement(id=identifier, attachments=[described | {"length": len(ESSAY), "sha2": sha2}])
    store_sent([statement], authority=platform_authority(), version="1.0.3", attachments={sha2: ESSAY})
    lrs = Lrs(origins=frozenset({PAGE}))
    places.acquire()
    answer = lrs.get(headers={"Origin": PAGE}, statementId=identifier, attachments="true")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.content)["type"] == "urn:mycelia:problem:streams_busy"
    assert answer["X-Experience-API-Version"].startswith("1.0")
    assert answer["Access-Control-Allow-Origin"] == PAGE
    assert "Retry-After" in answer["Access-Control-Expose-Headers"]
    assert (answer["Retry-After"], answer["Vary"]) == (str(large_answers.RETRY_SECONDS), "Origin")
    logged = [record.msg for record in caplog.records if record.name == "mycelia.request"]
    assert [line["status"] for line in logged] == [503]
