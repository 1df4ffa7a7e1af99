"""Restoring a case: its terms, then everything entered, then what happened, then what of the blueprint it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.business_case.actions.case import inserted_case
from mycelia.business_case.actions.restoring.blueprint import restore_blueprint
from mycelia.business_case.actions.restoring.history import restore_history
from mycelia.business_case.actions.restoring.names import Names
from mycelia.business_case.actions.restoring.parts import restore_parts
from mycelia.business_case.actions.rows import Rows
from mycelia.business_case.calc import check_model
from mycelia.business_case.calc.case_file import UnreadableCaseFile, read_case_file
from mycelia.business_case.calc.file_numbers import number_faults
from mycelia.business_case.errors import CaseFileRefused, CaseUnsound
from mycelia.business_case.events import CaseChanged
from mycelia.business_case.models import Case
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.queries.snapshots import sheet_from
from mycelia.business_case.types import CaseDocument, CaseFile, CaseTerms, FileFault, VersionRecord
from mycelia.kernel import clock
from mycelia.kernel.errors import InvalidInput
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require


@dataclass(frozen=True)
class Restored:
    """A restored case.

    Attributes:
        unknown: The names in its file that mean nobody and nothing here; they are kept as text.
        left: What of the blueprint in its file was left as it is here, because it is here already and says something
            else, or because the actor may not change the blueprint.
    """

    case: Case
    unknown: tuple[str, ...]
    left: tuple[str, ...] = ()


@transaction.atomic
def restore_case(*, actor: Actor, content: bytes, slug: str = "") -> Restored:
    """Restore a case from its JSON file, of this format or the one before.

    Args:
        actor: May begin cases for the unit that the file names.
        content: The file as exported.
        slug: Another short name than the file's.

    Raises:
        PermissionDenied: The actor may not begin a case there.
        CaseFileRefused: The file cannot be read, or was altered; the error names every place and reason.
        CaseUnsound: The case in it cannot be computed; the error names each line and field.
        SlugTaken: The short name is in use.
    """
    require(actor, CreateCase())
    file = _read(content)
    names = Names()
    case = _begun(actor, file.case, slug, names)
    restore_parts(Rows(actor, case), file.case, names)
    restored = restore_history(actor, case, file)
    left = restore_blueprint(actor, case, file.blueprint, names)
    audit.record(
        actor=actor,
        action="business_case.case_restored",
        object_type="case",
        object_id=case.slug,
        details={"name": case.name, "unknown": list(names.unknown), "left": list(left), **restored},
    )
    publish(CaseChanged(case_id=case.pk))
    return Restored(case, names.unknown, left)


def _read(content: bytes) -> CaseFile:
    try:
        file = read_case_file(content)
    except UnreadableCaseFile as unreadable:
        raise CaseFileRefused(unreadable.faults) from unreadable
    if faults := [fault for place, each in enumerate(file.versions) for fault in _snapshot_faults(place, each)]:
        raise CaseFileRefused(faults)
    if faults := list(_future_faults(file)):
        raise CaseFileRefused(faults)
    if problems := check_model(file.case.model):
        raise CaseUnsound(problems)
    return file


def _snapshot_faults(place: int, version: VersionRecord) -> Iterator[FileFault]:
    """Yield what keeps a version from being shown; its fingerprint tells damage, not who computed it."""
    path = f"$.versions[{place}].snapshot"
    try:
        sheet = sheet_from(version.snapshot)
    except (msgspec.ValidationError, KeyError, ValueError, TypeError, ArithmeticError) as broken:
        yield FileFault(path, _("no case as it was frozen (%(reason)s)") % {"reason": broken})
    else:
        yield from number_faults(sheet, path)


def _future_faults(file: CaseFile) -> Iterator[FileFault]:
    """Yield work that would have been finished on a day to come, as no form takes it."""
    today = clock.today()
    for place, item in enumerate(file.case.model.roadmap.items):
        if item.finished_on is not None and item.finished_on > today:
            reason = _("work cannot have been finished in the future")
            yield FileFault(f"$.case.model.roadmap.items[{place}].finished_on", reason)


def _begun(actor: Actor, document: CaseDocument, slug: str, names: Names) -> Case:
    model = document.model
    owner, unit = names.person(document.owner), names.unit(document.unit)
    terms = CaseTerms(
        name=document.name,
        currency=model.currency,
        start=model.start,
        summary=document.summary,
        horizon_months=model.horizon_months,
        rate_per_year=model.rate_per_year,
        discounting=model.discounting,
        inflation_per_year=model.inflation_per_year,
        tax_rate=model.tax_rate,
        is_short_programme=model.is_short_programme,
        counts_learner_time=model.counts_learner_time,
        is_synthetic=document.is_synthetic,
        owner_id=owner,
        scope_unit_id=unit,
        rate_source=model.rate_source,
        rate_confidence=model.rate_confidence,
        inflation_source=model.inflation_source,
        inflation_confidence=model.inflation_confidence,
        tax_source=model.tax_source,
        tax_confidence=model.tax_confidence,
    )
    try:
        case = inserted_case(actor, terms, slug or document.slug)
    except InvalidInput as refused:
        raise CaseFileRefused([FileFault("$.case", str(refused))]) from refused
    case.owner_text = "" if owner else document.owner[:300]
    case.unit_text = "" if unit else document.unit[:300]
    case.save(update_fields=["owner_text", "unit_text"])
    return case
