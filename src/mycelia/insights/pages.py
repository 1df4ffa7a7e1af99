"""The page that documents every metric, made from the register itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mycelia.insights.types import Metric, MetricParameter

PARAMETER_NAMES = {
    MetricParameter.COURSE: gettext_lazy("a course"),
    MetricParameter.UNIT: gettext_lazy("a part of the organisation"),
    MetricParameter.SINCE: gettext_lazy("a first day"),
}


@dataclass(frozen=True)
class MetricEntry:
    """One metric, as documented."""

    id: str
    name: str
    definition: str
    unit: str
    formula: str
    source: str
    as_of: str
    version: int
    requires: str
    accepts: str


@dataclass(frozen=True)
class MetricsPage:
    """Context of `/insights/metrics/`."""

    title: str
    metrics: tuple[MetricEntry, ...]


def metrics_page(metrics: tuple[Metric, ...]) -> MetricsPage:
    """Return the page for these metrics."""
    return MetricsPage(_("Metrics"), tuple(metric_entry(metric) for metric in metrics))


def metric_entry(metric: Metric) -> MetricEntry:
    """Return one metric in the reader's language."""
    return MetricEntry(
        id=metric.id,
        name=str(metric.name),
        definition=str(metric.definition),
        unit=str(metric.unit),
        formula=str(metric.formula),
        source=str(metric.source),
        as_of=str(metric.as_of),
        version=metric.version,
        requires=_named(metric.requires),
        accepts=_named(metric.accepts),
    )


def metrics_markdown(metrics: tuple[Metric, ...]) -> str:
    """Return the same documentation as a Markdown page, for `docs/metrics.md`."""
    sections = [_section(metric_entry(metric)) for metric in metrics]
    return "\n".join(["# Metrics", "", _INTRODUCTION, "", *sections])


_INTRODUCTION = (
    "Every figure that the platform computes from its own record, declared once in `src/mycelia/insights/metrics.py`.\n"
    "This page is made by `mycelia metrics` and shows what `/insights/metrics/` shows; do not edit it by hand."
)


def _section(entry: MetricEntry) -> str:
    facts = (
        ("Id", f"`{entry.id}`"),
        ("Version", str(entry.version)),
        ("Definition", entry.definition),
        ("Unit", entry.unit),
        ("Formula", entry.formula),
        ("Source", entry.source),
        ("As of", entry.as_of),
        ("Needs", entry.requires or "nothing"),
        ("Can be narrowed to", entry.accepts or "nothing"),
    )
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts)
    return f"## {entry.name}\n\n| | |\n|---|---|\n{rows}\n"


def _named(parameters: frozenset[MetricParameter]) -> str:
    return ", ".join(str(PARAMETER_NAMES[parameter]) for parameter in MetricParameter if parameter in parameters)
