"""Slides with native titles, tables and charts that stay editable, each with notes and alternative text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.tables import safe

WIDTH, HEIGHT, OLD_WIDTH = Inches(13.333), Inches(7.5), Inches(10)
LEFT, TOP, INNER = Inches(0.6), Inches(1.55), Inches(12.13)
TITLE_ONLY = 5
ACCENT, QUIET, INK = RGBColor(0x14, 0x56, 0x3F), RGBColor(0x58, 0x64, 0x5E), RGBColor(0x1D, 0x25, 0x21)
ALARM = RGBColor(0xB4, 0x23, 0x18)
COLOURS = tuple(RGBColor.from_string(code) for code in ("14563F", "C2570C", "3B62B5", "8B4A94", "8A6A00", "5B6660"))

Place = tuple[int, int, int, int]
"""Left, top, width and height."""
WHOLE: Place = (LEFT, TOP, INNER, Inches(5.2))
UPPER: Place = (LEFT, TOP, INNER, Inches(2.4))
LOWER: Place = (LEFT, Inches(4.1), INNER, Inches(2.75))
FIRST_HALF: Place = (LEFT, TOP, Inches(5.9), Inches(5.2))
SECOND_HALF: Place = (Inches(6.8), TOP, Inches(5.93), Inches(5.2))


class Deck:
    """A presentation being made.

    Args:
        label: Stands at the foot of every slide.
        watermark: Stands above every slide; empty for none.
    """

    def __init__(self, dossier: Dossier, label: str, watermark: str) -> None:
        self.file = Presentation()
        self.label, self.watermark = label, watermark
        self.file.slide_width, self.file.slide_height = WIDTH, HEIGHT
        for layout in (self.file.slide_master, *self.file.slide_layouts):
            _widen(layout)
        core = self.file.core_properties
        core.title, core.subject, core.author = dossier.name, dossier.standing, "Mycelia"
        core.created = core.modified = dossier.as_of.replace(tzinfo=None)

    def slide(self, finding: str, *, notes: str) -> Slide:
        """Begin a slide whose title states a finding; its notes say where that comes from."""
        made = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        title = made.shapes.title
        title.left, title.top, title.width, title.height = LEFT, Inches(0.45), INNER, Inches(1.0)
        title.text_frame.text = finding
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _style(title.text_frame, size=26 if len(finding) < 80 else 22, bold=True, colour=ACCENT)
        made.notes_slide.notes_text_frame.text = notes
        slide = Slide(made)
        if self.watermark:
            slide.words((Inches(11.4), Inches(0.12), Inches(1.5), Inches(0.4)), [self.watermark], size=16, colour=ALARM)
        slide.words((LEFT, Inches(6.95), INNER, Inches(0.35)), [self.label], size=10, colour=QUIET)
        return slide

    def finish(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


class Slide:
    """One slide being filled."""

    def __init__(self, made: Any) -> None:
        self.made = made

    def words(self, place: Place, lines: Sequence[str], *, size: int = 18, colour: RGBColor = INK) -> None:
        """Write lines of text."""
        frame = self.made.shapes.add_textbox(*place).text_frame
        frame.word_wrap = True
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text, paragraph.space_after = line, Pt(size / 2)
        _style(frame, size=size, colour=colour)

    def table(self, place: Place, heads: Sequence[str], rows: Sequence[Sequence[str]], *, named: str) -> None:
        """Write a table; its first column is the widest, the others stand to the right."""
        left, top, width, _height = place
        shape = self.made.shapes.add_table(len(rows) + 1, len(heads), left, top, width, Inches(0.36 * (len(rows) + 1)))
        _describe(shape, named)
        table = shape.table
        first = int(width * {2: 0.6, 3: 0.5}.get(len(heads), 0.34))
        for number, column in enumerate(table.columns):
            column.width = first if number == 0 else (width - first) // (len(heads) - 1)
        for row, cells in enumerate((heads, *rows)):
            for column, words in enumerate(cells):
                _fill(table.cell(row, column), words, is_head=row == 0)

    def chart(
        self,
        place: Place,
        kind: XL_CHART_TYPE,
        categories: Sequence[str],
        series: Sequence[tuple[str, Sequence[float]]],
        *,
        named: str,
    ) -> Any:
        """Draw a native chart and return it; in the workbook behind it, typed words never become formulas."""
        data = CategoryChartData(number_format="#,##0")
        data.categories = [safe(category) for category in categories]
        for name, values in series:
            data.add_series(safe(name), list(values))
        shape = self.made.shapes.add_chart(kind, *place, data)
        _describe(shape, named)
        chart = shape.chart
        _dress(chart, has_legend=len(series) > 1)
        return chart


def every_half_year(chart: Any) -> None:
    """Label every sixth month of a chart by month."""
    axis = chart.category_axis._element
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = axis.makeelement(qn(tag), {"val": "6"})
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _widen(layout: Any) -> None:
    """Stretch the placeholders of a layout from the old screen's width to the new one's."""
    for shape in layout.placeholders:
        shape.left, shape.width = int(shape.left * WIDTH / OLD_WIDTH), int(shape.width * WIDTH / OLD_WIDTH)


def _style(frame: Any, *, size: int, colour: RGBColor, bold: bool = False) -> None:
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(size), bold, colour


def _describe(shape: Any, words: str) -> None:
    """Give a picture-like shape its alternative text."""
    properties = shape._element.nvGraphicFramePr.cNvPr
    properties.set("descr", words)


def _fill(cell: Any, words: str, *, is_head: bool) -> None:
    cell.text = words
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = ACCENT if is_head else RGBColor(0xF7, 0xFA, 0xF8)
    _style(cell.text_frame, size=12, bold=is_head, colour=RGBColor(0xFF, 0xFF, 0xFF) if is_head else INK)


def _dress(chart: Any, *, has_legend: bool) -> None:
    chart.font.size, chart.font.color.rgb = Pt(12), QUIET
    chart.has_title, chart.has_legend = False, has_legend
    if has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xE2, 0xE6, 0xE3)
    chart.value_axis.format.line.fill.background()
    chart.value_axis.tick_labels.number_format = "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for number, series in enumerate(chart.plots[0].series):
        colour = COLOURS[number % len(COLOURS)]
        if chart.chart_type in (XL_CHART_TYPE.LINE, XL_CHART_TYPE.LINE_MARKERS):
            series.format.line.color.rgb, series.format.line.width, series.smooth = colour, Pt(2.5), False
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
