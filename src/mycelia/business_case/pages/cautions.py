"""Where a model falls short of what it is held to, in words, and the field that is about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.input_names import PARTS, input_amount
from mycelia.business_case.pages.vocabulary import CATEGORIES, INPUTS, REASONS
from mycelia.business_case.types import CostCategory, Finding, MissingPart, Principle
from mycelia.ui.types import Text

ROADMAP_WORDS: Mapping[tuple[Principle, str], Text] = {
    (Principle.AFTER_HORIZON, "item"): _lazy(
        "It finishes on %(day)s, after the case ends on %(end)s: what it leads to is not in the figures."
    ),
    (Principle.AFTER_HORIZON, "line"): _lazy(
        "It waits for “%(item)s”, which finishes on %(day)s, and would begin after the case ends on %(end)s: it counts "
        "for nothing."
    ),
    (Principle.AFTER_HORIZON, "driver"): _lazy(
        "Adoption waits for “%(item)s”, which finishes on %(day)s, after the case ends on %(end)s: nobody takes it up."
    ),
    (Principle.NEVER_RUNS, "line"): _lazy(
        "It ends when “%(item)s” finishes on %(day)s, before it begins: it counts for nothing."
    ),
}
WORDS: Mapping[tuple[Principle, str], Text] = {
    (Principle.ESTIMATES_DISCOUNTED, "isolation"): _lazy("The whole of the estimated effect is put down to this case."),
    (Principle.ESTIMATES_DISCOUNTED, "confidence_factor"): _lazy(
        "It rests on an estimate that is not reduced by how sure those are who made it."
    ),
    (Principle.NO_EVIDENCE, ""): _lazy("Only its source says so: it has no evidence yet."),
    (Principle.EXTREME_VALUES, ""): _lazy(
        "%(field)s: %(values)s is far above the other values and left out of the calculation."
    ),
    (Principle.WIDE_RANGE, ""): _lazy("%(field)s: the high end, %(values)s, is ten times the likely value or more."),
    (Principle.FULLY_LOADED, "costs"): _lazy("Costs are not fully loaded: there is no line for “%(category)s”."),
    (Principle.FULLY_LOADED, "counts_learner_time"): _lazy("Costs are not fully loaded: learner time is left out."),
    (Principle.FIRST_YEAR_ONLY, ""): _lazy(
        "The case is a short programme: what this brings after the first year is in the net present value, but not in "
        "the programme return on investment."
    ),
    (Principle.INTANGIBLE_MONETISED, ""): _lazy("It is intangible, so the money entered for it is not counted."),
    (Principle.CLAIMED_TWICE, ""): _lazy(
        "Other benefits claim a movement of the same KPI, and how far it is to move is not known."
    ),
}
REMEDIES: Mapping[Principle, Text] = {
    Principle.ESTIMATES_DISCOUNTED: _lazy("Enter the share"),
    Principle.NO_EVIDENCE: _lazy("Grade the evidence"),
    Principle.EXTREME_VALUES: _lazy("Check the values"),
    Principle.WIDE_RANGE: _lazy("Check the range"),
    Principle.FULLY_LOADED: _lazy("Load the costs fully"),
    Principle.FIRST_YEAR_ONLY: _lazy("Check when it ends"),
    Principle.INTANGIBLE_MONETISED: _lazy("Decide whether it is counted"),
    Principle.CLAIMED_TWICE: _lazy("Say how much of it is this line's"),
    Principle.AFTER_HORIZON: _lazy("Change when it finishes"),
    Principle.NEVER_RUNS: _lazy("Change when it runs"),
    Principle.OUT_OF_ORDER: _lazy("Check the days"),
    Principle.OVERDUE: _lazy("Say when it finished, or plan it anew"),
}
OUT_OF_TIME = (Principle.AFTER_HORIZON, Principle.NEVER_RUNS, Principle.OUT_OF_ORDER)
"""What is said at the line or work item itself."""
ESTIMATES = ("estimate", "isolation", "confidence_factor", "spread", "adoption_ceiling", "adoption_tempo", "duration")
LIKELY = 2
CONTROLS = {Principle.WIDE_RANGE: 3, Principle.EXTREME_VALUES: 4}
"""Which control of an estimate a finding is about: its high end, its list; else its likely value."""
REFUSALS = {
    Principle.PLACEHOLDER: MissingPart.CONFIRMATION,
    Principle.ISOLATION: MissingPart.ISOLATION,
    Principle.ESTIMATES_DISCOUNTED: MissingPart.CONFIDENCE_FACTOR,
    Principle.NO_EVIDENCE: MissingPart.SUPPORT,
    Principle.CLAIMED_TWICE: MissingPart.OWN_MOVEMENT,
    Principle.CLAIMED_BEYOND: MissingPart.POSSIBLE_MOVEMENT,
}
"""What is said of a finding that refuses, where it is not about the roadmap."""


def finding_in_words(finding: Finding) -> str:
    """Return what is wrong, as a sentence with its days and values."""
    if finding.principle is Principle.OVERDUE:
        return _overdue(*(formats.day(date.fromisoformat(each)) for each in finding.related))
    if finding.principle is Principle.OUT_OF_ORDER:
        return _out_of_order(*finding.related)
    if finding.principle is Principle.NEVER_RUNS and finding.field == "timing/end_month":
        told = dict(zip(("last", "first"), finding.related, strict=True))
        return _("Its last month is %(last)s, before its first, %(first)s: it counts for nothing.") % told
    if finding.principle in (Principle.AFTER_HORIZON, Principle.NEVER_RUNS):
        title, *days = finding.related
        day, end = (formats.day(date.fromisoformat(each)) for each in days)
        return str(ROADMAP_WORDS[finding.principle, _subject(finding)]) % {"item": title, "day": day, "end": end}
    if finding.refuses:
        return str(REASONS[REFUSALS[finding.principle]])
    words = WORDS.get((finding.principle, finding.field)) or WORDS[finding.principle, ""]
    return str(words) % {"field": _field_name(finding), "values": _values(finding), "category": _category(finding)}


def anchor_of(finding: Finding) -> str:
    """Return the identifier of the form field that a finding is about."""
    name = finding.field.removeprefix("timing/").replace("/", "_")
    is_estimate = name in ESTIMATES or finding.field.startswith("inputs/")
    return f"id_{name}_{CONTROLS.get(finding.principle, LIKELY)}" if is_estimate else f"id_{name}"


def _overdue(planned: str, as_of: str) -> str:
    words = _(
        "It is overdue: it was to be finished by %(planned)s, and on %(as_of)s it is not. Figures and dates take it to "
        "finish on that day at the earliest."
    )
    return words % {"planned": planned, "as_of": as_of}


def _out_of_order(before: str, day: str) -> str:
    if not day:
        return _("It is finished, but “%(item)s”, which it waits for, is not. Its own day counts.") % {"item": before}
    told = {"item": before, "day": formats.day(date.fromisoformat(day))}
    return _("It was finished before it could begin: “%(item)s” was finished on %(day)s. Its own day counts.") % told


def _subject(finding: Finding) -> str:
    kind = finding.subject.partition("/")[0]
    return kind if kind in ("item", "driver") else "line"


def _field_name(finding: Finding) -> str:
    name = finding.field.rpartition("/")[2]
    names: Mapping[str, Text] = {**PARTS, **INPUTS, "estimate": _lazy("Number")}
    return str(names.get(name, ""))


def _values(finding: Finding) -> str:
    if finding.principle not in CONTROLS:
        return ""
    return ", ".join(input_amount(finding.field, float(value)) for value in finding.related)


def _category(finding: Finding) -> str:
    if finding.principle is not Principle.FULLY_LOADED or not finding.related:
        return ""
    return str(CATEGORIES[CostCategory(finding.related[0])])
