"""The pages of people: what they show, to whom, and at what cost."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mycelia.access.api import grant_role
from mycelia.kernel.policy import Role
from mycelia.kernel.tasks import run_pending
from mycelia.people.calc.columns import COLUMN_NAMES
from mycelia.people.calc.reading import read_people_file
from mycelia.people.models import ImportRun, ImportState, Person
from tests.factories.people import make_employment, make_person
from tests.people.conftest import SYSTEM, Company, signed_in
from tests.people.files import people_file, row

pytestmark = pytest.mark.django_db


def _send(client: Client, content: bytes, *, full: bool = False, name: str = "people.csv") -> ImportRun:
    fields: dict[str, Any] = {"file": SimpleUploadedFile(name, content, "text/csv")}
    if full:
        fields["full"] = "on"
    answer = client.post("/talent/import/", fields)
    assert answer.status_code == 302, answer.content.decode()
    run_pending()
    return ImportRun.objects.get(pk=int(re.findall(r"/(\d+)/$", answer["Location"])[0]))


def _apply(client: Client, run: ImportRun, **confirmations: str) -> Any:
    fields = {"plan": run.plan_digest, "deactivations": str(run.deactivated), **confirmations}
    answer = client.post(f"/talent/import/{run.pk}/application/", fields)
    run_pending()
    run.refresh_from_db()
    return answer


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_people_list_shows_names_units_and_managers(talent: Client, company: Company) -> None:
    page = talent.get("/talent/").content.decode()
    assert "Mara Boss" in page
    assert "Sales North" in page
    assert reverse("people:person", args=[company.report.pk]) in page


def test_people_list_filters_by_words_unit_and_state(talent: Client, company: Company) -> None:
    Person.objects.filter(pk=company.report.pk).update(is_active=False)

    def numbers(query: str) -> set[str]:
        page = talent.get(f"/talent/?{query}").context["page"]
        return {row.employee_number for row in page.rows}

    assert numbers("") == {"BOSS", "MID", "TALENT"}
    assert numbers("state=deactivated") == {"REP"}
    assert numbers("state=all") == {"BOSS", "MID", "REP", "TALENT"}
    assert numbers("q=boss+MARA") == {"BOSS"}
    assert numbers("q=manager@") == {"MID"}
    assert numbers("unit=SALES&state=all") == {"MID", "REP"}
    assert numbers("q=zzz") == set()


@pytest.mark.parametrize("query", ["page=999", "page=x", "state=odd", "unit=NOPE", "q=%00", "q=%25", "q=" + "a+" * 300])
def test_people_list_with_a_strange_address_still_answers(talent: Client, query: str) -> None:
    assert talent.get(f"/talent/?{query}").status_code == 200


def test_people_list_for_htmx_is_the_fragment_of_the_page(talent: Client) -> None:
    answer = talent.get("/talent/", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Mara Boss" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_people_list_costs_the_same_however_many_people(talent: Client, company: Company) -> None:
    few = _queries(talent, "/talent/")
    for _ in range(60):
        make_person(unit=company.north, manager=company.manager)
    assert _queries(talent, "/talent/") == few <= 9


def test_people_list_of_an_administrator_of_a_part_shows_that_part(company: Company) -> None:
    person = make_person(employee_number="PART")
    grant_role(actor=SYSTEM, person_id=person.pk, role=Role.TALENT_ADMINISTRATOR, unit_id=company.sales.pk)
    client = signed_in(person)
    page = client.get("/talent/").context["page"]
    assert {row.employee_number for row in page.rows} == {"PART", "MID", "REP"}
    assert [unit.code for unit in page.units] == ["SALES", "NORTH"]
    assert not page.may_import
    assert client.get("/talent/import/").status_code == 403
    assert client.get(f"/talent/people/{company.boss.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["boss", "manager", "report"])
def test_people_list_and_import_are_refused_to_others(company: Company, who: str, administrator: Person) -> None:
    run = ImportRun.objects.create(
        content=b"x",
        file_bytes=1,
        as_of=date(2026, 1, 1),
        uploaded_at=administrator.created_at,
        state_since=administrator.created_at,
    )
    client = signed_in(getattr(company, who))
    reads = ["/talent/", "/talent/import/", "/talent/import/example.csv", f"/talent/import/{run.pk}/"]
    reads += [f"/talent/import/{run.pk}/problems.csv", f"/talent/import/{run.pk}/changes.csv"]
    writes = ["/talent/import/"] + [f"/talent/import/{run.pk}/{act}/" for act in ("application", "check", "disposal")]
    assert [client.get(url).status_code for url in reads] == [403] * len(reads)
    assert [client.post(url).status_code for url in writes] == [403] * len(writes)


def test_pages_of_people_ask_a_visitor_to_sign_in(company: Company) -> None:
    client = Client(HTTP_HOST="localhost:8000")
    for url in ("/talent/", "/talent/import/", f"/talent/people/{company.boss.pk}/"):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_person_page_is_there_for_those_who_may_see_the_person_alone(company: Company, talent: Client) -> None:
    def status(viewer: Person, seen: Person) -> int:
        return signed_in(viewer).get(f"/talent/people/{seen.pk}/").status_code

    assert status(company.report, company.report) == 200
    assert status(company.report, company.manager) == 404
    assert status(company.manager, company.report) == 200
    assert status(company.manager, company.boss) == 404
    assert status(company.boss, company.report) == 200
    assert talent.get(f"/talent/people/{company.boss.pk}/").status_code == 200
    assert talent.get("/talent/people/999999/").status_code == 404


def test_person_page_tells_the_history_the_latest_first(talent: Client, company: Company) -> None:
    company.report.employments.update(valid_to=date(2026, 1, 1))
    make_employment(company.report, unit=company.sales, manager=company.manager, valid_from=date(2026, 1, 1))
    page = talent.get(f"/talent/people/{company.report.pk}/").context["page"]
    assert [(entry.unit, entry.changed) for entry in page.history] == [("Sales", "New unit"), ("Sales North", "Joined")]
    assert page.history[1].period == "1 Jan 2025 to 31 Dec 2025"
    assert page.current == page.history[0]


def test_person_page_links_only_managers_the_reader_may_see(company: Company) -> None:
    page = signed_in(company.report).get(f"/talent/people/{company.report.pk}/").context["page"]
    assert (page.current.manager, page.current.manager_url) == ("Test Mid", "")


def test_person_page_costs_the_same_however_long_the_history(talent: Client, company: Company) -> None:
    url = f"/talent/people/{company.manager.pk}/"
    few = _queries(talent, url)
    for _ in range(30):
        make_person(unit=company.north, manager=company.manager)
    assert _queries(talent, url) == few <= 9


def test_import_page_explains_every_column_and_what_to_do_first(talent: Client) -> None:
    page = talent.get("/talent/import/").content.decode()
    assert all(f"<code>{name}</code>" in page for name in COLUMN_NAMES)
    assert "No file has been sent yet" in page


def test_import_example_can_be_imported_as_it_is(talent: Client) -> None:
    answer = talent.get("/talent/import/example.csv")
    reading = read_people_file(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert (reading.problems, len(reading.rows)) == ((), 4)


def test_import_by_page_from_upload_to_applied(talent: Client, company: Company) -> None:
    run = _send(talent, people_file(row("N1"), row("REP", unit="SALES", manager="MID", email="report@example.com")))
    page = talent.get(f"/talent/import/{run.pk}/").content.decode()
    assert "Apply to 2 people" in page
    assert "<del>Sales North</del>" in page
    assert not Person.objects.filter(employee_number="N1").exists()
    assert _apply(talent, run).status_code == 302
    page = talent.get(f"/talent/import/{run.pk}/").content.decode()
    assert (run.state, "Hanna Reyes" in page) == (ImportState.APPLIED, True)
    assert "Apply to" not in page


def test_import_with_problems_shows_them_and_offers_no_application(talent: Client) -> None:
    run = _send(talent, people_file(row("N1", unit="NOPE"), row("N2", valid_from="soon")))
    page = talent.get(f"/talent/import/{run.pk}/").content.decode()
    assert "2 problems keep this file from being applied" in page
    assert "There is no unit with this code" in page
    assert "application/" not in page
    listed = talent.get(f"/talent/import/{run.pk}/problems.csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in listed] == ["Line", "2", "3"]


def test_import_of_a_full_file_needs_the_ticked_number(talent: Client, company: Company) -> None:
    content = people_file(row("BOSS", email="boss@example.com"), row("MID", unit="SALES", manager="BOSS"))
    run = _send(talent, content, full=True)
    assert "Deactivate 1 people who are missing" in talent.get(f"/talent/import/{run.pk}/").content.decode()
    answer = _apply(talent, run)
    assert (answer.status_code, run.state) == (422, ImportState.CHECKED)
    assert _apply(talent, run, confirm="on", deactivations="2").status_code == 409
    assert _apply(talent, run, confirm="on").status_code == 302
    company.report.refresh_from_db()
    assert not company.report.is_active


def test_import_applied_from_an_outdated_page_is_a_conflict(talent: Client) -> None:
    run = _send(talent, people_file(row("N1")))
    assert _apply(talent, run, plan="0" * 64).status_code == 409
    assert run.state == ImportState.CHECKED


def test_import_in_progress_polls_and_can_be_looked_at_without_script(talent: Client) -> None:
    run = _send(talent, people_file(row("N1")))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.CHECKING)
    working = talent.get(f"/talent/import/{run.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in working
    assert "<noscript>" in working
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.CHECKED)
    fragment = talent.get(f"/talent/import/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "every 1s" not in fragment
    assert "<html" not in fragment


def test_import_without_a_file_is_sent_back_with_the_reason(talent: Client) -> None:
    answer = talent.post("/talent/import/", {})
    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()


def test_import_with_a_full_queue_keeps_nothing_and_says_so(talent: Client, settings: Any) -> None:
    settings.MYCELIA_QUEUE_LIMIT = 0
    answer = talent.post("/talent/import/", {"file": SimpleUploadedFile("p.csv", people_file(row("N1")))})
    assert answer.status_code == 503
    assert "Too much background work is waiting" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_import_discarded_says_nothing_was_changed(talent: Client) -> None:
    run = _send(talent, people_file(row("N1")))
    answer = talent.post(f"/talent/import/{run.pk}/disposal/", follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert talent.get(f"/talent/import/{run.pk}/").status_code == 200


def test_import_that_is_not_there_is_not_found(talent: Client) -> None:
    assert talent.get("/talent/import/999/").status_code == 404
    assert talent.get("/talent/import/999/changes.csv").status_code == 404
    assert talent.post("/talent/import/999/application/").status_code == 404


def test_import_review_costs_the_same_however_many_changes(talent: Client) -> None:
    one = _queries(talent, f"/talent/import/{_send(talent, people_file(row('A1'))).pk}/")
    many = _send(talent, people_file(*(row(f"B{n}") for n in range(200))))
    assert _queries(talent, f"/talent/import/{many.pk}/") == one <= 8
    second = talent.get(f"/talent/import/{many.pk}/?page=4&kind=created").context["page"]
    assert len(second.changes) == 50


def test_import_history_costs_the_same_however_many_files(talent: Client) -> None:
    _send(talent, people_file(row("A1")))
    few = _queries(talent, "/talent/import/")
    for n in range(5):
        _send(talent, people_file(row(f"B{n}")))
    assert _queries(talent, "/talent/import/") == few <= 7


def test_search_finds_people_the_reader_may_see(talent: Client, company: Company) -> None:
    assert "Mara Boss" in talent.get("/search/?q=mara").content.decode()
    assert "Mara Boss" not in signed_in(company.report).get("/search/?q=mara").content.decode()


def test_navigation_offers_talent_to_its_administrators(talent: Client, company: Company) -> None:
    assert 'href="/talent/"' in talent.get("/talent/import/").content.decode()
    assert 'href="/talent/import/"' not in signed_in(company.report).get("/search/?q=xx").content.decode()
