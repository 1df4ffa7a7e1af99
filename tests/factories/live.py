"""A live server with both origins, and pages of a browser signed in to it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from mycelia.delivery.models import Attempt
from mycelia.people.models import Person


@dataclass(frozen=True)
class LiveSite:
    """The app's origin and the content's, both served by this process."""

    app: str
    content: str
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, browser: Browser, person: Person, **options: object) -> BrowserContext:
        """Return a browser context in which a person is signed in; it is closed with the test."""
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        name = django_settings.SESSION_COOKIE_NAME
        context = browser.new_context(**options)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.app, "httpOnly": True}])
        self.contexts.append(context)
        return context

    def close(self) -> None:
        """Close the windows and wait until the server has answered them, so that the tables can be emptied."""
        for context in self.contexts:
            context.close()
        deadline = time.monotonic() + 10
        while _working() and time.monotonic() < deadline:
            time.sleep(0.05)

    def open_player(self, browser: Browser, attempt: Attempt, **options: object) -> Page:
        """Open the player of an attempt as its learner."""
        page = self.context(browser, attempt.learner, **options).new_page()
        page.goto(f"{self.app}/learn/attempts/{attempt.pk}/")
        return page


@pytest.fixture(scope="session")
def static_root() -> Path:
    """The folder of collected files; the server warns where there is none. Files themselves come from the finders."""
    root = Path(django_settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return root


def _working() -> bool:
    """Return whether a request still holds a transaction, in two looks a moment apart."""
    with connection.cursor() as cursor:
        for _look in range(2):
            time.sleep(0.15)
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle' AND backend_type = 'client backend'"
            )
            if cursor.fetchone()[0]:
                return True
    return False


@pytest.fixture
def live_site(
    static_root: Path, transactional_db: None, live_server: LiveServer, settings: Settings
) -> Iterator[LiveSite]:
    """Both origins on one port: the app at localhost, content at 127.0.0.1."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    port = urlsplit(live_server.url).port
    site = LiveSite(f"http://localhost:{port}", f"http://127.0.0.1:{port}")
    settings.MYCELIA_PUBLIC_URL = site.app
    origin, settings.MYCELIA_CONTENT_ORIGIN = settings.MYCELIA_CONTENT_ORIGIN, site.content
    settings.ALLOWED_HOSTS = ["localhost"]
    # What may be framed stays what the settings say, but for the address; a test could not see it open otherwise.
    policy = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    framed = [site.content if one == origin else one for one in policy["frame-src"]]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "frame-src": framed}}
    yield site
    site.close()
