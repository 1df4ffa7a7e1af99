"""Pages of `insights`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.insights import api
from mycelia.insights.pages import metrics_page
from mycelia.insights.permissions import ReadMetricDefinitions
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Show how every metric is defined and computed."""
    require(actor_of(request), ReadMetricDefinitions())
    return render_page(request, "insights/metric_list.html", metrics_page(api.all_metrics()))
