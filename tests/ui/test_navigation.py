from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from mycelia.kernel.policy import ANONYMOUS, Actor, Role, RoleGrant
from mycelia.ui import navigation
from mycelia.ui.shell import LONGEST_ROW, Shell
from mycelia.ui.types import NavItem
from tests.ui.pages import request_as


@pytest.fixture
def _only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(
        NavItem("work", "Work", "home", "ui:search", order=1),
        NavItem("platform", "Platform", "settings", order=9),
        NavItem("design", "Design", "palette", "ui:design", frozenset({Role.AUTHOR}), parent="platform"),
        NavItem("gone", "Gone", "home", "nowhere:home"),
    )
    yield
    navigation._links.cache_clear()


def person(*roles: Role) -> Actor:
    return Actor(1, "Ada", tuple(RoleGrant(role) for role in roles))


@pytest.mark.usefixtures("_only")
def test_links_person_without_role_sees_open_areas_only() -> None:
    assert [link.area for link in navigation.links_for(person(Role.LEARNER))] == ["work"]


@pytest.mark.usefixtures("_only")
def test_links_area_without_page_leads_to_its_first_permitted_page() -> None:
    links = navigation.links_for(person(Role.AUTHOR))
    assert [(link.area, link.url) for link in links] == [("work", "/search/"), ("platform", "/platform/design/")]


@pytest.mark.usefixtures("_only")
def test_links_anonymous_sees_none() -> None:
    assert navigation.links_for(ANONYMOUS) == ()


@pytest.mark.usefixtures("_only")
def test_links_system_sees_all() -> None:
    assert len(navigation.links_for(Actor.system("test"))) == 2


@pytest.mark.usefixtures("_only")
@pytest.mark.parametrize(("path", "area"), [("/search/", "work"), ("/platform/design/", "platform"), ("/x/", None)])
def test_current_area_longest_address_wins(path: str, area: str | None) -> None:
    found = navigation.current_area(path, navigation.links_for(person(Role.AUTHOR)))
    assert (found.area if found else None) == area


def test_current_area_home_is_only_itself() -> None:
    links = (navigation.NavLink("home", "Home", "home", "/"),)
    assert navigation.current_area("/learn/", links) is None
    assert navigation.current_area("/", links) == links[0]


def test_registered_items_all_lead_somewhere() -> None:
    assert [item for item in navigation.registered() if item.url_name and not reverse(item.url_name)] == []


@pytest.mark.usefixtures("_only")
def test_shell_marks_the_current_area_and_page() -> None:
    navigation.register(NavItem("offline", "Offline", "wifi-off", "ui:offline", parent="platform"))
    shell = Shell(request_as(*Role, path="/platform/design/"))
    assert 'href="/platform/design/" aria-current="page"' in shell.local_navigation
    assert shell.navigation.count('aria-current="true"') >= 1


@pytest.mark.usefixtures("_only")
def test_pages_of_an_area_are_a_menu_on_phones_only_where_a_row_would_not_hold_them() -> None:
    for number in range(LONGEST_ROW):
        assert "<details" not in Shell(request_as(*Role, path="/platform/design/")).local_navigation
        navigation.register(NavItem(f"p{number}", f"Page {number}", "home", "ui:offline", parent="platform"))
    markup = Shell(request_as(*Role, path="/platform/design/")).local_navigation
    assert markup.count('aria-current="page"') == 2
    assert "<strong>Design" in markup


@pytest.mark.usefixtures("_only")
def test_shell_area_behind_more_is_marked_there() -> None:
    for number in range(6):
        navigation.register(NavItem(f"a{number}", f"Area {number}", "home", "ui:offline", order=2))
    markup = Shell(request_as(Role.AUTHOR, path="/platform/design/")).navigation
    assert "<summary data-current>" in markup
    assert "data-current" not in Shell(request_as(Role.AUTHOR, path="/search/")).navigation
