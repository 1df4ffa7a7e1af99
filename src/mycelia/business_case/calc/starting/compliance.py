"""A compliance programme."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc.starting.questions import (
    HOURLY,
    HOURS,
    ONCE_LIVE,
    asked,
    caution_questions,
    hourly_question,
    money,
    people_question,
    ratio_question,
    share,
)
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    BenefitCategory,
    BenefitSketch,
    CostCategory,
    CostSketch,
    Direction,
    Driver,
    Estimate,
    GoalSketch,
    Recurrence,
    Template,
)

COMPLIANCE = Template(
    key="compliance",
    title=_("Compliance programme"),
    lead=_("What it costs to keep everybody trained, and the expected loss that it avoids."),
    questions=(
        people_question(),
        asked("incidents", _("Incidents a year today"), _("incidents"), "2", "4", "8",
              help=_("Reported incidents of the kind the programme is about.")),
        money("loss", _("Loss of one incident"), "5000", "15000", "60000",
              help=_("Fines, repair, lost time. Wide ranges are honest here.")),
        share("fewer", _("Share of them that training avoids"), "0.05", "0.15", "0.3"),
        asked("hours_a_year", _("Hours of training a person and year"), HOURS, "1", "1.5", "3"),
        asked("content_hours", _("Hours of content to be made"), HOURS, "1", "2", "4"),
        ratio_question(),
        hourly_question(),
        asked("administration", _("Hours a month to assign, remind and report"), HOURS, "4", "8", "16"),
        asked("classroom_days", _("Classroom days a year today"), _("days"), "10", "20", "40"),
        money("classroom_cost", _("Cost of one, with room, trainer and travel"), "800", "1200", "2500",
              help=_("Without the time of those who sit in it, which is asked next.")),
        asked("participant_days", _("Days that people spend in them a year"), _("days"), "60", "200", "600",
              help=_("Everybody's days added up: 20 days with 10 people each are 200.")),
        money("participant_day", _("Cost of such a day of one person, fully loaded"), "240", "320", "480",
              help=_("Pay with all charges for the hours away from work: here eight times the cost of an hour.")),
        share("online", _("Share of them that is no longer needed"), "0.3", "0.5", "0.8"),
        *caution_questions(),
    ),
    build_title=_("Make the courses and assign them"),
    build_days=Estimate.pert(15, 25, 50),
    content_hours="content_hours",
    adoption=Adoption(
        AdoptionKind.STEPS,
        ceiling=Estimate.pert("0.85", "0.95", 1),
        steps=((0, Decimal("0.3")), (1, Decimal("0.7")), (2, Decimal(1))),
    ),
    adoption_source=_("Assigned to everybody, due within three months; the rest is absence and overdue assignments."),
    costs=(
        CostSketch("content", CostCategory.CONTENT_DEVELOPMENT, _("Making the courses"), HOURLY, "ratio",
                   _("hours for an hour of content"), Driver.CONTENT_HOURS),
        CostSketch("time", CostCategory.LEARNER_TIME, _("Time of the learners"), HOURLY, "hours_a_year",
                   _("hours a person and year"), Driver.ACTIVE_LEARNERS, Recurrence.YEARLY, ONCE_LIVE),
        CostSketch("administration", CostCategory.INTERNAL_LABOUR, _("Assigning, reminding and reporting"), HOURLY,
                   "administration", _("hours a month"), recurrence=Recurrence.MONTHLY, timing=ONCE_LIVE),
    ),
    benefits=(
        BenefitSketch(
            "incidents", BenefitCategory.INCIDENTS_AVOIDED, _("Incidents that do not happen"),
            {"incidents_per_year": "incidents", "expected_loss": "loss", "relative_reduction": "fewer"},
            ramp_months=6, follows_case_adoption=True,
        ),
        BenefitSketch(
            "classroom", BenefitCategory.TRAVEL_AVOIDED, _("Classroom days no longer needed"),
            {"trips_per_year": "classroom_days", "cost_per_trip": "classroom_cost", "share_avoided": "online"},
            follows_case_adoption=True, is_direct=True,
        ),
        BenefitSketch(
            "classroom-time", BenefitCategory.TRAVEL_AVOIDED, _("Working time no longer spent in them"),
            {"trips_per_year": "participant_days", "cost_per_trip": "participant_day", "share_avoided": "online"},
            follows_case_adoption=True, is_direct=True, saves_learner_time=True,
        ),
    ),
    goal=GoalSketch("safe", _("Fewer incidents"), _("Incidents a year"), _("incidents"), Direction.FALL),
)  # fmt: skip
