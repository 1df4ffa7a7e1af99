"""Giving and revoking roles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.access import api
from mycelia.access.errors import LastAdministrator
from mycelia.access.forms import GrantForm, RoleFilterForm
from mycelia.access.pages import grant_page, person_access_page, revocation_page, roles_page
from mycelia.kernel.errors import NotFound
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """List who holds which role."""
    require(actor_of(request), api.AssignRoles())
    page = roles_page(RoleFilterForm(request.GET), request.GET.get("page", "1"))
    return render_page(request, "access/role_list.html", page, fragment="access/_assignments.html")


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """Give a role."""
    actor = actor_of(request)
    require(actor, api.AssignRoles())
    if request.method != "POST":
        form = GrantForm(initial={"email": request.GET.get("email", "")})
        return render_page(request, "access/role_grant.html", grant_page(form))
    form = GrantForm(request.POST)
    if not form.is_valid():
        return render_page(request, "access/role_grant.html", grant_page(form), status=422)
    given = api.grant_role(actor=actor, **form.grant)
    messages.success(
        request, _("%(email)s is now %(role)s.") % {"email": given.person.email, "role": given.get_role_display()}
    )
    return redirect("access:roles")


@require_http_methods(["GET", "HEAD", "POST"])
def revocation(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Ask whether to revoke a role, and revoke it."""
    actor = actor_of(request)
    require(actor, api.AssignRoles())
    assignment = api.assignments().filter(pk=assignment_id).first()
    if assignment is None:
        raise NotFound(assignment=assignment_id)
    if request.method != "POST":
        return render_page(request, "access/role_revoke.html", revocation_page(assignment))
    try:
        api.revoke_role(actor=actor, assignment=assignment)
    except LastAdministrator as error:
        page = revocation_page(assignment, str(error))
        return render_page(request, "access/role_revoke.html", page, status=error.status)
    messages.success(request, _("%(person)s no longer holds the role.") % {"person": assignment.person.full_name})
    return redirect("access:roles")


@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show one person's roles, past and present."""
    require(actor_of(request), api.AssignRoles())
    return render_page(request, "access/person_detail.html", person_access_page(person_id))


@never_cache
@require_POST
def sign_in_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make a link by which a person sets a password, shown this once."""
    link = api.make_sign_in_link(actor=actor_of(request), person_id=person_id)
    return render_page(request, "access/person_detail.html", person_access_page(person_id, link))
