"""What a ledger file would book, and what is booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mycelia.business_case.calc.csv_rows import UnreadableCsv
from mycelia.business_case.calc.ledger import LedgerTerms, is_long_before, read_ledger
from mycelia.business_case.errors import LedgerRefused
from mycelia.business_case.models import BenefitLine, Case, CostLine, LedgerEntry
from mycelia.business_case.types import EARLIEST_DAY, Booking, BookingFault, LedgerPlan, LineKind
from mycelia.kernel import clock

_CHUNK = 5_000


def check_ledger(case: Case, content: bytes) -> LedgerPlan:
    """Return what applying a file would do, without doing it.

    Raises:
        LedgerRefused: The file as a whole cannot be read.
    """
    try:
        bookings, faults = read_ledger(content, _terms(case))
    except UnreadableCsv as error:
        raise LedgerRefused(str(error)) from error
    stored = {one.reference: one for one in _stored(case, [booking.reference for booking in bookings])}
    new = tuple(one for one in bookings if one.reference not in stored)
    again = [one for one in bookings if one.reference in stored]
    differing = [one for one in again if not _equal(one, stored[one.reference])]
    reason = _("This reference is booked already, with another content.")
    conflicts = [BookingFault(one.line or 0, "reference", reason) for one in differing]
    early = tuple(one for one in new if is_long_before(case.start, one.booked_on))
    listed = tuple(sorted([*faults, *conflicts], key=lambda fault: fault.line))
    return LedgerPlan(new, len(again) - len(differing), listed, early)


def bookings_of(case: Case) -> tuple[Booking, ...]:
    """Return everything booked for a case, oldest first."""
    return tuple(_booking(entry) for entry in LedgerEntry.objects.filter(case=case).iterator(chunk_size=_CHUNK))


def ledger_entries(case: Case, of: str = "") -> QuerySet[LedgerEntry]:
    """Return the entries of a case, the latest first, with the file each came from.

    Args:
        of: A cost category, or the key of a benefit, to which they are narrowed; empty for all.
    """
    entries = LedgerEntry.objects.filter(case=case).select_related("file").order_by("-booked_on", "-pk")
    of_row = Q(kind=LineKind.COST, category=of) | Q(kind=LineKind.BENEFIT, item_key=of)
    return entries.filter(of_row) if of else entries


def _terms(case: Case) -> LedgerTerms:
    costs = CostLine.objects.filter(case=case).values_list("key", "description")
    benefits = BenefitLine.objects.filter(case=case).values_list("key", "description")
    items = {LineKind.COST: _by_name(costs), LineKind.BENEFIT: _by_name(benefits)}
    return LedgerTerms(case.currency, EARLIEST_DAY, clock.today(), items)


def _by_name(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return keys by key and by description; a description that stands twice names nothing."""
    rows = list(lines)
    count = Counter(description for _key, description in rows)
    named = {description: key for key, description in rows if count[description] == 1}
    return {**named, **{key: key for key, _description in rows}}


def _stored(case: Case, references: list[str]) -> Iterator[Booking]:
    for first in range(0, len(references), _CHUNK):
        part = references[first : first + _CHUNK]
        yield from map(_booking, LedgerEntry.objects.filter(case=case, reference__in=part))


def _booking(entry: LedgerEntry) -> Booking:
    return Booking(
        entry.booked_on,
        entry.amount,
        entry.reference,
        LineKind(entry.kind),
        entry.category,
        entry.item_key or None,
        entry.description,
        entry.cost_centre,
    )


def _equal(sent: Booking, stored: Booking) -> bool:
    return (sent.booked_on, sent.amount, sent.kind, sent.category, sent.item) == (
        stored.booked_on,
        stored.amount,
        stored.kind,
        stored.category,
        stored.item,
    )
