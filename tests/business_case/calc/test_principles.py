"""What a model is held to: each principle broken on its own, and kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mycelia.business_case.calc import duplicate_claims, phillips_warnings, placeholders
from mycelia.business_case.types import (
    CostCategory,
    Estimate,
    EvidenceGrade,
    Finding,
    IsolationMethod,
    Option,
    Principle,
    Shape,
    Timing,
)
from tests.factories.business_case_models import a_benefit, a_cost, a_model, entered_benefit

P = Principle
HALF = Estimate.fixed("0.5")
PROVEN = {"isolation_method": IsolationMethod.CONTROL_GROUP, "evidence_grade": EvidenceGrade.EXPERIMENT}
LOADED = tuple(a_cost(each.value, category=each) for each in (CostCategory.LEARNER_TIME, CostCategory.INTERNAL_LABOUR))
OUTLIERS = Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 4, 5, 6, 60))))


def benefit(**terms):
    return a_benefit(**(PROVEN | terms))


def found(*lines, **terms):
    return {(each.principle, each.field, each.refuses) for each in phillips_warnings(a_model(*lines, **terms))}


def test_case_that_keeps_every_principle_has_no_finding():
    assert found(benefit(), *LOADED) == set()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (benefit(isolation_method=None), (P.ISOLATION, "isolation_method", True)),
        (benefit(evidence_grade=EvidenceGrade.NONE), (P.NO_EVIDENCE, "evidence_grade", True)),
        (benefit(evidence_grade=EvidenceGrade.NONE, source="Interviews"), (P.NO_EVIDENCE, "evidence_grade", False)),
        (
            benefit(isolation_method=IsolationMethod.PARTICIPANT_ESTIMATE, isolation=HALF),
            (P.ESTIMATES_DISCOUNTED, "confidence_factor", True),
        ),
        (
            benefit(isolation_method=IsolationMethod.PARTICIPANT_ESTIMATE, confidence_factor=HALF),
            (P.ESTIMATES_DISCOUNTED, "isolation", False),
        ),
        (
            benefit(isolation_method=IsolationMethod.EXPERT_ESTIMATE, isolation=HALF),
            (P.ESTIMATES_DISCOUNTED, "confidence_factor", False),
        ),
        (benefit(yearly=OUTLIERS), (P.EXTREME_VALUES, "inputs/yearly_amount", False)),
        (benefit(spread=OUTLIERS), (P.EXTREME_VALUES, "spread", False)),
        (benefit(yearly=Estimate.triangular(1, 2, 30)), (P.WIDE_RANGE, "inputs/yearly_amount", False)),
        (benefit(is_intangible=True), (P.INTANGIBLE_MONETISED, "is_intangible", False)),
    ],
)
def test_principle_that_a_benefit_breaks_is_told(line, expected):
    assert found(line, *LOADED) == {expected}


def test_estimate_reduced_by_isolation_and_confidence_is_accepted():
    method = IsolationMethod.PARTICIPANT_ESTIMATE
    assert found(benefit(isolation_method=method, isolation=HALF, confidence_factor=HALF), *LOADED) == set()


def test_extreme_values_are_named():
    finding = phillips_warnings(a_model(benefit(yearly=OUTLIERS), *LOADED))[0]
    assert finding.related == ("60",)


def test_costs_that_are_not_fully_loaded_are_told_by_category():
    related = {each.related for each in phillips_warnings(a_model(benefit(), a_cost()))}
    assert related == {("learner_time",), ("internal_labour",)}
    left_out = found(benefit(), *LOADED, counts_learner_time=False)
    assert left_out == {(P.FULLY_LOADED, "counts_learner_time", False)}


def test_costs_of_a_case_that_claims_nothing_are_not_questioned():
    assert found(a_cost()) == set()


def test_short_programme_with_benefits_after_its_first_year_is_told():
    expected = {(P.FIRST_YEAR_ONLY, "timing/end_month", False)}
    assert found(benefit(), *LOADED, is_short_programme=True) == expected
    assert found(benefit(timing=Timing(1, 12)), *LOADED, is_short_programme=True) == set()
    entered = replace(entered_benefit(0, 5, 5), **PROVEN)
    assert found(entered, *LOADED, is_short_programme=True) == expected


def claiming(key, movement=None, **terms):
    claimed = None if movement is None else Decimal(movement)
    return a_benefit(key, kpi="errors", claimed_movement=claimed, **terms)


def twice(first, *others, refuses):
    return (Finding(P.CLAIMED_TWICE, f"benefit/{first}", "claimed_movement", refuses, others),)


def test_two_lines_that_claim_a_kpi_without_saying_how_much_are_refused():
    assert duplicate_claims(a_model(claiming("a"), claiming("b", 3))) == twice("a", "b", refuses=True)


def test_claims_beyond_the_whole_movement_are_refused_and_within_it_accepted():
    model = a_model(claiming("a", 3), claiming("b", 4))
    assert duplicate_claims(model, {"errors": Decimal(6)}) == twice("a", "b", refuses=True)
    assert duplicate_claims(model, {"errors": Decimal(7)}) == ()


def test_a_line_that_alone_claims_more_than_the_kpi_moves_is_refused():
    model = a_model(claiming("a", 7))
    assert duplicate_claims(model, {"errors": Decimal(7)}) == ()
    beyond = Finding(P.CLAIMED_BEYOND, "benefit/a", "claimed_movement", refuses=True)
    assert duplicate_claims(model, {"errors": Decimal(6)}) == (beyond,)
    assert duplicate_claims(model) == ()
    assert duplicate_claims(a_model(claiming("a", 7, is_intangible=True)), {"errors": Decimal(6)}) == ()


def test_stated_claims_on_an_unknown_movement_are_a_warning():
    assert duplicate_claims(a_model(claiming("a", 3), claiming("b", 4))) == twice("a", "b", refuses=False)


def test_claims_that_never_meet_are_accepted():
    first, later = claiming("a", timing=Timing(1, 6)), claiming("b", timing=Timing(7))
    assert duplicate_claims(a_model(first, later)) == ()
    assert duplicate_claims(a_model(claiming("a", is_intangible=True), claiming("b"))) == ()
    assert duplicate_claims(a_model(claiming("a"), replace(claiming("b"), kpi="sales"))) == ()
    options = (Option("nothing", "", is_baseline=True), Option("x", ""), Option("y", ""))
    assert duplicate_claims(a_model(claiming("a", option="x"), claiming("b", option="y"), options=options)) == ()


def test_claims_of_a_shared_line_meet_those_of_each_option_once():
    model = a_model(claiming("shared"), claiming("own", option="proposal"))
    assert duplicate_claims(model) == twice("shared", "own", refuses=True)


def test_placeholders_are_refused_line_by_line():
    model = a_model(a_cost(is_placeholder=True), a_benefit(is_placeholder=True), a_cost("sure"))
    assert [(each.subject, each.refuses) for each in placeholders(model)] == [("cost/c", True), ("benefit/b", True)]
