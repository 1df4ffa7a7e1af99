"""The gate in words: what is missing, why it matters, and where it is put right."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.pages.vocabulary import REASONS, REMEDIES
from mycelia.business_case.types import CaseSheet, ItemKind, LineKind, Missing, MissingPart
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class Gap:
    """One reason why a case cannot be presented.

    Attributes:
        subject: The objective, KPI, line or work item concerned; empty for the case itself.
        url: The form that fixes it for an editor; for another reader, the place on the case's page.
    """

    subject: str
    reason: str
    remedy: str
    url: str


@dataclass(frozen=True)
class GatePage:
    """Context of `/case/<slug>/presentation/`: the refusal, or the last question before presenting."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    gaps: tuple[Gap, ...]
    is_refused: bool
    may_edit: bool
    may_present: bool
    owner_name: str
    case_url: str


def gaps_of(slug: str, missing: tuple[Missing, ...], *, may_edit: bool) -> tuple[Gap, ...]:
    """Return the reasons in words, each with the address that helps this reader."""
    return tuple(
        Gap(
            gap.subject,
            str(REASONS[gap.part]),
            str(REMEDIES[gap.part]),
            _form_url(slug, gap) if may_edit else _place_url(slug, gap),
        )
        for gap in missing
    )


def gate_page(
    sheet: CaseSheet, missing: tuple[Missing, ...], *, is_refused: bool, may_edit: bool, may_present: bool
) -> GatePage:
    """Return the page of the gate."""
    case_url = reverse("business_case:case", args=[sheet.slug])
    return GatePage(
        title=_("This case cannot be presented yet") if missing else _("Ready to be presented"),
        lead=_("A case goes to the committee once every objective has a KPI with baseline, target, owner and source."),
        breadcrumbs=(
            Breadcrumb(_("Business cases"), reverse("business_case:list")),
            Breadcrumb(sheet.name, case_url),
            Breadcrumb(_("Presentation")),
        ),
        gaps=gaps_of(sheet.slug, missing, may_edit=may_edit),
        is_refused=is_refused,
        may_edit=may_edit,
        may_present=may_present,
        owner_name=sheet.owner_name,
        case_url=case_url,
    )


def _form_url(slug: str, gap: Missing) -> str:
    if gap.line_kind is not None and gap.line_id:
        return f"{reverse('business_case:line', args=[slug, gap.line_kind, gap.line_id])}#id_{_field_of(gap.part)}"
    if gap.kpi_id is not None:
        return f"{reverse('business_case:kpi', args=[slug, gap.kpi_id])}#id_{_field_of(gap.part)}"
    if gap.objective_id is not None:
        return reverse("business_case:kpi_new", args=[slug, gap.objective_id])
    if gap.part is MissingPart.ADOPTION_CONFIRMATION:
        return f"{reverse('business_case:drivers', args=[slug])}#id_{_field_of(gap.part)}"
    if gap.work_item:
        address = reverse("business_case:part", args=[slug, ItemKind.WORK_ITEM, gap.work_item])
        return f"{address}#id_{_field_of(gap.part)}"
    if gap.part is MissingPart.OBJECTIVES:
        return reverse("business_case:objective_new", args=[slug])
    kind = LineKind.COST if gap.part is MissingPart.COSTS else LineKind.BENEFIT
    return reverse("business_case:line_new", args=[slug, kind])


def _field_of(part: MissingPart) -> str:
    fields = {
        MissingPart.OWNER_INACTIVE: "owner",
        MissingPart.SOURCE: "source_kind_0",
        MissingPart.SOURCE_METRIC: "metric_id",
        MissingPart.SOURCE_EVIDENCE: "manual_evidence",
        MissingPart.CONFIRMATION: "is_placeholder",
        MissingPart.ADOPTION_CONFIRMATION: "is_placeholder",
        MissingPart.DURATION_CONFIRMATION: "is_placeholder",
        MissingPart.ISOLATION: "isolation_method",
        MissingPart.CONFIDENCE_FACTOR: "confidence_factor_2",
        MissingPart.OWN_MOVEMENT: "claimed_movement",
        MissingPart.POSSIBLE_MOVEMENT: "claimed_movement",
    }
    return fields.get(part, str(part))


def _place_url(slug: str, gap: Missing) -> str:
    case_url = reverse("business_case:case", args=[slug])
    if gap.kpi_id is not None:
        return f"{case_url}#kpi-{gap.kpi_id}"
    if gap.objective_id is not None:
        return f"{case_url}#objective-{gap.objective_id}"
    if gap.line_kind is not None:
        return f"{case_url}#{gap.line_kind}s"
    if gap.work_item:
        return reverse("business_case:roadmap", args=[slug])
    benefits = (MissingPart.BENEFITS, MissingPart.ADOPTION_CONFIRMATION)
    places = {MissingPart.COSTS: "costs", **dict.fromkeys(benefits, "benefits")}
    return f"{case_url}#{places.get(gap.part, 'objectives')}"
