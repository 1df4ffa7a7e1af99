"""Onboarding faster."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc.starting.questions import (
    HOURLY,
    HOURS,
    ONCE_LIVE,
    STAFF,
    asked,
    caution_questions,
    hourly_question,
    money,
    ratio_question,
    share,
)
from mycelia.business_case.types import (
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

ONBOARDING = Template(
    key="onboarding",
    title=_("Onboarding faster"),
    lead=_("What a better start costs, and what it is worth when people are productive sooner and stay."),
    questions=(
        asked("hires", _("People hired a year"), STAFF, "20", "30", "45",
              help=_("The HR system says. A third of last year either way is a fair range.")),
        asked("weeks", _("Weeks saved until somebody is proficient"), _("weeks"), "1", "2", "4"),
        money("weekly", _("Cost of a week of work, fully loaded"), "1100", "1500", "2200"),
        share("gap", _("Share of productivity missing until then"), "0.3", "0.5", "0.6"),
        share("early_leavers", _("Share who leave in their first year"), "0.08", "0.12", "0.2"),
        share("fewer", _("Share of them who would stay"), "0.05", "0.1", "0.2"),
        money("replacement", _("Cost of replacing one"), "8000", "15000", "30000"),
        asked("content_hours", _("Hours of content to be made"), HOURS, "4", "6", "10"),
        ratio_question(),
        hourly_question(),
        asked("upkeep_hours", _("Hours a year to keep it current"), HOURS, "20", "40", "80"),
        money("mentor_cost", _("Cost of the mentor's time for one new colleague"), "200", "400", "800"),
        money("own_time", _("Cost of a new colleague's own time in it"), "120", "240", "600",
              help=_("Hours in it times the cost of an hour: here 4 to 10 hours. Without what today's start takes.")),
        *caution_questions(),
    ),
    build_title=_("Make the new programme"),
    build_days=Estimate.pert(25, 40, 80),
    content_hours="content_hours",
    costs=(
        CostSketch("content", CostCategory.CONTENT_DEVELOPMENT, _("Making the programme"), HOURLY, "ratio",
                   _("hours for an hour of content"), Driver.CONTENT_HOURS),
        CostSketch("upkeep", CostCategory.SUPPORT, _("Keeping it current"), HOURLY, "upkeep_hours",
                   _("hours a year"), recurrence=Recurrence.YEARLY, timing=ONCE_LIVE),
        CostSketch("mentors", CostCategory.INTERNAL_LABOUR, _("Time of mentors"), "mentor_cost", "hires",
                   _("people hired a year"), recurrence=Recurrence.YEARLY, timing=ONCE_LIVE),
        CostSketch("time", CostCategory.LEARNER_TIME, _("Time of new colleagues"), "own_time", "hires",
                   _("people hired a year"), recurrence=Recurrence.YEARLY, timing=ONCE_LIVE),
    ),
    benefits=(
        BenefitSketch(
            "proficiency", BenefitCategory.TIME_TO_PROFICIENCY, _("New colleagues are productive sooner"),
            {"hires_per_year": "hires", "weeks_saved": "weeks", "weekly_cost": "weekly", "productivity_gap": "gap"},
            ramp_months=6,
        ),
        BenefitSketch(
            "leavers", BenefitCategory.TURNOVER_AVOIDED, _("Fewer leave in their first year"),
            {"headcount": "hires", "leavers_rate_per_year": "early_leavers", "relative_reduction": "fewer",
             "cost_per_leaver": "replacement"},
            ramp_months=12,
        ),
    ),
    goal=GoalSketch("proficient", _("New colleagues are productive sooner"), _("Weeks until proficient"), _("weeks"),
                    Direction.FALL),
)  # fmt: skip
