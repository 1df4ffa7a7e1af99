"""From the answers to a template's questions to the items of a case."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.calc.starting.questions import CONFIDENCE, ISOLATION, LIVE, ONCE_LIVE, PEOPLE
from mycelia.business_case.types import (
    NONE,
    ONE,
    Adoption,
    AdoptionKind,
    Answers,
    BenefitLine,
    BenefitSketch,
    CalendarKind,
    CostLine,
    CostSketch,
    Dependency,
    Drivers,
    Estimate,
    GoalSketch,
    IsolationMethod,
    ItemValue,
    KpiTerms,
    ObjectiveTerms,
    Phase,
    Template,
    WorkItem,
)


def compose(template: Template, answers: Answers, option: str) -> tuple[ItemValue, ...]:
    """Return the items of a case, in an order in which they can be added.

    Args:
        template: What kind of case it is.
        answers: One for each question of the template.
        option: Key of the option that lines belong to.
    """
    return (
        *_roadmap(template),
        _drivers(template, answers),
        *(_cost(sketch, answers, option) for sketch in template.costs),
        *(_benefit(sketch, answers, option) for sketch in template.benefits),
        *_goal(template.goal),
    )


def _drivers(template: Template, answers: Answers) -> Drivers:
    """Return drivers whose people take it up by example once it is live; nobody has confirmed yet that they do.

    References:
        F. Sultan, J. Farley and D. Lehmann (1990), A Meta-Analysis of Applications of Diffusion Models, Journal of
        Marketing Research 27(1): on average p 0.03 and q 0.38, the defaults of `Adoption`.
    """
    ceiling, tempo = Estimate.pert("0.6", "0.85", "0.95"), Estimate.pert("0.7", 1, "1.3")
    curve = Adoption(AdoptionKind.BASS, ceiling=ceiling, tempo=tempo)
    hours = answers[template.content_hours].estimate if template.content_hours else NONE
    people = answers[PEOPLE].estimate
    return Drivers(people, content_hours=hours, adoption=curve, adoption_milestone=LIVE, is_placeholder=True)


def _cost(sketch: CostSketch, answers: Answers, option: str) -> CostLine:
    named = [*sketch.rests_on, *([sketch.quantity] if sketch.quantity else []), sketch.price]
    return CostLine(
        sketch.key,
        sketch.category,
        str(sketch.description),
        option,
        quantity=answers[sketch.quantity].estimate if sketch.quantity else ONE,
        unit=str(sketch.unit),
        driver=sketch.driver,
        price=answers[sketch.price].estimate,
        recurrence=sketch.recurrence,
        timing=sketch.timing,
        **_supported(answers, named),
    )


def _benefit(sketch: BenefitSketch, answers: Answers, option: str) -> BenefitLine:
    caution = () if sketch.is_direct else (ISOLATION, CONFIDENCE)
    return BenefitLine(
        sketch.key,
        sketch.category,
        str(sketch.description),
        option,
        inputs={name: answers[answer].estimate for name, answer in sketch.inputs.items()},
        timing=ONCE_LIVE,
        ramp_months=sketch.ramp_months,
        follows_case_adoption=sketch.follows_case_adoption,
        isolation=ONE if sketch.is_direct else answers[ISOLATION].estimate,
        isolation_method=IsolationMethod.DIRECT if sketch.is_direct else IsolationMethod.MANAGER_ESTIMATE,
        confidence_factor=ONE if sketch.is_direct else answers[CONFIDENCE].estimate,
        evidence_grade=sketch.evidence_grade,
        **_supported(answers, [*sketch.inputs.values(), *caution]),
    )


def _roadmap(template: Template) -> tuple[ItemValue, ...]:
    """Return four items from preparation to being live; nobody has confirmed yet how long they take."""
    work = partial(WorkItem, is_placeholder=True)
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
        ),
    )


def _goal(sketch: GoalSketch) -> tuple[ItemValue, ...]:
    kpi, unit, key = str(sketch.kpi), str(sketch.unit), f"{sketch.key}-kpi"
    objective = ObjectiveTerms(str(sketch.title), key=sketch.key)
    return objective, KpiTerms(kpi, unit, direction=sketch.direction, objective=sketch.key, key=key)


def _supported(answers: Answers, named: Iterable[str]) -> dict[str, Any]:
    """Return the sources of the answers that a line uses; it is a placeholder when one of them is."""
    used = [answers[name] for name in dict.fromkeys(named)]
    sources = dict.fromkeys(answer.source.strip() for answer in used if not answer.is_placeholder)
    return {
        "source": "; ".join(sources)[:300],
        "is_placeholder": any(answer.is_placeholder for answer in used),
    }
