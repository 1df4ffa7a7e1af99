"""Ledger, readings, closed months, plan and actual, and stage gates."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from mycelia.access import api as access
from mycelia.audit.models import AuditEntry
from mycelia.business_case import api
from mycelia.business_case.api import KpiTerms, SourceKind
from mycelia.business_case.errors import InvalidTerms, LedgerRefused, MonthNotOver, NothingToClose, NotPresented
from mycelia.business_case.models import BenefitLine, Case, CostLine, Kpi, LedgerEntry, MonthClose, StageGate
from mycelia.business_case.pages import formats
from mycelia.business_case.types import EvidenceGrade, GateDecision, Proof, Reading
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import (
    SYSTEM,
    make_actor,
    make_case,
    make_complete_case,
    make_kpi_terms,
)
from tests.factories.case_edits import change_kpi
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db
HEADER = b"date,amount,reference,category,kind,item\n"


def booked(case: Case, *rows: str, name: str = "bookings.csv"):
    content = HEADER + "\n".join(rows).encode()
    return api.import_ledger(actor=SYSTEM, case=case, content=content, file_name=name)


def started(**terms) -> Case:
    return make_complete_case(start=date(2026, 1, 1), **terms)


def proven(case: Case, **kpi) -> Kpi:
    """Let the case's benefit claim its KPI, whose values come from an uploaded series."""
    found = Kpi.objects.get(case=case)
    series = {"source_kind": SourceKind.SERIES, "manual_value": None, "manual_value_date": None}
    change_kpi(found, KpiTerms(**{**vars(make_kpi_terms()), **series, **kpi}))
    BenefitLine.objects.filter(case=case).update(
        kpi=found, claimed_movement=Decimal(20), evidence_grade=EvidenceGrade.BEFORE_AFTER
    )
    return Kpi.objects.get(pk=found.pk)


def test_file_is_booked_once_however_often_it_is_sent() -> None:
    case = started()
    row = "2026-01-31,100.50,A-1,licences,,"
    assert len(booked(case, row).new) == 1
    again = booked(case, row, "2026-02-28,7,A-2,support,,")
    assert (len(again.new), again.unchanged) == (1, 1)
    assert sorted(LedgerEntry.objects.filter(case=case).values_list("amount", flat=True)) == [
        Decimal(7),
        Decimal("100.50"),
    ]
    assert booked(case, row).new == ()
    assert case.ledger_files.count() == 2


def test_file_with_one_bad_row_books_nothing_and_names_it() -> None:
    case = started()
    booked(case, "2026-01-31,1,A-1,licences,,")
    with pytest.raises(LedgerRefused) as refused:
        booked(case, "2026-02-01,1,NEW,licences,,", "2026-02-30,1,A-2,licences,,", "2026-01-31,2,A-1,licences,,")
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, "date"), (4, "reference")]
    assert LedgerEntry.objects.filter(case=case).count() == 1


def test_booking_of_a_benefit_names_its_line_by_description() -> None:
    case = started()
    booked(case, "2026-02-10,500,B-1,,benefit,All of it")
    assert LedgerEntry.objects.get().item_key == BenefitLine.objects.get(case=case).key


def test_file_that_was_removed_takes_its_bookings_along() -> None:
    case = started()
    booked(case, "2026-01-31,1,A-1,licences,,")
    api.remove_ledger_file(actor=SYSTEM, file=case.ledger_files.get())
    assert not LedgerEntry.objects.exists()
    assert AuditEntry.objects.filter(action="business_case.ledger_removed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_file_sent_twice_at_the_same_moment_is_booked_once() -> None:
    case = started()
    rows = [f"2026-01-31,{number},R-{number},licences,," for number in range(1, 40)]

    def send(_: int) -> int:
        try:
            return len(booked(Case.objects.get(pk=case.pk), *rows).new)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = sorted(pool.map(send, range(4)))
    assert counts == [0, 0, 0, 39]
    assert LedgerEntry.objects.filter(case=case).count() == 39


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.LEARNER, Role.IT_ADMINISTRATOR])
def test_only_who_edits_the_case_books_reads_and_closes(role: Role) -> None:
    case = started()
    kpi = proven(case)
    actor = make_actor(role)
    with pytest.raises(PermissionDenied):
        api.import_ledger(actor=actor, case=case, content=HEADER, file_name="x")
    with pytest.raises(PermissionDenied):
        api.close_month(actor=actor, case=case)
    with pytest.raises(PermissionDenied):
        api.record_readings(actor=actor, kpi=kpi, readings=[Reading(date(2026, 1, 2), Decimal(1), "Report")])


def test_analyst_of_another_unit_reaches_nothing_of_the_case() -> None:
    unit, other = make_unit(), make_unit()
    case = started(scope_unit_id=unit.pk)
    stranger = make_actor(Role.FINANCE_ANALYST, unit_path=other.path)
    with pytest.raises(PermissionDenied):
        api.close_month(actor=stranger, case=case)
    client = Client()
    person = make_person()
    access.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.FINANCE_ANALYST, unit_id=other.pk)
    client.force_login(person)
    for address in ("", "ledger/"):
        assert client.get(f"/case/{case.slug}/actuals/{address}").status_code == 404
    assert client.post(f"/case/{case.slug}/actuals/closure/").status_code == 404


def test_months_close_in_order_and_never_change() -> None:
    case = started()
    booked(case, "2025-12-01,50000,A-1,licences,,", "2026-01-31,100,A-2,licences,,")
    assert [api.close_month(actor=SYSTEM, case=case).column for _ in range(2)] == [0, 1]
    close = MonthClose.objects.get(case=case, column=1)
    assert close.picture["total_costs"]["actual"][:3] == ["50000.00", "100.00", None]
    for change in (close.delete, lambda: MonthClose.objects.filter(pk=close.pk).update(picture={})):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_month_that_is_not_over_is_not_closed() -> None:
    case = make_complete_case(start=date(2099, 1, 1))
    with pytest.raises(MonthNotOver):
        api.close_month(actor=SYSTEM, case=case)
    assert not MonthClose.objects.exists()


def test_case_whose_months_are_all_closed_says_so() -> None:
    case = make_complete_case(start=date(2020, 1, 1), horizon_months=36)
    for _ in range(37):
        api.close_month(actor=SYSTEM, case=case)
    with pytest.raises(NothingToClose):
        api.close_month(actor=SYSTEM, case=case)


def test_booking_that_comes_after_the_close_counts_and_is_shown() -> None:
    case = started()
    for _ in range(2):
        api.close_month(actor=SYSTEM, case=case)
    booked(case, "2026-01-15,321,LATE,licences,,")
    assert api.performance_of(case).total_costs.actual[1] == Decimal(321)
    client = Client()
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    assert "321" in client.get(f"/case/{case.slug}/actuals/").content.decode()


def test_benefit_counts_only_as_far_as_its_series_shows() -> None:
    case = started()
    kpi = proven(case)
    for _ in range(3):
        api.close_month(actor=SYSTEM, case=case)
    key = BenefitLine.objects.get(case=case).key
    assert api.performance_of(case).proofs == {key: Proof.NO_READING}
    api.record_readings(actor=SYSTEM, kpi=kpi, readings=[Reading(date(2026, 2, 10), Decimal(45), "Report 2")])
    found = api.performance_of(case)
    # Baseline 40, claimed movement 20: 45 shows a quarter; the plan of a month is a twelfth of the first year.
    assert found.proofs == {key: Proof.MEASURED}
    assert found.total_benefits.actual[:3] == (Decimal(0), Decimal(0), found.total_benefits.plan[2] / 4)


def test_reading_replaces_the_one_of_its_day_and_the_same_twice_changes_nothing() -> None:
    kpi = proven(started())
    one = Reading(date(2026, 1, 31), Decimal(41), "Report")
    assert api.record_readings(actor=SYSTEM, kpi=kpi, readings=[one]) == 1
    assert api.record_readings(actor=SYSTEM, kpi=kpi, readings=[one]) == 0
    other = Reading(one.read_on, Decimal(42), "Report, corrected")
    assert api.record_readings(actor=SYSTEM, kpi=kpi, readings=[other]) == 1
    assert [(row.value, row.evidence) for row in api.readings_of(kpi)] == [(Decimal(42), "Report, corrected")]


@pytest.mark.parametrize(
    "wrong", [Reading(date(2099, 1, 1), Decimal(1), "x"), Reading(date(2026, 1, 1), Decimal(1), " ")]
)
def test_reading_of_the_future_or_without_evidence_is_refused(wrong: Reading) -> None:
    kpi = proven(started())
    with pytest.raises(InvalidTerms):
        api.record_readings(actor=SYSTEM, kpi=kpi, readings=[wrong])


def test_reading_of_a_kpi_that_is_computed_elsewhere_is_refused() -> None:
    kpi = Kpi.objects.get(case=started())
    with pytest.raises(InvalidTerms):
        api.record_readings(actor=SYSTEM, kpi=kpi, readings=[Reading(date(2026, 1, 1), Decimal(1), "x")])


def test_decision_is_recorded_on_the_latest_presentation_and_stays() -> None:
    case = started()
    executive = make_actor(Role.EXECUTIVE)
    with pytest.raises(NotPresented):
        api.decide_gate(actor=executive, case=case, decision=GateDecision.CONTINUE, rationale="Good")
    presentation = api.present_case(actor=executive, case=case)
    gate = api.decide_gate(actor=executive, case=case, decision=GateDecision.CHANGE, rationale=" Too slow ")
    assert (gate.number, gate.presentation, gate.rationale) == (1, presentation, "Too slow")
    entry = AuditEntry.objects.get(action="business_case.gate_decided")
    assert entry.details["decision"] == "change"
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        StageGate.objects.update(decision="stop")
    with pytest.raises(PermissionDenied):
        api.decide_gate(actor=make_actor(Role.FINANCE_ANALYST), case=case, decision=GateDecision.STOP, rationale="x")
    for rationale in ("  ", "x" * 4001):
        with pytest.raises(InvalidTerms):
            api.decide_gate(actor=executive, case=case, decision=GateDecision.STOP, rationale=rationale)


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(make_holder(role))
    return client


def test_pages_of_an_empty_case_say_what_to_do() -> None:
    case = make_case()
    client = signed_in(Role.FINANCE_ANALYST)
    for address, words in (("actuals/", "No month is closed yet"), ("actuals/ledger/", "Nothing is booked yet")):
        assert words in client.get(f"/case/{case.slug}/{address}").content.decode()


@pytest.mark.parametrize("left_out", [(CostLine,), (BenefitLine,), (CostLine, BenefitLine)])
def test_page_of_a_case_without_a_side_shows_its_closed_months(
    left_out: tuple[type[CostLine | BenefitLine], ...],
) -> None:
    case = started()
    for lines in left_out:
        lines.objects.filter(case=case).delete()
    api.close_month(actor=SYSTEM, case=case)
    api.close_month(actor=SYSTEM, case=case)
    answer = signed_in(Role.FINANCE_ANALYST).get(f"/case/{case.slug}/actuals/")
    assert answer.status_code == 200
    assert "Month 1, to 31 January 2026" in answer.content.decode()


def test_overview_says_how_the_closed_months_stand() -> None:
    case = started()
    client, address = signed_in(Role.EXECUTIVE), f"/case/{case.slug}/"
    assert "forecast net benefit" not in client.get(address).content.decode()
    booked(case, "2026-01-31,100,A-1,licences,,")
    for _ in range(2):
        api.close_month(actor=SYSTEM, case=case)
    found = api.performance_of(case)
    text = client.get(address).content.decode()
    assert "To 31 January 2026 costs stand at" in text
    assert formats.money(sum(found.total_benefits.forecast) - sum(found.total_costs.forecast), "USD") in text


def test_page_shows_a_month_that_was_closed_without_columns() -> None:
    case = started()
    close = api.close_month(actor=SYSTEM, case=case)
    none = {**close.picture["total_benefits"], "plan": [], "actual": [], "forecast": []}
    told = {"closed_at": close.closed_at, "closed_by_name": close.closed_by_name}
    MonthClose.objects.create(case=case, column=1, picture={**close.picture, "total_benefits": none}, **told)
    assert signed_in(Role.FINANCE_ANALYST).get(f"/case/{case.slug}/actuals/").status_code == 200


def test_ledger_page_checks_without_booking_and_books_on_request() -> None:
    case = started()
    client = signed_in(Role.FINANCE_ANALYST)
    address = f"/case/{case.slug}/actuals/ledger/"

    def send(button: str, content: bytes):
        file = SimpleUploadedFile("bookings.csv", content, "text/csv")
        return client.post(address, {"file": file, button: "1"})

    good, bad = HEADER + b"2026-01-31,5,A-1,licences,,\n", HEADER + b"2026-01-31,x,A-1,licences,,\n"
    assert "1 new booking" in send("check", good).content.decode()
    assert not LedgerEntry.objects.exists()
    assert send("book", bad).status_code == send("check", bad).status_code == 422
    assert send("book", b"\xff").status_code == 422
    assert client.post(address, {"book": "1"}).status_code == 422
    assert not LedgerEntry.objects.exists()
    assert send("book", good).status_code == 302
    assert "A-1" in client.get(address).content.decode()


def test_booking_long_before_the_case_begins_is_named_when_checked_when_booked_and_in_the_ledger() -> None:
    case, client = started(), signed_in(Role.FINANCE_ANALYST)
    address = f"/case/{case.slug}/actuals/ledger/"
    rows = b"2026-01-31,5,A-1,licences,,\n2025-01-01,5,A-2,licences,,\n2016-01-31,5,A-3,licences,,\n"
    words = "1 booking lies more than a year before the case begins and counts at its start: is the day right? line 4"
    for button in ("check", "book"):
        file = SimpleUploadedFile("bookings.csv", HEADER + rows, "text/csv")
        assert words in client.post(address, {"file": file, button: "1"}, follow=True).content.decode()
    listed = client.get(address).content.decode()
    assert listed.count("long before the case begins") == 1
    assert "long before the case begins" in listed.partition("31 January 2016")[2].partition("</td>")[0]


def test_reading_of_a_day_that_was_read_already_says_what_it_replaces_and_the_log_keeps_it() -> None:
    case, client = started(), signed_in(Role.FINANCE_ANALYST)
    kpi = proven(case)
    here = f"/case/{case.slug}/kpis/{kpi.pk}/readings/"

    def send(value: str) -> str:
        typed = {"read_on": "2026-02-28", "value": value, "evidence": f"Report {value}"}
        return client.post(here, typed, follow=True).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "The reading is saved.<" in send("44").replace("\n", "").replace(" <", "<")
    assert "already; nothing changed" in send("44")
    assert (
        "It replaces 44 deals of 28 February 2026 (Report 44), which the audit log keeps and Undo brings back."
        in send("47")
    )
    logged = AuditEntry.objects.filter(action="business_case.readings_recorded").order_by("-pk").first()
    assert logged.details["readings"] == [
        {"read_on": "2026-02-28", "value": "47", "instead_of": "44.0000", "instead_of_evidence": "Report 44"}
    ]


def test_each_row_of_plan_and_actual_opens_what_it_comes_from_and_leads_to_its_bookings() -> None:
    """Licences: 53,150 planned at the start, then 666,715 in the year; the start and two months are closed."""
    case, client = started(), signed_in(Role.EXECUTIVE)
    booked(case, "2025-12-31,53150,A-1,licences,,", "2026-01-31,111119,A-2,licences,,", "2026-02-10,9,A-3,support,,")
    for _month in range(3):
        api.close_month(actor=SYSTEM, case=case)
    page = f"/case/{case.slug}/actuals/"
    text = client.get(page).content.decode()
    row = text.partition("How it comes about")[2].partition("</details>")[0]
    assert "the sum of what is booked for it in the closed months" in row
    assert "n, closed months with a plan" in row
    assert "0.2500" in row  # z = 2 / (2 + 6)
    benefit = BenefitLine.objects.get(case=case)
    assert f"?of={benefit.key}" not in text
    assert "Actual: nothing, since nothing proves it." in text
    assert 'ledger/?of=licences"' in row
    listed = client.get(f"{page}ledger/?of=licences").content.decode()
    assert "Only what is booked for “Licences”." in listed
    assert ("A-1" in listed, "A-2" in listed, "A-3" in listed) == (True, True, False)
    assert client.get(f"{page}ledger/?of=%00").status_code == 200


def test_second_removal_of_a_file_says_that_it_is_gone_and_leads_on() -> None:
    case, client = started(), signed_in(Role.FINANCE_ANALYST)
    booked(case, "2026-01-31,5,A-1,licences,,")
    here = f"/case/{case.slug}/actuals/ledger/{api.ledger_files(case).get().pk}/removal/"
    assert client.post(here).status_code == 302
    for answer in (client.post(here), client.get(here)):
        text = answer.content.decode()
        assert answer.status_code == 404
        assert "This file is gone" in text
        assert f'href="/case/{case.slug}/actuals/ledger/"' in text


def test_gate_form_is_for_executives_of_a_presented_case() -> None:
    case = started()
    executive, analyst = signed_in(Role.EXECUTIVE), signed_in(Role.FINANCE_ANALYST)
    address = f"/case/{case.slug}/actuals/"
    assert "Record the decision" not in executive.get(address).content.decode()
    api.present_case(actor=SYSTEM, case=case)
    assert "Record the decision" in executive.get(address).content.decode()
    assert "Record the decision" not in analyst.get(address).content.decode()
    assert executive.post(f"{address}gates/", {"decision": "continue"}).status_code == 422
    answer = decided(executive, case, executive.get(address).context["page"].presented, "On plan")
    assert answer.status_code == 302
    assert "On plan" in analyst.get(address).content.decode()


def decided(client, case, presentation, rationale):
    sent = {"decision": "continue", "rationale": rationale, "presentation": presentation}
    return client.post(f"/case/{case.slug}/actuals/gates/", sent)


def test_decision_is_made_on_the_presentation_that_was_looked_at_or_not_at_all() -> None:
    case, executive = started(), signed_in(Role.EXECUTIVE)
    api.present_case(actor=SYSTEM, case=case)
    seen = executive.get(f"/case/{case.slug}/actuals/").context["page"].presented
    api.present_case(actor=SYSTEM, case=case)
    for number in (seen, ""):
        answer = decided(executive, case, number, "As I saw it")
        page = answer.content.decode()
        assert (answer.status_code, "As I saw it" in page, "presented again" in page) == (409, True, True)
    assert not StageGate.objects.exists()
    assert decided(executive, case, answer.context["page"].presented, "As I saw it").status_code == 302


def test_month_that_somebody_closed_meanwhile_takes_no_other_along() -> None:
    case = started()
    ours, theirs = signed_in(Role.FINANCE_ANALYST), signed_in(Role.FINANCE_ANALYST)
    address = f"/case/{case.slug}/actuals/"
    first = {"month": ours.get(address).context["page"].closable.column}
    for client in (theirs, ours):
        assert client.post(f"{address}closure/", first).status_code == 302
    assert "Somebody else closed this month" in ours.get(address).content.decode()
    ours.post(f"{address}closure/")
    assert list(MonthClose.objects.values_list("column", flat=True)) == [0]


def test_page_asks_no_more_of_the_database_for_more_bookings(django_assert_max_num_queries) -> None:
    case = started()
    proven(case)
    for _ in range(5):
        api.close_month(actor=SYSTEM, case=case)
    booked(case, *(f"2026-01-{day:02},1,R-{day}-{n},licences,," for day in range(1, 29) for n in range(40)))
    client = signed_in(Role.FINANCE_ANALYST)
    client.get("/case/")
    with django_assert_max_num_queries(44):
        assert client.get(f"/case/{case.slug}/actuals/").status_code == 200


def test_readings_page_takes_a_reading_and_refuses_a_bad_one() -> None:
    case = started()
    kpi = proven(case)
    client = signed_in(Role.FINANCE_ANALYST)
    address = f"/case/{case.slug}/kpis/{kpi.pk}/readings/"
    assert "No reading yet" in client.get(address).content.decode()
    assert client.post(address, {"read_on": "2026-01-31", "value": "x", "evidence": "R"}).status_code == 422
    assert client.post(address, {"read_on": "2026-01-31", "value": "44", "evidence": "R"}).status_code == 302
    assert signed_in(Role.EXECUTIVE).post(address, {"read_on": "2026-01-31"}).status_code == 403
