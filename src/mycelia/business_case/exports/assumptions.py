"""The assumption register in words: what each number of a case is, how it is spread, who says so, how it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.calc.estimates import lognormal_terms
from mycelia.business_case.calc.extremes import extreme_values
from mycelia.business_case.exports.entries import Entry, Subject, entries_of, subjects_of
from mycelia.business_case.exports.vocabulary import CONFIDENCES, GRADES, ISOLATIONS
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.estimates import expected_in_words, in_words
from mycelia.business_case.pages.vocabulary import DISCOUNTINGS
from mycelia.business_case.types import (
    BenefitLine,
    CaseModel,
    Confidence,
    Drivers,
    Shape,
)

Stated = Subject | Drivers
"""What says of itself whether somebody has confirmed it."""


@dataclass(frozen=True)
class Assumption:
    """One row of the register, all in words.

    Attributes:
        spread: The shape with what it is stated by; every value of a list.
        name: That of its input, as in `CaseModel.inputs`; empty for a term of the case.
    """

    about: str
    field: str
    unit: str
    value: str
    spread: str
    source: str
    confidence: str = ""
    evidence: str = ""
    isolation: str = ""
    state: str = ""
    name: str = ""


def assumptions_of(model: CaseModel) -> tuple[Assumption, ...]:
    """Return the terms of a case, then every estimate that something depends on."""
    subjects = subjects_of_entries(model)
    entries = (_estimate(entry, subjects.get("/".join(entry.name.split("/")[:2]))) for entry in entries_of(model))
    return (*terms_of(model), *entries)


def terms_of(model: CaseModel) -> Iterator[Assumption]:
    """Yield the terms that every figure rests on, each with who says so; a convention is the case's own choice."""
    tax = _("left out") if model.tax_rate is None else formats.rate(model.tax_rate)
    inflation = _("a year, for lines that state no escalation")
    growth = formats.rate(model.drivers.headcount_growth_per_year)
    chosen, size = _("choice of the case"), model.drivers.size_source
    yield _term(
        _("Discount rate"), _("a year"), formats.rate(model.rate_per_year), model.rate_source, model.rate_confidence
    )
    yield Assumption(
        _("Whole case"), _("Discounting"), _("convention"), str(DISCOUNTINGS[model.discounting]), _("fixed"), chosen
    )
    told = formats.rate(model.inflation_per_year)
    yield _term(_("Inflation"), inflation, told, model.inflation_source, model.inflation_confidence)
    yield _term(_("Tax"), _("share of the net flow"), tax, model.tax_source, model.tax_confidence)
    yield _term(_("Growth of headcount"), _("a year"), growth, size)


def _term(field: str, unit: str, value: str, source: str, confidence: Confidence | None = None) -> Assumption:
    return Assumption(
        about=_("Whole case"),
        field=field,
        unit=unit,
        value=value,
        spread=_("fixed"),
        source=source or _("no source stated"),
        confidence="" if confidence is None else str(CONFIDENCES[confidence]),
    )


def spread_in_words(entry: Entry) -> str:
    """Return the shape of an estimate with its parameters; of a list, every value and which are left out."""
    estimate = entry.estimate
    match estimate.shape:
        case Shape.FIXED:
            return _("fixed")
        case Shape.TRIANGULAR:
            return _("triangular: least, most likely, greatest")
        case Shape.PERT:
            return _("PERT (beta, shape 4): least, most likely, greatest")
        case Shape.LOGNORMAL:
            mu, sigma = lognormal_terms(estimate)
            words = _("lognormal: 10th and 90th percentile; μ = %(mu)s, σ = %(sigma)s")
            return words % {"mu": f"{mu:.4f}", "sigma": f"{sigma:.4f}"}
        case Shape.LIST:
            words = _("list of %(count)s, each as likely: %(values)s")
            told = words % {"count": len(estimate.values), "values": _listed(estimate.values)}
            extremes = extreme_values(estimate) if entry.drops_extremes else ()
            left_out = _("%(told)s; left out as extreme: %(values)s")
            return left_out % {"told": told, "values": _listed(extremes)} if extremes else told


def subjects_of_entries(model: CaseModel) -> dict[str, Stated]:
    """Return what an entry is of, by the beginning of its name."""
    subjects: dict[str, Stated] = {name: one for name, (_number, one) in subjects_of(model).items()}
    return subjects | {f"driver/adoption_{name}": model.drivers for name in ("ceiling", "tempo")}


def knowledge_of(subject: Stated | None) -> tuple[str, str, str]:
    """Return evidence, isolation and state of what an entry is of, in words."""
    if subject is None:
        return "", "", ""
    state = _("placeholder: nobody has confirmed it") if subject.is_placeholder else _("stated")
    if not isinstance(subject, BenefitLine):
        return "", "", state
    isolation = str(ISOLATIONS[subject.isolation_method]) if subject.isolation_method else _("none stated")
    return str(GRADES[subject.evidence_grade]), isolation, state


def _estimate(entry: Entry, subject: Stated | None) -> Assumption:
    believed, mean = in_words(entry.estimate), expected_in_words(entry.counted)
    value = believed if entry.estimate.shape is Shape.FIXED else _("%(mean)s expected") % {"mean": mean}
    spread = spread_in_words(entry)
    if entry.estimate.shape not in (Shape.FIXED, Shape.LIST):
        spread = f"{believed}; {spread}"
    evidence, isolation, state = knowledge_of(subject)
    return Assumption(
        about=entry.subject,
        field=entry.field,
        unit=entry.unit,
        value=value,
        spread=spread,
        source=entry.source or _("no source stated"),
        confidence=entry.confidence,
        evidence=evidence,
        isolation=isolation,
        state=state,
        name=entry.name,
    )


def _listed(values: tuple[Decimal, ...]) -> str:
    return "; ".join(formats.plain_number(value) for value in values)
