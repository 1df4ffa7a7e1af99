"""The content origin by plain requests: what it refuses, and what it never says or sets."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from mycelia.delivery import file_responses
from mycelia.delivery.api import launch_item
from mycelia.delivery.models import Attempt, TrackingEntry
from mycelia.delivery.package_folders import package_folder
from mycelia.delivery.tokens import FileToken, LaunchToken
from mycelia.kernel import clock
from tests.factories.delivery import learner_actor, make_attempt, make_package
from tests.factories.packages import Blueprint
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
HTML = {
    "index.html": "<h1>Hello</h1>",
    "video.mp4": b"0123456789",
    "long.pdf": b"0123456789",
    "odd.unknown": b"?",
    "a b.svg": "<svg/>",
}


@pytest.fixture
def attempt() -> Attempt:
    return make_attempt(make_package(Blueprint(files=HTML)))


@pytest.fixture
def content(settings: Settings) -> Client:
    return Client(headers={"host": urlsplit(settings.MYCELIA_CONTENT_ORIGIN).netloc})


def token_of(attempt: Attempt) -> str:
    return FileToken(attempt.package.digest, attempt.pk).signed()


def get(content: Client, token: str, path: str = "index.html", **headers: str) -> HttpResponse:
    return content.get(f"/content/{token}/{path}", headers=headers)


def test_file_is_served_with_its_type_and_every_guard(content: Client, attempt: Attempt, settings: Settings) -> None:
    response = get(content, token_of(attempt))
    assert b"".join(response) == b"<h1>Hello</h1>"
    assert response.headers["Content-Type"] == "text/html"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Cache-Control"].startswith("private")
    assert "camera=()" in response.headers["Permissions-Policy"]
    policy = response.headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {settings.MYCELIA_PUBLIC_URL}" in policy
    assert "connect-src 'self'" in policy
    assert "allow-top-navigation" not in policy


def test_own_script_is_compressed_for_browsers_that_take_it(content: Client) -> None:
    plain = content.get("/content/player/frame.js")
    packed = content.get("/content/player/frame.js", headers={"accept-encoding": "br, gzip"})
    assert gzip.decompress(packed.content) == b"".join(plain)
    known = {"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]}
    assert content.get("/content/player/frame.js", headers=known).status_code == 304


def test_unknown_type_is_a_download(content: Client, attempt: Attempt) -> None:
    response = get(content, token_of(attempt), "odd.unknown")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == "attachment"


def test_no_answer_sets_or_reads_a_cookie(content: Client, attempt: Attempt) -> None:
    content.cookies["mycelia_session"] = "stolen"
    for path in (f"{token_of(attempt)}/index.html", f"{token_of(attempt)}/none", "nonsense/x", "player/frame.js"):
        response = content.get(f"/content/{path}")
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    "path",
    [
        "../index.html",
        "..%2findex.html",
        "%2e%2e/index.html",
        "..%5cindex.html",
        "%252e%252e/index.html",
        "x/../../index.html",
        "//etc/passwd",
        "/etc/passwd",
        "index.html/",
        "index.html%00.svg",
        ".",
        "..",
        "",
    ],
)
def test_path_that_climbs_finds_nothing(content: Client, attempt: Attempt, path: str) -> None:
    other = make_package(Blueprint(title="Another", files={"index.html": "another"}))
    assert other.digest != attempt.package.digest
    assert content.get(f"/content/{token_of(attempt)}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["INDEX.html", "Index.HTML", "a%20B.svg", "cafe%CC%81.txt", "caf%C3%A9.txt"])
def test_path_spelled_as_another_system_would_finds_the_file(content: Client, path: str) -> None:
    attempt = make_attempt(make_package(Blueprint(files={**HTML, "caf\u00e9.txt": "x"})))
    assert content.get(f"/content/{token_of(attempt)}/{path}").status_code == 200


def test_link_planted_in_the_folder_is_not_followed_out(content: Client, attempt: Attempt) -> None:
    (package_folder(attempt.package.digest) / "leak.html").symlink_to("/etc/hostname")
    assert get(content, token_of(attempt), "leak.html").status_code == 404


def test_token_changed_anywhere_opens_nothing(content: Client, attempt: Attempt) -> None:
    token = token_of(attempt)
    for place in range(0, len(token), 7):
        letter = "A" if token[place] != "A" else "B"
        assert get(content, token[:place] + letter + token[place + 1 :]).status_code == 404


def test_token_of_one_package_does_not_open_another(content: Client, attempt: Attempt) -> None:
    other = make_package(Blueprint(files={"index.html": "x", "secret.txt": "s"}))
    assert other.digest != attempt.package.digest
    assert get(content, token_of(attempt), "secret.txt").status_code == 404


def test_launch_token_opens_no_file_and_file_token_no_launch(content: Client, attempt: Attempt) -> None:
    launch = LaunchToken(attempt.pk, uuid4()).signed()
    assert get(content, launch).status_code == 404
    assert content.get(f"/content/launch/{token_of(attempt)}/").status_code == 404


def test_token_signed_with_another_key_opens_nothing(content: Client, attempt: Attempt, settings: Settings) -> None:
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another key that signs just as well"
    token = token_of(attempt)
    settings.SECRET_KEY = key
    assert get(content, token).status_code == 404


def test_expired_address_says_what_to_do(content: Client, attempt: Attempt) -> None:
    with clock.frozen(clock.now() - timedelta(hours=13)):
        token = token_of(attempt)
    response = get(content, token)
    assert response.status_code == 410
    assert b"reload the page" in response.content


def test_address_lives_for_at_least_eight_and_at_most_twelve_hours(content: Client, attempt: Attempt) -> None:
    token, now = token_of(attempt), clock.now()
    with clock.frozen(now + timedelta(hours=7, minutes=59)):
        assert get(content, token).status_code == 200
    with clock.frozen(now + timedelta(hours=12, minutes=1)):
        assert get(content, token).status_code == 410


def test_addresses_made_in_the_same_hours_are_the_same_and_can_be_cached(attempt: Attempt) -> None:
    with clock.frozen(clock.now().replace(hour=9, minute=0)):
        first = token_of(attempt)
    with clock.frozen(clock.now().replace(hour=9, minute=50)):
        assert token_of(attempt) == first


def test_service_worker_script_is_refused(content: Client, attempt: Attempt) -> None:
    assert get(content, token_of(attempt), "index.html", **{"service-worker": "script"}).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_other_methods_are_refused(content: Client, attempt: Attempt, method: str) -> None:
    assert getattr(content, method)(f"/content/{token_of(attempt)}/index.html").status_code == 405


@pytest.mark.parametrize("path", ["/accounts/login/", "/studio/", "/catalog/", "/static/ui/css/mycelia.css"])
def test_content_host_has_no_page_of_the_app(content: Client, path: str) -> None:
    assert content.get(path).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9999", "127.0.0.1.:8000"])
def test_content_host_written_otherwise_is_not_the_app(host: str) -> None:
    assert Client(headers={"host": host}).get("/accounts/login/").status_code == 404


def test_content_host_serves_records_to_programs(content: Client) -> None:
    """Who knows the server by its address alone, such as a suite of conformance tests, reaches it by that."""
    assert content.get("/xapi/about").json()["version"]
    assert content.get("/xapi/statements", headers={"X-Experience-API-Version": "2.0.0"}).status_code == 401
    assert Lrs(host="127.0.0.1:9999").post(a_statement()).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Mode": "navigate"},
        {"Origin": "http://a.example"},
        {"Referer": ""},
    ],
)
def test_content_host_has_no_records_for_browsers(content: Client, settings: Settings, sent: dict[str, str]) -> None:
    """A credential typed in there would be kept for that origin, and sent along with what a package asks for."""
    lrs = Lrs(origins=frozenset({"*"}))
    answer = content.get("/xapi/statements", headers={**lrs.headers(), **sent})
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert "WWW-Authenticate" not in answer
    assert "Access-Control-Allow-Origin" not in answer
    assert f"{settings.MYCELIA_PUBLIC_URL}/xapi/statements" in answer.json()["title"]


def test_content_host_asks_nobody_for_a_password(content: Client) -> None:
    """Over plain HTTP a package that hides its referrer looks like a program."""
    headers = {"X-Experience-API-Version": "2.0.0"}
    there, at_home = content.get("/xapi/statements", headers=headers), Client().get("/xapi/statements", headers=headers)
    assert (there.status_code, there["WWW-Authenticate"]) == (401, 'Bearer realm="xAPI"')
    assert "Basic" in at_home["WWW-Authenticate"]


def test_content_host_serves_records_to_no_session(content: Client, attempt: Attempt) -> None:
    content.force_login(attempt.learner)
    assert content.get("/xapi/statements", headers={"X-Experience-API-Version": "2.0.0"}).status_code == 401


def test_app_host_has_no_package_file(client: Client, attempt: Attempt) -> None:
    client.force_login(attempt.learner)
    for path in (f"{token_of(attempt)}/index.html", "player/frame.js", f"launch/{token_of(attempt)}/"):
        assert client.get(f"/content/{path}").status_code == 404


def test_content_host_root_leads_to_the_app(content: Client, settings: Settings) -> None:
    assert settings.MYCELIA_PUBLIC_URL in content.get("/").content.decode()


@pytest.mark.parametrize(
    ("header", "status", "body", "range_header"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=3-1", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("pages=1", 200, b"0123456789", None),
        (f"bytes={'9' * 5000}-", 200, b"0123456789", None),
        (f"bytes=0-{'9' * 5000}", 200, b"0123456789", None),
        (f"bytes=-{'9' * 5000}", 200, b"0123456789", None),
        (f"bytes={'9' * 18}-", 416, b"", "bytes */10"),
        ("bytes=٠-٣", 200, b"0123456789", None),
    ],
)
def test_video_is_served_in_ranges(
    content: Client, attempt: Attempt, header: str, status: int, body: bytes, range_header: str | None
) -> None:
    response = get(content, token_of(attempt), "video.mp4", range=header)
    found = b"".join(response) if response.streaming else response.content
    assert (response.status_code, found, response.headers.get("Content-Range")) == (status, body, range_header)


def test_long_range_is_sent_in_part_so_that_a_slow_player_keeps_no_thread(
    content: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_responses, "PART_BYTES", 4)
    player = {"range": "bytes=2-", "user-agent": "Mozilla/5.0 (X11; Linux x86_64)"}
    response = get(content, token_of(attempt), "video.mp4", **player)
    assert (response.status_code, b"".join(response)) == (206, b"2345")
    assert (response.headers["Content-Range"], response.headers["Content-Length"]) == ("bytes 2-5/10", "4")


def test_long_range_of_what_no_player_asks_for_is_sent_to_its_end(
    content: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_responses, "PART_BYTES", 4)
    response = get(content, token_of(attempt), "long.pdf", range="bytes=2-")
    assert (response.status_code, b"".join(response)) == (206, b"23456789")
    assert (response.headers["Content-Range"], response.headers["Content-Length"]) == ("bytes 2-9/10", "8")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.django_db(transaction=True)
def test_download_of_a_film_that_broke_off_is_resumed_to_its_end(
    live_server: LiveServer, settings: Settings, attempt: Attempt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(file_responses, "PART_BYTES", 4)
    begun = tmp_path / "video.mp4"
    begun.write_bytes(b"01")
    host = f"Host: {urlsplit(settings.MYCELIA_CONTENT_ORIGIN).netloc}"
    address = f"{live_server.url}/content/{token_of(attempt)}/video.mp4"
    subprocess.run(["curl", "-sSf", "-C", "-", "-H", host, "-o", str(begun), address], check=True, timeout=30)
    assert begun.read_bytes() == b"0123456789"


def test_file_known_to_the_browser_is_not_sent_again(content: Client, attempt: Attempt) -> None:
    etag = get(content, token_of(attempt)).headers["ETag"]
    response = get(content, token_of(attempt), **{"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_range_of_an_older_version_gives_the_whole_file(content: Client, attempt: Attempt) -> None:
    response = get(content, token_of(attempt), "video.mp4", range="bytes=0-1", **{"if-range": '"older"'})
    assert (response.status_code, b"".join(response)) == (200, b"0123456789")


def test_last_words_reach_the_journal_of_their_own_launch_only(content: Client, attempt: Attempt) -> None:
    mine = launch_item(learner_actor(attempt.learner), attempt_id=attempt.pk)
    other = make_attempt(attempt.package)
    theirs = launch_item(learner_actor(other.learner), attempt_id=other.pk)
    address = f"{urlsplit(mine.frame_url).path}commits/"

    def send(session: object) -> int:
        body = {"entries": [{"session": str(session), "sequence": 1, "kind": "closed", "elements": {}}]}
        return content.post(address, body, content_type="application/json").status_code

    assert send(mine.session) == 204
    assert send(theirs.session) == 409
    assert not TrackingEntry.objects.filter(attempt=other, sequence=1).exists()


def test_last_words_under_a_forged_address_are_refused(content: Client, attempt: Attempt) -> None:
    assert content.post(f"/content/launch/{token_of(attempt)}/commits/", {}, "application/json").status_code == 404
