"""Figures of a frozen version are explained by the rule that computed them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from mycelia.business_case.pages.figures import Figure, further_figures, headline_figures
from mycelia.business_case.types import Basis, CaseSheet, Timing
from tests.factories.case_models import make_model, make_sheet


@pytest.fixture
def sheet() -> CaseSheet:
    """A short programme whose first benefit comes after the first month."""
    return _beginning(6)


def _beginning(month: int) -> CaseSheet:
    model = make_model(is_short_programme=True)
    computed = (line for line in model.benefits if line.basis is Basis.COMPUTED)
    late = tuple(replace(line, timing=Timing(start_month=month)) for line in computed)
    return make_sheet(replace(model, benefits=late))


def _with(sheet: CaseSheet, **figures: Any) -> CaseSheet:
    return replace(sheet, figures=replace(sheet.figures, **figures))


def _figure(sheet: CaseSheet, key: str) -> Figure:
    return next(one for one in (*headline_figures(sheet), *further_figures(sheet)) if one.key == key)


def _says(figure: Figure) -> str:
    return f"{figure.convention}: {figure.derivation.inputs[0][0]}. {figure.derivation.note}"


def test_figure_by_the_rule_of_today_is_explained_by_it(sheet):
    for key in ("roi-programme", "bcr-undiscounted"):
        words = _says(_figure(sheet, key))
        assert words.startswith("first year (Phillips): Benefits of the first year. A short programme is credited with")
        assert "changed since" not in words


def test_figure_by_the_rule_until_then_is_explained_by_that(sheet):
    credited = sum(sheet.flows.benefits[:2])
    assert credited != sheet.figures.programme_benefits
    ratio = credited / sheet.figures.total_costs
    older = _with(sheet, programme_benefits=credited, roi_programme=ratio - 1, bcr_undiscounted=ratio)
    for key in ("roi-programme", "bcr-undiscounted"):
        words = _says(_figure(older, key))
        assert words.startswith("months 1 to 12 (Phillips): Benefits of months 1 to 12. As it was computed then")
        assert "The rule has changed since" in words
        assert "twelve months from the first of them on" not in words


def test_ratio_that_counted_all_benefits_is_explained_by_all_of_them(sheet):
    older = _with(sheet, bcr_undiscounted=sheet.figures.total_benefits / sheet.figures.total_costs)
    figure = _figure(older, "bcr-undiscounted")
    assert figure.convention == "undiscounted"
    assert (
        figure.derivation.inputs[0]
        == _figure(_with(sheet, programme_benefits=sheet.figures.total_benefits), "roi-programme").derivation.inputs[0]
    )
    assert "with all benefits" in figure.derivation.note


def test_figure_of_no_known_rule_says_that_the_rule_has_changed(sheet):
    older = _with(sheet, programme_benefits=Decimal("1.23"), bcr_undiscounted=None)
    for key in ("roi-programme", "bcr-undiscounted"):
        assert "by a rule that has changed since" in _figure(older, key).derivation.note


def test_version_of_before_months_is_explained_by_its_years():
    sheet = _beginning(14)
    by_year = replace(sheet, benefits=tuple(replace(line, by_column=()) for line in sheet.benefits))
    older = _with(by_year, programme_benefits=Decimal(0))
    assert "The rule has changed since" in _figure(older, "roi-programme").derivation.note
    credited = sum(sheet.flows.benefits[:3])
    assert "changed since" not in _figure(_with(by_year, programme_benefits=credited), "roi-programme").derivation.note
