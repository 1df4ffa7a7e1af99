"""Work that was to be finished by now, and is not: named wherever a reader decides, and kept out of frozen versions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from mycelia.business_case import api, models
from mycelia.business_case.exports.briefs.answers import answers
from mycelia.business_case.exports.briefs.questions import Stakeholder
from mycelia.business_case.exports.findings import finish
from mycelia.business_case.exports.source import case_dossier
from mycelia.business_case.types import Dependency, Estimate, ItemKind, WorkItem
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_complete_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
WORDS = "It is overdue: it was to be finished by 7 January 2026, and on 20 March 2026 it is not."


@pytest.fixture(autouse=True)
def _told_in_march():
    with clock.frozen(datetime(2026, 3, 20, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def case() -> models.Case:
    """A case with work that was to take from 1 to 7 January, and with some that follows."""
    case = make_complete_case("late")
    for item in (
        WorkItem("contract", "Contract", Estimate.fixed(5), source="IT"),
        WorkItem("set-up", "Set-up", Estimate.fixed(3), depends_on=(Dependency("contract"),), source="IT"),
    ):
        api.add_item(actor=SYSTEM, case=case, value=item)
    return case


def test_finished_roadmap_tells_its_day_and_neither_chances_nor_what_is_critical(client):
    case = make_complete_case("done")
    for key, needs in (("contract", ()), ("set-up", (Dependency("contract"),))):
        item = WorkItem(key, key, Estimate.pert(3, 5, 9), depends_on=needs, finished_on=date(2026, 2, 2), source="IT")
        api.add_item(actor=SYSTEM, case=case, value=item)
    run = api.ask_simulation(actor=SYSTEM, case=case, draws=200, queue=lambda run: None)
    assert api.run_simulation(run_id=run.pk).state == "done"
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    page = client.get("/case/done/roadmap/").content.decode()
    assert "2 February 2026" in page.partition("Finished")[2][:400]
    for noise in ("As likely as not", "8 of 10 draws</", "Chances", ">critical<", "● contract", "to spare"):
        assert noise not in page
    assert finish(case_dossier(models.Case.objects.get(pk=case.pk))) == "Done by 2 February 2026"


def test_roadmap_form_overview_and_gate_name_what_is_overdue(case, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    roadmap = client.get("/case/late/roadmap/").content.decode()
    contract = roadmap.partition('id="item-contract"')[2].partition('id="item-set-up"')[0]
    assert WORDS in contract
    assert "overdue" in contract.partition("</div>")[0]
    assert "! ● Contract" in roadmap
    assert "<title>Contract, overdue</title>" in roadmap
    assert "2 items" in roadmap.partition("Overdue")[2][:400]
    assert "as of 20 March 2026" in roadmap
    assert WORDS in client.get("/case/late/work-items/contract/").content.decode()
    for page in ("/case/late/", "/case/late/presentation/"):
        assert WORDS in client.get(page).content.decode()


def test_closing_months_says_what_is_overdue(case, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    words = "2 work items were to be finished by now, and are not: Contract, Set-up."
    assert words in client.get("/case/late/actuals/").content.decode()


def test_what_is_finished_is_not_overdue(case, client):
    for state in api.items_of(case, ItemKind.WORK_ITEM):
        done = replace(state.value, finished_on=TODAY - timedelta(days=3))
        api.change_item(actor=SYSTEM, case=case, value=done, seen_revision=state.revision)
    client.force_login(make_holder(Role.EXECUTIVE))
    for page in ("/case/late/roadmap/", "/case/late/actuals/", "/case/late/"):
        assert "overdue" not in client.get(page).content.decode().replace("! is overdue", "")


def test_briefs_for_it_finance_and_management_name_it(case):
    dossier = case_dossier(case)
    words = "2 work items are overdue: Contract, Set-up."
    for reader, code in ((Stakeholder.IT, "IT-3"), (Stakeholder.FINANCE, "FIN-3"), (Stakeholder.MANAGEMENT, "MGT-4")):
        told = {key: [sentence.text for sentence in said] for key, _, said in answers(dossier, reader)}
        assert words in told[code], reader


def _simulated(*options: str) -> dict:
    said = StringIO()
    call_command("case_simulate", *options, "--draws", "100", "--json", stdout=said)
    return json.loads(said.getvalue())


def test_simulation_names_it_and_is_the_same_for_the_same_day(case):
    found = _simulated("late")
    overdue = [each for each in found["findings"] if each["principle"] == "overdue"]
    assert [(each["label"], each["related"]) for each in overdue] == [
        ("Contract", ["2026-01-07", "2026-03-20"]),
        ("Set-up", ["2026-01-12", "2026-03-20"]),
    ]
    assert found["as_of"] == "2026-03-20"
    assert found["finish"]["p50"] == "2026-03-25"
    with clock.frozen(datetime(2026, 6, 1, tzinfo=UTC)):
        assert _simulated("late")["finish"]["p50"] == "2026-06-04"
        again = _simulated("late", "--as-of", "2026-03-20")
    assert {**again, "seconds": 0} == {**found, "seconds": 0}
    said = StringIO()
    call_command("case_simulate", "late", "--draws", "100", stdout=said)
    assert "told on 2026-03-20: nothing open finishes before it" in said.getvalue()


def test_frozen_version_keeps_its_day_and_the_file_holds_none(case):
    version = api.freeze_case(actor=SYSTEM, case=case, title="March")
    with clock.frozen(datetime(2026, 6, 1, tzinfo=UTC)):
        frozen = api.sheet_from(api.version_of(case, version.number).snapshot)
        assert frozen.model.roadmap.as_of == TODAY
        assert frozen.options[0].finish == date(2026, 3, 25)
        assert api.case_sheet(case).options[0].finish == date(2026, 6, 4)
        file = api.case_file(case)
    assert file.case.model.roadmap.as_of is None
    assert file.versions[0].snapshot["document"]["model"]["roadmap"]["as_of"] == "2026-03-20"
