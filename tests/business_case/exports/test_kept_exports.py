"""Documents made in the background: asked once, kept while they are true, nobody else's, and never lost on the way."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from mycelia.business_case import api, tasks
from mycelia.business_case.errors import BriefUnavailable, DocumentUnknown
from mycelia.business_case.exports import making
from mycelia.business_case.exports.catalogue import DOCUMENTS
from mycelia.business_case.models import Case, CaseDrivers, Export, SimulationRun
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied, QueueFull
from mycelia.kernel.events import handle_waiting
from mycelia.kernel.policy import Role
from mycelia.kernel.tasks import run_pending, waiting_jobs
from tests.business_case.test_pages import ASSIGNED, sign_in
from tests.factories.blueprint import make_system
from tests.factories.business_case import SYSTEM, make_actor, make_complete_case, make_line_terms
from tests.factories.case_edits import add_cost_line
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db
BOOK, SLIDES, BRIEF = "workbook.xlsx", "slides.pptx", "brief-finance.pdf"
KEPT = [name for name, document in DOCUMENTS.items() if document.is_kept and not api.is_of_presentation(name)]
PAGE = "/case/demo/exports/"


@pytest.fixture
def case() -> Case:
    return make_complete_case("demo")


def ask(case: Case, name: str = BOOK) -> Export:
    return api.ask_export(actor=SYSTEM, case=case, file_name=name, queue=tasks.queue_export)


def change(case: Case) -> None:
    add_cost_line(case, make_line_terms(amounts=(1_000,)))
    case.refresh_from_db()


def quick(case: Case, file_name: str, told: api.Told) -> api.MadeDocument:
    """Stand in for the making of a document where only its way counts."""
    return api.MadeDocument(file_name.encode(), api.export_sources(case).standing)


def page_of(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


@pytest.mark.parametrize("name", KEPT)
def test_document_is_asked_for_made_and_downloaded_by_readers_of_the_case_alone(client, case, name):
    address = f"{PAGE}{name}"
    sign_in(client, Role.EXECUTIVE)
    assert client.post(f"{address}/preparation/")["Location"] == f"{PAGE}#{name.replace('.', '-')}"
    assert client.get(address)["Location"] == f"{PAGE}#{name.replace('.', '-')}"
    assert "Waiting for its turn" in page_of(client)
    run_pending()
    export = Export.objects.get()
    answer = client.get(address)
    assert answer.content == bytes(export.content)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        *(DOCUMENTS[name].media_type, f'attachment; filename="demo-{name}"'),
    )
    assert "no-store" in answer["Cache-Control"]
    assert f'href="{address}?of={export.digest[:16]}"' in page_of(client)
    for role in ASSIGNED:
        sign_in(client, role)
        expected = 200 if role in (Role.FINANCE_ANALYST, Role.EXECUTIVE) else 403
        assert client.get(f"{address}?of={export.digest[:16]}").status_code == expected, role


def test_kept_document_is_out_of_reach_of_another_unit_and_of_whoever_has_a_link_to_a_version(client, case):
    ask(case)
    run_pending()
    address = f"{PAGE}{BOOK}?of={Export.objects.get().digest[:16]}"
    version = api.freeze_case(actor=SYSTEM, case=case, title="Shared")
    _link, word = api.share_version(actor=SYSTEM, version=version, days=1)
    shown = client.get(f"/case/shared/{word}/")
    assert (shown.status_code, "exports" in shown.content.decode()) == (200, False)
    for path in (address, PAGE, f"{PAGE}{BOOK}/preparation/", "/case/demo/brief.pdf"):
        assert "/accounts/login/" in client.get(path)["Location"]
    sign_in(client, Role.EXECUTIVE, unit=make_unit())
    assert [client.get(path).status_code for path in (address, PAGE)] == [404, 404]
    assert client.post(f"{PAGE}{BOOK}/preparation/").status_code == 404
    with pytest.raises(PermissionDenied):
        api.ask_export(actor=make_actor(Role.LEARNER), case=case, file_name=BOOK, queue=tasks.queue_export)


def test_document_of_another_case_is_never_served(client, case):
    ask(case)
    run_pending()
    make_complete_case("other")
    sign_in(client, Role.EXECUTIVE)
    assert client.get(f"/case/other/exports/{BOOK}?of={Export.objects.get().digest[:16]}").status_code == 302


def test_two_who_ask_get_one_job_and_a_document_that_is_still_true_none(case):
    assert ask(case).pk == ask(case).pk
    assert waiting_jobs() == 1
    run_pending()
    assert (ask(case).state, waiting_jobs()) == ("done", 0)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_the_same_instant_get_one_job():
    case = make_complete_case("demo")

    def asked(_number: int) -> int:
        try:
            return ask(Case.objects.get(pk=case.pk)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        rows = set(pool.map(asked, range(2)))
    assert (len(rows), waiting_jobs()) == (1, 1)


def test_change_makes_a_document_stale_which_stays_until_it_is_made_anew(client, case):
    ask(case)
    run_pending()
    sign_in(client, Role.EXECUTIVE)
    assert "changed since" not in page_of(client)
    old = Export.objects.get()
    change(case)
    assert "changed since" in page_of(client)
    assert client.get(f"{PAGE}{BOOK}").status_code == 302
    assert client.get(f"{PAGE}{BOOK}?of={old.digest[:16]}").content == bytes(old.content)
    client.post(f"{PAGE}{BOOK}/preparation/")
    assert client.get(f"{PAGE}{BOOK}?of={old.digest[:16]}").status_code == 200
    run_pending()
    new = Export.objects.get()
    assert (new.digest == old.digest, client.get(f"{PAGE}{BOOK}").content == bytes(new.content)) == (False, True)
    assert client.get(f"{PAGE}{BOOK}?of={old.digest[:16]}").status_code == 302


def test_measured_value_and_blueprint_are_part_of_what_a_draft_is_made_from(case):
    before = api.export_sources(case).standing.digest
    make_person()
    assert api.export_sources(case).standing.digest == before
    make_system(name="Old wiki")
    assert api.export_sources(case).standing.digest != before


def test_document_says_in_its_row_just_what_it_was_made_from(case):
    for name in (BOOK, SLIDES):
        ask(case, name)
    run_pending()
    assert {export.digest for export in Export.objects.all()} == {api.export_sources(case).standing.digest}


def test_presented_case_names_its_presentation_and_a_draft_again_keeps_the_brief(client, case):
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    case.refresh_from_db()
    sign_in(client, Role.EXECUTIVE)
    assert client.get("/case/demo/brief.pdf")["Location"] == f"{PAGE}brief-management.pdf"
    ask(case)
    run_pending()
    assert "from presentation 1" in page_of(client)
    assert "Brief for management as it was presented" not in page_of(client)
    change(case)
    assert client.get("/case/demo/brief.pdf")["Location"] == f"{PAGE}brief.pdf"
    assert "Brief for management as it was presented" in page_of(client)
    client.post(f"{PAGE}brief.pdf/preparation/")
    run_pending()
    assert client.get(f"{PAGE}brief.pdf").content.startswith(b"%PDF")
    assert Export.objects.get(file_name="brief.pdf").presentation_number == 1


@pytest.mark.django_db(transaction=True)
def test_briefs_are_made_as_soon_as_a_case_is_presented():
    case = make_complete_case("demo")
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    handle_waiting()
    queued = {"brief-management.pdf", *api.PRESENTED_BRIEFS.values()}
    assert dict(Export.objects.values_list("file_name", "state")) == dict.fromkeys(queued, "waiting")


def test_stale_simulation_is_made_once_for_all_documents_and_for_the_page(case):
    for name in (SLIDES, BRIEF):
        ask(case, name)
    run_pending()
    assert [run.state for run in SimulationRun.objects.all()] == ["done"]
    assert not api.simulation_of(case, api.case_model(case)).is_stale
    assert list(Export.objects.values_list("state", flat=True)) == ["done", "done"]


def test_full_queue_keeps_no_document_from_its_simulation(case, monkeypatch, settings):
    export = ask(case, SLIDES)
    settings.MYCELIA_QUEUE_LIMIT = 0
    api.run_export(export_id=export.pk, write=making.write_document)
    export.refresh_from_db()
    assert (export.state, SimulationRun.objects.exists()) == ("done", False)


def test_full_queue_says_so_and_starts_nothing(client, case, settings):
    settings.MYCELIA_QUEUE_LIMIT = 0
    with pytest.raises(QueueFull):
        ask(case)
    assert not Export.objects.exists()
    sign_in(client, Role.EXECUTIVE)
    assert "Too much background work" in client.post(f"{PAGE}{BOOK}/preparation/", follow=True).content.decode()


def test_work_that_was_cut_off_is_taken_up_again(case):
    export = ask(case)
    Export.objects.update(state="running", progress=0.4)
    run_pending()
    export.refresh_from_db()
    assert export.state == "done"
    api.run_export(export_id=export.pk, write=lambda *_: pytest.fail("made twice"))


def test_work_that_keeps_killing_its_worker_is_named_failed_and_can_be_tried_again(client, case):
    ask(case)
    Export.objects.update(state="running", told_at=clock.now() - api.STALLED_AFTER - timedelta(seconds=1))
    sign_in(client, Role.EXECUTIVE)
    page = page_of(client)
    assert ("stopped without a result" in page, "every 2s" in page) == (True, False)
    before = waiting_jobs()
    client.post(f"{PAGE}{BOOK}/preparation/")
    assert waiting_jobs() == before + 1


def test_progress_is_shown_while_a_document_is_made(client, case):
    sign_in(client, Role.EXECUTIVE)
    pages = []

    def slowly(of: Case, name: str, told: api.Told) -> api.MadeDocument:
        Export.objects.update(progress=0.42)
        pages.append(page_of(client))
        fragment = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
        pages.append(fragment)
        return quick(of, name, told)

    api.run_export(export_id=ask(case).pk, write=slowly)
    assert all('value="42"' in page and "every 2s" in page and "Look again" in page for page in pages)
    assert "<html" not in pages[1]
    assert "every 2s" not in page_of(client)


def test_change_while_a_document_is_made_leaves_it_waiting_for_the_next(case):
    def meanwhile(of: Case, name: str, told: api.Told) -> api.MadeDocument:
        made = quick(of, name, told)
        assert ask(case).state == "running"
        change(case)
        assert ask(case).state == "waiting"
        return made

    export = ask(case)
    api.run_export(export_id=export.pk, write=meanwhile)
    export.refresh_from_db()
    assert (export.state, bytes(export.content), waiting_jobs()) == ("waiting", BOOK.encode(), 2)
    run_pending()
    export.refresh_from_db()
    assert (export.state, export.digest) == ("done", api.export_sources(case).standing.digest)


def test_failure_gives_its_reason_keeps_the_earlier_file_and_can_be_tried_again(client, case):
    ask(case, BRIEF)
    api.run_export(export_id=Export.objects.get().pk, write=quick)
    change(case)

    def refuses(*_arguments: object) -> api.MadeDocument:
        raise BriefUnavailable

    api.run_export(export_id=ask(case, BRIEF).pk, write=refuses)
    sign_in(client, Role.EXECUTIVE)
    page = page_of(client)
    assert str(BriefUnavailable()) in page
    assert ("Try again" in page, f"{BRIEF}?of=" in page, "Not made: Brief for finance" in page) == (True, True, True)
    client.post(f"{PAGE}{BRIEF}/preparation/")
    assert Export.objects.get().state == "waiting"


def test_fault_that_nobody_foresaw_is_named_failed_and_raised_on(case):
    def faulty(*_arguments: object) -> api.MadeDocument:
        raise MemoryError

    with pytest.raises(MemoryError):
        api.run_export(export_id=ask(case).pk, write=faulty)
    assert (Export.objects.get().state, "fault" in Export.objects.get().failure) == ("failed", True)


def test_fault_before_the_work_began_leaves_nothing_waiting_for_ever(case, monkeypatch):
    export = ask(case)

    def broken(case: Case) -> None:
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("mycelia.business_case.actions.exports.export_sources", broken)
    with pytest.raises(RuntimeError):
        api.run_export(export_id=export.pk, write=quick)
    export.refresh_from_db()
    assert (export.state, "log says which" in export.failure) == ("failed", True)


def test_case_that_contradicts_itself_fails_with_a_reason(client, case):
    CaseDrivers.objects.filter(case=case).update(adoption_start=99)
    for name in (BOOK, SLIDES):
        ask(case, name)
    run_pending()
    assert [(one.state, one.failure != "") for one in Export.objects.all()] == [("failed", True)] * 2
    sign_in(client, Role.EXECUTIVE)
    assert client.get(PAGE).status_code == 200


def test_long_wait_names_the_worker(client, case):
    ask(case)
    Export.objects.update(asked_at=clock.now() - timedelta(minutes=2))
    sign_in(client, Role.EXECUTIVE)
    assert "for the background worker" in page_of(client)


def test_documents_go_with_their_case(case):
    ask(case)
    run_pending()
    case.delete()
    assert not Export.objects.exists()


def test_work_on_a_case_that_is_gone_is_nothing(case):
    export = ask(case)
    case.delete()
    api.run_export(export_id=export.pk, write=quick)
    assert run_pending() == 1


def test_what_is_made_while_it_is_downloaded_cannot_be_asked_for(client, case):
    sign_in(client, Role.EXECUTIVE)
    assert client.post(f"{PAGE}lines.csv/preparation/").status_code == 404
    with pytest.raises(DocumentUnknown):
        ask(case, api.PRESENTED_BRIEF)


def test_stored_workbook_is_the_one_that_the_command_writes(case):
    ask(case)
    run_pending()
    book = openpyxl.load_workbook(io.BytesIO(bytes(Export.objects.get().content)), data_only=True)
    labels = [cell.value for cell in book["Outputs"]["A"]]
    assert round(book["Outputs"].cell(labels.index("Net present value") + 1, 4).value) == 5_496_170


def test_row_that_is_done_without_a_file_is_refused_by_the_database(case):
    ask(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(state="done")
