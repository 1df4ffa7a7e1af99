"""Two people who accept one finding at once: one line, and a reason for the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from mycelia.business_case import api
from mycelia.business_case.api import Acceptance
from mycelia.business_case.errors import DecidedAlready
from mycelia.business_case.models import BenefitLine, Case, FindingDecision
from mycelia.business_case.types import ReadinessFinding
from tests.factories.blueprint import SYSTEM, make_system
from tests.factories.business_case import make_case

pytestmark = pytest.mark.django_db(transaction=True)


def _accept(barrier: Barrier, finding: ReadinessFinding, case: Case) -> str:
    acceptance = Acceptance(0, "Fewer licences", Decimal(4500))
    try:
        barrier.wait()
        api.accept_finding(actor=SYSTEM, finding=finding, case=case, acceptance=acceptance, source="Check")
    except DecidedAlready:
        return "refused"
    finally:
        connection.close()
    return "accepted"


@pytest.mark.parametrize("is_same_case", [True, False])
def test_finding_accepted_twice_at_once_becomes_one_line(is_same_case: bool) -> None:
    make_system()
    first = make_case()
    cases = [first, first if is_same_case else make_case()]
    finding = next(one.finding for one in api.readiness(SYSTEM) if one.finding.rule == "unused_licences")
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(lambda case: _accept(barrier, finding, case), cases))
    assert done == ["accepted", "refused"]
    assert BenefitLine.objects.count() == FindingDecision.objects.count() == 1
