"""Each stakeholder reads the brief of what was presented, within their reach, and nothing else of the case."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html import unescape
from threading import Barrier, BrokenBarrierError
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from mycelia.access import api as access
from mycelia.access.models import RoleAssignment
from mycelia.business_case import api
from mycelia.business_case.calc import simulate
from mycelia.business_case.errors import BriefNotFound
from mycelia.business_case.exports import dossier as dossiers
from mycelia.business_case.exports.briefs import shown
from mycelia.business_case.exports.briefs.questions import QUESTIONS
from mycelia.business_case.exports.briefs.shown import shown_brief
from mycelia.business_case.exports.making import write_document
from mycelia.business_case.exports.source import presented_dossier
from mycelia.business_case.forms.case import CaseForm
from mycelia.business_case.models import Export, Presentation
from mycelia.business_case.pages.input_names import input_amount
from mycelia.business_case.permissions import BRIEF_RULES
from mycelia.business_case.queries import sheet_from
from mycelia.business_case.types import CostCategory, CostLine, Estimate, ItemKind, Recurrence, Stakeholder
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import ANONYMOUS, Role
from mycelia.people import api as people
from tests.factories.access import make_holder
from tests.factories.business_case import COSTS, SYSTEM, make_complete_case, make_line_terms
from tests.factories.case_models import make_dossier
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db
OWN = {
    Role.IT_ADMINISTRATOR: {Stakeholder.IT, Stakeholder.LEARNERS},
    Role.TALENT_ADMINISTRATOR: {Stakeholder.HR, Stakeholder.LEARNERS},
    Role.FINANCE_ANALYST: set(Stakeholder),
    Role.EXECUTIVE: set(Stakeholder),
    Role.AUTHOR: {Stakeholder.LEARNERS},
    Role.CURATOR: {Stakeholder.LEARNERS},
}


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def presented(slug: str = "told", **terms):
    case = make_complete_case(slug, **terms)
    api.present_case(actor=SYSTEM, case=case)
    return case


def answers(person, slug: str = "told") -> dict[Stakeholder, int]:
    client = client_of(person)
    return {reader: client.get(f"/briefs/{slug}/{reader}/").status_code for reader in Stakeholder}


def opened(person, slug: str = "told") -> set[Stakeholder]:
    return {reader for reader, status in answers(person, slug).items() if status == 200}


def page_of(person, reader: Stakeholder, slug: str = "told") -> str:
    return client_of(person).get(f"/briefs/{slug}/{reader}/").content.decode()


def holder_over(role: Role, unit, **fields):
    person = make_person(**fields)
    access.grant_role(actor=SYSTEM, person_id=person.pk, role=role, unit_id=unit.pk)
    return person


@pytest.mark.parametrize("role", OWN)
def test_role_opens_its_own_briefs_and_is_refused_the_others(role):
    presented()
    person = make_holder(role)
    assert opened(person) == OWN[role]
    assert {status for reader, status in answers(person).items() if reader not in OWN[role]} <= {403}


def test_manager_opens_the_brief_for_management_and_a_learner_only_that_for_learners():
    presented()
    manager = make_person("lead@example.com")
    learner = make_person("member@example.com", unit=make_unit("SALES"), manager=manager)
    assert opened(manager) == {Stakeholder.MANAGEMENT, Stakeholder.LEARNERS}
    assert opened(learner) == {Stakeholder.LEARNERS}


def test_every_brief_is_found_from_the_home_and_the_list_of_its_reader():
    presented(name="One platform")
    manager = make_person("lead@example.com")
    people_and_briefs = {
        make_holder(Role.IT_ADMINISTRATOR): "it",
        make_holder(Role.TALENT_ADMINISTRATOR): "hr",
        manager: "management",
        make_person("member@example.com", unit=make_unit("SALES"), manager=manager): "learners",
    }
    for person, reader in people_and_briefs.items():
        client = client_of(person)
        assert 'href="/briefs/"' in client.get("/").content.decode()
        page = client.get("/briefs/").content.decode()
        assert "One platform" in page
        assert f'href="/briefs/told/{reader}/"' in page
        assert "/case/told/" not in page


def test_nobody_finds_a_case_that_is_not_presented():
    case = make_complete_case("told")
    for role in OWN:
        assert answers(make_holder(role))[Stakeholder.LEARNERS] == 404
    page = client_of(make_person()).get("/briefs/").content.decode()
    assert "Nothing has been presented yet" in page
    assert case.name not in page


@pytest.mark.parametrize("slug", ["growth", "nothing", "told-2"])
def test_guessed_name_of_a_case_is_not_there(slug):
    presented()
    make_complete_case("growth", name="Secret takeover")
    answer = client_of(make_person()).get(f"/briefs/{slug}/learners/")
    assert answer.status_code == 404
    assert "Secret takeover" not in answer.content.decode()


def test_role_over_another_unit_reaches_nothing_and_one_over_the_unit_does():
    north, south = make_unit("NORTH"), make_unit("SOUTH")
    presented(scope_unit_id=north.pk)
    for role, reader in ((Role.IT_ADMINISTRATOR, Stakeholder.IT), (Role.TALENT_ADMINISTRATOR, Stakeholder.HR)):
        assert answers(holder_over(role, south))[reader] == 404
        assert answers(holder_over(role, north))[reader] == 200
    assert opened(holder_over(Role.EXECUTIVE, south)) == set()


def test_role_over_a_unit_does_not_reach_a_case_of_the_whole_company():
    presented()
    assert answers(holder_over(Role.IT_ADMINISTRATOR, make_unit("NORTH")))[Stakeholder.IT] == 404


def test_learners_and_managers_read_what_is_about_their_unit_or_one_above_and_nothing_about_others():
    north = make_unit("NORTH")
    team, south = make_unit("TEAM", parent=north), make_unit("SOUTH")
    presented(scope_unit_id=north.pk)
    presented("team", scope_unit_id=team.pk)
    lead = make_person("lead@example.com", unit=north)
    inside = make_person("inside@example.com", unit=team, manager=lead)
    above, outside = make_person("above@example.com", unit=north), make_person("outside@example.com", unit=south)
    other_lead = make_person("other@example.com", unit=south)
    make_person("report@example.com", unit=south, manager=other_lead)
    assert (opened(inside), opened(inside, "team")) == ({Stakeholder.LEARNERS}, {Stakeholder.LEARNERS})
    assert (opened(above), opened(above, "team")) == ({Stakeholder.LEARNERS}, set())
    assert opened(outside) == opened(other_lead) == set()
    assert answers(other_lead)[Stakeholder.MANAGEMENT] == 404
    assert opened(lead) == {Stakeholder.MANAGEMENT, Stakeholder.LEARNERS}
    assert opened(lead, "team") == {Stakeholder.MANAGEMENT}


def test_roles_and_employments_that_have_ended_open_nothing():
    north = make_unit("NORTH")
    presented(scope_unit_id=north.pk)
    administrator = holder_over(Role.IT_ADMINISTRATOR, north)
    assert answers(administrator)[Stakeholder.IT] == 200
    RoleAssignment.objects.filter(person=administrator).update(valid_to=clock.today())
    assert answers(administrator)[Stakeholder.IT] == 403
    lead = make_person("lead@example.com", unit=north)
    member = make_person("member@example.com", unit=north, manager=lead)
    assert opened(lead) == {Stakeholder.MANAGEMENT, Stakeholder.LEARNERS}
    today, south = clock.today(), make_unit("SOUTH")
    people.move(actor=SYSTEM, person=member, on=today, unit=south, manager=None)
    assert (opened(lead), opened(member)) == ({Stakeholder.LEARNERS}, set())


def test_inactive_person_and_visitor_open_nothing():
    presented()
    person = make_person()
    client = client_of(person)
    person.is_active = False
    person.save()
    for visitor in (client, Client()):
        assert visitor.get("/briefs/told/learners/").status_code == 302
    with pytest.raises(PermissionDenied):
        api.cases_with_briefs(ANONYMOUS)


def test_brief_stays_what_was_presented_whatever_the_draft_says():
    case = presented(name="One platform")
    learner, executive = make_person(), make_holder(Role.EXECUTIVE)
    before = page_of(executive, Stakeholder.FINANCE)
    assert 'href=""' not in before
    terms = api.item_of(case, ItemKind.TERMS).value
    api.change_item(actor=SYSTEM, case=case, value=replace(terms, name="Takeover", summary="Close it"), seen_revision=1)
    api.add_line(
        actor=SYSTEM,
        case=case,
        kind=api.LineKind.COST,
        terms=make_line_terms(amounts=(7_777_777,), description="Bribe"),
    )
    for person, address in (
        (executive, "/briefs/told/finance/"),
        (executive, "/briefs/"),
        (learner, "/briefs/told/learners/"),
        (learner, "/briefs/"),
    ):
        page = client_of(person).get(address).content.decode()
        assert "One platform" in page
        assert not re.search("Takeover|Close it|Bribe|7,777,777", page)
    assert figures_in(before) == figures_in(page_of(executive, Stakeholder.FINANCE))
    api.present_case(actor=SYSTEM, case=case)
    assert "Takeover" in page_of(learner, Stakeholder.LEARNERS)


def figures_in(page: str) -> list[str]:
    return re.findall(r"data-value>([^<]+)", page)


def test_case_that_moved_to_another_part_is_shown_to_nobody_until_it_is_presented_again():
    north = make_unit("NORTH")
    case = presented(scope_unit_id=north.pk)
    inside, outside = make_person("in@example.com", unit=north), make_person("out@example.com", unit=make_unit("SOUTH"))
    assert (opened(inside), opened(outside)) == ({Stakeholder.LEARNERS}, set())
    terms = api.item_of(case, ItemKind.TERMS).value
    api.change_item(actor=SYSTEM, case=case, value=replace(terms, scope_unit_id=None), seen_revision=1)
    assert (opened(inside), opened(outside)) == (set(), set())
    api.present_case(actor=SYSTEM, case=case)
    assert opened(inside) == opened(outside) == {Stakeholder.LEARNERS}


def test_presentation_that_came_with_a_file_opens_nothing_until_the_case_is_presented_here():
    case = presented()
    file = api.write_case_file(api.case_file(case))
    restored = api.restore_case(actor=SYSTEM, content=file, slug="copy").case
    assert opened(make_person(), "copy") == set()
    assert "copy" not in client_of(make_person()).get("/briefs/").content.decode()
    api.present_case(actor=SYSTEM, case=restored)
    assert opened(make_person(), "copy") == {Stakeholder.LEARNERS}


@pytest.mark.parametrize("reader", Stakeholder)
def test_brief_answers_every_question_of_its_reader_with_numbered_sources(reader):
    presented()
    page = unescape(page_of(make_holder(Role.EXECUTIVE), reader))
    for code, question in QUESTIONS[reader].items():
        assert f'id="{code}"' in page
        assert str(question) in page
    cited = {int(number) for number in re.findall(r'href="#source-(\d+)"', page)}
    assert cited == {int(number) for number in re.findall(r'id="source-(\d+)"', page)}


def presented_with_wages(slug: str = "told"):
    """Present a case with 400 hours of learning a year at 31 to 47 an hour, which come to 46,800 over three years."""
    case = make_complete_case(slug)
    terms = CostLine(
        *("", CostCategory.LEARNER_TIME, "Time of learners"),
        quantity=Estimate.fixed(400),
        price=Estimate.triangular(31, 39, 47),
        recurrence=Recurrence.YEARLY,
        source="Payroll",
    )
    api.add_item(actor=SYSTEM, case=case, value=terms)
    return sheet_from(api.present_case(actor=SYSTEM, case=case).snapshot)


def amounts_behind(sheet) -> set[str]:
    """Return the amounts that the figures of a case come from, as written."""
    years = (*sheet.flows.costs, *sheet.flows.benefits)
    totals = (sheet.figures.total_costs, sheet.figures.pv_costs, sheet.figures.pv_benefits, *years, 46_800)
    return {whole(amount) for amount in (*COSTS, *totals) if amount}


def whole(amount) -> str:
    return f"{round(amount):,}"


def test_brief_for_learners_tells_no_amount_in_its_page_source():
    sheet = presented_with_wages()
    page = page_of(make_person(), Stakeholder.LEARNERS)
    for amount in (*amounts_behind(sheet), whole(sheet.figures.npv)):
        assert amount not in page
        assert amount.replace(",", "") not in page
    assert "The time you spend learning is planned as 2% of all costs over 3 years" in page
    assert not re.search(r"USD\s*\d", page.replace("\N{NO-BREAK SPACE}", " "))
    assert "bc-derivation" not in page
    assert "data-chart" not in page


@pytest.mark.parametrize("reader", [Stakeholder.IT, Stakeholder.HR])
def test_derivations_of_a_brief_without_its_amounts_give_only_what_it_shows(reader):
    sheet = presented_with_wages()
    page = page_of(make_holder(Role.EXECUTIVE), reader).replace("\N{NO-BREAK SPACE}", " ")
    assert "present value of benefits − present value of costs" in page
    assert whole(sheet.figures.npv) in page
    for hidden in amounts_behind(sheet):
        assert hidden not in page


def test_chart_of_the_brief_for_it_names_the_inputs_without_telling_them():
    presented_with_wages()
    presentation = Presentation.objects.get()
    chart = shown_brief(presentation, Stakeholder.IT).chart
    page = page_of(make_holder(Role.IT_ADMINISTRATOR), Stakeholder.IT)
    wage = next(swing for swing in presented_dossier(presentation).simulation.tornado if "price" in swing.name)
    for told in (input_amount(wage.name, wage.low_input), input_amount(wage.name, wage.high_input)):
        assert not re.search(rf">\s*{re.escape(told)}\s*<", page)
    assert "<td>Time of learners: " in re.sub(r"<t[dh][^>]*>", "<td>", page)
    assert [str(column) for column in chart.table.columns] == ["Input", "At low", "At high"]
    assert {len(row) for row in chart.table.rows} == {3}


def test_amount_of_the_time_of_learners_is_told_to_finance():
    presented_with_wages()
    page = page_of(make_holder(Role.FINANCE_ANALYST), Stakeholder.FINANCE).replace("\N{NO-BREAK SPACE}", " ")
    assert "Paid time of learners in it: USD 46,800." in page


def test_gate_and_form_say_that_everybody_reads_the_summary():
    case = make_complete_case()
    client = client_of(make_holder(Role.EXECUTIVE))
    assert (
        "Everybody whom the case is about reads these"
        in client.get(f"/case/{case.slug}/presentation/").content.decode()
    )
    assert "everybody whom it is about reads it" in str(CaseForm.base_fields["summary"].help_text)


def test_brief_for_finance_derives_its_figures_from_the_amounts_it_shows():
    presented()
    page = page_of(make_holder(Role.FINANCE_ANALYST), Stakeholder.FINANCE)
    assert page.count("1,672,201") >= 2
    assert 'id="years"' in page
    assert 'href="/case/told/"' in page


def test_document_of_a_brief_is_made_of_the_presentation_and_for_its_reader_alone():
    case = presented()
    address = "/briefs/told/learners/brief.pdf"
    learner = client_of(make_person())
    assert learner.get(address).status_code == 302
    assert learner.post("/briefs/told/learners/preparation/").status_code == 302
    export = Export.objects.get(case=case, file_name="presented-learners.pdf")
    assert "Waiting" in page_of(make_person(), Stakeholder.LEARNERS)
    api.run_export(export_id=export.pk, write=write_document)
    answer = learner.get(address)
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "USR-1" in text
    assert not re.search("666,715|5,496,170", text)
    assert client_of(make_person()).get("/briefs/told/it/brief.pdf").status_code == 403
    assert learner.post("/briefs/told/finance/preparation/").status_code == 403
    assert learner.get("/case/told/exports/presented-learners.pdf").status_code == 403


def test_document_of_an_earlier_presentation_is_not_served_as_the_last():
    case = presented()
    learner = client_of(make_person())
    learner.post("/briefs/told/learners/preparation/")
    export = Export.objects.get(case=case, file_name="presented-learners.pdf")
    api.run_export(export_id=export.pk, write=write_document)
    assert learner.get("/briefs/told/learners/brief.pdf").status_code == 200
    api.present_case(actor=SYSTEM, case=case)
    assert learner.get("/briefs/told/learners/brief.pdf").status_code == 302
    assert "Make anew" in learner.get("/briefs/told/learners/").content.decode()


def test_presenting_has_all_five_briefs_made(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        case = presented()
    made = set(Export.objects.filter(case=case).values_list("file_name", flat=True))
    assert set(api.PRESENTED_BRIEFS.values()) <= made


def test_second_look_at_a_brief_computes_nothing_and_fetches_no_snapshot(django_assert_max_num_queries):
    presented()
    client = client_of(make_person())
    client.get("/briefs/told/learners/")
    with django_assert_max_num_queries(16) as told:
        client.get("/briefs/told/learners/")
    fetched = [query["sql"] for query in told.captured_queries if "business_case_version" in query["sql"]]
    assert fetched
    assert not [sql for sql in fetched if '"business_case_version"."snapshot"' in sql]


def test_briefs_of_a_presentation_are_told_from_one_simulation(monkeypatch):
    presented()
    made = []
    monkeypatch.setattr(dossiers, "simulate", lambda *model, **terms: made.append(1) or simulate(*model, **terms))
    for reader in Stakeholder:
        shown_brief(Presentation.objects.get(), reader)
    assert len(made) == 1


def test_readers_who_come_at_once_wait_for_one_computation(monkeypatch):
    both, computed = Barrier(2), []

    def computing(_presentation):
        computed.append(1)
        with suppress(BrokenBarrierError):
            both.wait(timeout=0.5)
        return make_dossier(is_draft=False)

    monkeypatch.setattr(api, "presentation_called", lambda number: number)
    monkeypatch.setattr(shown, "presented_dossier", computing)
    presentation = SimpleNamespace(pk=7, digest="of nothing else")
    with ThreadPoolExecutor(2) as readers:
        list(readers.map(lambda reader: shown_brief(presentation, reader), (Stakeholder.IT, Stakeholder.FINANCE)))
    assert len(computed) == 1


def test_document_made_by_an_earlier_version_is_not_served(monkeypatch):
    case = presented()
    learner = client_of(make_person())
    learner.post("/briefs/told/learners/preparation/")
    with monkeypatch.context() as earlier:
        earlier.setattr("mycelia.business_case.queries.exports.__version__", "0.0.1")
        export = Export.objects.get(case=case, file_name="presented-learners.pdf")
        api.run_export(export_id=export.pk, write=write_document)
        assert learner.get("/briefs/told/learners/brief.pdf").status_code == 200
    assert learner.get("/briefs/told/learners/brief.pdf").status_code == 302
    page = learner.get("/briefs/told/learners/").content.decode()
    assert "Make anew" in page
    assert "brief.pdf?of=" not in page


def test_list_asks_the_same_whatever_the_number_of_cases(django_assert_max_num_queries):
    for number in range(6):
        presented(f"case-number-{number}")
    client = client_of(make_holder(Role.EXECUTIVE))
    client.get("/briefs/")
    with django_assert_max_num_queries(22):
        page = client.get("/briefs/").content.decode()
    assert page.count("/finance/") == 6


def test_list_opens_no_snapshot():
    presented()
    with CaptureQueriesContext(connection) as asked:
        assert [case.presented_name for case in api.cases_with_briefs(SYSTEM)] == ["Sales training"]
    assert not [query["sql"] for query in asked.captured_queries if "business_case_version" in query["sql"]]


def test_case_of_a_unit_that_was_renamed_is_shown_as_before_under_the_new_name():
    north = make_unit("NORTH")
    presented(scope_unit_id=north.pk)
    inside = make_person("in@example.com", unit=north)
    north.code, north.name = "N-2", "Northern Europe"
    north.save()
    assert opened(inside) == {Stakeholder.LEARNERS}
    assert "Northern Europe" in client_of(inside).get("/briefs/").content.decode()


def test_every_stakeholder_has_a_rule_with_a_code_of_its_own():
    assert set(BRIEF_RULES) == set(Stakeholder)
    assert len({rule.code for rule in BRIEF_RULES.values()}) == len(Stakeholder)
    case = make_complete_case()
    with pytest.raises(BriefNotFound):
        api.presented_for(SYSTEM, case.slug, Stakeholder.IT)


def test_role_that_begins_tomorrow_opens_nothing_today():
    presented()
    person = make_holder(Role.TALENT_ADMINISTRATOR)
    RoleAssignment.objects.filter(person=person).update(valid_from=clock.today() + timedelta(days=1))
    assert answers(person)[Stakeholder.HR] == 403


def test_price_of_a_line_is_told_to_learners_neither_as_total_nor_as_figure():
    presented("told", rate_per_year=Decimal("0.1"))
    page = page_of(make_person(), Stakeholder.LEARNERS)
    assert not re.search(r"USD\s*\d", page.replace("\N{NO-BREAK SPACE}", " "))
