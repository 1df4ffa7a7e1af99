"""Where xAPI 1.0.3 and 2.0.0 differ."""

from __future__ import annotations

import pytest

from mycelia.records.calc.validation import check_statement
from mycelia.records.errors import InvalidStatement
from tests.conformance.test_xapi_attachments import jws, send_signed
from tests.factories.records import ADA, make_statement
from tests.xapi import Lrs, a_statement

AGENTS = {"contextAgents": [{"objectType": "contextAgent", "agent": ADA, "relevantTypes": ["a:b"]}]}
GROUPS = {"contextGroups": [{"objectType": "contextGroup", "group": {"objectType": "Group", "member": [ADA]}}]}


@pytest.mark.parametrize("context", [AGENTS, GROUPS])
def test_context_agents_and_groups_are_accepted_in_2_0_and_unknown_in_1_0_3(context):
    """IEEE 9274.1.1-2023, context agents and context groups; Part Two 2.2.s4.b1.b7 for 1.0.3."""
    check_statement(make_statement(context=context), version="2.0.0")
    with pytest.raises(InvalidStatement):
        check_statement(make_statement(context=context), version="1.0.3")


@pytest.mark.parametrize(
    "context",
    [
        {"contextAgents": [{"agent": ADA}]},
        {"contextAgents": [{"objectType": "contextAgent"}]},
        {"contextAgents": [{"objectType": "contextAgent", "agent": ADA, "relevantTypes": []}]},
        {"contextAgents": [{"objectType": "contextAgent", "agent": ADA, "relevantTypes": ["x"]}]},
        {"contextAgents": {}},
        {"contextGroups": [{"objectType": "contextGroup", "group": ADA}]},
    ],
)
def test_context_agents_and_groups_that_are_malformed_are_refused(context):
    """IEEE 9274.1.1-2023, context agents and context groups."""
    with pytest.raises(InvalidStatement):
        check_statement(make_statement(context=context), version="2.0.0")


@pytest.mark.parametrize("moment", ["2026-05-01T12:00:00+02", "2026-05-01T12:00:00+0200"])
def test_short_offset_is_iso_8601_of_1_0_3_and_not_rfc_3339_of_2_0(moment):
    """Part Two 4.5 (ISO 8601, RFC 3339 recommended); IEEE 9274.1.1-2023 (RFC 3339 required)."""
    check_statement(make_statement(timestamp=moment), version="1.0.3")
    with pytest.raises(InvalidStatement):
        check_statement(make_statement(timestamp=moment), version="2.0.0")


def test_version_2_in_a_statement_is_for_2_0_alone():
    """Part Two 2.4.10."""
    for served in ("2.0", "2.0.0", "2.0.9", "1.0", "1.0.3"):
        check_statement(make_statement(version=served), version="2.0.0")
    with pytest.raises(InvalidStatement):
        check_statement(make_statement(version="2.0.0"), version="1.0.3")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-05-01T12:00:00-05:00", "2026-05-01T17:00:00Z"),
        ("2026-01-01T00:30:07.123456789+05:30", "2025-12-31T19:00:07.123456789Z"),
        ("2017-01-01T00:59:60+01:00", "2016-12-31T23:59:60Z"),
        ("2026-05-01t12:00:00.5z", "2026-05-01t12:00:00.5z"),
        ("2026-05-01T12:00:00+00:00", "2026-05-01T12:00:00+00:00"),
    ],
)
def test_moments_are_kept_in_utc_in_2_0_and_as_sent_in_1_0_3(sent, kept):
    """IEEE 9274.1.1-2023 4.2.7: the LRS converts timestamps to UTC; 1.0.3 Part Two 4.5 leaves the zone to it."""
    for version, expected in (("1.0.3", sent), ("2.0.0", kept)):
        lrs = Lrs(version=version)
        inner = {**a_statement(id=None, timestamp=sent), "objectType": "SubStatement"}
        for statement in (a_statement(timestamp=sent), a_statement(timestamp=sent, object=inner)):
            assert lrs.post(statement).status_code == 200
            found = lrs.get(statementId=statement["id"]).json()
            assert {found["timestamp"], found["object"].get("timestamp", expected)} == {expected}
            assert lrs.post(statement).status_code == 204  # equal to what is stored


@pytest.mark.django_db
def test_signed_statement_of_another_zone_is_taken_and_kept_in_utc():
    """IEEE 9274.1.1-2023 4.2.6 and 4.2.7: what was signed is compared with what was sent, then the moment converted."""
    statement = a_statement(timestamp="2026-05-01T12:00:00.250+02:00")
    lrs = Lrs(version="2.0.0")
    assert send_signed(lrs, statement, jws(statement)).status_code == 200
    assert lrs.get(statementId=statement["id"]).json()["timestamp"] == "2026-05-01T10:00:00.250Z"
