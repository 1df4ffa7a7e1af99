"""Databases with a record of what happened come along through the later migrations, and back where there is a way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.models import Case, Comment, Export, LedgerFile, Presentation, SimulationRun, Version
from mycelia.business_case.types import GateDecision
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from mycelia.people.models import OrganisationUnit
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_actor, make_complete_case
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db(transaction=True)
APP = "business_case"
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
LEDGER = b"date,amount,reference,category\n2026-01-31,100,A-1,licences\n"
PAGES = ("", "versions/", "actuals/", "actuals/ledger/", "comments/", "risk/", "assumptions/", "roadmap/")
RECORD = ("Version", "Presentation", "LedgerFile", "LedgerEntry", "MonthClose", "StageGate", "Comment")
SUBJECT = ("case_name", "scope_unit_id", "unit_text")


def _migrate(name: str) -> Any:
    """Migrate to the one with a name, or to the newest where it is empty, and return its models by name."""
    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == APP]
    targets = [(APP, name)] if name else newest
    executor.migrate(targets)
    apps = executor.loader.project_state(targets).apps
    return lambda model: apps.get_model(APP, model)


@pytest.fixture(autouse=True)
def newest_afterwards() -> Iterator[None]:
    yield
    _migrate("")


def _presented(slug: str, **terms: Any) -> Case:
    case = make_complete_case(slug, name=slug.title(), **terms)
    api.present_case(actor=SYSTEM, case=case)
    return case


def _edit(case: Case, **changed: Any) -> None:
    Case.objects.filter(pk=case.pk).update(state="draft", **changed)


@pytest.fixture
def case() -> Case:
    """A case that was presented, booked, closed, decided about, discussed and simulated."""
    made = _presented("told")
    api.import_ledger(actor=SYSTEM, case=made, content=LEDGER, file_name="january.csv")
    with clock.frozen(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        for _month in range(2):
            api.close_month(actor=SYSTEM, case=made)
    executive = make_actor(Role.EXECUTIVE)
    api.decide_gate(actor=executive, case=made, decision=GateDecision.CONTINUE, rationale="On course")
    api.resolve_comment(actor=executive, comment=api.add_comment(actor=executive, case=made, item="terms", text="Why?"))
    run = api.ask_simulation(actor=SYSTEM, case=made, queue=lambda run: None, draws=500)
    api.run_simulation(run_id=run.pk)
    return made


def _told(case: Case, reader: Any) -> dict[str, Any]:
    """Return all that pages tell of a case, and what they are computed from."""
    client = Client()
    client.force_login(reader)
    pages = {page: client.get(f"/case/{case.slug}/{page}").content.decode() for page in PAGES}
    stored = Case.objects.get(pk=case.pk)
    return {
        **{page: re.findall(r">\s*([^<>]*\d[^<>]*?)\s*<", text) for page, text in pages.items()},
        "sheet": replace(api.case_sheet(stored), as_of=MOMENT),
        "performance": api.performance_of(stored),
        "simulation": api.simulation_of(stored, api.case_model(stored)).result,
        "file": replace(api.case_file(stored), case=None),
    }


def test_case_with_a_record_goes_back_and_comes_along_and_every_page_tells_the_same(case):
    """One test, because each way takes its time."""
    reader = make_holder(Role.EXECUTIVE)
    copy = api.restore_case(actor=SYSTEM, content=api.write_case_file(api.case_file(case)), slug="copy").case
    api.ask_export(actor=SYSTEM, case=case, file_name="brief-learners.pdf", queue=lambda export: None)
    SimulationRun.objects.create(case=copy, option="x", draws=500, seed=1, state="running", asked_at=MOMENT)
    before = _told(case, reader)
    assert all(before[page] for page in PAGES)
    old = _migrate("0017_sources_of_adoption_and_durations")
    assert [old(name).objects.filter(case_id=case.pk).count() for name in RECORD] == [1, 1, 1, 1, 2, 1, 1]
    _migrate("")
    _state_anew_who_says_how_high_the_rate_is(case)
    assert _told(case, reader) == before
    _assert_marks_are_given_up_and_stay_for_good_again(copy)
    assert not Export.objects.exists()
    assert api.ask_export(actor=SYSTEM, case=case, file_name="slides.pptx", queue=lambda export: None).pk
    assert [run.told_at for run in SimulationRun.objects.all()] == [None, None]


def _state_anew_who_says_how_high_the_rate_is(case: Case) -> None:
    """Tables of before have no place for the source of the rate: who goes back gives it up."""
    assert Case.objects.get(pk=case.pk).rate_source == ""
    Case.objects.filter(pk=case.pk).update(rate_source=case.rate_source)


def _assert_marks_are_given_up_and_stay_for_good_again(copy: Case) -> None:
    """Tables of before have no place for the marks of comments and ledger files; those of versions are older."""
    for table in (Comment, LedgerFile):
        assert [row.is_restored for row in table.objects.filter(case=copy)] == [False]
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            table.objects.filter(case=copy).update(restored_at=MOMENT)
    assert Version.objects.get(case=copy).is_restored


def test_presentations_are_told_by_columns_what_their_snapshots_say_also_of_units_renamed_since():
    north, south = make_unit("NORTH"), make_unit("SOUTH")
    whole = _presented("whole")
    stays, moved = _presented("stays", scope_unit_id=north.pk), _presented("moved", scope_unit_id=north.pk)
    coded, named = _presented("coded", scope_unit_id=south.pk), _presented("named", scope_unit_id=south.pk)
    _edit(moved, name="Renamed", scope_unit=south)
    _edit(coded, name="Renamed")
    copy = api.restore_case(actor=SYSTEM, content=api.write_case_file(api.case_file(stays)), slug="copy").case
    before = {row.case_id: _subject(row) for row in Presentation.objects.all()}
    _migrate("0022_readings_undone")
    OrganisationUnit.objects.filter(pk=north.pk).update(code="N-2", name="Northern Europe")
    OrganisationUnit.objects.filter(pk=south.pk).update(code="S-2")
    _migrate("")
    after = {row.case_id: _subject(row) for row in Presentation.objects.all()}
    for case in (whole, stays, coded, named, copy):
        assert after[case.pk] == before[case.pk], case.slug
    assert after[stays.pk] == ("Stays", north.pk, "")
    assert after[copy.pk] == ("Stays", None, "NORTH")
    # Nothing says any more which unit it was: it is told to nobody until it is presented again.
    assert after[moved.pk] == ("Moved", None, "NORTH")
    assert {case.slug for case in api.cases_with_briefs(SYSTEM)} == {"whole", "stays", "coded", "named"}


def _subject(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in SUBJECT)


def test_what_a_presentation_was_about_never_changes():
    _presented("told")
    for change in ({"case_name": "x"}, {"unit_text": "x"}, {"scope_unit": make_unit("NORTH")}):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Presentation.objects.update(**change)
