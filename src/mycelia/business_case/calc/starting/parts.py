"""Parts that several templates are made of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.types import (
    NONE,
    Adoption,
    AdoptionKind,
    BenefitCategory,
    BenefitLine,
    CalendarKind,
    CostCategory,
    CostLine,
    Dependency,
    Direction,
    Drivers,
    Estimate,
    InputKind,
    IsolationMethod,
    ItemValue,
    KpiTerms,
    ObjectiveTerms,
    Phase,
    Question,
    Timing,
    WorkItem,
)
from mycelia.business_case.types.starting import Answers

LIVE = "live"
RATIO_SOURCE = "Chapman Alliance (2010), How long does it take to create learning?, level 1 e-learning"
PEOPLE, HOURLY = "people", "hourly_cost"
ISOLATION, CONFIDENCE = "isolation", "confidence"


def asked(name: str, label: object, unit: object, low: str, likely: str, high: str, **terms: Any) -> Question:
    """Return a question with its default written as text."""
    return Question(name, label, unit, Decimal(low), Decimal(likely), Decimal(high), **terms)


def people_question() -> Question:
    """Return the question for the people in scope; the form fills in the platform's own count."""
    return asked(PEOPLE, _lazy("People in scope"), _lazy("people"), "0", "0", "0")


def hourly_question() -> Question:
    """Return the question for what an hour of work costs."""
    label = _lazy("Cost of an hour of work, fully loaded")
    help_text = _lazy("Pay with all charges, per hour really worked. Ask finance.")
    return asked(HOURLY, label, "", "30", "40", "60", kind=InputKind.MONEY, help=help_text)


def caution_questions() -> tuple[Question, ...]:
    """Return the questions that keep a claim honest: how much is due to this, and how sure the estimate is."""
    share, sure = _lazy("Share of the effect that is due to this"), _lazy("How sure the estimates of effects are")
    due = _lazy("Other things move the same measures. Ask the managers concerned (Phillips: isolation).")
    trust = _lazy("100% is certain. The estimate is multiplied by it (Phillips: confidence).")
    return (
        asked(ISOLATION, share, "", "0.5", "0.7", "0.9", kind=InputKind.SHARE, help=due),
        asked(CONFIDENCE, sure, "", "0.6", "0.75", "0.9", kind=InputKind.SHARE, help=trust),
    )


def ratio_question() -> Question:
    """Return the question for the effort behind an hour of content."""
    label = _lazy("Hours of work for one hour of content")
    return asked("ratio", label, _lazy("hours"), "49", "79", "125", source=RATIO_SOURCE)


def drivers(answers: Answers, *, content_hours: Estimate = NONE) -> Drivers:
    """Return drivers whose people take it up by example once it is live.

    References:
        F. Sultan, J. Farley and D. Lehmann (1990), A Meta-Analysis of Applications of Diffusion Models, Journal of
        Marketing Research 27(1): on average p 0.03 and q 0.38, the defaults of `Adoption`.
    """
    ceiling, tempo = Estimate.pert("0.6", "0.85", "0.95"), Estimate.pert("0.7", 1, "1.3")
    curve = Adoption(AdoptionKind.BASS, ceiling=ceiling, tempo=tempo)
    people = answers[PEOPLE].estimate
    return Drivers(headcount=people, content_hours=content_hours, adoption=curve, adoption_milestone=LIVE)


def cost(
    key: str, category: CostCategory, description: str, answers: Answers, *named: str, option: str, **terms: Any
) -> CostLine:
    """Return a cost whose sources are those of the answers it uses."""
    return CostLine(key, category, description, option=option, **_supported(answers, named), **terms)


def benefit(
    key: str, category: BenefitCategory, description: str, answers: Answers, inputs: Mapping[str, str], **terms: Any
) -> BenefitLine:
    """Return a benefit from once it is live; `inputs` says which answer each input of its builder is."""
    named = tuple(inputs.values())
    stated: dict[str, Any] = {"timing": Timing(start_month=1, start_milestone=LIVE)}
    if "isolation" not in terms:
        named += (ISOLATION, CONFIDENCE)
        stated["isolation"] = answers[ISOLATION].estimate
        stated["isolation_method"] = IsolationMethod.MANAGER_ESTIMATE
        stated["confidence_factor"] = answers[CONFIDENCE].estimate
    values = {name: answers[answer].estimate for name, answer in inputs.items()}
    supported = _supported(answers, named)
    return BenefitLine(key, category, description, inputs=values, **{**supported, **stated, **terms})


def roadmap(*, build_days: Estimate, build_title: str) -> tuple[ItemValue, ...]:
    """Return four items from preparation to being live."""
    return (
        Phase("prepare", _("Prepare")),
        Phase("build", _("Build")),
        Phase("launch", _("Launch")),
        WorkItem("plan", _("Plan and agree"), Estimate.pert(10, 15, 30), phase="prepare"),
        WorkItem("make", build_title, build_days, phase="build", depends_on=(Dependency("plan"),)),
        WorkItem(
            "pilot",
            _("Pilot with one team"),
            Estimate.pert(15, 20, 40),
            phase="launch",
            depends_on=(Dependency("make"),),
        ),
        WorkItem(
            LIVE,
            _("Live for everybody"),
            Estimate.fixed(0),
            phase="launch",
            calendar=CalendarKind.WORKING,
            depends_on=(Dependency("pilot"),),
            is_milestone=True,
        ),
    )


def goal(key: str, title: str, kpi: str, unit: str, *, direction: Direction) -> tuple[ItemValue, ...]:
    """Return an objective with the draft of its KPI, which still lacks baseline, target, owner and source."""
    return (
        ObjectiveTerms(title, key=key),
        KpiTerms(kpi, unit, direction=direction, objective=key, key=f"{key}-kpi"),
    )


def _supported(answers: Answers, named: tuple[str, ...]) -> dict[str, Any]:
    used = [answers[name] for name in dict.fromkeys(named)]
    sources = dict.fromkeys(answer.source.strip() for answer in used if not answer.is_placeholder)
    return {
        "source": "; ".join(sources)[:300],
        "is_placeholder": any(answer.is_placeholder for answer in used),
    }
