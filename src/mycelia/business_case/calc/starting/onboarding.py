"""Onboarding faster."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.calc.starting.parts import (
    HOURLY,
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
        *roadmap(build_days=Estimate.pert(25, 40, 80), build_title=_("Make the new programme")),
        drivers(answers, content_hours=answers["content_hours"].estimate),
        cost(
            "content", CostCategory.CONTENT_DEVELOPMENT, _("Making the programme"), answers, "content_hours", "ratio",
            HOURLY, option=option, quantity=answers["ratio"].estimate, unit=_("hours for an hour of content"),
            driver=Driver.CONTENT_HOURS, price=answers[HOURLY].estimate,
        ),
        cost(
            "upkeep", CostCategory.SUPPORT, _("Keeping it current"), answers, "upkeep_hours", HOURLY, option=option,
            quantity=answers["upkeep_hours"].estimate, unit=_("hours a year"), price=answers[HOURLY].estimate,
            recurrence=Recurrence.YEARLY, timing=Timing(start_milestone="live", start_month=1),
        ),
        cost(
            "mentors", CostCategory.INTERNAL_LABOUR, _("Time of mentors"), answers, "hires", "mentor_cost",
            option=option, quantity=answers["hires"].estimate, unit=_("people hired a year"),
            price=answers["mentor_cost"].estimate, recurrence=Recurrence.YEARLY,
            timing=Timing(start_milestone="live", start_month=1),
        ),
        benefit(
            "proficiency", BenefitCategory.TIME_TO_PROFICIENCY, _("New colleagues are productive sooner"), answers,
            {"hires_per_year": "hires", "weeks_saved": "weeks", "weekly_cost": "weekly", "productivity_gap": "gap"},
            option=option, ramp_months=6, evidence_grade=EvidenceGrade.EXPERT,
        ),
        benefit(
            "leavers", BenefitCategory.TURNOVER_AVOIDED, _("Fewer leave in their first year"), answers,
            {
                "headcount": "hires", "leavers_rate_per_year": "early_leavers", "relative_reduction": "fewer",
                "cost_per_leaver": "replacement",
            },
            option=option, ramp_months=12, evidence_grade=EvidenceGrade.EXPERT,
        ),
        *goal("proficient", _("New colleagues are productive sooner"), _("Weeks until proficient"), _("weeks"),
              direction=Direction.FALL),
    )  # fmt: skip


ONBOARDING = Template(
    "onboarding",
    _lazy("Onboarding faster"),
    _lazy("What a better start costs, and what it is worth when people are productive sooner and stay."),
    (
        people_question(),
        asked("hires", _lazy("People hired a year"), _lazy("people"), "20", "30", "45",
              help=_lazy("The HR system says. A third of last year either way is a fair range.")),
        asked("weeks", _lazy("Weeks saved until somebody is proficient"), _lazy("weeks"), "1", "2", "4"),
        asked("weekly", _lazy("Cost of a week of work, fully loaded"), "", "1100", "1500", "2200", kind=MONEY),
        asked("gap", _lazy("Share of productivity missing until then"), "", "0.3", "0.5", "0.6", kind=SHARE),
        asked("early_leavers", _lazy("Share who leave in their first year"), "", "0.08", "0.12", "0.2", kind=SHARE),
        asked("fewer", _lazy("Share of them who would stay"), "", "0.05", "0.1", "0.2", kind=SHARE),
        asked("replacement", _lazy("Cost of replacing one"), "", "8000", "15000", "30000", kind=MONEY),
        asked("content_hours", _lazy("Hours of content to be made"), _lazy("hours"), "4", "6", "10"),
        ratio_question(),
        hourly_question(),
        asked("upkeep_hours", _lazy("Hours a year to keep it current"), _lazy("hours"), "20", "40", "80"),
        asked("mentor_cost", _lazy("Cost of the mentor's time for one new colleague"), "", "200", "400", "800",
              kind=MONEY),
        *caution_questions(),
    ),
    _compose,
)  # fmt: skip
