from __future__ import annotations

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

import mycelia.ui
from mycelia.kernel.errors import Unavailable
from mycelia.kernel.policy import Role
from mycelia.ui.rendering import render_page
from mycelia.ui.templatetags.ui import SHEETS
from tests.ui.pages import request_as

STATIC = Path(mycelia.ui.__file__).parent / "static/ui"
PAGE = SimpleNamespace(title="A & B", lead="", breadcrumbs=())


def get(path: str, **headers: str) -> object:
    return Client(headers={"host": "localhost", **headers}).get(path)


def test_page_title_is_heading_and_name() -> None:
    content = render_page(request_as(Role.LEARNER), "ui/layouts/app.html", PAGE).content.decode()
    assert "<h1>A &amp; B</h1>" in content
    assert "<title>A &amp; B · Mycelia</title>" in content
    assert content.count("<h1") == 1


def test_page_says_its_language_and_theme() -> None:
    request = request_as(Role.LEARNER)
    request.COOKIES["mycelia_theme"] = "dark"
    content = render_page(request, "ui/layouts/app.html", PAGE).content.decode()
    assert re.search(r'<html lang="en"\s+dir="ltr"\s+data-theme="dark">', content)


def test_page_form_sent_back_is_422() -> None:
    assert render_page(request_as(), "ui/layouts/app.html", PAGE, status=422).status_code == 422


def test_page_boosted_request_gets_the_whole_page() -> None:
    request = request_as(HTTP_HX_REQUEST="true", HTTP_HX_BOOSTED="true")
    whole = render_page(request, "ui/layouts/app.html", PAGE, fragment="ui/layouts/_logo.html")
    assert b"<html" in whole.content


def test_error_page_renders_without_database_session_or_person() -> None:
    content = render_to_string("ui/errors/error.html", {"error": Unavailable()}, RequestFactory().get("/"))
    assert "What was saved is safe" in content


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_error_page_of_a_status_stands_alone(status: int) -> None:
    assert f'<p class="m-fault-code">{status}</p>' in render_to_string(f"{status}.html")


def test_theme_is_kept_in_a_cookie_and_leads_back() -> None:
    response = Client(headers={"host": "localhost"}).post("/appearance/", {"theme": "dark", "next": "/learn/"})
    assert (response.status_code, response["Location"]) == (302, "/learn/")
    assert response.cookies["mycelia_theme"].value == "dark"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
def test_theme_never_leads_away(target: str) -> None:
    response = Client(headers={"host": "localhost"}).post("/appearance/", {"theme": "dark", "next": target})
    assert response["Location"] == "/"


def test_theme_unknown_is_refused() -> None:
    response = Client(headers={"host": "localhost"}).post("/appearance/", {"theme": "pink"})
    assert response.status_code == 422
    assert "mycelia_theme" not in response.cookies


def test_manifest_names_icons_that_exist() -> None:
    manifest = get("/manifest.webmanifest").json()
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])


def test_service_worker_is_served_at_the_root_uncached() -> None:
    response = get("/sw.js")
    assert (response["Content-Type"], response["Cache-Control"]) == ("text/javascript", "no-cache")


def test_offline_page_needs_no_sign_in() -> None:
    assert "No connection" in get("/offline/").content.decode()


def test_style_sheets_announced_are_those_imported() -> None:
    imported = re.findall(r'@import url\("([^"]+)"\)', (STATIC / "css/mycelia.css").read_text())
    assert [name.replace("../../npm/", "npm/") for name in imported if name.startswith("../")] == [SHEETS[0]]
    assert [f"ui/css/{name}" for name in imported if not name.startswith("../")] == list(SHEETS[1:])


def test_page_transfers_less_than_200_kilobytes() -> None:
    files = [*SHEETS, "ui/css/mycelia.css", "npm/htmx/htmx.min.js", "ui/js/shell.js", "ui/icons/mycelia.svg"]
    found = [finders.find(name) for name in files]
    if not all(found):
        pytest.skip("the front-end packages are not installed")
    content = render_page(request_as(*Role), "ui/layouts/app.html", PAGE).content
    total = sum(len(gzip.compress(Path(path).read_bytes())) for path in found) + len(gzip.compress(content))
    assert total < 200 * 1024


def test_style_sheets_use_no_colour_outside_the_tokens() -> None:
    hard = re.compile(r"#[0-9a-f]{3,8}\b|\brgb\(|\boklch\(", re.I)
    allowed = {"tokens.css", "entrance.css"}
    wrong = [
        f"{path.name}: {line.strip()}"
        for path in (STATIC / "css").glob("*.css")
        if path.name not in allowed
        for line in path.read_text().splitlines()
        if hard.search(line) and "light-dark(" not in line and "background: #fff;" not in line
    ]
    assert wrong == []
