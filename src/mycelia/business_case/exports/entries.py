"""Every estimate that a case rests on, as it was entered, with what its line, item or input says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mycelia.business_case.calc.extremes import inputs_of_benefits, without_extremes
from mycelia.business_case.exports.vocabulary import CONFIDENCES, field_name, unit_of
from mycelia.business_case.types import (
    Basis,
    BenefitLine,
    CaseModel,
    CostLine,
    Estimate,
    InputKind,
    NamedInput,
    WorkItem,
)

ALWAYS_USED = frozenset({"isolation", "confidence_factor", "spread"})
Subject = CostLine | BenefitLine | WorkItem | NamedInput
Subjects = Mapping[str, tuple[int, Subject]]
"""What estimates are of, with its place among its kind, by the beginning of their names, such as "cost/KEY"."""


@dataclass(frozen=True)
class Entry:
    """An estimate as it was entered, with what a reader wants to know of it."""

    name: str
    position: int
    cell_name: str
    subject: str
    field: str
    unit: str
    estimate: Estimate
    source: str
    confidence: str
    drops_extremes: bool = False

    @property
    def counted(self) -> Estimate:
        """Return the estimate as it is computed with."""
        return without_extremes(self.estimate) if self.drops_extremes else self.estimate


def entries_of(model: CaseModel) -> Iterator[Entry]:
    """Yield every estimate that something depends on, in the order of `CaseModel.inputs`, with a name for formulas."""
    subjects, of_benefits = subjects_of(model), inputs_of_benefits(model)
    used = [(name, estimate) for name, estimate in model.inputs() if _is_used(name, subjects)]
    for position, (name, estimate) in enumerate(used):
        kind, key, *rest = name.split("/")
        field = rest[-1] if rest else key
        number, subject = subjects.get(f"{kind}/{key}", (0, None))
        cell = f"{kind}_{field}" if subject is None else f"{kind}_{number:02d}_{field}"
        words = _("input of the case") if isinstance(subject, NamedInput) else field_name(field)
        bare = Entry(name, position, cell, "", words, "", estimate, "", "", name in of_benefits)
        yield _entry(bare, field, subject, model)


def subjects_of(model: CaseModel) -> Subjects:
    """Return everything that estimates are of, but the drivers of the case."""
    kinds: tuple[tuple[str, tuple[Subject, ...]], ...] = (
        ("cost", model.costs),
        ("benefit", model.benefits),
        ("item", model.roadmap.items),
        ("input", model.named),
    )
    return {f"{kind}/{one.key}": (number, one) for kind, things in kinds for number, one in enumerate(things, start=1)}


def source_of_driver(model: CaseModel, field: str) -> str:
    """Return where a driver is from: adoption and the size of the case have a source each."""
    return model.drivers.source if field.startswith("adoption") else model.drivers.size_source


def _is_used(name: str, subjects: Subjects) -> bool:
    """Return whether the calculation reads an estimate: what its line was entered instead of, it does not."""
    kind, key, *rest = name.split("/")
    subject = subjects.get(f"{kind}/{key}", (0, None))[1]
    if isinstance(subject, WorkItem):
        return not subject.is_milestone and subject.finished_on is None
    if isinstance(subject, CostLine):
        return subject.basis is Basis.COMPUTED or rest == ["spread"]
    if isinstance(subject, BenefitLine):
        is_own_curve = rest[0].startswith("adoption") and subject.follows_case_adoption
        return not is_own_curve and (subject.basis is Basis.COMPUTED or rest[0] in ALWAYS_USED)
    return True


def _entry(entry: Entry, field: str, subject: Subject | None, model: CaseModel) -> Entry:
    """Return an entry with what its subject says of it."""
    if isinstance(subject, NamedInput):
        unit = {InputKind.MONEY: model.currency, InputKind.SHARE: _("share")}.get(subject.kind, subject.unit)
        words = str(CONFIDENCES[subject.confidence])
        return replace(entry, subject=subject.title, unit=unit, source=subject.source, confidence=words)
    unit = unit_of(field, model.currency, subject)
    if subject is None:
        return replace(entry, subject=_("Whole case"), unit=unit, source=source_of_driver(model, field))
    if isinstance(subject, WorkItem):
        return replace(entry, subject=subject.title, unit=unit, source=subject.source)
    words = str(CONFIDENCES[subject.confidence])
    return replace(entry, subject=subject.description, unit=unit, source=subject.source, confidence=words)
