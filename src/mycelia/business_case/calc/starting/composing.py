"""From the answers to a template's questions to the items of a case.

Every answer becomes one named input of the case, whatever number of lines it is used in: changed in one place, drawn
once, and one row in every analysis of what the case depends on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from mycelia.business_case.calc.starting.questions import CONFIDENCE, ISOLATION, LIVE, ONCE_LIVE, PEOPLE
from mycelia.business_case.types import (
    FULL_ADOPTION,
    NONE,
    ONE,
    Answer,
    Answers,
    BenefitLine,
    BenefitSketch,
    CalendarKind,
    Confidence,
    CostLine,
    CostSketch,
    Dependency,
    Drivers,
    Estimate,
    GoalSketch,
    IsolationMethod,
    ItemValue,
    KpiTerms,
    NamedInput,
    ObjectiveTerms,
    Phase,
    Question,
    Template,
    WorkItem,
)

Inputs = Mapping[str, Estimate]
"""The named input of each answer, by the name of its question."""


def compose(template: Template, answers: Answers, option: str) -> tuple[ItemValue, ...]:
    """Return the items of a case, in an order in which they can be added.

    Args:
        template: What kind of case it is.
        answers: One for each question of the template.
        option: Key of the option that lines and work belong to.
    """
    named = [_named(question, answers[question.name]) for question in template.questions]
    inputs = {
        question.name: replace(one.estimate, named=one.key)
        for question, one in zip(template.questions, named, strict=True)
    }
    return (
        *named,
        *_roadmap(template, option),
        _drivers(template, inputs),
        *(_cost(sketch, inputs, option) for sketch in template.costs),
        *(_benefit(sketch, inputs, option) for sketch in template.benefits),
        *_goal(template.goal),
    )


def _named(question: Question, answer: Answer) -> NamedInput:
    return NamedInput(
        key=f"input-{question.name}",
        title=str(question.label),
        estimate=answer.estimate,
        kind=question.kind,
        unit=str(question.unit),
        source=answer.source.strip(),
        confidence=Confidence.LOW if answer.is_placeholder else Confidence.MEDIUM,
        is_placeholder=answer.is_placeholder,
    )


def _drivers(template: Template, inputs: Inputs) -> Drivers:
    """Return drivers whose people take it up as the template says, which nobody has confirmed yet."""
    return Drivers(
        headcount=inputs.get(PEOPLE, NONE),
        content_hours=inputs.get(template.content_hours, NONE),
        adoption=template.adoption,
        adoption_milestone=LIVE,
        source=str(template.adoption_source),
        is_placeholder=template.adoption != FULL_ADOPTION,
    )


def _cost(sketch: CostSketch, inputs: Inputs, option: str) -> CostLine:
    return CostLine(
        sketch.key,
        sketch.category,
        str(sketch.description),
        option,
        quantity=inputs[sketch.quantity] if sketch.quantity else ONE,
        unit=str(sketch.unit),
        driver=sketch.driver,
        price=inputs[sketch.price],
        recurrence=sketch.recurrence,
        timing=sketch.timing,
    )


def _benefit(sketch: BenefitSketch, inputs: Inputs, option: str) -> BenefitLine:
    return BenefitLine(
        sketch.key,
        sketch.category,
        str(sketch.description),
        option,
        inputs={name: inputs[answer] for name, answer in sketch.inputs.items()},
        timing=sketch.timing or ONCE_LIVE,
        ramp_months=sketch.ramp_months,
        follows_case_adoption=sketch.follows_case_adoption,
        isolation=ONE if sketch.is_direct else inputs[ISOLATION],
        isolation_method=IsolationMethod.DIRECT if sketch.is_direct else IsolationMethod.MANAGER_ESTIMATE,
        confidence_factor=ONE if sketch.is_direct else inputs[CONFIDENCE],
        evidence_grade=sketch.evidence_grade,
        saves_learner_time=sketch.saves_learner_time,
    )


def _roadmap(template: Template, option: str) -> tuple[ItemValue, ...]:
    """Return four items from preparation to being live; nobody has confirmed yet how long they take."""
    work = partial(WorkItem, is_placeholder=True, option=option)
    build = work("make", str(template.build_title), template.build_days, "build", depends_on=(Dependency("plan"),))
    pilot = Estimate.pert(15, 20, 40)
    return (
        Phase("prepare", _("Prepare")),
        Phase("build", _("Build")),
        Phase("launch", _("Launch")),
        work("plan", _("Plan and agree"), Estimate.pert(10, 15, 30), "prepare"),
        build,
        work("pilot", _("Pilot with one team"), pilot, "launch", depends_on=(Dependency("make"),)),
        WorkItem(
            LIVE,
            _("Live for everybody"),
            Estimate.fixed(0),
            "launch",
            calendar=CalendarKind.WORKING,
            depends_on=(Dependency("pilot"),),
            is_milestone=True,
            option=option,
        ),
    )


def _goal(sketch: GoalSketch) -> tuple[ItemValue, ...]:
    kpi, unit, key = str(sketch.kpi), str(sketch.unit), f"{sketch.key}-kpi"
    objective = ObjectiveTerms(str(sketch.title), key=sketch.key)
    return objective, KpiTerms(kpi, unit, direction=sketch.direction, objective=sketch.key, key=key)
