"""Every address of the product, and a view that does nothing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

CONSTANT = b"constant"


@login_not_required
def constant(request: HttpRequest) -> HttpResponse:
    """Answer with a constant."""
    return HttpResponse(CONSTANT)


urlpatterns = [path("benchmark-constant/", constant), path("", include("mycelia.config.urls"))]
