"""Every address of the project answers every role exactly as the table says; an address without a row fails.

After adding an address, run `pytest tests/access/write_answers.py` and read every new cell as if somebody else had
written it: the table is what is allowed, not what happens to be.
"""

from __future__ import annotations

import pytest

from mycelia.kernel.policy import Role
from tests.access.addresses import every_address
from tests.access.answers import VISITORS, Visitor, read_table
from tests.access.company import Company, build_company

# The studio leaves the temporary files of its thumbnails to the garbage collector, which tells.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
PUBLIC = (
    "accounts/",
    "case/shared/",
    "content origin ",
    "healthz",
    "xapi/",
    "metrics",
    "manifest.webmanifest",
    "sw.js",
    "offline/",
    "appearance/",
)
OPERATORS = ("platform/roles/", "platform/audit/", "platform/")


@pytest.fixture
def company() -> Company:
    return build_company()


def test_table_has_a_row_for_every_address_and_no_other(company):
    assert set(read_table()) == {address.route for address in every_address(company)}


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_answers_as_the_table_says(company, visitor):
    table = read_table()
    somebody = Visitor(company.people.get(visitor))
    wrong = [
        f"{row['method']} {address.path} ({address.route}): {answer}, not {row[visitor]}"
        for address in every_address(company)
        if (row := table.get(address.route)) is not None
        and (answer := somebody.visit(address, row["method"])) != row[visitor]
    ]
    assert wrong == []


def test_table_sends_strangers_to_sign_in_from_everything_that_is_not_public():
    wrong = [
        pattern
        for pattern, row in read_table().items()
        if row["anonymous"] != "sign-in" and not pattern.startswith(PUBLIC)
    ]
    assert wrong == []


def test_table_holds_no_server_error():
    assert [pattern for pattern, row in read_table().items() if any(row[v].startswith("5") for v in VISITORS)] == []


def test_table_lets_nobody_but_it_administrators_operate_the_platform():
    others = [role.value for role in Role if role is not Role.IT_ADMINISTRATOR]
    open_to_others = {
        pattern
        for pattern, row in read_table().items()
        if pattern.startswith(OPERATORS) and any(row[role] not in {"403", "404"} for role in others)
    }
    assert open_to_others == {
        *("platform/design/", "platform/records/", "platform/records/<uuid:statement_id>/"),
        "platform/records/<uuid:statement_id>/attachments/<str:sha2>/",
    }


def test_table_keeps_the_studio_to_its_roles():
    outside = ("learner", "manager", "finance_analyst", "executive", "it_administrator")
    entered = [
        pattern
        for pattern, row in read_table().items()
        if pattern.startswith("studio/") and any(row[role] in {"200", "422"} for role in outside)
    ]
    assert entered == []
