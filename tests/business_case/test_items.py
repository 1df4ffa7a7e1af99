"""Edits of items: what they refuse, that none is lost, and that they can be undone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api, models, types
from mycelia.business_case.errors import (
    CaseUnsound,
    InvalidTerms,
    ItemInUse,
    ItemMovedOn,
    NothingToUndo,
    NotPartOfCase,
)
from mycelia.business_case.types import (
    Addition,
    Alteration,
    BenefitCategory,
    CostCategory,
    Dependency,
    Estimate,
    ItemKind,
    ProblemKind,
    Removal,
    Timing,
)
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.factories.business_case import SYSTEM, make_actor, make_case, make_kpi_terms, make_objective, make_terms
from tests.factories.case_edits import remove

pytestmark = pytest.mark.django_db
SEATS = types.CostLine("", CostCategory.LICENCES, "Seats", price=Estimate.triangular(90, 100, 120))
TIME = types.BenefitLine("", BenefitCategory.CUSTOM, "Time", inputs={"yearly_amount": Estimate.fixed(500)})
BUILD = types.WorkItem("build", "Build", Estimate.pert(5, 10, 20))


@pytest.fixture
def case() -> models.Case:
    return make_case()


@pytest.fixture
def ada() -> Any:
    return make_actor(Role.FINANCE_ANALYST)


@pytest.fixture
def ben() -> Any:
    return make_actor(Role.FINANCE_ANALYST)


def _costs(case: models.Case) -> list[str]:
    return [cost.description for cost in api.case_model(case).costs]


EVERY_KIND = [
    types.Option("", "Build it"),
    types.Phase("", "Pilot"),
    BUILD,
    SEATS,
    TIME,
    types.ObjectiveTerms("Sell more"),
    types.Correlation("driver/headcount", "driver/content_hours", Decimal("0.5")),
]


@pytest.mark.parametrize("value", EVERY_KIND, ids=lambda value: type(value).__name__)
def test_item_of_every_kind_is_added_changed_removed_and_all_of_it_undone(case, ada, value):
    added = api.add_item(actor=ada, case=case, value=value)
    assert added.value == replace(value, key=added.key)
    other = {"name": "Other"} if hasattr(value, "name") else {"title": "Other"} if hasattr(value, "title") else {}
    other = other or ({"description": "Other"} if hasattr(value, "description") else {"rho": Decimal("0.4000")})
    changed = api.change_item(actor=ada, case=case, value=replace(added.value, **other), seen_revision=1)
    assert changed.revision == 2
    api.remove_item(actor=ada, case=case, kind=added.kind, key=added.key, seen_revision=2)
    with pytest.raises(NotPartOfCase):
        api.item_of(case, added.kind, added.key)
    for expected in (changed.value, added.value):
        api.undo_change(actor=ada, case=case)
        assert api.item_of(case, added.kind, added.key).value == expected
    api.undo_change(actor=ada, case=case)
    with pytest.raises(NotPartOfCase):
        api.item_of(case, added.kind, added.key)
    for expected in (added.value, changed.value):
        api.redo_change(actor=ada, case=case)
        assert api.item_of(case, added.kind, added.key).value == expected
    api.redo_change(actor=ada, case=case)
    with pytest.raises(NotPartOfCase):
        api.item_of(case, added.kind, added.key)
    with pytest.raises(NothingToUndo):
        api.redo_change(actor=ada, case=case)


def test_drivers_calendar_and_terms_are_changed_and_undone(case, ada):
    drivers = types.Drivers(headcount=Estimate.triangular(90, 100, 110), content_hours=Estimate.fixed(40))
    calendar = types.RoadmapCalendar(working_weekdays=(0, 1, 2, 3))
    for kind, value in (
        (ItemKind.DRIVERS, drivers),
        (ItemKind.CALENDAR, calendar),
        (ItemKind.TERMS, make_terms(name="Other", tax_rate=Decimal("0.25"))),
    ):
        before = api.item_of(case, kind)
        assert api.change_item(actor=ada, case=case, value=value, seen_revision=1).value == value
        api.undo_change(actor=ada, case=case)
        after = api.item_of(case, kind)
        assert (after.value, after.revision) == (before.value, 3)


def test_edits_of_different_items_are_both_kept(case, ada, ben):
    first = api.add_item(actor=ada, case=case, value=SEATS)
    second = api.add_item(actor=ada, case=case, value=replace(SEATS, description="Support"))
    api.change_item(actor=ada, case=case, value=replace(first.value, description="Places"), seen_revision=1)
    api.change_item(actor=ben, case=case, value=replace(second.value, description="Help"), seen_revision=1)
    assert _costs(case) == ["Places", "Help"]


def test_second_edit_of_the_same_item_is_refused_with_both_values(case, ada, ben):
    seen = api.add_item(actor=ada, case=case, value=SEATS)
    api.change_item(
        actor=ada, case=case, value=replace(seen.value, price=Estimate.fixed(7)), seen_revision=seen.revision
    )
    mine = replace(seen.value, price=Estimate.fixed(9), source="Offer")
    with pytest.raises(ItemMovedOn) as refused:
        api.change_item(actor=ben, case=case, value=mine, seen_revision=seen.revision)
    assert refused.value.stated == mine
    assert refused.value.current.value.price == Estimate.fixed(7)
    differing = {each.field: (each.ours, each.theirs) for each in refused.value.differences}
    assert differing["source"] == ("Offer", "")
    assert (differing["price"][0]["likely"], differing["price"][1]["likely"]) == ("9", "7")
    assert api.item_of(case, ItemKind.COST, seen.key).value.price == Estimate.fixed(7)
    with pytest.raises(ItemMovedOn):
        api.remove_item(actor=ben, case=case, kind=ItemKind.COST, key=seen.key, seen_revision=seen.revision)


def test_edit_that_changes_nothing_leaves_no_trace(case, ada):
    added = api.add_item(actor=ada, case=case, value=SEATS)
    entries = AuditEntry.objects.count()
    assert api.change_item(actor=ada, case=case, value=added.value, seen_revision=1).revision == 1
    assert AuditEntry.objects.count() == entries
    api.undo_change(actor=ada, case=case)
    assert _costs(case) == []


def test_change_that_was_kept_before_fields_were_added_is_undone(case, ada):
    before = api.item_of(case, ItemKind.DRIVERS)
    api.change_item(
        actor=ada, case=case, value=types.Drivers(headcount=Estimate.fixed(9)), seen_revision=before.revision
    )
    change = models.Change.objects.get()
    for part in ("before", "after"):
        written = change.entries[0][part]
        del written["size_source"], written["headcount"]["named"]
    change.save()
    api.undo_change(actor=ada, case=case)
    assert api.item_of(case, ItemKind.DRIVERS).value == before.value


def test_many_edits_happen_together_and_are_undone_together(case, ada):
    seen = api.add_item(actor=ada, case=case, value=SEATS)
    states = api.edit_items(
        actor=ada,
        case=case,
        edits=[
            Addition(types.Option("big", "Big")),
            Addition(replace(SEATS, description="Servers", option="big")),
            Addition(BUILD),
            Alteration(replace(seen.value, timing=Timing(start_milestone="build")), 1),
        ],
    )
    assert [state.kind for state in states] == ["option", "cost", "item", "cost"]
    assert _costs(case) == ["Seats", "Servers"]
    api.undo_change(actor=ada, case=case)
    assert (_costs(case), api.case_model(case).roadmap.items) == (["Seats"], ())
    api.redo_change(actor=ada, case=case)
    assert api.case_model(case).costs[0].timing.start_milestone == "build"


def test_one_bad_edit_among_many_keeps_none(case, ada):
    with pytest.raises(InvalidTerms):
        api.edit_items(actor=ada, case=case, edits=[Addition(SEATS), Addition(replace(SEATS, description=" "))])
    assert _costs(case) == []
    with pytest.raises(InvalidTerms):
        api.edit_items(actor=ada, case=case, edits=[])


@pytest.mark.parametrize(
    ("value", "field", "kind"),
    [
        (replace(SEATS, price=Estimate.triangular(3, 2, 1)), "price", ProblemKind.OUT_OF_ORDER),
        (replace(SEATS, timing=Timing(start_month=99)), "timing/start_month", ProblemKind.OUTSIDE_HORIZON),
        (replace(TIME, inputs={}), "inputs/yearly_amount", ProblemKind.MISSING),
    ],
)
def test_impossible_numbers_are_refused_at_line_and_field(case, ada, value, field, kind):
    with pytest.raises((CaseUnsound, InvalidTerms)) as refused:
        api.add_item(actor=ada, case=case, value=value)
    if isinstance(refused.value, CaseUnsound):
        assert (field, kind) in {(problem.field, problem.kind) for problem in refused.value.problems}
    assert (api.case_model(case).costs, api.case_model(case).benefits) == ((), ())


def test_dependencies_in_a_circle_are_refused(case, ada):
    build = api.add_item(actor=ada, case=case, value=BUILD)
    test = types.WorkItem("test", "Test", Estimate.fixed(3), depends_on=(Dependency("build", 2),))
    api.add_item(actor=ada, case=case, value=test)
    with pytest.raises(CaseUnsound) as refused:
        value = replace(build.value, depends_on=(Dependency("test"),))
        api.change_item(actor=ada, case=case, value=value, seen_revision=1)
    assert refused.value.problems[0].kind is ProblemKind.CYCLE
    assert api.item_of(case, ItemKind.WORK_ITEM, "build").value.depends_on == ()


def test_what_was_wrong_before_stops_no_other_edit_and_nothing_more_goes_wrong(case, ada):
    api.add_item(actor=ada, case=case, value=SEATS)
    models.CostLine.objects.update(start_month=99)
    desks = api.add_item(actor=ada, case=case, value=replace(SEATS, description="Desks"))
    assert (_costs(case), desks.revision) == (["Seats", "Desks"], 1)
    with pytest.raises(CaseUnsound) as refused:
        late = replace(desks.value, timing=Timing(start_month=98))
        api.change_item(actor=ada, case=case, value=late, seen_revision=1)
    assert len(refused.value.problems) == 1
    assert api.item_of(case, ItemKind.COST, desks.key) == desks
    api.undo_change(actor=ada, case=case)
    assert _costs(case) == ["Seats"]


def test_what_others_need_is_not_removed_and_the_refusal_names_them(case, ada):
    api.add_item(actor=ada, case=case, value=BUILD)
    api.add_item(
        actor=ada, case=case, value=replace(BUILD, key="test", title="Test", depends_on=(Dependency("build"),))
    )
    api.add_item(actor=ada, case=case, value=replace(SEATS, timing=Timing(start_milestone="build")))
    with pytest.raises(ItemInUse) as refused:
        api.remove_item(actor=ada, case=case, kind=ItemKind.WORK_ITEM, key="build", seen_revision=1)
    assert refused.value.users == ("Seats", "Test")
    assert "“Seats”, “Test”" in str(refused.value)
    claimed = api.add_kpi(actor=ada, objective=make_objective(case), terms=make_kpi_terms())
    api.add_item(actor=ada, case=case, value=replace(TIME, kpi=claimed.key))
    with pytest.raises(ItemInUse):
        remove(claimed.objective, actor=ada)


def test_removed_objective_comes_back_with_its_kpis(case, ada):
    objective = make_objective(case)
    kpi = api.add_kpi(actor=ada, objective=objective, terms=make_kpi_terms())
    stated = api.item_of(case, ItemKind.KPI, kpi.key).value
    remove(objective, actor=ada)
    assert not models.Kpi.objects.exists()
    api.undo_change(actor=ada, case=case)
    assert api.item_of(case, ItemKind.KPI, kpi.key).value == stated


def test_doing_nothing_stays_and_one_option_is_preferred(case, ada):
    nothing, proposal = api.items_of(case, ItemKind.OPTION)
    with pytest.raises(InvalidTerms):
        api.remove_item(actor=ada, case=case, kind=ItemKind.OPTION, key=nothing.key, seen_revision=1)
    with pytest.raises(InvalidTerms):
        api.add_item(actor=ada, case=case, value=types.Option("", "Nothing else", is_baseline=True))
    second = api.add_item(actor=ada, case=case, value=types.Option("", "Better", is_preferred=True))
    assert [option.is_preferred for option in api.case_model(case).options] == [False, False, True]
    api.undo_change(actor=ada, case=case)
    assert [option.key for option in api.case_model(case).options] == [nothing.key, proposal.key]
    assert api.case_model(case).preferred.key == proposal.key
    assert second.key not in {option.key for option in api.case_model(case).options}


def test_undo_is_refused_when_somebody_changed_the_item_since(case, ada, ben):
    seen = api.add_item(actor=ada, case=case, value=SEATS)
    api.change_item(actor=ben, case=case, value=replace(seen.value, source="Ben's"), seen_revision=1)
    with pytest.raises(ItemMovedOn):
        api.undo_change(actor=ada, case=case)
    assert _costs(case) == ["Seats"]
    api.undo_change(actor=ben, case=case)
    assert api.item_of(case, ItemKind.COST, seen.key).value == seen.value


def test_each_person_undoes_their_own_changes_only(case, ada, ben):
    api.add_item(actor=ada, case=case, value=SEATS)
    with pytest.raises(NothingToUndo):
        api.undo_change(actor=ben, case=case)
    with pytest.raises(NothingToUndo):
        api.undo_change(actor=SYSTEM, case=case)
    with pytest.raises(PermissionDenied):
        api.undo_change(actor=make_actor(Role.EXECUTIVE), case=case)
    other = make_case()
    with pytest.raises(NothingToUndo):
        api.undo_change(actor=ada, case=other)


def test_nothing_is_redone_after_another_change(case, ada):
    api.add_item(actor=ada, case=case, value=SEATS)
    api.undo_change(actor=ada, case=case)
    api.add_item(actor=ada, case=case, value=TIME)
    with pytest.raises(NothingToUndo):
        api.redo_change(actor=ada, case=case)


def test_order_is_changed_undone_and_refused_when_it_names_others(case, ada, ben):
    keys = [api.add_item(actor=ada, case=case, value=replace(SEATS, description=name)).key for name in "ABC"]
    api.reorder_items(actor=ada, case=case, kind=ItemKind.COST, keys=[keys[2], keys[0], keys[1]])
    assert _costs(case) == ["C", "A", "B"]
    assert {state.revision for state in api.items_of(case, ItemKind.COST)} == {1}
    api.undo_change(actor=ada, case=case)
    assert _costs(case) == ["A", "B", "C"]
    api.redo_change(actor=ada, case=case)
    api.remove_item(actor=ben, case=case, kind=ItemKind.COST, key=keys[0], seen_revision=1)
    with pytest.raises(ItemMovedOn):
        api.undo_change(actor=ada, case=case)
    with pytest.raises(ItemMovedOn):
        api.reorder_items(actor=ada, case=case, kind=ItemKind.COST, keys=keys)


def test_every_edit_is_in_the_audit_log_with_what_changed(case, ada):
    seen = api.add_item(actor=ada, case=case, value=SEATS)
    api.change_item(actor=ada, case=case, value=replace(seen.value, source="Offer"), seen_revision=1)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor_id) == ("business_case.cost_changed", ada.person_id)
    assert entry.details == {"key": seen.key, "source": ["", "Offer"]}
    api.undo_change(actor=ada, case=case)
    assert AuditEntry.objects.latest("pk").details["source"] == ["Offer", ""]


def test_key_of_another_item_and_of_another_case_are_refused(case, ada):
    api.add_item(actor=ada, case=case, value=BUILD)
    with pytest.raises(InvalidTerms):
        api.add_item(actor=ada, case=case, value=types.Phase("build", "Build"))
    with pytest.raises(InvalidTerms):
        api.add_item(actor=ada, case=make_case(), value=replace(SEATS, timing=Timing(start_milestone="build")))
    with pytest.raises(InvalidTerms):
        api.add_item(actor=ada, case=case, value=replace(BUILD, key="a/b"))
    with pytest.raises(NotPartOfCase):
        api.remove_item(actor=ada, case=make_case(), kind=ItemKind.WORK_ITEM, key="build", seen_revision=1)


def test_others_may_not_edit_items(case):
    for role in set(Role) - {Role.FINANCE_ANALYST}:
        with pytest.raises(PermissionDenied):
            api.edit_items(actor=make_actor(role), case=case, edits=[Removal(ItemKind.COST, "x", 1)])
        with pytest.raises(PermissionDenied):
            api.reorder_items(actor=make_actor(role), case=case, kind=ItemKind.COST, keys=[])


HOUR = types.NamedInput("hour", "Cost of an hour", Estimate.pert(30, 40, 60), types.InputKind.MONEY)
OF_HOUR = Estimate(named="hour")


def test_line_takes_the_numbers_of_the_input_it_names_and_follows_it(case, ada):
    line = types.CostLine("work", CostCategory.INTERNAL_LABOUR, "Work", price=OF_HOUR)
    saved = {"people": Estimate.fixed(5), "hours_per_person_month": Estimate.fixed(1), "productive_share": types.ONE}
    benefit = types.BenefitLine("time", BenefitCategory.TIME_SAVED, "Time", inputs={**saved, "hourly_cost": OF_HOUR})
    api.edit_items(actor=ada, case=case, edits=[Addition(HOUR), Addition(line), Addition(benefit)])
    assert api.case_model(case).costs[0].price == replace(HOUR.estimate, named="hour")
    dearer = replace(HOUR, estimate=Estimate.fixed(50))
    api.change_item(actor=ada, case=case, value=dearer, seen_revision=1)
    model, after = api.case_model(case), Estimate(likely=Decimal(50), named="hour")
    assert (model.costs[0].price, model.benefits[0].inputs["hourly_cost"]) == (after, after)
    assert api.item_of(case, ItemKind.COST, "work").revision == 1
    api.undo_change(actor=ada, case=case)
    assert api.case_model(case).costs[0].price == replace(HOUR.estimate, named="hour")
    api.redo_change(actor=ada, case=case)
    assert api.case_model(case).costs[0].price == after


def test_edit_of_a_line_is_undone_though_its_input_has_changed_since(case, ada, ben):
    line = types.CostLine("work", CostCategory.INTERNAL_LABOUR, "Work", price=OF_HOUR)
    api.edit_items(actor=ada, case=case, edits=[Addition(HOUR), Addition(line)])
    api.change_item(actor=ada, case=case, value=replace(line, description="Labour"), seen_revision=1)
    api.change_item(actor=ben, case=case, value=replace(HOUR, estimate=Estimate.fixed(50)), seen_revision=1)
    api.undo_change(actor=ada, case=case)
    cost = api.case_model(case).costs[0]
    assert (cost.description, cost.price) == ("Work", Estimate(likely=Decimal(50), named="hour"))


def test_saving_a_line_with_old_numbers_of_its_input_changes_nothing(case, ada):
    line = types.CostLine("work", CostCategory.INTERNAL_LABOUR, "Work", price=OF_HOUR)
    api.edit_items(actor=ada, case=case, edits=[Addition(HOUR), Addition(line)])
    stale = replace(line, price=Estimate(likely=Decimal(1), named="hour"))
    assert api.change_item(actor=ada, case=case, value=stale, seen_revision=1).revision == 1
    assert api.case_model(case).costs[0].price == replace(HOUR.estimate, named="hour")


def test_input_that_is_used_stays_and_one_that_is_not_there_is_refused(case, ada):
    line = types.CostLine("work", CostCategory.INTERNAL_LABOUR, "Work", price=OF_HOUR)
    with pytest.raises(InvalidTerms, match="no input “hour”"):
        api.add_item(actor=ada, case=case, value=line)
    api.edit_items(actor=ada, case=case, edits=[Addition(HOUR), Addition(line)])
    drivers = replace(types.NO_DRIVERS, headcount=OF_HOUR)
    api.change_item(actor=ada, case=case, value=drivers, seen_revision=1)
    with pytest.raises(ItemInUse) as refused:
        api.remove_item(actor=ada, case=case, kind=ItemKind.INPUT, key="hour", seen_revision=1)
    assert refused.value.users == ("Drivers", "Work")


def test_input_that_is_impossible_where_it_is_used_is_refused(case, ada):
    share = types.NamedInput("due", "Due to this", Estimate.fixed("0.5"))
    line = replace(TIME, key="time", isolation=Estimate(named="due"))
    api.edit_items(actor=ada, case=case, edits=[Addition(share), Addition(line)])
    with pytest.raises((CaseUnsound, InvalidTerms)):
        api.change_item(actor=ada, case=case, value=replace(share, estimate=Estimate.fixed(2)), seen_revision=1)
    assert api.case_model(case).benefits[0].isolation == Estimate(likely=Decimal("0.5"), named="due")


def test_two_people_change_different_fields_of_a_line_that_uses_an_input(case, ada, ben):
    line = types.CostLine("work", CostCategory.INTERNAL_LABOUR, "Work", price=OF_HOUR)
    api.edit_items(actor=ada, case=case, edits=[Addition(HOUR), Addition(line)])
    shown = api.item_of(case, ItemKind.COST, "work").value
    api.change_item(actor=ben, case=case, value=replace(shown, price=Estimate.fixed(7)), seen_revision=1)
    api.change_item_together(actor=ada, case=case, value=replace(shown, description="Labour"), seen_revision=1)
    cost = api.case_model(case).costs[0]
    assert (cost.description, cost.price) == ("Labour", Estimate.fixed(7))


def test_change_hands_back_the_case_as_it_is_computed_with_now(case, ada):
    api.add_item(actor=ada, case=case, value=replace(SEATS, key="seats"))
    dearer = replace(SEATS, key="seats", price=Estimate.fixed(130))
    change = api.change_item_together(actor=ada, case=case, value=dearer, seen_revision=1)
    assert (change.state.revision, change.is_joint) == (2, False)
    assert change.model == api.case_model(case)
    assert change.model.costs == (dearer,)


def test_change_hands_back_nothing_to_compute_where_something_is_still_wrong(case, ada):
    api.add_item(actor=ada, case=case, value=replace(SEATS, key="seats"))
    models.CostLine.objects.filter(case=case).update(start_month=case.horizon_months + 1)
    renamed = api.item_of(case, ItemKind.COST, "seats").value
    change = api.change_item_together(
        actor=ada, case=case, value=replace(renamed, description="Chairs"), seen_revision=1
    )
    assert change.model is None
