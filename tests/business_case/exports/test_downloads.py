"""Who gets which document, from a draft and from a presentation, on the page and on the command line."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import msgspec
import openpyxl
import pytest
from django.core.management import call_command

from mycelia.business_case import api
from mycelia.business_case.calc import simulate
from mycelia.business_case.errors import CaseUnsound
from mycelia.business_case.exports.briefs.answers import answers
from mycelia.business_case.exports.briefs.questions import Stakeholder
from mycelia.business_case.exports.catalogue import DOCUMENTS
from mycelia.business_case.exports.source import Exported, case_dossier
from mycelia.business_case.exports.tables import flows_table, lines_table
from mycelia.business_case.models import CaseDrivers, CostLine, SimulationRun
from mycelia.business_case.types import GateDecision, Scenario
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.business_case.test_pages import ASSIGNED, sign_in
from tests.factories.business_case import SYSTEM, make_actor, make_complete_case, make_line_terms
from tests.factories.case_edits import add_cost_line
from tests.factories.case_models import HOSTILE, make_dossier
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def outputs_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Outputs"]


@pytest.mark.parametrize("name", [name for name, document in DOCUMENTS.items() if not document.is_kept])
def test_document_is_downloaded_by_its_readers_alone(client, name):
    case = make_complete_case("demo")
    address = f"/case/{case.slug}/exports/{name}"
    assert client.get(address).status_code == 302
    for role in ASSIGNED:
        sign_in(client, role)
        expected = 200 if role in (Role.FINANCE_ANALYST, Role.EXECUTIVE) else 403
        assert client.get(address).status_code == expected, role
    sign_in(client, Role.EXECUTIVE, unit=make_unit())
    assert client.get(address).status_code == 404
    sign_in(client, Role.EXECUTIVE)
    answer = client.get(address)
    assert answer["Content-Type"] == DOCUMENTS[name].media_type
    assert answer["Content-Disposition"] == f'attachment; filename="demo-{name}"'
    assert "no-store" in answer["Cache-Control"]


def test_documents_say_how_the_closed_months_stand_and_are_made_anew_when_one_closes():
    case = make_complete_case("demo", start=date(2026, 1, 1))
    api.present_case(actor=SYSTEM, case=case)
    before = api.export_sources(case)
    assert Exported(case).dossier.closed is None
    add = b"date,amount,reference,category,kind,item\n2026-01-20,700,A-1,licences,,\n"
    api.import_ledger(actor=SYSTEM, case=case, content=add, file_name="a.csv")
    for _ in range(2):
        api.close_month(actor=SYSTEM, case=case)
    api.decide_gate(actor=make_actor(Role.EXECUTIVE), case=case, decision=GateDecision.CHANGE, rationale="Too slow")
    made = Exported(case)
    told = [sentence.text for _, _, found in answers(made.dossier, Stakeholder.MANAGEMENT) for sentence in found]
    assert any("To 31 January 2026 costs stand at" in text and "forecast net benefit" in text for text in told)
    assert any("Last stage gate: change" in text and "Too slow" in text for text in told)
    assert made.source == api.export_sources(case).standing
    assert made.source != before.standing
    assert api.export_sources(case).presented == before.presented
    assert made.presented.closed is None


def test_page_lists_every_document_and_says_that_a_draft_is_one(client):
    case = make_complete_case("demo")
    sign_in(client, Role.EXECUTIVE)
    page = client.get("/case/demo/exports/").content.decode()
    for name, document in DOCUMENTS.items():
        if not api.is_of_presentation(name):
            asked, direct = f'action="/case/demo/exports/{name}/preparation/"', f'href="/case/demo/exports/{name}"'
            assert (asked in page, direct in page) == (document.is_kept, not document.is_kept), name
    assert "This is a draft" in page
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    assert "This is a draft" not in client.get("/case/demo/exports/").content.decode()


def test_unknown_document_is_not_found(client):
    make_complete_case("demo")
    sign_in(client, Role.EXECUTIVE)
    assert client.get("/case/demo/exports/secrets.txt").status_code == 404


def test_presented_case_is_exported_from_its_snapshot_and_a_draft_as_it_stands():
    case = make_complete_case("demo")
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    case.refresh_from_db()
    presented = case_dossier(case)
    assert (presented.is_draft, round(presented.preferred.figures.npv)) == (False, 5_496_170)
    assert presented.digest
    assert "Presented by" in presented.standing
    CostLine.objects.filter(case=case).update(amounts=[0, 0, 0, 0])
    assert round(case_dossier(case).preferred.figures.npv) == 5_496_170
    add_cost_line(case, make_line_terms(amounts=(1_000_000,)))
    case.refresh_from_db()
    draft = case_dossier(case)
    assert (draft.is_draft, draft.digest) == (True, "")
    assert draft.preferred.figures.total_costs == 1_000_000


def test_draft_says_so_in_the_workbook():
    content = DOCUMENTS["workbook.xlsx"].write(Exported(make_complete_case("demo", is_synthetic=True)))
    sheet = outputs_of(content)
    assert sheet["A2"].value.startswith("Draft of")
    assert "synthetic" in sheet["A3"].value


def test_case_that_contradicts_itself_is_refused_and_says_where():
    case = make_complete_case("demo")
    CaseDrivers.objects.filter(case=case).update(adoption_start=99)
    with pytest.raises(CaseUnsound) as refused:
        case_dossier(case)
    assert refused.value.status == 422
    assert "adoption_start" in str(refused.value.problems)


def test_lines_have_what_was_entered_and_words_stay_words():
    rows = {row["key"]: row for row in rows_of(lines_table(make_dossier()))}
    assert rows["link"]["description"] == f"'{HOSTILE}"
    assert rows["link"]["source"] == "'@SUM(A1)"
    assert (rows["help"]["amounts"], rows["help"]["risk_adjustment"]) == ("1000 12000 12000.55", "0.1")
    assert (rows["old"]["end_milestone"], rows["seats"]["option"], rows["mood"]["is_intangible"]) == (
        *("live", "platform", "1"),
    )
    assert (rows["trips"]["saves_learner_time"], rows["mood"]["saves_learner_time"]) == ("1", "0")


def test_flows_add_up_to_the_figures():
    dossier = make_dossier()
    rows = rows_of(flows_table(dossier))
    for option in dossier.model.options:
        counted = [row for row in rows if row["option"] == option.key and row["is_counted"] == "1"]
        for side in ("cost", "benefit"):
            total = sum(Decimal(row["amount"]) for row in counted if row["side"] == side)
            figures = dossier.results[option.key][Scenario.EXPECTED].figures
            assert total == getattr(figures, f"total_{side}s")


def test_command_writes_workbook_and_tables(tmp_path):
    make_complete_case("demo")
    call_command("case_export", "demo", "--format", "xlsx", "--out", tmp_path / "x.xlsx", verbosity=0)
    sheet = outputs_of((tmp_path / "x.xlsx").read_bytes())
    labels = [cell.value for cell in sheet["A"]]
    assert round(sheet.cell(labels.index("Net present value") + 1, 4).value) == 5_496_170
    for table in ("lines", "estimates", "flows", "figures"):
        out = tmp_path / f"{table}.csv"
        call_command("case_export", "demo", "--format", "csv", "--table", table, "--out", out, verbosity=0)
        assert rows_of(out.read_bytes())


def test_draft_shows_the_simulation_of_its_page_while_that_is_still_true():
    case = make_complete_case("demo")
    model = api.case_model(case)
    made = simulate(model, model.preferred.key, draws=500, seed=7)
    SimulationRun.objects.create(
        case=case,
        option=model.preferred.key,
        draws=500,
        seed=7,
        state="done",
        model_digest=made.model_digest,
        result=msgspec.to_builtins(made),
        asked_at=clock.now(),
    )
    assert case_dossier(case).simulation.seed == 7
    add_cost_line(case, make_line_terms(amounts=(1_000,)))
    assert case_dossier(case).simulation.seed == 1


def test_case_leads_to_its_documents(client):
    make_complete_case("demo")
    sign_in(client, Role.EXECUTIVE)
    assert 'href="/case/demo/exports/"' in client.get("/case/demo/").content.decode()
