"""What a file tells of who said, booked, presented or decided is marked as told by a file, and proves nothing."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.html import escape
from pypdf import PdfReader

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api, models
from mycelia.business_case.errors import PresentedElsewhere
from mycelia.business_case.exports.briefs.document import brief_pdf
from mycelia.business_case.exports.record_tables import table_of
from mycelia.business_case.exports.source import Exported, presented_dossier
from mycelia.business_case.pages.comments import comment_entry
from mycelia.business_case.types import Acceptance, GateDecision
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, Role
from tests.factories.access import make_holder
from tests.factories.blueprint import make_system
from tests.factories.business_case import SYSTEM, make_actor, make_complete_case

pytestmark = pytest.mark.django_db
FORGED = "Somebody Powerful"
MARKED = (
    models.Version,
    models.Presentation,
    models.MonthClose,
    models.StageGate,
    models.Comment,
    models.LedgerFile,
    models.FindingDecision,
)
LEDGER = b"date,amount,reference,category\n2026-01-31,100,A-1,licences\n"


@pytest.fixture
def importer() -> Actor:
    return make_actor(Role.FINANCE_ANALYST)


@pytest.fixture
def restored(importer) -> models.Case:
    """A case that was never presented here, whose file says that somebody powerful did and decided."""
    made = make_complete_case("first")
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=made)
    with clock.frozen(datetime(2026, 6, 1, tzinfo=UTC)):
        api.close_month(actor=importer, case=made)
    api.decide_gate(actor=make_actor(Role.EXECUTIVE), case=made, decision=GateDecision.STOP, rationale="Enough")
    _said_and_booked(made)
    file = json.loads(_written(made))
    file["versions"][0]["presented_by"] = file["gates"][0]["decided_by"] = FORGED
    file["ledgers"][0]["imported_by"] = file["blueprint"]["findings"][0]["decided_by"] = FORGED
    for comment in file["comments"]:
        comment["written_by"] = comment["resolved_by"] = FORGED
    models.FindingDecision.objects.all().delete()
    return api.restore_case(actor=importer, content=json.dumps(file).encode(), slug="second").case


def _said_and_booked(case: models.Case) -> None:
    """Comment it, resolve that, book a file, and accept what the readiness check finds."""
    person = make_actor(Role.FINANCE_ANALYST)
    comment = api.add_comment(actor=person, case=case, item="terms", text="Agreed by the board")
    api.resolve_comment(actor=person, comment=comment)
    api.import_ledger(actor=person, case=case, content=LEDGER, file_name="january.csv")
    make_system(users_active=250)
    found = next(one.finding for one in api.readiness(SYSTEM, case) if one.finding.rule == "unused_licences")
    accepted = Acceptance(0, "Fewer licences", Decimal(4500))
    api.accept_finding(actor=person, finding=found, case=case, acceptance=accepted, source="The check")


def _written(case: models.Case) -> bytes:
    return api.write_case_file(api.case_file(models.Case.objects.get(pk=case.pk)))


def _decide(case: models.Case) -> models.StageGate:
    executive = make_actor(Role.EXECUTIVE)
    return api.decide_gate(actor=executive, case=case, decision=GateDecision.CONTINUE, rationale="On course")


def test_each_restored_record_names_who_restored_it_and_keeps_that(restored, importer):
    for table in MARKED:
        row: Any = table.objects.get(case=restored)
        assert (row.restored_by_id, row.restored_by_name) == (importer.person_id, importer.label)
        assert row.is_restored
        assert not any(one.is_restored for one in table.objects.filter(case__slug="first"))
        for change in ({"restored_at": None}, {"restored_by_name": ""}):
            with pytest.raises(DatabaseError), transaction.atomic():
                table.objects.filter(pk=row.pk).update(**change)


def test_audit_log_tells_what_the_file_claims(restored):
    details = AuditEntry.objects.get(action="business_case.case_restored").details
    assert [one["presented_by"] for one in details["presentations"]] == [FORGED]
    assert [(one["decision"], one["decided_by"]) for one in details["gates"]] == [("stop", FORGED)]
    assert (details["versions"], details["months"]) == (1, 1)
    assert [one["written_by"] for one in details["comments"]] == [FORGED]
    assert [(one["file"], one["imported_by"]) for one in details["ledgers"]] == [("january.csv", FORGED)]
    assert [one["decided_by"] for one in details["findings"]] == [FORGED]


def test_nothing_is_decided_on_a_restored_presentation_until_the_case_is_presented_here(restored):
    with pytest.raises(PresentedElsewhere):
        _decide(restored)
    assert api.gates_of(restored).count() == 1
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=restored)
    gate = _decide(restored)
    assert (gate.number, gate.presentation.number, gate.is_restored) == (2, 2, False)


def test_every_page_that_names_who_presented_or_decided_says_that_it_is_from_a_file(restored, importer, client):
    client.force_login(make_holder(Role.EXECUTIVE))
    mark = escape(f"; restored from a file by {importer.label} on ")
    for page, times in (("", 1), ("versions/", 1), ("actuals/", 3)):
        shown = client.get(f"/case/second/{page}").content.decode()
        assert shown.count(mark) == times, page
        assert mark not in client.get(f"/case/first/{page}").content.decode()
    actuals = client.get("/case/second/actuals/").content.decode()
    assert "Present the case here" in actuals
    assert 'name="rationale"' not in actuals
    answer = client.post("/case/second/actuals/gates/", {"decision": "continue", "rationale": "On course"})
    assert answer.status_code == 409
    assert api.gates_of(restored).count() == 1


def test_what_was_said_booked_and_accepted_elsewhere_says_that_it_is_from_a_file(restored, importer, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    mark = escape(f"; restored from a file by {importer.label} on ")
    key = models.FindingDecision.objects.get().finding_key
    for page, times in (("comments/", 2), ("actuals/ledger/", 1)):
        shown = client.get(f"/case/second/{page}").content.decode()
        assert shown.count(FORGED) >= times, page
        assert shown.count(mark) >= times, page
        assert mark not in client.get(f"/case/first/{page}").content.decode()
    assert mark in client.get(f"/case/blueprint/readiness/{key}/").content.decode()


def test_what_is_done_here_with_a_restored_record_is_no_longer_told_by_a_file(restored, importer):
    comment = models.Comment.objects.get(case=restored)
    person = make_actor(Role.FINANCE_ANALYST)
    api.reopen_comment(actor=person, comment=comment)
    comment = api.resolve_comment(actor=person, comment=comment)
    shown = comment_entry(restored, comment, {}, "")
    assert importer.label in shown.written
    assert importer.label not in shown.resolved
    decision = models.FindingDecision.objects.get()
    finding = api.standing_of(SYSTEM, decision.finding_key).finding
    models.BenefitLine.objects.filter(key=decision.item_key).delete()
    assert not api.dismiss_finding(actor=person, finding=finding, reason="Season").is_restored


def test_brief_of_a_restored_presentation_says_that_it_is_from_a_file(restored, importer):
    presentation = api.latest_presentation(restored)
    pdf = brief_pdf(presented_dossier(presentation))
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
    assert f"Presented by {FORGED} on" in text
    assert f"restored from a file by {importer.label}" in text


def test_tables_mark_what_came_from_a_file_and_nothing_else(restored, importer):
    marked = ("versions", "months", "gates", "comments", "bookings", "findings")
    for name in marked:
        rows = _rows(restored, name)
        assert {row["restored_by"] for row in rows} == {importer.label}, name
        assert all(datetime.fromisoformat(row["restored_at"]) for row in rows)
    first = models.Case.objects.get(slug="first")
    for name in marked[:-1]:
        assert {(row["restored_by"], row["restored_at"]) for row in _rows(first, name)} == {("", "")}, name
    assert [row["is_resolution_restored"] for row in _rows(restored, "comments")] == ["1"]


def test_tables_mark_no_resolution_made_here(restored):
    person = make_actor(Role.FINANCE_ANALYST)
    comment = models.Comment.objects.get(case=restored)
    api.resolve_comment(actor=person, comment=api.reopen_comment(actor=person, comment=comment))
    assert [(row["is_resolution_restored"], bool(row["restored_by"])) for row in _rows(restored, "comments")] == [
        ("0", True)
    ]


def _rows(case: models.Case, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_of(Exported(case), name).decode("utf-8-sig"))))


def test_mark_is_of_this_installation_and_stays_out_of_the_file(restored):
    assert b"restored" not in _written(restored)
