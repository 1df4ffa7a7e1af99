"""Where a dossier comes from: the snapshot of a presented case, or the case as it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from mycelia.business_case import api
from mycelia.business_case.errors import NotPresented
from mycelia.business_case.exports import findings
from mycelia.business_case.exports.dossier import DRAWS, SEED, Dossier
from mycelia.business_case.models import Case, Presentation
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.vocabulary import DECISIONS
from mycelia.business_case.queries import sheet_from
from mycelia.business_case.types import CaseFile, CaseState, GateDecision, RestoredMarks

LONGEST_REASON = 200


@dataclass(frozen=True)
class Exported:
    """A case that documents are made of; what it is computed to and what its record holds are read once, if needed.

    Attributes:
        told: Told the share that is done of a simulation that has to be made.
        tells_platform: Whether a draft comes with what the platform records of itself, which takes a while to count.
    """

    case: Case
    told: Callable[[float], None] | None = None
    tells_platform: bool = True

    @cached_property
    def dossier(self) -> Dossier:
        """Return the case with everything computed from it, see `case_dossier`, and how it went since."""
        closed, gate = api.performance_at_close(self.case), _last_gate(self.case)
        made = case_dossier(self.case, tells_platform=self.tells_platform)
        return replace(made, closed=closed, gate=gate, told=self.told)

    @cached_property
    def presented(self) -> Dossier:
        """Return what was presented last, whatever the draft says now.

        Raises:
            NotPresented: The case was never presented.
        """
        return replace(presented_dossier(self._presentation), told=self.told)

    @property
    def source(self) -> api.ExportSource:
        """Return what `dossier` is made from."""
        made_from = api.source_of_sheet(self.dossier.sheet) if self.dossier.is_draft else self.presented_source
        return api.source_with_record(self.case, made_from)

    @property
    def presented_source(self) -> api.ExportSource:
        """Return what `presented` is made from."""
        return api.source_of_presentation(self._presentation)

    @cached_property
    def file(self) -> CaseFile:
        """Return everything that was entered, happened and was decided."""
        return api.case_file(self.case)

    @cached_property
    def marks(self) -> RestoredMarks:
        """Return which of the records in `file` came from a file; the file itself does not tell it."""
        return api.restored_marks(self.case)

    @cached_property
    def _presentation(self) -> Presentation:
        latest = api.latest_presentation(self.case)
        if latest is None:
            raise NotPresented(slug=self.case.slug)
        return latest


def _last_gate(case: Case) -> str:
    last = api.gates_of(case).first()
    if last is None:
        return ""
    words = _("Last stage gate: %(decision)s, decided by %(name)s on %(day)s: “%(why)s”.") % {
        "decision": str(DECISIONS[GateDecision(last.decision)]).lower(),
        "name": last.decided_by_name,
        "day": formats.day(last.decided_at.date()),
        "why": findings.short(last.rationale, LONGEST_REASON),
    }
    return with_origin(words, last)


def case_dossier(case: Case, *, tells_platform: bool = True) -> Dossier:
    """Return what exports are made from: what was presented while that still holds, else the draft as it stands.

    Args:
        tells_platform: Whether a draft comes with what the platform records of itself, as briefs tell it.

    Raises:
        CaseUnsound: The case contradicts itself and cannot be computed.
    """
    latest = api.latest_presentation(case)
    if latest is not None and case.state == CaseState.PRESENTED:
        return presented_dossier(latest)
    blueprint = api.recorded_landscape(case) if tells_platform else api.landscape(case)
    sheet = replace(api.case_sheet(case), landscape=blueprint)
    standing = _("Draft of %(instant)s: not presented, may still change") % {"instant": formats.instant(sheet.as_of)}
    picture = api.simulation_of(case, sheet.model)
    known = None if picture.is_stale else picture.result
    return Dossier(sheet, is_draft=True, standing=standing, known=known)


def presented_dossier(presentation: Presentation) -> Dossier:
    """Return what a presentation showed; it never changes."""
    sheet = sheet_from(presentation.snapshot)
    standing = _("Presented by %(name)s on %(instant)s") % {
        "name": presentation.presented_by_name,
        "instant": formats.instant(presentation.presented_at),
    }
    standing = with_origin(standing, presentation)
    known = api.kept_simulation(presentation.case, sheet.model, draws=DRAWS, seed=SEED)
    return Dossier(sheet, is_draft=False, standing=standing, digest=presentation.digest, known=known)
