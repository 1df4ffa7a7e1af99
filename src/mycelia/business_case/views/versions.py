"""Versions: freezing, comparing, sharing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import NotPartOfCase
from mycelia.business_case.forms.versions import ComparisonForm, ShareForm, VersionForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.shared import version_page
from mycelia.business_case.pages.versions import DRAFT, ComparisonTable, comparison_table, versions_page
from mycelia.business_case.views.cases import rights_of
from mycelia.business_case.views.edges import UNPROCESSABLE, editable_case
from mycelia.kernel import clock
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions and compare two of them; a POST freezes the case as it stands."""
    if request.method != "POST":
        return _page(request, api.case_for(actor_of(request), slug))
    case = editable_case(request, slug)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _page(request, case, version_form=form, status=UNPROCESSABLE)
    version = api.freeze_case(actor=actor_of(request), case=case, title=form.cleaned_data["title"])
    messages.success(request, _("Version %(number)s is frozen.") % {"number": version.number})
    return redirect("business_case:versions", slug)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version as it was frozen."""
    case = api.case_for(actor_of(request), slug)
    found = api.version_of(case, number)
    page = version_page(case, found, api.sheet_from(found.snapshot))
    return render_page(request, "business_case/version.html", page)


@require_POST
def shares(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link to a version; it is shown on the answer to this request and never again."""
    case = editable_case(request, slug)
    form = ShareForm(request.POST, versions=_choices(case))
    if not form.is_valid():
        return _page(request, case, share_form=form, status=UNPROCESSABLE)
    version = api.version_of(case, form.cleaned_data["version"])
    _made, word = api.share_version(actor=actor_of(request), version=version, days=form.cleaned_data["days"])
    address = request.build_absolute_uri(reverse("business_case:shared", args=[word]))
    response = _page(request, case, new_link=address)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def share_revocation(request: HttpRequest, slug: str, link_id: int) -> HttpResponse:
    """Close a link."""
    case = editable_case(request, slug)
    link = api.shares_of(case).filter(pk=link_id).first()
    if link is None:
        raise NotPartOfCase(case=slug, link=link_id)
    api.revoke_share(actor=actor_of(request), link=link)
    messages.success(request, _("The link is closed."))
    return redirect("business_case:versions", slug)


def _page(
    request: HttpRequest,
    case: Case,
    *,
    version_form: VersionForm | None = None,
    share_form: ShareForm | None = None,
    new_link: str = "",
    status: int = 200,
) -> HttpResponse:
    may_edit = rights_of(actor_of(request), case).may_edit
    page = versions_page(
        case,
        list(api.versions_of(case)[:SHOWN]),
        list(api.shares_of(case)[:SHOWN]),
        comparison=_comparison(request, case),
        comparison_form=ComparisonForm(
            initial={name: request.GET.get(name, "") for name in ("before", "after")},
            versions=_choices(case),
            draft=(DRAFT, _name(DRAFT)),
        ),
        version_form=(version_form or VersionForm()) if may_edit else None,
        share_form=(share_form or ShareForm(versions=_choices(case))) if may_edit else None,
        new_link=new_link,
        moment=clock.now(),
    )
    return render_page(request, "business_case/versions.html", page, status=status)


def _choices(case: Case) -> list[tuple[int, str]]:
    return [(one.number, f"{one.number}: {one.title}") for one in api.versions_of(case)[:SHOWN]]


def _comparison(request: HttpRequest, case: Case) -> ComparisonTable | None:
    numbers = [request.GET.get(name, "") for name in ("before", "after")]
    if not all(number.isascii() and number.isdigit() and len(number) < 10 for number in numbers):
        return None
    before, after = map(int, numbers)
    new = case if after == DRAFT else api.version_of(case, after)
    found = api.compared_versions(api.version_of(case, before), new)
    return comparison_table(found, before=_name(before), after=_name(after), currency=case.currency)


def _name(number: int) -> str:
    return _("The draft") if number == DRAFT else _("Version %(number)s") % {"number": number}
