"""Versions stay as they were, and differ line by line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mycelia.business_case import api, models, types
from mycelia.business_case.errors import InvalidTerms, NotPartOfCase
from mycelia.business_case.types import (
    CostCategory,
    Driver,
    Estimate,
    ItemChange,
    ItemKind,
    Recurrence,
    VersionChange,
)
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.factories.business_case import SYSTEM, make_actor, make_case, make_complete_case, make_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> models.Case:
    made = make_case(horizon_months=24, name="Before")
    drivers = types.Drivers(headcount=Estimate.fixed(100))
    api.change_item(actor=SYSTEM, case=made, value=drivers, seen_revision=1)
    _add(made, "Seats", driver=Driver.HEADCOUNT, recurrence=Recurrence.YEARLY, price=Estimate.fixed(12))
    _add(made, "Project", price=Estimate.fixed(500))
    _add(made, "Consulting", price=Estimate.fixed(80))
    return made


def _add(case: models.Case, name: str, **stated: Any) -> types.ItemState:
    option = api.case_model(case).preferred.key
    value = types.CostLine("", CostCategory.LICENCES, name, option=option, **stated)
    return api.add_item(actor=SYSTEM, case=case, value=value)


def _state(case: models.Case, name: str) -> types.ItemState:
    return next(state for state in api.items_of(case, ItemKind.COST) if state.value.description == name)


def _change(case: models.Case, name: str, **fields: Any) -> None:
    state = _state(case, name)
    api.change_item(actor=SYSTEM, case=case, value=replace(state.value, **fields), seen_revision=state.revision)


def _by_name(comparison: types.VersionComparison) -> dict[str, ItemChange]:
    return {change.name: change for change in comparison.changes}


def test_version_keeps_everything_while_the_draft_goes_on(case):
    sheet = api.case_sheet(case)
    version = api.freeze_case(actor=SYSTEM, case=case, title=" First ")
    _change(case, "Project", price=Estimate.fixed(900))
    kept = api.sheet_from(api.version_of(case, 1).snapshot)
    assert (version.number, version.title) == (1, "First")
    assert replace(kept, as_of=sheet.as_of) == sheet
    assert api.freeze_case(actor=SYSTEM, case=case, title="Second").number == 2
    assert [each.number for each in api.versions_of(case)] == [2, 1]


def test_database_refuses_to_change_or_delete_a_version(case):
    version = api.freeze_case(actor=SYSTEM, case=case, title="First")
    for change in (
        lambda: models.Version.objects.filter(pk=version.pk).update(snapshot={}),
        lambda: models.Version.objects.filter(pk=version.pk).update(title="Other"),
        lambda: models.Version.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_presentation_is_of_a_version(case):
    complete = make_complete_case()
    api.freeze_case(actor=SYSTEM, case=complete, title="Before the committee")
    presentation = api.present_case(actor=make_actor(Role.EXECUTIVE), case=complete)
    assert (presentation.number, presentation.version.number) == (1, 2)
    assert presentation.digest == presentation.version.digest


def test_versions_are_made_by_editors_and_need_a_title(case):
    for role in set(Role) - {Role.FINANCE_ANALYST}:
        with pytest.raises(PermissionDenied):
            api.freeze_case(actor=make_actor(role), case=case, title="First")
    for title in ("  ", "x" * 201):
        with pytest.raises(InvalidTerms):
            api.freeze_case(actor=SYSTEM, case=case, title=title)
    with pytest.raises(NotPartOfCase):
        api.version_of(case, 1)


def test_versions_are_compared_line_by_line_with_their_effect(case):
    first = api.freeze_case(actor=SYSTEM, case=case, title="First")
    _change(case, "Project", price=Estimate.fixed(650), source="Offer")
    gone = _state(case, "Consulting")
    api.remove_item(actor=SYSTEM, case=case, kind=ItemKind.COST, key=gone.key, seen_revision=1)
    _add(case, "Training", price=Estimate.fixed(30))
    terms = api.item_of(case, ItemKind.TERMS)
    api.change_item(actor=SYSTEM, case=case, value=make_terms(name="After", horizon_months=24), seen_revision=1)
    case.refresh_from_db()
    comparison = api.compared_versions(first, case)
    changes = _by_name(comparison)
    project = changes["Project"]
    assert (project.change, project.npv_effect) == (VersionChange.CHANGED, -150)
    fields = {each.field: (each.theirs, each.ours) for each in project.fields}
    assert fields == {"price": (Estimate.fixed(500), Estimate.fixed(650)), "source": ("", "Offer")}
    assert (changes["Consulting"].change, changes["Consulting"].npv_effect) == (VersionChange.REMOVED, 80)
    assert (changes["Training"].change, changes["Training"].npv_effect) == (VersionChange.ADDED, -30)
    assert [(each.field, each.theirs, each.ours) for each in changes["After"].fields] == [("name", "Before", "After")]
    assert terms.value.name == "Before"
    assert set(changes) == {"Project", "Consulting", "Training", "After"}
    assert comparison.npv_after - comparison.npv_before == -100


def test_effects_of_lines_that_a_driver_moved_add_up_to_the_change(case):
    first = api.freeze_case(actor=SYSTEM, case=case, title="First")
    drivers = types.Drivers(headcount=Estimate.fixed(150))
    api.change_item(actor=SYSTEM, case=case, value=drivers, seen_revision=2)
    _change(case, "Project", price=Estimate.fixed(450))
    comparison = api.compared_versions(first, api.freeze_case(actor=SYSTEM, case=case, title="Second"))
    changes = _by_name(comparison)
    assert (changes["Seats"].fields, changes["Seats"].npv_effect < 0) == ((), True)
    effects = [change.npv_effect for change in comparison.changes if change.npv_effect is not None]
    assert abs(sum(effects) - (comparison.npv_after - comparison.npv_before)) < Decimal("0.000001")


def test_changed_input_is_told_once_with_its_effect_on_each_line(case):
    fee = types.NamedInput("fee", "Fee", Estimate.fixed(12), types.InputKind.MONEY)
    api.add_item(actor=SYSTEM, case=case, value=fee)
    for name in ("Seats", "Project"):
        _change(case, name, price=Estimate(named="fee"))
    first = api.freeze_case(actor=SYSTEM, case=case, title="First")
    api.change_item(actor=SYSTEM, case=case, value=replace(fee, estimate=Estimate.fixed(20)), seen_revision=1)
    changes = _by_name(api.compared_versions(first, api.freeze_case(actor=SYSTEM, case=case, title="Second")))
    assert [each.field for each in changes["Fee"].fields] == ["estimate"]
    assert (changes["Project"].fields, changes["Project"].npv_effect) == ((), -8)
    assert (changes["Seats"].fields, changes["Seats"].npv_effect < 0) == ((), True)
    assert set(changes) == {"Fee", "Project", "Seats"}


def test_version_equals_itself(case):
    first = api.freeze_case(actor=SYSTEM, case=case, title="First")
    assert api.compared_versions(first, first).changes == ()
