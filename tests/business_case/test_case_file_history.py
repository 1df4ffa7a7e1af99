"""What happened to a case goes out and comes back with it: bookings, readings, closed months, decisions, findings."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from mycelia.business_case import api, models
from mycelia.business_case.api import Acceptance, Element, ElementTerms, KpiTerms, Lifecycle, Moment, Part, SourceKind
from mycelia.business_case.calc.digest import snapshot_digest
from mycelia.business_case.errors import CaseFileRefused, CaseUnsound, SlugTaken
from mycelia.business_case.exports.catalogue import DOCUMENTS
from mycelia.business_case.exports.record_tables import RECORD_TABLES
from mycelia.business_case.exports.source import Exported
from mycelia.business_case.exports.tables import TABLES
from mycelia.business_case.pages.problems import WORDS
from mycelia.business_case.types import (
    Estimate,
    EvidenceGrade,
    GateDecision,
    ProblemKind,
    ProposalKind,
    Reading,
    WorkItem,
)
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.append_only import triggers_off
from tests.factories.access import make_holder
from tests.factories.blueprint import make_content_model, make_link, make_system
from tests.factories.business_case import SYSTEM, make_actor, make_complete_case, make_kpi_terms
from tests.factories.case_edits import change_kpi
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db
LEDGER = (
    b"date,amount,reference,category,kind,item,description\n"
    b"2026-01-31,100.50,A-1,licences,cost,,Seats\n2026-02-10,-7,A-2,support,cost,,\n"
    b"2026-02-28,900,A-3,,benefit,All of it,"
)


@pytest.fixture
def case() -> models.Case:
    """A case that was presented, has run for two months, and was decided about; one line of it was a finding."""
    made = make_complete_case("full", start=date(2026, 1, 1))
    kpi = models.Kpi.objects.get(case=made)
    series = {"source_kind": SourceKind.SERIES, "manual_value": None, "manual_value_date": None}
    change_kpi(kpi, KpiTerms(**{**vars(make_kpi_terms()), **series}))
    models.BenefitLine.objects.filter(case=made).update(
        kpi=kpi, claimed_movement=Decimal(20), evidence_grade=EvidenceGrade.BEFORE_AFTER
    )
    _accept(made)
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=made)
    kpi.refresh_from_db()
    readings = [Reading(date(2026, month, 20), Decimal(40 + 5 * month), "Report ü") for month in (1, 2)]
    api.record_readings(actor=SYSTEM, kpi=kpi, readings=readings)
    api.import_ledger(actor=SYSTEM, case=made, content=LEDGER, file_name="year.csv")
    for month in (1, 2, 3):
        with clock.frozen(datetime(2026, month, 3, 9, tzinfo=UTC)):
            api.close_month(actor=SYSTEM, case=made)
    _decide(made)
    return made


def _decide(case: models.Case) -> None:
    executive = make_actor(Role.EXECUTIVE)
    api.decide_gate(actor=executive, case=case, decision=GateDecision.CONTINUE, rationale="On course")


def _accept(case: models.Case) -> None:
    """Accept the finding that a retired system is still paid for, which a master of a model and links hang on."""
    old = make_system(name="CourseYard", lifecycle=Lifecycle.RETIRED, yearly_cost=Decimal("7900.50"))
    new = make_system(name="Mycelia", is_platform=True, users_active=None)
    make_system(name="Of no concern to the case")
    make_link(old, new)
    make_content_model("Records", (old, Moment.TODAY, Part.MASTER), (new, Moment.TARGET, Part.MASTER))
    terms = ElementTerms("Now", "Then", 1, 4, evidence="Survey", is_synthetic=True)
    api.assess_element(actor=SYSTEM, element=Element.CULTURE, terms=terms)
    wanted = {("retired_costs", "CourseYard"), ("element_gap", "culture"), ("master_leaves", "Records")}
    found = {
        (standing.finding.rule.value, row.name): standing.finding
        for standing in api.readiness(SYSTEM, case)
        for row in standing.finding.evidence
    }
    for name in sorted(wanted & set(found)):
        kinds = [proposal.kind for proposal in found[name].proposals]
        amounts = {"amount": Decimal(7900)} if kinds[0] is not ProposalKind.WORK_ITEM else {"days": 5}
        acceptance = Acceptance(0, "From a finding", **amounts)
        api.accept_finding(actor=SYSTEM, finding=found[name], case=case, acceptance=acceptance, source="The check")


def _written(case: models.Case) -> bytes:
    return api.write_case_file(api.case_file(models.Case.objects.get(pk=case.pk)))


def _wipe(*, with_blueprint: bool) -> None:
    """Leave an installation that never had the case, which the product itself does not do."""
    with triggers_off():
        gone: list[Any] = [models.StageGate, models.Presentation, models.Version, models.MonthClose]
        blueprint = [models.SystemLink, models.ContentModel, models.System, models.ElementState]
        for table in [*gone, models.FindingDecision, models.Case, *(blueprint if with_blueprint else [])]:
            table.objects.all().delete()


@pytest.mark.parametrize("with_blueprint", [True, False])
def test_case_with_its_history_comes_back_to_the_same_bytes(case, with_blueprint):
    written, performance = _written(case), api.performance_of(case)
    _wipe(with_blueprint=with_blueprint)
    restored = api.restore_case(actor=SYSTEM, content=written)
    assert _written(restored.case) == written
    assert (restored.unknown, restored.left) == ((), ())
    assert api.performance_of(restored.case) == performance
    assert api.gates_of(restored.case).get().presentation.digest == api.versions_of(restored.case).first().digest
    assert api.latest_presentation(restored.case) is not None


def test_file_holds_what_the_case_is_about_and_nothing_else_of_the_blueprint(case):
    blueprint = json.loads(_written(case))["blueprint"]
    assert {system["name"] for system in blueprint["systems"]} == {"CourseYard", "Mycelia"}
    assert [model["name"] for model in blueprint["models"]] == ["Records"]
    assert [element["element"] for element in blueprint["elements"]] == ["culture"]
    assert len(blueprint["links"]) == 1
    assert len(blueprint["findings"]) == 3
    assert json.loads(_written(make_complete_case("other")))["blueprint"] is None


def test_line_leads_to_its_finding_again_after_it_was_restored(case):
    written = _written(case)
    _wipe(with_blueprint=True)
    restored = api.restore_case(actor=SYSTEM, content=written).case
    decisions = models.FindingDecision.objects.filter(case=restored)
    assert decisions.count() == 3
    assert all(api.standing_of(SYSTEM, one.finding_key, restored).item_id for one in decisions)


def test_blueprint_here_is_never_overwritten_and_what_was_left_is_told(case):
    written = _written(case)
    models.System.objects.filter(name="CourseYard").update(vendor="Another")
    second = api.restore_case(actor=SYSTEM, content=written, slug="second")
    keys = {one.finding_key for one in models.FindingDecision.objects.all()}
    assert set(second.left) == {"CourseYard", *keys}
    assert models.System.objects.get(name="CourseYard").vendor == "Another"
    assert models.FindingDecision.objects.filter(case=second.case).count() == 0


def test_analyst_of_one_unit_restores_a_case_and_leaves_the_blueprint_alone(case):
    unit = make_unit("north")
    content = json.loads(_written(case))
    content["case"]["unit"] = "north"
    _wipe(with_blueprint=True)
    analyst = make_actor(Role.FINANCE_ANALYST, unit_path=unit.path)
    restored = api.restore_case(actor=analyst, content=json.dumps(content).encode())
    assert {"CourseYard", "Mycelia", "Records", "culture"} <= set(restored.left)
    assert models.System.objects.count() == 0
    assert models.LedgerEntry.objects.filter(case=restored.case).count() == 3


def test_file_of_the_format_before_is_restored_without_what_it_had_not(case):
    old = json.loads(_written(case))
    for name in ("readings", "ledgers", "closes", "gates", "blueprint"):
        del old[name]
    old["format_version"] = 1
    restored = api.restore_case(actor=SYSTEM, content=json.dumps(old).encode(), slug="old").case
    assert api.versions_of(restored).count() == 1
    assert api.closes_of(restored).count() == 0


def _refusal(case: models.Case, harm: Callable[[dict[str, Any]], None]) -> dict[str, str]:
    """Return the reasons by place with which a harmed file is refused; nothing may be kept of it."""
    content = json.loads(_written(case))
    harm(content)
    with pytest.raises(CaseFileRefused) as refused:
        api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second")
    assert models.Case.objects.count() == 1
    assert models.System.objects.count() == 3
    return {fault.place: fault.reason for fault in refused.value.faults}


def test_every_value_of_the_wrong_kind_is_named_at_once(case):
    def harm(file: dict[str, Any]) -> None:
        file["readings"][0]["value"] = "a lot"
        file["readings"][1]["read_on"] = "2026-02-30"
        file["ledgers"][0]["entries"][1]["kind"] = "loan"
        del file["gates"][0]["rationale"]
        file["case"]["model"]["costs"][0]["description"] = 5
        file["blueprint"]["systems"][0]["purpose"] = "fun"

    assert set(_refusal(case, harm)) == {
        "$.readings[0].value",
        "$.readings[1].read_on",
        "$.ledgers[0].entries[1].kind",
        "$.gates[0]",
        "$.case.model.costs[0].description",
        "$.blueprint.systems[0].purpose",
    }


def test_everything_that_does_not_fit_together_is_named_at_once(case):
    def harm(file: dict[str, Any]) -> None:
        file["readings"][0]["kpi"] = "no"
        file["readings"][1]["evidence"] = " "
        entries = file["ledgers"][0]["entries"]
        entries[1]["reference"] = entries[0]["reference"]
        entries[0]["amount"] = "1.005"
        entries[2]["item"] = ""
        file["closes"][1]["column"] = 7
        file["closes"][2]["picture"] = {}
        file["gates"][0]["version"] = 9
        file["blueprint"]["links"][0]["target"] = "no"
        file["blueprint"]["findings"][0]["finding"] = {"key": "x"}
        file["versions"][0]["title"] = ""

    assert set(_refusal(case, harm)) == {
        "$.versions[0].title",
        "$.readings[0].kpi",
        "$.readings[1].evidence",
        "$.ledgers[0].entries[0].amount",
        "$.ledgers[0].entries[1].reference",
        "$.ledgers[0].entries[2].item",
        "$.closes[1].column",
        "$.closes[2].picture",
        "$.gates[0].version",
        "$.blueprint.links[0]",
        "$.blueprint.findings[0].finding",
    }


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400"])
@pytest.mark.parametrize("course", ["plan", "actual", "forecast"])
def test_closed_month_holds_numbers_only(case, course, value):
    def harm(file: dict[str, Any]) -> None:
        file["closes"][1]["picture"]["total_costs"][course][1] = value

    assert set(_refusal(case, harm)) == {f"$.closes[1].picture.total_costs.{course}[1]"}


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "1e400"])
@pytest.mark.parametrize(
    "place", [("figures", "npv"), ("flows", "costs", 0), ("document", "model", "costs", 0, "price", "likely")]
)
def test_frozen_version_holds_numbers_only_whatever_its_fingerprint_says(case, place, value):
    def harm(file: dict[str, Any]) -> None:
        version = file["versions"][0]
        part = version["snapshot"]
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = value
        version["digest"] = snapshot_digest(version["snapshot"])

    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    assert set(_refusal(case, harm)) == {f"$.versions[0].snapshot{path}"}


def test_work_finished_on_a_day_to_come_is_named(case):
    item = WorkItem("live", "Live", Estimate.fixed(3), finished_on=clock.today() + timedelta(days=1))
    api.add_item(actor=SYSTEM, case=case, value=item)

    assert set(_refusal(case, lambda _file: None)) == {"$.case.model.roadmap.items[1].finished_on"}


def test_words_too_long_for_their_place_are_named_at_the_item(case):
    def harm(file: dict[str, Any]) -> None:
        file["case"]["model"]["costs"][0]["description"] = "x" * 201
        file["case"]["model"]["benefits"][0]["description"] = "x" * 201

    assert set(_refusal(case, harm)) == {"$.case.model.costs[0]", "$.case.model.benefits[0]"}


@pytest.mark.parametrize(("field", "value"), [("name", "x" * 300), ("slug", "a/b"), ("slug", "x" * 100)])
def test_terms_that_cannot_be_are_named(case, field, value):
    content = json.loads(_written(case))
    content["case"][field] = value
    with pytest.raises(CaseFileRefused) as refused:
        api.restore_case(actor=SYSTEM, content=json.dumps(content).encode(), slug="second" if field == "name" else "")
    assert refused.value.faults[0].place == "$.case"


def test_snapshot_that_is_no_case_is_refused_though_its_fingerprint_is_right(case):
    def harm(file: dict[str, Any]) -> None:
        file["versions"][0] |= {"snapshot": {"document": 1}, "digest": snapshot_digest({"document": 1})}

    assert set(_refusal(case, harm)) == {"$.versions[0].snapshot"}


def test_command_lists_each_fault_on_a_line(case, tmp_path):
    content = json.loads(_written(case))
    content["readings"][0]["value"] = content["gates"][0]["decision"] = "no"
    file = tmp_path / "case.json"
    file.write_text(json.dumps(content))
    with pytest.raises(CommandError) as refused:
        call_command("case_import", file, "--slug", "second")
    assert [line.split(":")[0].strip() for line in str(refused.value).splitlines()[1:]] == [
        "$.readings[0].value",
        "$.gates[0].decision",
    ]


def _upload(client: Client, content: bytes, slug: str = "second") -> Any:
    file = SimpleUploadedFile("case.json", content, "application/json")
    return client.post("/case/new/restoration/", {"file": file, "slug": slug})


def test_page_restores_a_case_and_leads_to_it(case, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    downloaded = client.get("/case/full/exports/case.json").content
    assert downloaded == _written(case)
    assert _upload(client, downloaded, slug="").status_code == 422
    answer = _upload(client, downloaded)
    assert (answer.status_code, answer["Location"]) == (302, "/case/second/")
    assert "left as it is here" in client.get("/case/second/").content.decode()
    assert client.get("/case/second/actuals/").status_code == 200


def test_page_lists_every_fault_and_restores_nothing(case, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    content = json.loads(_written(case))
    content["readings"][0]["value"] = content["gates"][0]["decision"] = "no"
    answer = _upload(client, json.dumps(content).encode())
    assert answer.status_code == 422
    assert all(place in answer.content.decode() for place in ("$.readings[0].value", "$.gates[0].decision"))
    content = json.loads(_written(case))
    content["case"]["model"]["costs"][0]["risk_adjustment"] = "-2"
    answer = _upload(client, json.dumps(content).encode())
    assert answer.status_code == 422
    assert "A number here is never negative" in answer.content.decode()
    assert models.Case.objects.count() == 1


def test_every_part_of_the_record_is_a_table(case):
    api.add_comment(actor=SYSTEM, case=case, item="terms", text="=1+1")
    with zipfile.ZipFile(io.BytesIO(DOCUMENTS["tables.zip"].write(Exported(case)))) as packed:
        tables = {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))
            for name in packed.namelist()
        }
    assert set(tables) == {*TABLES, *RECORD_TABLES}
    assert [row["amount"] for row in tables["bookings"]] == ["100.50", "-7.00", "900.00"]
    assert [row["value"] for row in tables["readings"]] == ["45.0000", "50.0000"]
    assert [(row["decision"], row["version"]) for row in tables["gates"]] == [("continue", "1")]
    proven = [row for row in tables["months"] if row["side"] == "benefit" and row["column"] == "2"]
    assert [(row["actual"], row["proof"]) for row in proven] == [("900.00", "booked"), ("0", "no_kpi")]
    assert tables["comments"][0]["text"] == "'=1+1"
    assert {row["name"] for row in tables["systems"]} == {"CourseYard", "Mycelia"}
    assert {row["finding"] for row in tables["findings"]} == {
        one.finding_key for one in models.FindingDecision.objects.all()
    }
    assert tables["kpis"][0]["objective_title"] == "Sell more"
    for name in ("versions", "links", "content-models", "elements"):
        assert tables[name], name


def test_command_writes_one_table_and_all(case, tmp_path):
    call_command("case_export", "full", "--format", "csv", "--table", "gates", "--out", tmp_path / "gates.csv")
    assert b"On course" in (tmp_path / "gates.csv").read_bytes()
    call_command("case_export", "full", "--format", "zip", "--out", tmp_path / "all.zip")
    assert zipfile.is_zipfile(tmp_path / "all.zip")


def test_every_reason_why_a_case_cannot_be_computed_has_words():
    assert set(WORDS) == set(ProblemKind)


NASTY = (
    None,
    "",
    "x" * 400,
    "no",
    -1,
    0,
    10**20,
    "1e400",
    "NaN",
    True,
    [],
    {},
    [None],
    {"a": 1},
    "2026-02-30",
    "9999-12-31",
)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in a file but for what a snapshot or a picture holds."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        if name != "snapshot":
            yield from _leaves(each, (*path, name))


def _spoilt(content: dict[str, Any], path: tuple[Any, ...], value: Any) -> bytes:
    spoilt = json.loads(json.dumps(content))
    holder = spoilt
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    return json.dumps(spoilt).encode()


def test_file_spoilt_anywhere_is_restored_or_refused_and_breaks_nothing(case):
    content = json.loads(_written(case))
    paths = [path for path in _leaves(content) if path]
    chance = random.Random(7)
    for number in range(60):
        path, value = chance.choice(paths), chance.choice(NASTY)
        try:
            with transaction.atomic():
                restored = api.restore_case(actor=SYSTEM, content=_spoilt(content, path, value), slug=f"s{number}").case
                api.performance_of(restored)
                api.write_case_file(api.case_file(restored))
        except (CaseFileRefused, CaseUnsound, SlugTaken):
            assert not models.Case.objects.filter(slug=f"s{number}").exists()
        except Exception as broken:
            raise AssertionError(f"{path} = {value!r}") from broken
