"""A compliance programme."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.calc.starting.parts import (
    HOURLY,
    LIVE,
    PEOPLE,
    asked,
    benefit,
    caution_questions,
    cost,
    drivers,
    goal,
    hourly_question,
    people_question,
    ratio_question,
    roadmap,
)
from mycelia.business_case.types import (
    BenefitCategory,
    CostCategory,
    Direction,
    Driver,
    Estimate,
    EvidenceGrade,
    InputKind,
    ItemValue,
    Recurrence,
    Template,
    Timing,
)
from mycelia.business_case.types.starting import Answers

SHARE, MONEY = InputKind.SHARE, InputKind.MONEY


def _compose(answers: Answers, option: str) -> tuple[ItemValue, ...]:
    return (
        *roadmap(build_days=Estimate.pert(15, 25, 50), build_title=_("Make the courses and assign them")),
        drivers(answers, content_hours=answers["content_hours"].estimate),
        cost(
            "content", CostCategory.CONTENT_DEVELOPMENT, _("Making the courses"), answers, "content_hours", "ratio",
            HOURLY, option=option, quantity=answers["ratio"].estimate, unit=_("hours for an hour of content"),
            driver=Driver.CONTENT_HOURS, price=answers[HOURLY].estimate,
        ),
        cost(
            "time", CostCategory.LEARNER_TIME, _("Time of the learners"), answers, "hours_a_year", HOURLY, PEOPLE,
            option=option, quantity=answers["hours_a_year"].estimate, unit=_("hours a person and year"),
            driver=Driver.ACTIVE_LEARNERS, price=answers[HOURLY].estimate, recurrence=Recurrence.YEARLY,
            timing=Timing(start_milestone=LIVE, start_month=1),
        ),
        cost(
            "administration", CostCategory.INTERNAL_LABOUR, _("Assigning, reminding and reporting"), answers,
            "administration", HOURLY, option=option, quantity=answers["administration"].estimate,
            unit=_("hours a month"), price=answers[HOURLY].estimate, recurrence=Recurrence.MONTHLY,
            timing=Timing(start_milestone=LIVE, start_month=1),
        ),
        benefit(
            "incidents", BenefitCategory.INCIDENTS_AVOIDED, _("Incidents that do not happen"), answers,
            {"incidents_per_year": "incidents", "expected_loss": "loss", "relative_reduction": "fewer"},
            option=option, ramp_months=6, follows_case_adoption=True, evidence_grade=EvidenceGrade.EXPERT,
        ),
        benefit(
            "classroom", BenefitCategory.TRAVEL_AVOIDED, _("Classroom days no longer needed"), answers,
            {"trips_per_year": "classroom_days", "cost_per_trip": "classroom_cost", "share_avoided": "online"},
            option=option, evidence_grade=EvidenceGrade.EXPERT,
        ),
        *goal("safe", _("Fewer incidents"), _("Incidents a year"), _("incidents"), direction=Direction.FALL),
    )  # fmt: skip


COMPLIANCE = Template(
    "compliance",
    _lazy("Compliance programme"),
    _lazy("What it costs to keep everybody trained, and the expected loss that it avoids."),
    (
        people_question(),
        asked("incidents", _lazy("Incidents a year today"), _lazy("incidents"), "2", "4", "8",
              help=_lazy("Reported incidents of the kind the programme is about.")),
        asked("loss", _lazy("Loss of one incident"), "", "5000", "15000", "60000", kind=MONEY,
              help=_lazy("Fines, repair, lost time. Wide ranges are honest here.")),
        asked("fewer", _lazy("Share of them that training avoids"), "", "0.05", "0.15", "0.3", kind=SHARE),
        asked("hours_a_year", _lazy("Hours of training a person and year"), _lazy("hours"), "1", "1.5", "3"),
        asked("content_hours", _lazy("Hours of content to be made"), _lazy("hours"), "1", "2", "4"),
        ratio_question(),
        hourly_question(),
        asked("administration", _lazy("Hours a month to assign, remind and report"), _lazy("hours"), "4", "8", "16"),
        asked("classroom_days", _lazy("Classroom days a year today"), _lazy("days"), "10", "20", "40"),
        asked("classroom_cost", _lazy("Cost of one, with room, trainer and travel"), "", "800", "1200", "2500",
              kind=MONEY),
        asked("online", _lazy("Share of them that is no longer needed"), "", "0.3", "0.5", "0.8", kind=SHARE),
        *caution_questions(),
    ),
    _compose,
)  # fmt: skip
