"""The studio's addresses: Wagtail's, behind our door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from mycelia.content import api
from mycelia.content.studio_policy import apply_studio_policy
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of

View = Callable[..., HttpResponseBase]


def studio_door(view: View) -> View:
    """Let in whoever holds a studio role now, with the groups of exactly those roles.

    Roles may end by date, of which no event tells; so the groups are aligned on entering as well.
    """

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_superuser:
            require(actor_of(request), api.EnterStudio())
            api.align_studio_groups(person_id=request.user.pk, roles={grant.role for grant in actor_of(request).grants})
        response = view(request, *args, **kwargs)
        apply_studio_policy(response)
        return response

    return enter


urlpatterns = decorate_urlpatterns(list(wagtail_urls.urlpatterns), studio_door)
