"""Units and their paths."""

from __future__ import annotations

import pytest

from mycelia.kernel.errors import InvalidInput, PermissionDenied
from mycelia.kernel.policy import Actor, Role, RoleGrant
from mycelia.people import api
from mycelia.people.models import OrganisationUnit
from tests.people.conftest import SYSTEM, Company

pytestmark = pytest.mark.django_db


def test_create_unit_makes_its_path(company: Company) -> None:
    unit = api.create_unit(actor=SYSTEM, code="SOUTH", name="South", parent=company.sales)
    assert unit.path == f"{company.sales.path}{unit.pk}/"


def test_create_unit_with_a_taken_code_is_refused(company: Company) -> None:
    with pytest.raises(InvalidInput):
        api.create_unit(actor=SYSTEM, code="SALES", name="Again", parent=company.top)


def test_create_unit_by_an_administrator_of_a_part_is_denied(company: Company) -> None:
    actor = Actor(1, "x", (RoleGrant(Role.TALENT_ADMINISTRATOR, company.sales.path),))
    with pytest.raises(PermissionDenied):
        api.create_unit(actor=actor, code="X", name="X", parent=company.sales)


def test_move_unit_takes_everything_below_along(company: Company) -> None:
    other = api.create_unit(actor=SYSTEM, code="OPS", name="Operations", parent=company.top)
    api.move_unit(actor=SYSTEM, unit=company.sales, parent=other)
    paths = dict(OrganisationUnit.objects.values_list("code", "path"))
    assert paths["SALES"] == f"{paths['OPS']}{company.sales.pk}/"
    assert paths["NORTH"] == f"{paths['SALES']}{company.north.pk}/"
    assert OrganisationUnit.objects.get(code="SALES").parent == other


def test_move_unit_below_itself_is_refused(company: Company) -> None:
    with pytest.raises(InvalidInput):
        api.move_unit(actor=SYSTEM, unit=company.sales, parent=company.north)
