"""Who looks at what; imported once Django is set up."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils.crypto import get_random_string

from mycelia.content.models import CoursePage
from mycelia.demo.design.accounts import EXECUTIVE, LEARNER, MANAGER
from mycelia.demo.loading.cases import COMPLETE_SLUG
from mycelia.people.models import Person

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def addresses() -> dict[str, tuple[str, str]]:
    """Return name, visitor's e-mail and path of each page that is measured."""
    slug = CoursePage.objects.live().order_by("-first_published_at", "slug").values_list("slug", flat=True)[0]
    return {
        "home": (LEARNER.email, "/"),
        "home_of_manager": (MANAGER.email, "/"),
        "my_learning": (LEARNER.email, "/learn/"),
        "catalogue": (LEARNER.email, "/catalog/"),
        "catalogue_search": (LEARNER.email, "/catalog/?q=feedback"),
        "course": (LEARNER.email, f"/catalog/{slug}/"),
        "team": (MANAGER.email, "/talent/team/"),
        "case": (EXECUTIVE.email, f"/case/{COMPLETE_SLUG}/"),
    }


def signed_in(email: str) -> Client:
    """Return a client with the session of a person."""
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(Person.objects.get(email=email), backend=BACKEND)
    return client


def session_keys(count: int) -> list[str]:
    """Return the keys of new sessions for people from all over the company, managers among them as often as there."""
    everybody = list(Person.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))
    chosen = everybody[:: max(1, len(everybody) // count)][:count]
    return [_session_key(person) for person in Person.objects.filter(pk__in=chosen)]


def form_cookie() -> str:
    """Return the cookie that a browser has after its first page with a form."""
    return f"{settings.CSRF_COOKIE_NAME}={get_random_string(32)}"


def _session_key(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
