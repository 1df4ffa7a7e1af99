"""Visiting an address as somebody, and the table of answers that are expected.

`url_answers.csv` has one row for each address pattern and one column for each role. An answer is the status, or
"sign-in" for a redirect to the sign-in page. The method is the one the address is for: GET, or POST where it only
takes that (an empty form, so that a role that may act gets the form back, 422, or a redirect).
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from mycelia.kernel.policy import Role
from tests.access.addresses import Address

TABLE = Path(__file__).with_name("url_answers.csv")
VISITORS = ("anonymous", *(role.value for role in Role))
Row = dict[str, str]


def read_table() -> dict[str, Row]:
    """Return the expected answers by pattern."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["pattern"]: row for row in csv.DictReader(file)}


class Visitor:
    """Somebody who visits addresses, signed in once; None is nobody."""

    def __init__(self, person: Any) -> None:
        self._session = ""
        if person is not None:
            client = Client()
            client.force_login(person)
            self._session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def visit(self, address: Address, method: str) -> str:
        """Return the answer, undoing whatever the visit changed."""
        client = Client(raise_request_exception=False, headers={"host": address.host} if address.host else None)
        if self._session:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._session
        with transaction.atomic():
            response = client.generic(method, address.path)
            b"".join(response)
            transaction.set_rollback(True)
        location = response.headers.get("Location", "")
        return "sign-in" if location.startswith(("/accounts/login/", "/studio/login/")) else str(response.status_code)
