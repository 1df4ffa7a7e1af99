from __future__ import annotations

from datetime import date

import altair as alt
import pytest

from mycelia.ui.api import chart, chart_svg
from mycelia.ui.charts import CATEGORIES
from mycelia.ui.charts.theme import Theme
from mycelia.ui.specimens import specimen_chart
from tests.ui.pages import render

FACTS = {"title": "Up", "unit": "people", "source": "test", "as_of": date(2026, 1, 1)}


def test_chart_altair_loses_its_own_looks() -> None:
    drawing = alt.Chart(alt.InlineData([{"a": 1}])).mark_bar().encode(x="a:Q").properties(title="No", width=10)
    made = chart(drawing, columns=["a"], rows=[[1]], **FACTS)
    assert (made.spec["width"], made.spec.get("title"), made.spec.get("config")) == ("container", None, None)


def test_chart_row_of_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="as long"):
        chart({"mark": "bar"}, columns=["a", "b"], rows=[[1]], **FACTS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chart_svg_draws_with_the_colours_of_the_theme(theme: Theme) -> None:
    svg = chart_svg(specimen_chart(), theme).decode()
    assert svg.startswith("<svg")
    assert CATEGORIES[theme][0] in svg
    assert "Target 90" in svg


def test_chart_svg_address_outside_is_refused() -> None:
    outside = chart({"data": {"url": "http://127.0.0.1:9/x.json"}, "mark": "bar"}, columns=[], rows=[], **FACTS)
    with pytest.raises(ValueError, match=r"(?i)external data|allowed"):
        chart_svg(outside)


def test_chart_component_says_everything_without_script() -> None:
    markup = render('<c-chart :chart="chart" id="c" />', chart=specimen_chart())
    for expected in ("Completions passed the target in April", "cumulative", "made up", "30 June 2026", "<details"):
        assert expected in markup
    assert markup.count("<tr>") == 7


def test_chart_component_data_cannot_end_the_script() -> None:
    made = chart({"mark": "bar", "data": {"values": [{"a": "</script><b>"}]}}, columns=[], rows=[], **FACTS)
    assert "</script><b>" not in render('<c-chart :chart="chart" id="c" />', chart=made)
