"""Questions that several templates ask."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import InputKind, Question, Timing

LIVE = "live"
ONCE_LIVE = Timing(start_month=1, start_milestone=LIVE)
RATIO_SOURCE = "Chapman Alliance (2010), How long does it take to create learning?, level 1 e-learning"
PEOPLE, HOURLY = "people", "hourly_cost"
ISOLATION, CONFIDENCE = "isolation", "confidence"
HOURS, DAYS, STAFF = _("hours"), _("days"), _("people")


def asked(name: str, label: object, unit: object, low: str, likely: str, high: str, **terms: Any) -> Question:
    """Return a question with its default written as text."""
    return Question(name, label, unit, Decimal(low), Decimal(likely), Decimal(high), **terms)


def money(name: str, label: object, low: str, likely: str, high: str, **terms: Any) -> Question:
    """Return a question for an amount in the case's currency."""
    return asked(name, label, "", low, likely, high, kind=InputKind.MONEY, **terms)


def share(name: str, label: object, low: str, likely: str, high: str, **terms: Any) -> Question:
    """Return a question for a share."""
    return asked(name, label, "", low, likely, high, kind=InputKind.SHARE, **terms)


def people_question() -> Question:
    """Return the question for the people in scope; the form fills in the platform's own count."""
    return asked(PEOPLE, _("People in scope"), STAFF, "0", "0", "0")


def hourly_question() -> Question:
    """Return the question for what an hour of work costs."""
    help_text = _("Pay with all charges, per hour really worked. Ask finance.")
    return money(HOURLY, _("Cost of an hour of work, fully loaded"), "30", "40", "60", help=help_text)


def caution_questions() -> tuple[Question, ...]:
    """Return the questions that keep a claim honest: how much is due to this, and how sure the estimate is."""
    due = _("Other things move the same measures. Ask the managers concerned (Phillips: isolation).")
    trust = _("100% is certain. The estimate is multiplied by it (Phillips: confidence).")
    return (
        share(ISOLATION, _("Share of the effect that is due to this"), "0.5", "0.7", "0.9", help=due),
        share(CONFIDENCE, _("How sure the estimates of effects are"), "0.6", "0.75", "0.9", help=trust),
    )


def ratio_question() -> Question:
    """Return the question for the effort behind an hour of content."""
    return asked("ratio", _("Hours of work for one hour of content"), HOURS, "49", "79", "125", source=RATIO_SOURCE)
