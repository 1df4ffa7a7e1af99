"""Errors of the metric register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import InvalidInput, NotFound


class UnknownMetric(NotFound):
    """No metric of that id is registered."""

    code = "unknown_metric"
    default_message = _("There is no such metric. The list of metrics shows what can be measured.")


class MetricParameterMissing(InvalidInput):
    """The metric cannot be computed without a parameter it requires."""

    code = "metric_parameter_missing"
    default_message = _("This metric needs a course to be computed for. Choose one.")


class IncompleteMetric(ValueError):
    """A declaration lacks a field; raised while the program starts, for its author."""
