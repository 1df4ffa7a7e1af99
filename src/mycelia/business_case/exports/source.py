"""Where a dossier comes from: the snapshot of a presented case, or the case as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case import api
from mycelia.business_case.exports.dossier import Dossier, OptionResult, dossier_of_model
from mycelia.business_case.models import Case, Presentation
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.brief import sheet_of
from mycelia.business_case.types import CaseSheet, CaseState, LineFlow, LineSheet, OptionSheet, Scenario


def case_dossier(case: Case) -> Dossier:
    """Return what exports are made from: what was presented while that still holds, else the draft as it stands.

    Raises:
        CaseUnsound: The case contradicts itself and cannot be computed.
    """
    latest = api.latest_presentation(case)
    if latest is not None and case.state == CaseState.PRESENTED:
        return presented_dossier(latest)
    sheet = api.case_sheet(case)
    standing = _("Draft of %(instant)s: not presented, may still change") % {"instant": formats.instant(sheet.as_of)}
    return _dossier(sheet, is_draft=True, standing=standing, digest="")


def presented_dossier(presentation: Presentation) -> Dossier:
    """Return what a presentation showed; it never changes."""
    sheet = sheet_of(presentation)
    standing = _("Presented by %(name)s on %(instant)s") % {
        "name": presentation.presented_by_name,
        "instant": formats.instant(presentation.presented_at),
    }
    return _dossier(sheet, is_draft=False, standing=standing, digest=presentation.digest)


def _dossier(sheet: CaseSheet, **facts: Any) -> Dossier:
    """Return a dossier whose expected results are those of the sheet, never computed anew."""
    dossier = dossier_of_model(
        sheet.model,
        slug=sheet.slug,
        name=sheet.name,
        summary=sheet.summary,
        unit_name=sheet.unit_name,
        owner_name=sheet.owner_name,
        is_synthetic=sheet.is_synthetic,
        as_of=sheet.as_of,
        objectives=sheet.objectives,
        **facts,
    )
    stored = {option.key: {Scenario.EXPECTED: result} for option in sheet.options if (result := _result(option))}
    results = {key: {**computed, **stored.get(key, {})} for key, computed in dossier.results.items()}
    return replace(dossier, results=results)


def _result(option: OptionSheet) -> OptionResult | None:
    """Return what a sheet says an option comes to; None for one of before there were months."""
    if not all(line.by_column for line in (*option.costs, *option.benefits)):
        return None
    return OptionResult(_flows(option.costs), _flows(option.benefits), option.figures)


def _flows(lines: tuple[LineSheet, ...]) -> tuple[LineFlow, ...]:
    return tuple(LineFlow(line.key, line.by_column, line.is_counted) for line in lines)
