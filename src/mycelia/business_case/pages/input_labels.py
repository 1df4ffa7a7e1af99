"""Every input of a case, named for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from mycelia.business_case.calc.labels import subjects_of
from mycelia.business_case.pages.input_names import input_name
from mycelia.business_case.types import BenefitLine, CaseModel, CostLine, Estimate, named_in


def every_label(model: CaseModel) -> Mapping[str, str]:
    """Return the words for each input by its name, as the simulation knows it."""
    labels = subjects_of(model)
    return {name: input_name(name, labels.get("/".join(name.split("/")[:2]), "")) for name, _ in model.inputs()}


def labelled_inputs(model: CaseModel) -> Iterator[tuple[str, str]]:
    """Yield each input that is not known exactly, or correlated already, by name with its words."""
    correlated = {name for each in model.correlations for name in (each.first, each.second)}
    labels = every_label(model)
    for name, estimate in model.inputs():
        if estimate.is_uncertain or name in correlated:
            yield name, labels[name]


def users_of_inputs(model: CaseModel) -> Mapping[str, str]:
    """Return for each named input that is used, by key, the lines it is used in."""
    users = {key: [_("people in scope")] for key in _named(model.drivers.headcount)}
    for key in _named(model.drivers.content_hours):
        users.setdefault(key, []).append(_("hours of content"))
    lines: tuple[CostLine | BenefitLine, ...] = (*model.costs, *model.benefits)
    for line in lines:
        for key in sorted(named_in(line)):
            users.setdefault(key, []).append(line.description)
    return {key: _("used by %(lines)s") % {"lines": ", ".join(names)} for key, names in users.items()}


def _named(estimate: Estimate) -> list[str]:
    return [estimate.named] if estimate.named else []
