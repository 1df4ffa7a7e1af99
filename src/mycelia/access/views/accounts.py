"""Parts of other packages' sign-in pages that are not offered."""

from __future__ import annotations

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import NotFound


@login_not_required
def closed(request: HttpRequest, **captured: str) -> NoReturn:
    """Say that an e-mail is changed where people are administered.

    Raises:
        NotFound: Always.
    """
    raise NotFound(_("E-mail addresses come from your HR department and are changed there."))


@login_not_required
def sign_in_elsewhere(request: HttpRequest, **captured: str) -> HttpResponse:
    """Lead to the one sign-in page and back; whatever was posted is not looked at."""
    return redirect_to_login(request.GET.get("next", "/studio/"))


def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Lead to the one sign-out, which asks first unless a form with its token was sent, and is audited."""
    return HttpResponseRedirect(reverse("account_logout"), preserve_request=True)


def nothing_here(request: HttpRequest) -> NoReturn:
    """Answer as if there were no such page.

    Raises:
        NotFound: Always.
    """
    raise NotFound
