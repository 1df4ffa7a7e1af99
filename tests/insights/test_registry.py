"""Every metric is declared once and completely, and documented as it is computed."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mycelia.insights import api
from mycelia.insights.errors import IncompleteMetric, MetricParameterMissing, UnknownMetric
from mycelia.insights.pages import metrics_markdown
from mycelia.insights.registry import blank_texts, metric
from mycelia.insights.types import Metric, MetricQuery

NOW = datetime(2026, 6, 1, tzinfo=UTC)
COMPLETE = {
    "id": "never_registered",
    "name": "Name",
    "definition": "Definition",
    "unit": "people",
    "formula": "a + b",
    "source": "The record",
    "as_of": "Now",
    "version": 1,
    "history": lambda query: (),
    "people": lambda query: (),
}


@pytest.mark.parametrize("declared", api.all_metrics(), ids=lambda declared: declared.id)
def test_every_metric_says_what_a_reader_needs(declared):
    assert blank_texts(declared) == ()
    assert declared.version >= 1


@pytest.mark.parametrize("absent", sorted(COMPLETE.keys() - {"history", "people"}))
def test_declaration_without_a_field_is_refused(absent):
    with pytest.raises(IncompleteMetric):
        metric(**{name: value for name, value in COMPLETE.items() if name != absent})(lambda query: Decimal(0))


def test_declaration_with_an_unknown_field_is_refused():
    with pytest.raises(IncompleteMetric):
        metric(**COMPLETE, colour="green")(lambda query: Decimal(0))


def test_second_declaration_of_one_id_is_refused():
    taken = {**COMPLETE, "id": api.all_metrics()[0].id}
    with pytest.raises(IncompleteMetric):
        metric(**taken)(lambda query: Decimal(0))


def test_blank_text_is_noticed():
    blank = Metric(**COMPLETE, requires=frozenset(), accepts=frozenset(), compute=lambda query: None)
    assert blank_texts(blank) == ()
    assert blank_texts(Metric(**{**vars(blank), "formula": " "})) == ("formula",)


def test_documentation_page_is_the_register():
    page = Path(__file__).parents[2] / "docs" / "metrics.md"
    assert page.read_text() == metrics_markdown(api.all_metrics()), "run: mycelia metrics > docs/metrics.md"


def test_unknown_metric_is_refused():
    with pytest.raises(UnknownMetric):
        api.metric_value("no_such_metric", MetricQuery(NOW))


def test_metric_without_its_course_is_refused():
    with pytest.raises(MetricParameterMissing):
        api.metric_value("course_completions_by_date", MetricQuery(NOW))


@pytest.mark.django_db
def test_metrics_of_an_empty_record_are_zero_or_unknown():
    values = {m.id: api.metric_value(m.id, MetricQuery(NOW, course_id=1)).value for m in api.all_metrics()}
    assert values == {
        "any_completions_by_date": Decimal(0),
        "course_completions_by_date": Decimal(0),
        "course_completion_rate": None,
    }
    assert api.metric_months("any_completions_by_date", MetricQuery(NOW)) == ()
