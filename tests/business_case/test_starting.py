"""The guided start: from a handful of ranges to a case that computes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.calc import BUILDERS
from mycelia.business_case.calc.adoption import share_of_ceiling
from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.calc.starting import compose
from mycelia.business_case.models import Case, StartDraft
from mycelia.business_case.types import (
    AdoptionKind,
    Answer,
    BenefitLine,
    CaseModel,
    Confidence,
    CostCategory,
    CostLine,
    Drivers,
    Estimate,
    InputKind,
    IsolationMethod,
    ItemKind,
    MissingPart,
    NamedInput,
    Question,
    Template,
    named_in,
)
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_actor, make_terms

KEYS = [template.key for template in api.TEMPLATES]
every_template = pytest.mark.parametrize("template", api.TEMPLATES, ids=KEYS)


def answers_to(template: Template, source: str = "Interview") -> dict[str, Answer]:
    return {one.name: Answer(_default(one), source) for one in template.questions}


def _default(question: Question) -> Estimate:
    return (
        Estimate.fixed(250)
        if question.name == "people"
        else Estimate.pert(question.low, question.likely, question.high)
    )


def typed(template: Template, **other: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": "A start",
        "start": "2026-01-01",
        "horizon_months": "36",
        "currency": "EUR",
        "rate_per_year": "10",
    }
    for question in template.questions:
        scale = 100 if question.kind is InputKind.SHARE else 1
        for part in ("low", "likely", "high"):
            value = Decimal(250) if question.name == "people" else getattr(question, part)
            fields[f"{question.name}_{part}"] = str(value * scale)
        fields[f"{question.name}_source"] = "Interview"
    return {**fields, **other}


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(make_holder(role))
    return client


@every_template
def test_every_question_has_a_rising_range_and_is_used(template: Template) -> None:
    assert len({one.name for one in template.questions}) == len(template.questions)
    base = compose(template, answers_to(template), "proposal")
    for question in template.questions:
        assert 0 <= question.low <= question.likely <= question.high
        assert question.kind is not InputKind.SHARE or question.high <= 1
        other = {**answers_to(template), question.name: Answer(Estimate.fixed("0.123"), "Interview")}
        assert compose(template, other, "proposal") != base, question.name


@every_template
@pytest.mark.django_db
def test_case_from_a_template_computes_and_lacks_only_what_nobody_knows_yet(template: Template) -> None:
    terms = make_terms(start=date(2026, 1, 1))
    case = api.start_case(actor=SYSTEM, terms=terms, template=template, answers=answers_to(template))
    model = api.case_model(case)
    assert api.check_model(model) == ()
    figures = api.option_figures(model, model.preferred.key)
    assert figures.total_costs > 0
    assert figures.total_benefits > 0
    lines = (*model.costs, *model.benefits)
    assert not any(model.is_unconfirmed(line) for line in lines)
    assert all(model.source_of(line) == "Interview" for line in lines)
    assert {part.option for part in (*model.roadmap.items, *lines)} == {model.preferred.key}
    finishes = {option.is_baseline: api.plan_schedule(model, option.key).finish for option in model.options}
    assert finishes[True] is None
    assert finishes[False] is not None
    assert all(item.is_placeholder is not item.is_milestone for item in model.roadmap.items)
    parts = [gap.part for gap in api.missing_from_case(api.case_sheet(case))]
    assert (MissingPart.ADOPTION_CONFIRMATION in parts) is model.drivers.is_placeholder
    assert MissingPart.INPUT_CONFIRMATION not in parts
    assert parts.count(MissingPart.DURATION_CONFIRMATION) == 3
    assert expected(model.drivers.headcount) == (250 if "people" in answers_to(template) else 0)
    assert case.objectives.count() == case.kpis.count() == 1


@every_template
@pytest.mark.django_db
def test_number_without_a_source_is_a_placeholder_and_with_it_every_line_it_is_used_in(template: Template) -> None:
    answers = answers_to(template, source=" ")
    case = api.start_case(actor=SYSTEM, terms=make_terms(), template=template, answers=answers)
    model = api.case_model(case)
    assert all(model.is_unconfirmed(line) for line in (*model.costs, *model.benefits))
    gaps = [gap for gap in api.missing_from_case(api.case_sheet(case)) if gap.part is MissingPart.INPUT_CONFIRMATION]
    assert [gap.subject for gap in gaps] == [str(question.label) for question in template.questions]


@every_template
def test_every_answer_is_one_input_however_often_it_is_used(template: Template) -> None:
    values = compose(template, answers_to(template), "proposal")
    named = [value for value in values if isinstance(value, NamedInput)]
    assert [one.title for one in named] == [str(question.label) for question in template.questions]
    users = [value for value in values if isinstance(value, CostLine | BenefitLine | Drivers)]
    assert set().union(*map(named_in, users)) == {one.key for one in named}
    own = [name for name, estimate in _model(values).inputs() if estimate.is_uncertain and name.startswith(("c", "b"))]
    assert own == []


@pytest.mark.django_db
def test_answer_is_changed_in_one_place() -> None:
    template = api.template_called("onboarding")
    assert template is not None
    case = api.start_case(actor=SYSTEM, terms=make_terms(), template=template, answers=answers_to(template))
    seen = api.item_of(case, ItemKind.INPUT, "input-hires")
    assert isinstance(seen.value, NamedInput)
    value = replace(seen.value, estimate=Estimate.fixed(10))
    api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=seen.revision)
    model = api.case_model(case)
    mentors = next(line for line in model.costs if line.key == "mentors")
    users = {line.key: line for line in model.benefits}
    used = (mentors.quantity, users["proficiency"].inputs["hires_per_year"], users["leavers"].inputs["headcount"])
    assert used == (replace(value.estimate, named="input-hires"),) * 3


@pytest.mark.parametrize(("key", "after_a_year"), [("compliance", "0.9417"), ("replacement", "1"), ("onboarding", "1")])
def test_people_take_it_up_as_the_kind_of_case_makes_them(key: str, after_a_year: str) -> None:
    """Whoever is assigned, moved or hired does not wait for an example: (0.85 + 4 x 0.95 + 1) / 6 by the deadline."""
    template = api.template_called(key)
    assert template is not None
    drivers = next(one for one in compose(template, answers_to(template), "proposal") if isinstance(one, Drivers))
    share = share_of_ceiling(drivers.adoption, np.array([0.5, 11.5]), 1.0) * float(expected(drivers.adoption.ceiling))
    assert share[-1] == pytest.approx(float(after_a_year), abs=1e-4)
    assert drivers.is_placeholder is bool(drivers.source) is (drivers.adoption.kind is not AdoptionKind.FULL)


def _model(values: Any) -> CaseModel:
    def of(kind: Any) -> Any:
        return tuple(value for value in values if isinstance(value, kind))

    return CaseModel(
        "EUR", date(2026, 1, 1), drivers=of(Drivers)[0], costs=of(CostLine), benefits=of(BenefitLine),
        named=of(NamedInput),
    )  # fmt: skip


@every_template
def test_costs_of_a_template_are_fully_loaded(template: Any) -> None:
    """Phillips' tenth principle: what people's own time costs is not left out."""
    costs = [value for value in compose(template, answers_to(template), "proposal") if isinstance(value, CostLine)]
    time = next(line for line in costs if line.category is CostCategory.LEARNER_TIME)
    assert expected(time.price) * expected(time.quantity) > 0


def test_replacement_worked_by_hand() -> None:
    template = api.template_called("replacement")
    assert template is not None
    values = compose(template, answers_to(template), "proposal")
    retired = next(value for value in values if getattr(value, "key", "") == "retired")
    # (60,000 + 4 x 80,000 + 110,000) / 6, all of it due to switching them off.
    assert expected(retired.inputs["yearly_cost"]).quantize(Decimal("0.01")) == Decimal("81666.67")
    assert expected(retired.isolation) == expected(retired.confidence_factor) == 1


def test_compliance_counts_the_working_time_of_those_who_no_longer_sit_in_classrooms() -> None:
    """Learners' time is a cost of the new programme, so what the old one took of it is a saving: fully loaded.

    (60 + 4 x 200 + 600) / 6 days at (240 + 4 x 320 + 480) / 6, of which (0.3 + 4 x 0.5 + 0.8) / 6 are no longer
    needed: 243.33 x 333.33 x 51.67 %.
    """
    template = api.template_called("compliance")
    assert template is not None
    values = compose(template, answers_to(template), "proposal")
    saved = next(value for value in values if getattr(value, "key", "") == "classroom-time")
    amount = BUILDERS[saved.category].yearly_amount({name: expected(each) for name, each in saved.inputs.items()})
    assert amount.quantize(Decimal("0.01")) == Decimal("41907.41")
    assert saved.isolation_method is IsolationMethod.DIRECT
    asked = {one.name: one for one in template.questions}
    assert (asked["participant_days"].source, asked["participant_day"].source) == ("", "")


@pytest.mark.django_db
def test_start_is_for_who_may_create_cases() -> None:
    template = api.TEMPLATES[0]
    with pytest.raises(PermissionDenied):
        api.start_case(
            actor=make_actor(Role.EXECUTIVE), terms=make_terms(), template=template, answers=answers_to(template)
        )
    client = client_of(Role.EXECUTIVE)
    assert client.get("/case/new/").status_code == 403
    assert client.post(f"/case/new/{template.key}/", typed(template)).status_code == 403
    assert not Case.objects.exists()


@every_template
@pytest.mark.django_db
def test_form_begins_a_case(template: Template) -> None:
    client = client_of(Role.FINANCE_ANALYST)
    page = client.get(f"/case/new/{template.key}/").content.decode()
    assert "placeholder" in page
    assert ("People in this platform on" in page) is ("people" in answers_to(template))
    response = client.post(f"/case/new/{template.key}/", typed(template))
    assert response.status_code == 302, response.content.decode()
    case = Case.objects.get()
    share = next(one for one in template.questions if one.kind is InputKind.SHARE)
    stated = dict(api.case_model(case).inputs())
    assert Estimate.pert(share.low, share.likely, share.high) in stated.values()
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.django_db
def test_start_is_to_come_so_that_no_work_of_a_new_case_is_overdue() -> None:
    start = client_of(Role.FINANCE_ANALYST).get("/case/new/onboarding/").context["page"].form["start"].value()
    assert clock.today() <= start <= clock.today() + timedelta(days=31)
    assert start.day == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("old_cost_low", "90000"),
        ("old_cost_high", "x"),
        ("old_cost_high", "-1"),
        ("old_cost_likely", ""),
        ("productive_high", "101"),
        ("old_cost_high", "9" * 40),
        ("old_cost_high", "NaN"),
        ("old_cost_source", "x" * 301),
        ("currency", "EURO"),
    ],
)
@pytest.mark.django_db
def test_impossible_answer_is_named_and_begins_nothing(name: str, value: str) -> None:
    template = api.TEMPLATES[0]
    client = client_of(Role.FINANCE_ANALYST)
    response = client.post(f"/case/new/{template.key}/", typed(template, **{name: value}))
    assert response.status_code == 422
    assert not Case.objects.exists()


CITED = [(one, question) for one in api.TEMPLATES for question in one.questions if question.source]


@pytest.mark.parametrize(("template", "question"), CITED, ids=[f"{one.key}-{each.name}" for one, each in CITED])
@pytest.mark.parametrize("change", ["kept", "number", "both", "cleared"])
@pytest.mark.django_db
def test_number_typed_over_a_default_does_not_keep_its_source(
    template: Template, question: Question, change: str
) -> None:
    name = question.name
    other = {f"{name}_source": {"both": "Our own time sheets", "cleared": ""}.get(change, question.source)}
    if change in ("number", "both"):
        other[f"{name}_high"] = str(question.high * 2)
    answer = client_of(Role.FINANCE_ANALYST).post(f"/case/new/{template.key}/", typed(template, **other), follow=True)
    stated = next(one for one in api.case_model(Case.objects.get()).named if one.key == f"input-{name}")
    expected = {"kept": (question.source, False), "both": ("Our own time sheets", False)}
    assert (stated.source, stated.is_placeholder) == expected.get(change, ("", True))
    assert (stated.confidence is Confidence.LOW) is stated.is_placeholder
    assert ("1 number is not the one that its source is about" in answer.content.decode()) is (change == "number")


@pytest.mark.django_db
def test_template_that_does_not_exist_is_not_there() -> None:
    assert client_of(Role.FINANCE_ANALYST).get("/case/new/nothing-like-it/").status_code == 404


@pytest.mark.django_db
def test_start_is_kept_through_signing_out_and_gone_once_a_case_is_begun() -> None:
    template = api.TEMPLATES[0]
    address, person = f"/case/new/{template.key}/", make_holder(Role.FINANCE_ANALYST)
    client = Client()
    client.force_login(person)
    half = typed(template, name="Half <b>done</b>", people_likely="not a number", keep="1", other="x" * 9000)
    assert client.post(address, half).url == "/case/new/"
    kept = client.post(address, half, HTTP_HX_REQUEST="true")
    assert (kept.status_code, "Kept" in kept.content.decode()) == (200, True)
    client.logout()
    client.force_login(person)
    assert "Half &lt;b&gt;done&lt;/b&gt;" in client.get("/case/new/").content.decode()
    page = client.get(address).content.decode()
    assert 'value="not a number"' in page
    assert "m-error" not in page
    assert "other" not in StartDraft.objects.get().typed
    assert client_of(Role.FINANCE_ANALYST).get(address).content.decode().count("not a number") == 0
    assert client.post(address, typed(template)).status_code == 302
    assert Case.objects.get().name == "A start"
    assert not StartDraft.objects.exists()


@pytest.mark.django_db
def test_kept_start_is_discarded_by_whoever_kept_it_alone() -> None:
    template = api.TEMPLATES[0]
    mine, other = client_of(Role.FINANCE_ANALYST), client_of(Role.FINANCE_ANALYST)
    for client in (mine, other):
        client.post(f"/case/new/{template.key}/", typed(template, keep="1"))
    assert mine.post(f"/case/new/{template.key}/removal/").status_code == 302
    assert "Go on with what you began" not in mine.get("/case/new/").content.decode()
    assert "Go on with what you began" in other.get("/case/new/").content.decode()
    assert mine.post("/case/new/no-such/removal/").status_code == 404
    with pytest.raises(PermissionDenied):
        api.keep_start(actor=make_actor(Role.EXECUTIVE), template=template, typed={})
