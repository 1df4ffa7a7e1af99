from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from mycelia.access import api
from mycelia.access.errors import ImpliedRole, LastAdministrator, UnknownPerson
from mycelia.access.events import RoleGranted, RoleRevoked
from mycelia.access.models import RoleAssignment
from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock, events
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import ANONYMOUS, Actor, Role, RoleGrant
from tests.factories.access import make_holder
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
LEARNER = RoleGrant(Role.LEARNER, api.NO_SUBTREE)


def test_actor_of_a_person_without_assignments_is_a_learner_and_nothing_else():
    person = make_person()
    assert api.actor_for(person) == Actor(person.pk, person.full_name, (LEARNER,))


def test_actor_takes_one_query(django_assert_num_queries):
    person = make_holder(Role.AUTHOR, Role.CURATOR)
    with django_assert_num_queries(1):
        assert api.actor_for(person).has(Role.AUTHOR)


def test_actor_of_nobody_or_of_somebody_deactivated_is_anonymous():
    assert api.actor_for(AnonymousUser()) is ANONYMOUS
    assert api.actor_for(make_person(is_active=False)) is ANONYMOUS


def test_actor_who_has_reports_is_a_manager_over_no_part_of_the_organisation():
    boss, unit = make_person(), make_unit()
    make_person(unit=unit, manager=boss)
    make_person(unit=unit, manager=boss)
    actor = api.actor_for(boss)
    assert actor.has(Role.MANAGER)
    assert None not in actor.unit_paths(Role.MANAGER, Role.LEARNER)
    assert not any(unit.path.startswith(path) for path in actor.unit_paths(Role.MANAGER) if path)


def test_actor_whose_reports_have_left_is_no_manager():
    boss = make_person()
    make_person(unit=make_unit(), manager=boss, is_active=False)
    assert not api.actor_for(boss).has(Role.MANAGER)


def test_actor_with_a_role_over_a_unit_reaches_its_subtree():
    unit, person = make_unit(), make_person()
    api.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.TALENT_ADMINISTRATOR, unit_id=unit.pk)
    assert api.actor_for(person).unit_paths(Role.TALENT_ADMINISTRATOR) == (unit.path,)


def test_actor_of_a_superuser_is_an_it_administrator():
    call_command("createsuperuser", email="root@example.com", employee_number="0", interactive=False)
    person = get_user_model().objects.get(email="root@example.com")
    assert api.actor_for(person).unit_paths(Role.IT_ADMINISTRATOR) == (None,)


@pytest.mark.parametrize(("day", "holds"), [(1, False), (2, True), (4, True), (5, False)])
def test_assignment_counts_from_its_first_day_until_its_last(day, holds):
    person = make_person()
    RoleAssignment.objects.create(
        person=person, role=Role.AUTHOR, valid_from=date(2026, 5, 2), valid_to=date(2026, 5, 5)
    )
    with clock.frozen(datetime(2026, 5, day, tzinfo=UTC)):
        assert api.actor_for(person).has(Role.AUTHOR) is holds


def test_grant_is_audited_and_told_and_done_once(django_capture_on_commit_callbacks):
    told: list[object] = []
    events._handlers[RoleGranted.name()].append(told.append)
    try:
        administrator, person = make_holder(Role.IT_ADMINISTRATOR), make_person()
        told.clear()
        actor = api.actor_for(administrator)
        with django_capture_on_commit_callbacks(execute=True):
            first = api.grant_role(actor=actor, person_id=person.pk, role=Role.AUTHOR)
            assert api.grant_role(actor=actor, person_id=person.pk, role=Role.AUTHOR) == first
    finally:
        events._handlers[RoleGranted.name()].remove(told.append)
    assert told == [RoleGranted(person.pk, "author")]
    entry = AuditEntry.objects.get(action="access.role.grant", object_id=str(first.pk))
    assert entry.actor_id == administrator.pk
    assert entry.details == {"person": person.pk, "role": "author", "unit": None}


def test_revoke_ends_the_role_at_once_and_is_audited_and_told(django_capture_on_commit_callbacks):
    told: list[object] = []
    events._handlers[RoleRevoked.name()].append(told.append)
    try:
        person = make_person()
        held = api.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.AUTHOR)
        with django_capture_on_commit_callbacks(execute=True):
            api.revoke_role(actor=SYSTEM, assignment=held)
            api.revoke_role(actor=SYSTEM, assignment=held)
    finally:
        events._handlers[RoleRevoked.name()].remove(told.append)
    assert not api.actor_for(person).has(Role.AUTHOR)
    assert told == [RoleRevoked(person.pk, "author")]
    assert AuditEntry.objects.filter(action="access.role.revoke").count() == 1
    assert list(api.history_of(person.pk)) == [held]


def test_role_that_was_revoked_can_be_given_again():
    person = make_person()
    held = api.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.AUTHOR)
    api.revoke_role(actor=SYSTEM, assignment=held)
    api.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.AUTHOR)
    assert api.actor_for(person).has(Role.AUTHOR)


def test_last_it_administrator_of_the_company_cannot_be_revoked():
    first = make_holder(Role.IT_ADMINISTRATOR)
    held = api.assignments().get(person=first)
    gone, local = make_holder(Role.IT_ADMINISTRATOR), make_person()
    gone.is_active = False
    gone.save()
    api.grant_role(actor=SYSTEM, person_id=local.pk, role=Role.IT_ADMINISTRATOR, unit_id=make_unit().pk)
    with pytest.raises(LastAdministrator):
        api.revoke_role(actor=SYSTEM, assignment=held)
    make_holder(Role.IT_ADMINISTRATOR)
    api.revoke_role(actor=SYSTEM, assignment=held)
    assert not api.actor_for(first).has(Role.IT_ADMINISTRATOR)


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MANAGER])
def test_implied_role_cannot_be_assigned(role):
    with pytest.raises(ImpliedRole):
        api.grant_role(actor=SYSTEM, person_id=make_person().pk, role=role)


def test_role_for_somebody_unknown_or_deactivated_is_refused():
    for person_id in (0, make_person(is_active=False).pk):
        with pytest.raises(UnknownPerson):
            api.grant_role(actor=SYSTEM, person_id=person_id, role=Role.AUTHOR)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.IT_ADMINISTRATOR, Role.MANAGER, Role.LEARNER}]
)
def test_nobody_but_it_administrators_assigns_roles(role):
    actor = api.actor_for(make_holder(role))
    person = make_person()
    with pytest.raises(PermissionDenied):
        api.grant_role(actor=actor, person_id=person.pk, role=Role.AUTHOR)
    held = api.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.AUTHOR)
    with pytest.raises(PermissionDenied):
        api.revoke_role(actor=actor, assignment=held)
    with pytest.raises(PermissionDenied):
        api.make_sign_in_link(actor=actor, person_id=person.pk)


@pytest.mark.parametrize("role", ["learner", "owner"])
def test_database_refuses_a_role_that_is_not_assigned(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(person=make_person(), role=role, valid_from=date(2026, 1, 1))


def test_holders_are_those_who_hold_the_role_today():
    holder = make_holder(Role.AUTHOR)
    make_holder(Role.CURATOR)
    assert list(api.holders(Role.AUTHOR)) == [holder]


def test_grant_command_makes_the_first_administrator(capsys):
    person = make_person("ada@example.com")
    call_command("grant", "it_administrator", "ADA@example.com")
    assert api.actor_for(person).has(Role.IT_ADMINISTRATOR)
    with pytest.raises(CommandError, match="Nobody"):
        call_command("grant", "author", "nobody@example.com")
