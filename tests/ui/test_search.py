from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.test import Client

from mycelia.kernel.policy import ANONYMOUS, Actor, Role
from mycelia.ui import search
from mycelia.ui.types import SearchResult
from mycelia.ui.views.search import results
from tests.ui.pages import request_as


def many(actor: Actor, text: str, limit: int) -> Iterable[SearchResult]:
    return [SearchResult("Course", f"{text} {n}", f"/catalog/{n}/") for n in range(50)]


@pytest.fixture(autouse=True)
def _one_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_providers", [many])


def test_find_provider_that_gives_too_much_is_cut() -> None:
    ((kind, found),) = search.find(ANONYMOUS, "zz", limit=3)
    assert (kind, len(found)) == ("Course", 3)


@pytest.mark.parametrize("text", ["", " ", "a", " a "])
def test_find_short_text_asks_nobody(text: str) -> None:
    assert search.find(ANONYMOUS, text) == ()


def test_register_twice_keeps_one(monkeypatch: pytest.MonkeyPatch) -> None:
    search.register(many)
    assert search._providers == [many]


def test_commands_find_pages_by_name_only_for_those_who_may() -> None:
    author = request_as(Role.AUTHOR).actor
    assert [found.url for found in search.commands(author, "design", 5)] == ["/platform/design/"]
    assert search.commands(ANONYMOUS, "design", 5) == []


def test_results_htmx_gets_the_fragment_of_the_page() -> None:
    page = results(request_as(path="/search/?q=zz")).content.decode()
    fragment = results(request_as(path="/search/?q=zz", HTTP_HX_REQUEST="true"))
    assert "<html" in page
    assert "<html" not in fragment.content.decode()
    assert fragment.content.decode().strip() in page
    assert "HX-Request" in fragment["Vary"]


def test_results_text_is_escaped_and_cut() -> None:
    content = results(request_as(path="/search/?q=%3Cscript%3Ealert(1)%3C/script%3E%00" + "x" * 500)).content.decode()
    assert "<script>alert" not in content
    assert "x" * 201 not in content


def test_results_without_words_lists_the_pages() -> None:
    assert "/platform/design/" in results(request_as(Role.AUTHOR, path="/search/")).content.decode()


def test_search_visitor_is_sent_to_sign_in() -> None:
    response = Client(headers={"host": "localhost"}).get("/search/?q=zz")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/search/%3Fq%3Dzz")
