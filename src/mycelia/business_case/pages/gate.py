"""The gate in words: what is missing, why it matters, and where it is put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.pages.cautions import REMEDIES as REMEDIES_OF_FINDINGS
from mycelia.business_case.pages.cautions import anchor_of, finding_in_words
from mycelia.business_case.pages.roadmap_figures import item_anchor
from mycelia.business_case.pages.vocabulary import REASONS, REMEDIES
from mycelia.business_case.types import CaseSheet, Caution, ItemKind, LineKind, Missing, MissingPart
from mycelia.ui.api import Breadcrumb

TERMS = (MissingPart.RATE_SOURCE, MissingPart.INFLATION_SOURCE, MissingPart.TAX_SOURCE)
ADOPTION = (MissingPart.ADOPTION_CONFIRMATION, MissingPart.ADOPTION_MONTHS)


@dataclass(frozen=True)
class Gap:
    """One reason why a case cannot be presented, or one thing that a committee will ask about.

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
    cautions: tuple[Gap, ...]
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
            _reason(gap),
            str(REMEDIES[gap.part]),
            _form_url(slug, gap) if may_edit else _place_url(slug, gap),
        )
        for gap in missing
    )


def cautions_of(slug: str, cautions: Sequence[Caution], *, may_edit: bool) -> tuple[Gap, ...]:
    """Return what a committee will ask about, each with the address that helps this reader."""
    return tuple(
        Gap(
            each.subject,
            finding_in_words(each.finding),
            str(REMEDIES_OF_FINDINGS[each.finding.principle]),
            _caution_url(slug, each) if may_edit else _caution_place(slug, each),
        )
        for each in cautions
    )


def gate_page(
    sheet: CaseSheet,
    missing: tuple[Missing, ...],
    cautions: tuple[Caution, ...],
    *,
    is_refused: bool,
    may_edit: bool,
    may_present: bool,
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
        cautions=cautions_of(sheet.slug, cautions, may_edit=may_edit),
        is_refused=is_refused,
        may_edit=may_edit,
        may_present=may_present,
        owner_name=sheet.owner_name,
        case_url=case_url,
    )


def _reason(gap: Missing) -> str:
    return str(REASONS[gap.part]) if gap.finding is None else finding_in_words(gap.finding)


def _caution_url(slug: str, caution: Caution) -> str:
    """Return the field of the form that a finding is about."""
    anchor = anchor_of(caution.finding)
    if caution.line_kind is not None and caution.line_id:
        return f"{reverse('business_case:line', args=[slug, caution.line_kind, caution.line_id])}#{anchor}"
    if caution.work_item:
        address = reverse("business_case:part", args=[slug, ItemKind.WORK_ITEM, caution.work_item])
        return f"{address}#{anchor}"
    if caution.named_input:
        address = reverse("business_case:part", args=[slug, ItemKind.INPUT, caution.named_input])
        return f"{address}#{anchor}"
    if caution.finding.field == "counts_learner_time":
        return f"{reverse('business_case:terms', args=[slug])}#{anchor}"
    return reverse("business_case:line_new", args=[slug, LineKind.COST])


def _caution_place(slug: str, caution: Caution) -> str:
    """Return where a reader sees what a finding is about."""
    if caution.work_item:
        return f"{reverse('business_case:roadmap', args=[slug])}#{item_anchor(caution.work_item)}"
    return f"{reverse('business_case:case', args=[slug])}#{caution.line_kind or LineKind.COST}s"


def _form_url(slug: str, gap: Missing) -> str:
    if gap.line_kind is not None and gap.line_id:
        return f"{reverse('business_case:line', args=[slug, gap.line_kind, gap.line_id])}#{_anchor(gap)}"
    if gap.kpi_id is not None:
        return f"{reverse('business_case:kpi', args=[slug, gap.kpi_id])}#id_{_field_of(gap.part)}"
    if gap.objective_id is not None:
        return reverse("business_case:kpi_new", args=[slug, gap.objective_id])
    if gap.part in ADOPTION:
        return f"{reverse('business_case:drivers', args=[slug])}#{_anchor(gap)}"
    if gap.work_item:
        address = reverse("business_case:part", args=[slug, ItemKind.WORK_ITEM, gap.work_item])
        return f"{address}#{_anchor(gap)}"
    if gap.named_input:
        address = reverse("business_case:part", args=[slug, ItemKind.INPUT, gap.named_input])
        return f"{address}#{_anchor(gap)}"
    if gap.part in TERMS:
        return f"{reverse('business_case:terms', args=[slug])}#{_anchor(gap)}"
    if gap.part is MissingPart.OBJECTIVES:
        return reverse("business_case:objective_new", args=[slug])
    kind = LineKind.COST if gap.part is MissingPart.COSTS else LineKind.BENEFIT
    return reverse("business_case:line_new", args=[slug, kind])


def _anchor(gap: Missing) -> str:
    return f"id_{_field_of(gap.part)}" if gap.finding is None else anchor_of(gap.finding)


def _field_of(part: MissingPart) -> str:
    fields = {
        MissingPart.OWNER_INACTIVE: "owner",
        MissingPart.SOURCE: "source_kind_0",
        MissingPart.SOURCE_METRIC: "metric_id",
        MissingPart.SOURCE_EVIDENCE: "manual_evidence",
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
    if gap.part in TERMS:
        return reverse("business_case:assumptions", args=[slug])
    benefits = (MissingPart.BENEFITS, MissingPart.INPUT_CONFIRMATION, *ADOPTION)
    places = {MissingPart.COSTS: "costs", **dict.fromkeys(benefits, "benefits")}
    return f"{case_url}#{places.get(gap.part, 'objectives')}"
