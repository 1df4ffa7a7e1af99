"""The versions of a case: frozen, compared line by line, and shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.forms.versions import ComparisonForm, ShareForm, VersionForm
from mycelia.business_case.models import Case, ShareLink, Version
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import Derivation
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.sections import VERSIONS, Tab, case_tabs
from mycelia.business_case.pages.stated import field_label, parts_of, value_in_words
from mycelia.business_case.pages.vocabulary import ITEM_KINDS, VERSION_CHANGES
from mycelia.business_case.types import ItemChange, VersionChange, VersionComparison
from mycelia.ui.api import Breadcrumb

DRAFT = 0
"""The number under which the draft is compared."""
_TONES = {VersionChange.ADDED: "success", VersionChange.REMOVED: "danger", VersionChange.CHANGED: "warning"}


@dataclass(frozen=True)
class VersionRow:
    """One frozen version."""

    number: int
    title: str
    made: str
    digest: str
    url: str
    compare_url: str


@dataclass(frozen=True)
class FieldRow:
    """A field that differs: before and after, as written."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeRow:
    """One item that differs."""

    kind: str
    label: str
    verb: str
    tone: str
    effect: str
    derivation: Derivation | None
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True)
class ComparisonTable:
    """What differs between two versions, and what it does to the net present value."""

    title: str
    summary: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class LinkRow:
    """One link to a version."""

    version: str
    made: str
    state: str
    is_open: bool
    revoke_url: str


@dataclass(frozen=True)
class VersionsPage:
    """Context of `/case/<slug>/versions/`; `new_link` is shown once."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    versions: tuple[VersionRow, ...]
    comparison: ComparisonTable | None
    comparison_form: ComparisonForm | None
    links: tuple[LinkRow, ...]
    version_form: VersionForm | None
    share_form: ShareForm | None
    new_link: str
    shares_url: str


def versions_page(
    case: Case,
    versions: Sequence[Version],
    links: Sequence[ShareLink],
    *,
    comparison: ComparisonTable | None,
    comparison_form: ComparisonForm,
    version_form: VersionForm | None,
    share_form: ShareForm | None,
    new_link: str,
    moment: datetime,
) -> VersionsPage:
    """Return the page; the forms are None for who may only read."""
    return VersionsPage(
        title=_("Versions"),
        lead=_(
            "The case as it was at a moment: frozen for good, comparable line by line, and shared by a link that ends."
        ),
        breadcrumbs=trail(case, _("Versions")),
        tabs=case_tabs(case.slug, VERSIONS),
        versions=tuple(_version(case, version) for version in versions),
        comparison=comparison,
        comparison_form=comparison_form if versions else None,
        links=tuple(_link(case, link, moment) for link in links) if share_form is not None else (),
        version_form=version_form,
        share_form=share_form if versions else None,
        new_link=new_link,
        shares_url=reverse("business_case:shares", args=[case.slug]),
    )


def comparison_table(found: VersionComparison, *, before: str, after: str, currency: str) -> ComparisonTable:
    """Return a comparison as it is read."""
    change = found.npv_after - found.npv_before
    return ComparisonTable(
        title=_("%(after)s compared with %(before)s") % {"after": after, "before": before},
        summary=_("Net present value %(before)s before, %(after)s after: %(change)s.")
        % {
            "before": formats.money(found.npv_before, currency),
            "after": formats.money(found.npv_after, currency),
            "change": _signed(change, currency),
        },
        rows=tuple(_change(one, currency, found.names) for one in found.changes),
    )


def _version(case: Case, version: Version) -> VersionRow:
    made = _("%(name)s, %(instant)s") % {"name": version.made_by_name, "instant": formats.instant(version.made_at)}
    compare = f"{reverse('business_case:versions', args=[case.slug])}?before={version.number}&after={DRAFT}"
    address = reverse("business_case:version", args=[case.slug, version.number])
    return VersionRow(version.number, version.title, with_origin(made, version), version.digest[:12], address, compare)


def _link(case: Case, link: ShareLink, moment: datetime) -> LinkRow:
    is_open = link.revoked_at is None and link.expires_at > moment
    closed = _("revoked") if link.revoked_at is not None else _("expired")
    until = _("open until %(instant)s") % {"instant": formats.instant(link.expires_at)}
    return LinkRow(
        version=f"{link.version.number}: {link.version.title}",
        made=_("%(name)s, %(instant)s") % {"name": link.made_by_name, "instant": formats.instant(link.made_at)},
        state=until if is_open else closed,
        is_open=is_open,
        revoke_url=reverse("business_case:share_revocation", args=[case.slug, link.pk]),
    )


def _change(one: ItemChange, currency: str, names: Mapping[str, str]) -> ChangeRow:
    return ChangeRow(
        kind=str(ITEM_KINDS[one.kind]),
        label=one.name,
        verb=str(VERSION_CHANGES[one.change]),
        tone=_TONES[one.change],
        effect="" if not one.npv_effect else _signed(one.npv_effect, currency),
        derivation=_of_effect() if one.npv_effect else None,
        fields=tuple(
            FieldRow(field_label(name), value_in_words(name, before, names), value_in_words(name, after, names))
            for each in one.fields
            for name, before, after in parts_of(each.field, each.theirs, each.ours)
        ),
    )


def _of_effect() -> Derivation:
    return Derivation(
        _("present value in the newer version − present value in the older one"),
        note=_("Each under the terms, drivers and roadmap of its own version, before tax; a cost counts as negative."),
    )


def _signed(value: Decimal, currency: str) -> str:
    written = formats.money(value, currency)
    return f"+{written}" if value > 0 else written
