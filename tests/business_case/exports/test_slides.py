"""The slides: at most ten, native and editable, each title a finding, each chart described, each number sourced."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Emu

from mycelia.business_case.exports.slides import slides
from mycelia.business_case.pages.figures import headline_figures
from mycelia.business_case.types import BreakEven, Direction, KpiSheet, ObjectiveSheet, SourceKind
from tests.factories.case_models import HOSTILE, make_dossier, make_model

KPI = KpiSheet(
    *(1, "Time to first sale", "days", Direction.FALL),
    baseline_value=Decimal(40),
    target_value=Decimal(25),
    target_date=date(2027, 1, 1),
    owner_name="Ada Okafor",
    source_kind=SourceKind.MANUAL,
    manual_value=Decimal(33),
)


def deck_of(dossier):
    return Presentation(io.BytesIO(slides(dossier)))


def words_of(slide) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join([*texts, *cells])


@pytest.fixture(scope="module")
def deck():
    return deck_of(make_dossier(objectives=(ObjectiveSheet(1, "Sell sooner", "", (KPI,)),)))


def test_deck_has_ten_slides_whose_titles_are_findings_with_numbers(deck):
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(titles) == 10
    assert len(set(titles)) == 10
    assert titles[0] == "One platform asks for EUR\xa0342,339 over 3 years and loses EUR\xa058,903 in today's money"
    assert "1 of 1 KPIs" in titles[6]
    assert all(len(title) > 15 for title in titles)


def test_deck_shows_every_headline_figure_as_the_page_writes_it(deck):
    first = words_of(deck.slides[0])
    assert all(figure.value in first for figure in headline_figures(make_dossier().sheet))


def test_charts_are_native_hold_the_platforms_numbers_and_are_described(deck):
    charts = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 5
    assert all(len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 30 for shape in charts)
    flows = make_dossier().sheet.flows
    cash = next(shape.chart for shape in deck.slides[2].shapes if shape.has_chart)
    series = {plot.name: list(plot.values) for plot in cash.plots[0].series}
    assert series["Costs"] == pytest.approx([float(amount) for amount in flows.costs])
    assert series["Benefits"] == pytest.approx([float(amount) for amount in flows.benefits])
    assert cash.part.chart_workbook.xlsx_part is not None


def test_shares_that_would_have_to_be_true_are_told_in_percent():
    dossier = make_dossier()
    found = replace(dossier.simulation, break_evens=(BreakEven("benefit/trips/isolation", "Trips", 0.7, 0.525),))
    decide = deck_of(replace(dossier, known=found)).slides[9]
    assert "Trips: Isolation\n70.0%\n52.5%" in words_of(decide)


def test_tables_are_described(deck):
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) >= 7
    assert all(shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in tables)


def test_every_slide_says_that_it_is_a_draft_and_synthetic_and_where_its_numbers_come_from(deck):
    for slide in deck.slides:
        assert "DRAFT" in words_of(slide)
        assert "Synthetic figures" in words_of(slide)
        assert "Draft of 1 May 2026" in slide.notes_slide.notes_text_frame.text
        assert "10,000 draws, seed 1" in slide.notes_slide.notes_text_frame.text


def test_presented_case_has_no_watermark_and_names_its_fingerprint():
    deck = deck_of(make_dossier(is_draft=False, is_synthetic=False))
    for slide in deck.slides:
        assert "DRAFT" not in words_of(slide)
        assert "Synthetic" not in words_of(slide)
        assert "0" * 64 in slide.notes_slide.notes_text_frame.text


def test_nothing_stands_outside_the_slide(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= Emu(deck.slide_height)


def test_typed_words_stay_words_in_the_data_behind_a_chart(deck):
    tornado = next(shape.chart for shape in deck.slides[4].shapes if shape.has_chart)
    assert any(str(category).startswith(f"'{HOSTILE[:20]}") for category in tornado.plots[0].categories)
    book = load_workbook(io.BytesIO(tornado.part.chart_workbook.xlsx_part.blob))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_empty_case_says_plainly_what_is_not_there():
    deck = deck_of(make_dossier(make_model(costs=(), benefits=(), roadmap=make_model().roadmap.__class__())))
    text = "\n".join(words_of(slide) for slide in deck.slides)
    assert "There are no costs yet" in text
    assert "There is nothing to decide yet" in text
    assert "Enter its costs and benefits in the case, each with its source" in text
    assert not re.search(
        r"EUR\s0 (over|today)|is worth most|ever owed|probability|0\.0 months|Every line has|None|nan", text
    )
    assert not any(shape.has_chart for slide in deck.slides for shape in slide.shapes)
    assert "There is no roadmap yet" in text
    assert "No KPI is defined yet" in text
