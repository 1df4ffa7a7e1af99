"""What a case says of each input that a simulation names: what is believed, who says so, and where that opens."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.exports.entries import Entry, entries_of
from mycelia.business_case.pages.derived import KnownInput, KnownInputs, Row
from mycelia.business_case.pages.estimates import in_words
from mycelia.business_case.pages.input_names import SHARES
from mycelia.business_case.pages.roadmap_figures import item_anchor
from mycelia.business_case.types import CaseModel, InputKind


def known_inputs(slug: str, model: CaseModel, line_urls: Mapping[str, str]) -> KnownInputs:
    """Return what is known of every input that something depends on.

    Args:
        line_urls: Where the derivation of each line stands, by the beginning of the names of its inputs ("cost/KEY").
    """
    return {entry.name: KnownInput(_facts(entry), (_place(slug, entry, line_urls),)) for entry in entries_of(model)}


def _facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    kind = InputKind.SHARE if entry.name.rpartition("/")[2] in SHARES else InputKind.COUNT
    facts = (
        (_("What is believed"), in_words(entry.estimate, kind)),
        (_("Unit"), "" if kind is InputKind.SHARE else entry.unit),
        (_("Source"), entry.source or _("no source stated")),
        (_("Confidence"), entry.confidence),
    )
    return tuple((name, value) for name, value in facts if value)


def _place(slug: str, entry: Entry, line_urls: Mapping[str, str]) -> Row:
    """Return the way to where the input is used: its line, its work item, or the register."""
    kind, key = entry.name.split("/")[:2]
    if f"{kind}/{key}" in line_urls:
        return Row(_("How “%(line)s” is computed") % {"line": entry.subject}, "", line_urls[f"{kind}/{key}"])
    if kind == "item":
        address = f"{reverse('business_case:roadmap', args=[slug])}#{item_anchor(key)}"
        return Row(_("“%(item)s” on the roadmap") % {"item": entry.subject}, "", address)
    return Row(_("Assumptions"), "", reverse("business_case:assumptions", args=[slug]))
