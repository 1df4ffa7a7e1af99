"""Databases with a record of what happened come along through the later migrations, and back where there is a way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from mycelia.business_case import api
from mycelia.business_case.models import Case, Presentation
from mycelia.people.models import OrganisationUnit
from tests.factories.business_case import SYSTEM, make_complete_case
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db(transaction=True)
APP = "business_case"
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
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
