"""Requests and templates for tests of the design system; nothing here touches the database."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template import Context, RequestContext, engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from mycelia.kernel.policy import Actor, Role, RoleGrant


def request_as(*roles: Role, path: str = "/", **headers: Any) -> HttpRequest:
    """Return a request of a person with these roles."""
    request = RequestFactory().get(path, **headers)
    request.user = "Ada Byron"
    request.actor = Actor(1, "Ada Byron", tuple(RoleGrant(role) for role in roles))
    return request


def render(markup: str, request: HttpRequest | None = None, **context: Any) -> str:
    """Render markup with components, as a template file would be."""
    template = engines["django"].from_string(CottonCompiler().process(markup)).template
    made = RequestContext(request, context) if request else Context(context)
    return str(template.render(made))
