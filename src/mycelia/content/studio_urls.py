"""The studio's addresses: Wagtail's, behind our door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from traceback import walk_tb
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from mycelia.content import api
from mycelia.content.studio_policy import apply_studio_policy
from mycelia.kernel.errors import InvalidInput
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of

log = structlog.get_logger(__name__)
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
        try:
            response = view(request, *args, **kwargs)
            apply_studio_policy(response)
            # A form that is shown again reads what was sent once more, while it is rendered.
            return response.render() if isinstance(response, SimpleTemplateResponse) else response
        except (ValueError, ValidationError, MultiValueDictKeyError, OSError, SyntaxError) as error:
            if not is_malformed_input(error):
                raise
            log.warning("studio_input_malformed", exc_info=True)
            raise InvalidInput from error

    return enter


def is_malformed_input(error: Exception) -> bool:
    """Return whether what was sent could not be read by Wagtail, which answers such input with an exception.

    An error raised within the product's own code is a bug and stays one. Pillow tells of damaged pictures by an
    OSError without number, and by a SyntaxError; those with a number are the machine's troubles.
    """
    *_callers, innermost = walk_tb(error.__traceback__)
    module = str(innermost[0].f_globals.get("__name__", ""))
    if isinstance(error, OSError):
        return error.errno is None
    if isinstance(error, SyntaxError):
        return module.startswith("PIL.")
    return not module.startswith("mycelia.")


urlpatterns = decorate_urlpatterns(list(wagtail_urls.urlpatterns), studio_door)
