"""Export and import: what comes back is what went out, and a bad file changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mycelia.business_case import api, models, types
from mycelia.business_case.api import KpiTerms, SourceKind
from mycelia.business_case.errors import CaseFileRefused, CaseUnsound, SlugTaken
from mycelia.business_case.types import (
    Addition,
    Adoption,
    AdoptionKind,
    BenefitCategory,
    CostCategory,
    Dependency,
    Driver,
    Estimate,
    ItemKind,
    Recurrence,
    Shape,
    Timing,
)
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.append_only import triggers_off
from tests.factories.business_case import SYSTEM, make_actor, make_case, make_kpi_terms, make_objective
from tests.factories.content import make_course
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> models.Case:
    """A case that uses everything there is."""
    terms = {"tax_rate": Decimal("0.25"), "tax_source": "Tax office", "tax_confidence": types.Confidence.HIGH}
    made = make_case("full", horizon_months=30, scope_unit_id=make_unit("north").pk, **terms)
    kpi = api.add_kpi(actor=SYSTEM, objective=make_objective(made), terms=make_kpi_terms(value_per_unit=Decimal(300)))
    course = KpiTerms(
        "Done", "people", source_kind=SourceKind.PLATFORM, metric_id="x", course_id=make_course(title="Golf").pk
    )
    api.add_kpi(actor=SYSTEM, objective=kpi.objective, terms=course)
    api.edit_items(actor=SYSTEM, case=made, edits=[Addition(value) for value in _items(kpi.key)])
    size = Estimate.pert(90, 100, 130), Decimal("0.02"), Estimate.fixed(40)
    _set(made, types.Drivers(*size, _curve(), 0, "live", "Pilot", is_placeholder=True))
    _set(made, types.RoadmapCalendar(date(2026, 2, 1), (0, 1, 2, 3), (date(2026, 4, 3),)))
    api.freeze_case(actor=SYSTEM, case=made, title="First")
    comment = api.add_comment(actor=SYSTEM, case=made, item="seats", text="Is this the list price?")
    api.resolve_comment(actor=SYSTEM, comment=comment)
    api.add_comment(actor=SYSTEM, case=made, item="terms", text="For the May committee")
    return made


FEE = Estimate.pert(2, 3, 9)


def _curve() -> Adoption:
    return Adoption(AdoptionKind.BASS, ceiling=Estimate.triangular("0.6", "0.8", "0.9"))


def _set(case: models.Case, value: Any) -> None:
    api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=1)


def _items(kpi: str) -> list[types.ItemValue]:
    return [
        types.NamedInput(
            "fee", "Fee", Estimate.pert(2, 3, 9), types.InputKind.MONEY, source="Offer", is_placeholder=True
        ),
        types.Option("big", "Big", description="All at once"),
        types.Phase("pilot", "Pilot"),
        types.WorkItem("live", "Live", Estimate.fixed(0), "pilot", is_milestone=True),
        types.WorkItem(
            "build",
            "Build",
            Estimate.pert(10, 20, 45),
            "pilot",
            resources=(types.Resource("Developer", Decimal("1.50")),),
            earliest_start=date(2026, 3, 1),
            source="Offer",
            is_placeholder=True,
        ),
        types.WorkItem("train", "Train", Estimate.fixed(5), depends_on=(Dependency("build", 2), Dependency("live"))),
        types.CostLine(
            "seats",
            CostCategory.LICENCES,
            "Seats ü",
            option="big",
            driver=Driver.ACTIVE_LEARNERS,
            quantity=Estimate(Shape.LOGNORMAL, low=Decimal(2), high=Decimal(9)),
            price=Estimate(named="fee"),
            recurrence=Recurrence.MONTHLY,
            timing=Timing(1, None, "live", None),
            spread=Estimate(Shape.LIST, values=(Decimal("0.9"), Decimal("1.1"))),
            is_placeholder=True,
        ),
        types.BenefitLine(
            "time",
            BenefitCategory.CUSTOM,
            "Time",
            inputs={"yearly_amount": Estimate.triangular(1000, 2000, 4000)},
            adoption=_curve(),
            isolation=Estimate.triangular("0.3", "0.5", "0.6"),
            kpi=kpi,
            claimed_movement=Decimal("3.5"),
        ),
        types.Correlation("input/fee/money", "driver/headcount", Decimal("0.3"), "pair"),
    ]


def _written(case: models.Case) -> bytes:
    return api.write_case_file(api.case_file(models.Case.objects.get(pk=case.pk)))


def _wipe(case: models.Case) -> None:
    """Delete a case for good, which the product itself does not do."""
    with triggers_off():
        models.Version.objects.filter(case=case).delete()
        case.delete()


def test_restored_case_is_exported_to_the_same_bytes(case):
    written = _written(case)
    model, figures = api.case_model(case), api.case_sheet(case).options
    _wipe(case)
    restored = api.restore_case(actor=SYSTEM, content=written)
    assert restored.unknown == ()
    assert _written(restored.case) == written
    assert api.case_model(restored.case) == model
    again = [option.figures for option in api.case_sheet(restored.case).options]
    assert again == [option.figures for option in figures]
    assert restored.case.scope_unit.code == "north"
    assert [comment.resolved_at is None for comment in api.comments_of(restored.case)] == [True, False]


def test_names_that_mean_nothing_here_are_kept_as_text_and_told(case):
    written = _written(case)
    owner, course = case.kpis.get(name="Deals won").owner, case.kpis.get(name="Done").metric_course.slug
    _wipe(case)
    owner.delete()
    strange = written.replace(b'"unit": "north"', b'"unit": "moon"', 1)
    strange = strange.replace(f'"course": "{course}"'.encode(), b'"course": "polo"', 1)
    restored = api.restore_case(actor=SYSTEM, content=strange)
    assert set(restored.unknown) == {owner.email, "moon", "polo"}
    assert restored.case.unit_text == "moon"
    assert _written(restored.case) == strange
    assert api.case_sheet(restored.case).objectives[0].kpis[0].owner_name == owner.email


def test_restored_case_can_be_edited_and_restored_beside_the_first(case):
    written = _written(case)
    with pytest.raises(SlugTaken):
        api.restore_case(actor=SYSTEM, content=written)
    second = api.restore_case(actor=SYSTEM, content=written, slug="second").case
    seats = api.item_of(second, ItemKind.COST, "seats")
    value = replace(seats.value, price=Estimate.fixed(1))
    api.change_item(actor=SYSTEM, case=second, value=value, seen_revision=1)
    assert api.item_of(case, ItemKind.COST, "seats").value == seats.value


BROKEN = {
    "empty": (lambda text: "", "line 1"),
    "cut short": (lambda text: text[: len(text) // 2], "end of file"),
    "no JSON": (lambda text: text.replace('"format_version": 2,', '"format_version": 2,,', 1), "line 3"),
    "another format": (lambda text: text.replace("mycelia-case", "other"), "$.format"),
    "a NUL character": (lambda text: text.replace("Seats ü", "Seats \\u0000", 1), "line"),
    "a later format": (lambda text: text.replace('"format_version": 2', '"format_version": 3'), "$.format_version"),
    "no name": (lambda text: text.replace('"name": "Sales training"', '"title": 1', 1), "$.case"),
    "a number for text": (
        lambda text: text.replace('"description": "Seats ü"', '"description": 5', 1),
        "$.case.model.costs[0].description",
    ),
    "an unknown category": (
        lambda text: text.replace('"category": "licences"', '"category": "sweets"', 1),
        "$.case.model.costs[0].category",
    ),
    "a version that was altered": (
        lambda text: text.replace('"npv": "', '"npv": "1', 1),
        "$.versions[0].digest",
    ),
}


@pytest.mark.parametrize(
    "content",
    [
        b'{"format": 1, "x": ',
        b'{"format": 1, "x": ' + b"[" * 100_000,
        b'{"format": 1, "x": "\xff"}',
        b"[" * 100_000,
        b'{"format": 1, "x": 1e999999}',
    ],
    ids=["cut short", "too deep behind a fault", "not UTF-8", "too deep", "too large a number"],
)
def test_file_that_breaks_behind_its_first_fault_is_refused_all_the_same(case, content):
    with pytest.raises(CaseFileRefused):
        api.restore_case(actor=SYSTEM, content=content, slug="second")
    assert models.Case.objects.count() == 1


@pytest.mark.parametrize(("harm", "place"), BROKEN.values(), ids=BROKEN)
def test_file_with_a_fault_is_refused_at_its_place_and_nothing_is_kept(case, harm, place):
    content = harm(_written(case).decode()).encode()
    with pytest.raises(CaseFileRefused) as refused:
        api.restore_case(actor=SYSTEM, content=content, slug="second")
    assert [fault.place for fault in refused.value.faults if fault.place.startswith(place)]
    assert models.Case.objects.count() == 1


def test_target_against_its_direction_is_refused_at_the_kpi(case):
    content = json.loads(_written(case))
    content["case"]["objectives"][0]["kpis"][0]["direction"] = "fall"
    with pytest.raises(CaseFileRefused) as refused:
        api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second")
    assert [fault.place for fault in refused.value.faults] == ["$.case.objectives[0].kpis[0]"]
    assert models.Case.objects.count() == 1


def _harmed(case: models.Case, change: Any) -> bytes:
    content = json.loads(_written(case))
    change(content["case"]["model"])
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("change", "subject", "field"),
    [
        (lambda model: model["costs"][0]["price"].update(low="-2"), "cost/seats", "price"),
        (
            lambda model: model["costs"][0]["timing"].update(start_milestone="no"),
            "cost/seats",
            "timing/start_milestone",
        ),
        (
            lambda model: model["roadmap"]["items"][0].update(depends_on=[{"key": "train", "lag_days": 0}]),
            "item/live",
            "depends_on",
        ),
        (lambda model: model["costs"][0]["price"].update(low="1e-400"), "cost/seats", "price"),
        (lambda model: model["options"][0].update(is_baseline=False), "case", "options"),
    ],
)
def test_impossible_case_is_refused_with_line_and_field(case, change, subject, field):
    with pytest.raises(CaseUnsound) as refused:
        api.restore_case(actor=SYSTEM, content=_harmed(case, change), slug="second")
    assert (subject, field) in {(each.subject, each.field) for each in refused.value.problems}
    assert models.Case.objects.count() == 1


def test_two_items_of_one_key_and_words_too_long_are_refused(case):
    for change in (
        lambda model: model["roadmap"]["phases"][0].update(key="seats"),
        lambda model: model["costs"][0].update(description="x" * 201),
        lambda model: model["costs"][0].update(key="a/b"),
    ):
        with pytest.raises((CaseFileRefused, CaseUnsound)):
            api.restore_case(actor=SYSTEM, content=_harmed(case, change), slug="second")
        assert models.Case.objects.count() == 1


def test_numbers_beside_the_name_of_an_input_are_those_of_the_input(case):
    """As where somebody changed the input in the file, and not each of its uses."""
    content = json.loads(_written(case))
    content["case"]["model"]["named"][0]["estimate"]["high"] = "12"
    restored = api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second").case
    model = api.case_model(restored)
    assert model.costs[0].price == Estimate(Shape.PERT, Decimal(2), Decimal(3), Decimal(12), named="fee")


def test_name_of_an_input_that_a_file_does_not_have_is_refused_at_the_line(case):
    content = json.loads(_written(case))
    content["case"]["model"]["costs"][0]["price"]["named"] = "other"
    with pytest.raises(CaseUnsound) as refused:
        api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second")
    problems = [(one.subject, one.field, one.kind) for one in refused.value.problems]
    assert problems == [("cost/seats", "price", types.ProblemKind.UNKNOWN_NAMED_INPUT)]


def test_file_from_before_inputs_had_names_is_restored(case):
    content = json.loads(_written(case))
    model = content["case"]["model"]
    del model["named"], model["costs"][0]["price"]["named"], model["drivers"]["size_source"]
    model["correlations"] = []
    restored = api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second").case
    stated = api.case_model(restored)
    assert (stated.named, stated.costs[0].price) == ((), FEE)


def test_file_from_before_adoption_and_durations_had_a_source_is_restored(case):
    content = json.loads(_written(case))
    model = content["case"]["model"]
    for stated in (model["drivers"], *model["roadmap"]["items"]):
        del stated["source"], stated["is_placeholder"]
    restored = api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second").case
    drivers = api.case_model(restored).drivers
    assert (drivers.source, drivers.is_placeholder) == ("", False)


def test_file_from_before_terms_had_a_source_and_benefits_saved_learner_time_is_restored(case):
    content = json.loads(_written(case))
    model = content["case"]["model"]
    assert (model["tax_source"], model["tax_confidence"]) == ("Tax office", "high")
    for name in ("rate", "inflation", "tax"):
        del model[f"{name}_source"], model[f"{name}_confidence"]
    for benefit in model["benefits"]:
        del benefit["saves_learner_time"]
    restored = api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second").case
    stated = api.case_model(restored)
    assert (stated.rate_source, stated.tax_source, stated.tax_confidence) == ("", "", None)
    assert not any(line.saves_learner_time for line in stated.benefits)


def test_only_analysts_restore_and_only_within_their_scope(case):
    written = _written(case)
    for role in set(Role) - {Role.FINANCE_ANALYST}:
        with pytest.raises(PermissionDenied):
            api.restore_case(actor=make_actor(role), content=written, slug="second")
    south = make_actor(Role.FINANCE_ANALYST, unit_path=make_unit("south").path)
    with pytest.raises(PermissionDenied):
        api.restore_case(actor=south, content=written, slug="second")


def test_commands_export_and_restore_a_case(case, tmp_path, capsys):
    file = tmp_path / "case.json"
    call_command("case_export", "full", "--format", "json", "--out", file)
    call_command("case_import", file, "--slug", "copy", "--json")
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"case": "copy", "unknown": [], "left": []}
    file.write_bytes(b"{")
    with pytest.raises(CommandError, match="end of file"):
        call_command("case_import", file)
    with pytest.raises(CommandError, match="No such file"):
        call_command("case_import", tmp_path / "none.json")
