"""Replace several platforms by one."""

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
    IsolationMethod,
    ItemValue,
    Recurrence,
    Template,
    Timing,
)
from mycelia.business_case.types.estimates import ONE
from mycelia.business_case.types.starting import Answers

MONEY = InputKind.MONEY


def _compose(answers: Answers, option: str) -> tuple[ItemValue, ...]:
    return (
        *roadmap(build_days=Estimate.pert(30, 45, 90), build_title=_("Set up, connect and migrate")),
        drivers(answers),
        cost(
            "run", CostCategory.INFRASTRUCTURE, _("Running the new platform"), answers, "run_cost",
            option=option, price=answers["run_cost"].estimate, recurrence=Recurrence.YEARLY, unit=_("platform"),
        ),
        cost(
            "move", CostCategory.MIGRATION, _("Moving content, people and records"), answers, "move_days", "day_rate",
            option=option, quantity=answers["move_days"].estimate, unit=_("days"), price=answers["day_rate"].estimate,
        ),
        cost(
            "connect", CostCategory.INTEGRATION, _("Connecting sign-on, HR and reporting"), answers, "connect_days",
            "day_rate", option=option, quantity=answers["connect_days"].estimate, unit=_("days"),
            price=answers["day_rate"].estimate,
        ),
        cost(
            "change", CostCategory.LEARNER_TIME, _("Time to get used to it"), answers, "learning_hours", HOURLY, PEOPLE,
            option=option, quantity=answers["learning_hours"].estimate, unit=_("hours a person"),
            driver=Driver.HEADCOUNT, price=answers[HOURLY].estimate, timing=Timing(start_milestone=LIVE),
        ),
        benefit(
            "retired", BenefitCategory.RETIRED_SYSTEMS, _("Platforms that are switched off"), answers,
            {"yearly_cost": "old_cost"}, option=option, isolation=ONE, isolation_method=IsolationMethod.DIRECT,
            confidence_factor=ONE, evidence_grade=EvidenceGrade.BEFORE_AFTER,
        ),
        benefit(
            "administration", BenefitCategory.TIME_SAVED, _("Less administration"), answers,
            {
                "people": "administrators", "hours_per_person_month": "hours_saved", "hourly_cost": HOURLY,
                "productive_share": "productive",
            },
            option=option, evidence_grade=EvidenceGrade.EXPERT,
        ),
        *goal("one-place", _("Everybody learns in one place"), _("People who learn in it"), _("people"),
              direction=Direction.RISE),
    )  # fmt: skip


REPLACEMENT = Template(
    "replacement",
    _lazy("Replace several platforms by one"),
    _lazy("What the old ones cost, what moving costs, and what is left over."),
    (
        people_question(),
        asked("old_cost", _lazy("Cost a year of the platforms that go"), "", "60000", "80000", "110000", kind=MONEY,
              help=_lazy("Licences, hosting, support and the people who run them. The contracts say.")),
        asked("run_cost", _lazy("Cost a year of the new platform"), "", "20000", "30000", "50000", kind=MONEY,
              help=_lazy("Hosting, support, and the share of somebody who looks after it.")),
        asked("move_days", _lazy("Work to move content, people and records"), _lazy("days"), "20", "40", "90"),
        asked("connect_days", _lazy("Work to connect sign-on, HR and reporting"), _lazy("days"), "10", "20", "45"),
        asked("day_rate", _lazy("Cost of a day of that work"), "", "500", "700", "1000", kind=MONEY),
        asked("learning_hours", _lazy("Hours everybody needs to get used to it"), _lazy("hours"), "0.25", "0.5", "1.5"),
        hourly_question(),
        asked("administrators", _lazy("People who administer the old platforms"), _lazy("people"), "2", "3", "5"),
        asked("hours_saved", _lazy("Hours each of them saves a month"), _lazy("hours"), "4", "10", "20"),
        asked("productive", _lazy("Share of that time put to other use"), "", "0.4", "0.6", "0.8",
              kind=InputKind.SHARE),
        *caution_questions(),
    ),
    _compose,
)  # fmt: skip
