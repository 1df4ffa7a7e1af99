"""Every write of a case: who may, what it refuses, what it leaves behind."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api
from mycelia.business_case.api import BenefitCategory, LineKind, SourceKind
from mycelia.business_case.errors import (
    HorizonCutsAmounts,
    InvalidAmount,
    InvalidTerms,
    SlugTaken,
    YearOutsideHorizon,
)
from mycelia.business_case.models import BenefitLine, Case, CostLine, Kpi, Objective
from mycelia.business_case.types import Adoption, CaseState, Estimate, ItemKind, Shape
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import ANONYMOUS, Role
from tests.factories.business_case import (
    SYSTEM,
    make_actor,
    make_case,
    make_complete_case,
    make_kpi_terms,
    make_line_terms,
    make_objective,
    make_terms,
)
from tests.factories.case_edits import add_benefit_line, add_cost_line, change_kpi, remove
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db
OTHERS = [role for role in Role if role is not Role.FINANCE_ANALYST]


def test_analyst_creates_a_case_and_the_audit_log_says_so():
    analyst = make_actor(Role.FINANCE_ANALYST)
    case = api.create_case(actor=analyst, terms=make_terms(name="Onboarding, faster!"))
    assert (case.slug, case.state, case.years) == ("onboarding-faster", CaseState.DRAFT, 4)
    entry = AuditEntry.objects.get(object_type="case", object_id=case.slug)
    assert (entry.action, entry.actor_id) == ("business_case.case_created", analyst.person_id)


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_may_not_create_or_change_a_case(role):
    case, actor = make_case(), make_actor(role)
    with pytest.raises(PermissionDenied):
        api.create_case(actor=actor, terms=make_terms())
    with pytest.raises(PermissionDenied):
        api.change_case(actor=actor, case=case, terms=make_terms())
    with pytest.raises(PermissionDenied):
        api.add_line(actor=actor, case=case, kind=LineKind.COST, terms=make_line_terms())
    with pytest.raises(PermissionDenied):
        api.add_objective(actor=actor, case=case, title="Grow")


def test_anonymous_may_do_nothing():
    with pytest.raises(PermissionDenied):
        api.create_case(actor=ANONYMOUS, terms=make_terms())


def test_analyst_of_one_unit_edits_its_cases_only():
    north, south = make_unit("north"), make_unit("south")
    analyst = make_actor(Role.FINANCE_ANALYST, unit_path=north.path)
    inside, outside = make_case(scope_unit_id=north.pk), make_case(scope_unit_id=south.pk)
    api.add_objective(actor=analyst, case=inside, title="Grow")
    for case in (outside, make_case()):
        with pytest.raises(PermissionDenied):
            api.add_objective(actor=analyst, case=case, title="Grow")
    with pytest.raises(PermissionDenied):
        api.create_case(actor=analyst, terms=make_terms())
    with pytest.raises(PermissionDenied):
        api.change_case(actor=analyst, case=inside, terms=make_terms(scope_unit_id=south.pk))


def test_two_cases_of_one_name_have_two_addresses():
    first = api.create_case(actor=SYSTEM, terms=make_terms(name="New"))
    second = api.create_case(actor=SYSTEM, terms=make_terms(name="New"))
    assert {first.slug, second.slug} == {"new-2", "new-3"}


def test_short_name_in_use_is_refused():
    make_case("demo")
    with pytest.raises(SlugTaken):
        make_case("demo")
    with pytest.raises(SlugTaken):
        make_case("new")


@pytest.mark.parametrize(
    "terms",
    [
        {"name": "  "},
        {"currency": "eur"},
        {"currency": "EURO"},
        {"currency": "€€€"},
        {"horizon_months": 0},
        {"horizon_months": 121},
        {"inflation_per_year": Decimal(-1)},
        {"tax_rate": Decimal(1)},
        {"rate_per_year": Decimal("-0.01")},
        {"rate_per_year": Decimal("1.01")},
        {"rate_per_year": Decimal("NaN")},
        {"start": date(1, 1, 1)},
        {"start": date(9999, 12, 31)},
    ],
)
def test_impossible_terms_are_refused(terms):
    with pytest.raises(InvalidTerms):
        api.create_case(actor=SYSTEM, terms=make_terms(**terms))
    assert not Case.objects.exists()


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "Infinity", "1e13", "0.001"])
def test_impossible_amounts_are_refused_and_nothing_is_kept(amount):
    case = make_case()
    terms = make_line_terms(amounts=())
    with pytest.raises(InvalidAmount):
        add_cost_line(case, type(terms)(**{**vars(terms), "amounts": (Decimal(1), Decimal(amount))}))
    assert not CostLine.objects.exists()


def test_amounts_after_the_end_are_refused():
    with pytest.raises(YearOutsideHorizon):
        add_cost_line(make_case(horizon_months=12), make_line_terms(amounts=(1, 2, 3)))


def test_category_of_the_other_side_is_refused():
    with pytest.raises(InvalidTerms):
        add_cost_line(make_case(), make_line_terms(BenefitCategory.TIME_SAVED))


def test_shorter_horizon_that_would_drop_amounts_is_refused():
    case = make_complete_case()
    with pytest.raises(HorizonCutsAmounts):
        api.change_case(actor=SYSTEM, case=case, terms=make_terms(horizon_months=24))
    case.refresh_from_db()
    assert case.horizon_months == 36


def test_changed_line_replaces_its_amounts():
    case = make_case()
    line = add_cost_line(case, make_line_terms(amounts=(1, 2, 3, 4)))
    state = api.item_of(case, ItemKind.COST, line.key)
    value = replace(state.value, amounts=(Decimal(9), Decimal(0), Decimal(8)))
    api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=state.revision)
    line.refresh_from_db()
    assert line.amounts == [Decimal(9), Decimal(0), Decimal(8)]
    remove(line)
    assert not CostLine.objects.exists()


def test_removed_objective_takes_its_kpis_along_and_the_audit_log_names_them():
    objective = make_objective(make_case())
    api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(name="Deals won"))
    remove(objective)
    assert not Objective.objects.exists()
    assert not Kpi.objects.exists()
    gone = AuditEntry.objects.filter(action="business_case.kpi_removed")
    assert [entry.details["name"] for entry in gone] == ["Deals won"]


@pytest.mark.parametrize(
    "terms",
    [
        {"name": ""},
        {"unit": " "},
        {"baseline_value": Decimal("Infinity")},
        {"target_date": date(2026, 1, 1)},
        {"target_date": date(9999, 12, 31)},
        {"baseline_date": date(1, 1, 1)},
    ],
)
def test_impossible_kpis_are_refused(terms):
    objective = make_objective(make_case())
    with pytest.raises(InvalidTerms):
        api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(**terms))
    assert not Kpi.objects.exists()


def test_source_of_a_kpi_keeps_only_what_belongs_to_it():
    objective = make_objective(make_case())
    kpi = api.add_kpi(
        actor=SYSTEM,
        objective=objective,
        terms=make_kpi_terms(source_kind=SourceKind.PLATFORM, metric_id="any_completions_by_date"),
    )
    assert (kpi.metric_id, kpi.manual_evidence, kpi.manual_value) == ("any_completions_by_date", "", None)
    change_kpi(kpi, make_kpi_terms(metric_id="any_completions_by_date"))
    assert (kpi.metric_id, kpi.manual_evidence) == ("", "Sales report, March")


SHAPES = {
    "negative": Estimate.fixed(-1),
    "not a number": Estimate.fixed("NaN"),
    "endless": Estimate.fixed("Infinity"),
    "nothing": Estimate(),
    "crossed": Estimate.triangular(3, 2, 4),
    "lognormal from 0": Estimate(Shape.LOGNORMAL, low=Decimal(0), high=Decimal(1)),
    "list of nothing": Estimate(Shape.LIST),
    "list with a negative": Estimate(Shape.LIST, values=(Decimal(1), Decimal(-1))),
}


@pytest.mark.parametrize("estimate", SHAPES.values(), ids=SHAPES)
def test_database_refuses_impossible_estimates(estimate):
    line = add_cost_line(make_case(), make_line_terms(amounts=(1,)))
    for field in ("quantity", "price", "spread"):
        with pytest.raises(IntegrityError), transaction.atomic():
            CostLine.objects.filter(pk=line.pk).update(**{field: estimate})


def test_database_refuses_shares_above_one_and_impossible_inputs():
    line = add_benefit_line(make_case(), make_line_terms(BenefitCategory.CUSTOM, amounts=(1,)))
    for change in (
        {"isolation": Estimate.fixed("1.01")},
        {"inputs": {"people": Estimate.fixed(1), "hours": Estimate.fixed(-1)}},
        {"adoption": Adoption(ceiling=Estimate.fixed(2))},
        {"risk_adjustment": Decimal("1.1")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            BenefitLine.objects.filter(pk=line.pk).update(**change)


def test_database_refuses_negative_amounts_and_unknown_codes():
    case = make_case()
    line = add_cost_line(case, make_line_terms(amounts=(1,)))
    for change in (
        lambda: CostLine.objects.filter(pk=line.pk).update(amounts=[-1]),
        lambda: CostLine.objects.filter(pk=line.pk).update(amounts=[1] * 12),
        lambda: CostLine.objects.filter(pk=line.pk).update(category="time_saved"),
        lambda: CostLine.objects.filter(pk=line.pk).update(key="a/b"),
        lambda: Case.objects.filter(pk=case.pk).update(horizon_months=121),
        lambda: Case.objects.filter(pk=case.pk).update(currency="eu"),
        lambda: Case.objects.filter(pk=case.pk).update(rate_per_year=2),
        lambda: Case.objects.filter(pk=case.pk).update(state="approved"),
        lambda: case.options.update(is_baseline=True),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
