"""Native charts of the outputs; they follow the cells they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs

from mycelia.business_case.exports.workbook.book import ACCENT, FONT, QUIET, RULE, Book, Sheet
from mycelia.business_case.exports.workbook.options import OptionRows
from mycelia.business_case.exports.workbook.outputs import LABEL_WIDTH, Outputs

COLOURS = (ACCENT, "#c2570c", "#3b62b5", "#8b4a94", "#8a6a00", "#5b6660")
SIZE = {"width": 620, "height": 300}


def write_charts(book: Book, sheet: Sheet, options: Sequence[OptionRows], outputs: Outputs, preferred: int) -> None:
    """Draw the years of the preferred option, and the balance of every option by month."""
    column = LABEL_WIDTH + max(len(outputs.years[0].net.values), len(options)) + 1
    sheet.paper.insert_chart(1, column, _years(book, outputs, preferred), _placed(_("Costs and benefits by year")))
    balances = _balances(book, options, preferred)
    sheet.paper.insert_chart(17, column, balances, _placed(_("Cumulative net benefit of every option by month")))


def _placed(words: str) -> dict[str, Any]:
    return {"description": words, "object_position": 2}


def _years(book: Book, outputs: Outputs, preferred: int) -> Any:
    block = outputs.years[preferred]
    heads = xl_range_abs(block.row, LABEL_WIDTH, block.row, LABEL_WIDTH + len(block.net.values) - 1)
    bars = book.file.add_chart({"type": "column"})
    for words, area, colour in ((_("Costs"), block.costs, COLOURS[1]), (_("Benefits"), block.benefits, COLOURS[0])):
        bars.add_series(_series(words, f"={outputs.sheet}!{heads}", f"={outputs.sheet}!{area.text}", fill=colour))
    line = book.file.add_chart({"type": "line"})
    words = _("Cumulative net")
    line.add_series(
        _series(words, f"={outputs.sheet}!{heads}", f"={outputs.sheet}!{block.balance.text}", stroke=COLOURS[2])
    )
    bars.combine(line)
    return _dressed(bars, _("Costs, benefits and cumulative net by year: %s") % block.name)


def _balances(book: Book, options: Sequence[OptionRows], preferred: int) -> Any:
    chart = book.file.add_chart({"type": "line"})
    others = (colour for _turn in range(len(options)) for colour in COLOURS[1:])
    for number, rows in enumerate(options):
        colour = COLOURS[0] if number == preferred else next(others)
        chart.add_series(
            _series(rows.name, f"={rows.grid.index.abroad.text}", f"={rows.balance.abroad.text}", stroke=colour)
        )
    return _dressed(chart, _("Cumulative net benefit by month"), interval=6)


def _series(name: str, categories: str, values: str, *, fill: str = "", stroke: str = "") -> dict[str, Any]:
    series: dict[str, Any] = {"name": name.lstrip("="), "categories": categories, "values": values}
    if fill:
        return {**series, "fill": {"color": fill}, "gap": 80}
    return {**series, "line": {"color": stroke, "width": 2}}


def _dressed(chart: Any, title: str, *, interval: int = 1) -> Any:
    font = {"name": FONT, "size": 9, "color": QUIET}
    chart.set_title({"name": title.lstrip("="), "name_font": {"name": FONT, "size": 12, "bold": True}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_x_axis({"interval_unit": interval, "num_font": font, "label_position": "low", "line": {"color": RULE}})
    chart.set_y_axis(
        {"num_font": font, "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": RULE}}}
    )
    chart.set_size(SIZE)
    chart.set_chartarea({"border": {"none": True}})
    return chart
