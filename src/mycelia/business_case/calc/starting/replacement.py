"""Replace several platforms by one."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc.starting.questions import (
    DAYS,
    HOURLY,
    HOURS,
    LIVE,
    STAFF,
    asked,
    caution_questions,
    hourly_question,
    money,
    people_question,
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
    EvidenceGrade,
    GoalSketch,
    Recurrence,
    Template,
    Timing,
)

REPLACEMENT = Template(
    key="replacement",
    title=_("Replace several platforms by one"),
    lead=_("What the old ones cost, what moving costs, and what is left over."),
    questions=(
        people_question(),
        money("old_cost", _("Cost a year of the platforms that go"), "60000", "80000", "110000",
              help=_("Licences, hosting, support and the people who run them. The contracts say.")),
        money("run_cost", _("Cost a year of the new platform"), "20000", "30000", "50000",
              help=_("Hosting, support, and the share of somebody who looks after it.")),
        asked("move_days", _("Work to move content, people and records"), DAYS, "20", "40", "90"),
        asked("connect_days", _("Work to connect sign-on, HR and reporting"), DAYS, "10", "20", "45"),
        money("day_rate", _("Cost of a day of that work"), "500", "700", "1000"),
        asked("learning_hours", _("Hours everybody needs to get used to it"), HOURS, "0.25", "0.5", "1.5"),
        hourly_question(),
        asked("administrators", _("People who administer the old platforms"), STAFF, "2", "3", "5"),
        asked("hours_saved", _("Hours each of them saves a month"), HOURS, "4", "10", "20"),
        share("productive", _("Share of that time put to other use"), "0.4", "0.6", "0.8"),
        *caution_questions(),
    ),
    build_title=_("Set up, connect and migrate"),
    build_days=Estimate.pert(30, 45, 90),
    adoption=Adoption(
        AdoptionKind.STEPS,
        tempo=Estimate.pert("0.6", 1, "1.2"),
        steps=((0, Decimal("0.35")), (1, Decimal("0.7")), (2, Decimal(1))),
    ),
    adoption_source=_("Moved in three waves, a month apart; the old platforms stay until the last one has moved."),
    costs=(
        CostSketch("run", CostCategory.INFRASTRUCTURE, _("Running the new platform"), "run_cost", unit=_("platform"),
                   recurrence=Recurrence.YEARLY),
        CostSketch("move", CostCategory.MIGRATION, _("Moving content, people and records"), "day_rate", "move_days",
                   DAYS),
        CostSketch("connect", CostCategory.INTEGRATION, _("Connecting sign-on, HR and reporting"), "day_rate",
                   "connect_days", DAYS),
        CostSketch("change", CostCategory.LEARNER_TIME, _("Time to get used to it"), HOURLY, "learning_hours",
                   _("hours a person"), Driver.HEADCOUNT, timing=Timing(start_milestone=LIVE)),
    ),
    benefits=(
        BenefitSketch(
            "retired", BenefitCategory.RETIRED_SYSTEMS, _("Platforms that are switched off"),
            {"yearly_cost": "old_cost"}, EvidenceGrade.BEFORE_AFTER,
            timing=Timing(start_month=4, start_milestone=LIVE), is_direct=True,
        ),
        BenefitSketch(
            "administration", BenefitCategory.TIME_SAVED, _("Less administration"),
            {"people": "administrators", "hours_per_person_month": "hours_saved", "hourly_cost": HOURLY,
             "productive_share": "productive"},
            follows_case_adoption=True,
        ),
    ),
    goal=GoalSketch("one-place", _("Everybody learns in one place"), _("People who learn in it"), _("people"),
                    Direction.RISE),
)  # fmt: skip
