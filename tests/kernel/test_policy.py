from __future__ import annotations

import pytest
from django.db.models import Q

from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.models import OutboxEvent
from mycelia.kernel.policy import ANONYMOUS, Actor, ObjectRule, Role, RoleGrant, Rule, allowed, person_of, require

ANALYST = Actor(1, "Ann", (RoleGrant(Role.FINANCE_ANALYST),))


class Nobody(Rule):
    code = "test.nobody"


class Analyse(Rule):
    code = "test.analyse"
    roles = frozenset({Role.FINANCE_ANALYST})


class TouchSmall(ObjectRule[OutboxEvent]):
    code = "test.touch_small"

    def scope(self, actor: Actor) -> Q:
        return Q(failures__lt=3)


class TouchUnstated(ObjectRule[OutboxEvent]):
    code = "test.touch_unstated"


def test_rule_without_roles_denies_everyone_but_the_system() -> None:
    assert not allowed(ANALYST, Nobody())
    assert allowed(Actor.system("test"), Nobody())


def test_rule_with_a_role_permits_its_holders_and_denies_the_anonymous() -> None:
    require(ANALYST, Analyse())
    with pytest.raises(PermissionDenied):
        require(ANONYMOUS, Analyse())


def test_unit_paths_a_grant_without_a_unit_is_the_whole_company() -> None:
    scoped = RoleGrant(Role.MANAGER, "/1/2/")
    assert Actor(1, "a", (scoped,)).unit_paths(Role.MANAGER) == ("/1/2/",)
    assert Actor(1, "a", (scoped, RoleGrant(Role.MANAGER))).unit_paths(Role.MANAGER) == (None,)
    assert Actor(1, "a", (scoped,)).unit_paths(Role.AUTHOR) == ()


@pytest.mark.django_db
def test_object_rule_check_and_filter_agree() -> None:
    from mycelia.kernel import clock

    rows = [
        OutboxEvent.objects.create(name="x", payload={}, failures=count, published_at=clock.now(), retry_at=clock.now())
        for count in (1, 5)
    ]
    rule = TouchSmall()
    assert list(rule.filter(ANALYST, OutboxEvent.objects.all())) == rows[:1]
    assert [allowed(ANALYST, rule, row) for row in rows] == [True, False]
    assert not allowed(ANALYST, rule)


@pytest.mark.django_db
def test_object_rule_without_a_scope_denies() -> None:
    assert not TouchUnstated().filter(ANALYST, OutboxEvent.objects.all()).exists()


def test_person_of_an_actor_is_a_person_or_refused():
    assert person_of(ANALYST) == 1
    for nobody in (ANONYMOUS, Actor.system("tests")):
        with pytest.raises(PermissionDenied):
            person_of(nobody)
