"""Who sees whom: the filter and the check on one person are the same rule."""

from __future__ import annotations

from datetime import date

import pytest

from mycelia.kernel.policy import ANONYMOUS, Actor, Role, RoleGrant
from mycelia.people import api
from mycelia.people.models import Employment, Person
from mycelia.people.permissions import ImportPeople, ListPeople, SeePerson
from tests.factories.people import make_employment, make_person
from tests.people.conftest import SYSTEM, Company

pytestmark = pytest.mark.django_db


def _actor(person: Person, *grants: RoleGrant) -> Actor:
    return Actor(person.pk, person.email, grants)


def _seen(actor: Actor) -> set[str]:
    people = set(api.visible_people(actor))
    everybody = set(Person.objects.all())
    assert people == {person for person in everybody if SeePerson().permits_object(actor, person)}
    return {person.employee_number for person in people}


def test_learner_sees_themselves_alone(company: Company) -> None:
    assert _seen(_actor(company.report, RoleGrant(Role.LEARNER))) == {"REP"}


def test_manager_sees_direct_and_indirect_reports_and_nobody_else(company: Company) -> None:
    make_person(employee_number="PEER", unit=company.sales, manager=company.boss)
    assert _seen(_actor(company.manager, RoleGrant(Role.MANAGER))) == {"MID", "REP"}
    assert _seen(_actor(company.boss, RoleGrant(Role.MANAGER))) == {"BOSS", "MID", "REP", "PEER"}


def test_manager_sees_former_reports_no_longer(company: Company) -> None:
    Employment.objects.filter(person=company.report).update(valid_to=date(2026, 1, 1))
    make_employment(company.report, unit=company.north, manager=company.boss, valid_from=date(2026, 1, 1))
    assert _seen(_actor(company.manager, RoleGrant(Role.MANAGER))) == {"MID"}


def test_manager_in_a_circle_on_record_is_answered(company: Company) -> None:
    Employment.objects.filter(person=company.boss).update(manager=company.report)
    assert _seen(_actor(company.boss, RoleGrant(Role.MANAGER))) == {"BOSS", "MID", "REP"}


def test_talent_administrator_sees_their_part_of_the_company(company: Company) -> None:
    person = make_person(employee_number="T")
    assert _seen(_actor(person, RoleGrant(Role.TALENT_ADMINISTRATOR))) == {"T", "BOSS", "MID", "REP"}
    assert _seen(_actor(person, RoleGrant(Role.TALENT_ADMINISTRATOR, company.sales.path))) == {"T", "MID", "REP"}


def test_talent_administrator_still_sees_who_left_their_part(company: Company) -> None:
    api.leave(actor=SYSTEM, person=company.report)
    person = make_person(employee_number="T")
    assert "REP" in _seen(_actor(person, RoleGrant(Role.TALENT_ADMINISTRATOR, company.north.path)))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.TALENT_ADMINISTRATOR}))
def test_other_roles_give_no_sight_of_people(company: Company, role: Role) -> None:
    actor = _actor(company.report, RoleGrant(role))
    assert _seen(actor) == {"REP"}
    assert not ListPeople().permits(actor)
    assert not ImportPeople().permits(actor)


def test_nobody_sees_nobody(company: Company) -> None:
    assert _seen(ANONYMOUS) == set()
    assert not ImportPeople().permits(ANONYMOUS)


def test_import_is_for_administrators_of_the_whole_company(company: Company) -> None:
    part = _actor(company.boss, RoleGrant(Role.TALENT_ADMINISTRATOR, company.top.path))
    assert not ImportPeople().permits(part)
    assert ImportPeople().permits(_actor(company.boss, RoleGrant(Role.TALENT_ADMINISTRATOR)))
    assert ImportPeople().permits(SYSTEM)
