from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mycelia.business_case.calc.csv_rows import UnreadableCsv, number_in
from mycelia.business_case.calc.ledger import MAXIMUM_BYTES, MAXIMUM_ROWS, LedgerTerms, read_ledger
from mycelia.business_case.types import Booking, LineKind

ITEMS = {LineKind.BENEFIT: {"k1": "k1", "Less travel": "k1"}, LineKind.COST: {}}
TERMS = LedgerTerms(
    "EUR",
    date(2025, 1, 1),
    date(2027, 12, 31),
    ITEMS,
)
HEADER = b"date,amount,reference,kind,category,item,currency\n"


def test_ledger_of_good_rows_becomes_bookings() -> None:
    rows = HEADER + b"2026-03-31,1234.56,A-1,,licences,,EUR\n2026-04-30,-20,A-2,benefit,,Less travel,\n"
    bookings, faults = read_ledger(rows, TERMS)
    assert faults == ()
    assert bookings == (
        Booking(date(2026, 3, 31), Decimal("1234.56"), "A-1", LineKind.COST, "licences", None, line=2),
        Booking(date(2026, 4, 30), Decimal(-20), "A-2", LineKind.BENEFIT, "", "k1", line=3),
    )


def test_ledger_of_semicolons_and_byte_order_mark_is_read() -> None:
    rows = "\ufeffDate;Amount;Reference;Category\r\n2026-03-31;5;x;support\r\n".encode()
    assert len(read_ledger(rows, TERMS)[0]) == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("31.03.2026,1,A,,licences,,", "date"),
        ("2024-12-31,1,A,,licences,,", "date"),
        ("2026-02-30,1,A,,licences,,", "date"),
        ("2026-03-31,1.234,A,,licences,,", "amount"),
        ("2026-03-31,NaN,A,,licences,,", "amount"),
        ("2026-03-31,1e99999,A,,licences,,", "amount"),
        ("2026-03-31,,A,,licences,,", "amount"),
        ("2026-03-31,1,,,licences,,", "reference"),
        ("2026-03-31,1,A,income,licences,,", "kind"),
        ("2026-03-31,1,A,,party,,", "category"),
        ("2026-03-31,1,A,benefit,,,", "item"),
        ("2026-03-31,1,A,cost,licences,Less travel,", "item"),
        ("2026-03-31,1,A,,licences,,USD", "currency"),
        ("2026-03-31,1,A,,licences,,EUR,surplus", ""),
    ],
)
def test_ledger_row_that_cannot_be_taken_is_named(row: str, column: str) -> None:
    good = b"2026-03-31,1,GOOD,,licences,,\n"
    bookings, faults = read_ledger(HEADER + good + row.encode() + b"\n", TERMS)
    assert [(fault.line, fault.column) for fault in faults] == [(3, column)]
    assert [booking.reference for booking in bookings] == ["GOOD"]


def test_ledger_with_a_reference_twice_names_the_first_line() -> None:
    row = b"2026-03-31,1,A,,licences,,\n"
    _, faults = read_ledger(HEADER + row + row, TERMS)
    assert [(fault.line, fault.column) for fault in faults] == [(3, "reference")]
    assert "2" in faults[0].reason


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEADER,
        b"date,amount\n2026-01-01,1\n",
        b"date,amount,reference,category,reference\n2026-01-01,1,a,licences,b\n",
        b"date,amount,reference,colour\n2026-01-01,1,a,red\n",
        HEADER + b"\xff\xfe",
        HEADER + b"2026-01-01,1,\0,,licences,,\n",
        HEADER + b'2026-01-01,1,"A,,licences,,\n',
        b"x" * (MAXIMUM_BYTES + 1),
        HEADER + b"2026-03-31,1,A,,licences,,\n" * (MAXIMUM_ROWS + 1),
    ],
    ids=["empty", "no rows", "missing", "repeated", "unknown", "encoding", "nul", "quotes", "bytes", "rows"],
)
def test_ledger_that_cannot_be_read_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableCsv, match=r"\w+"):
        read_ledger(content, TERMS)


@pytest.mark.parametrize("text", ["1_000", "１２", "1e3", "0x10", " 5", "1.", ".5", "NaN", "--1", ""])
def test_cell_is_a_number_only_as_the_documentation_writes_numbers(text: str) -> None:
    assert number_in(text, largest=Decimal(10_000), places=2) is None


def test_cell_with_a_number_is_read() -> None:
    texts = ["1234.56", "-7", "+3.5", "0"]
    assert [number_in(text, largest=Decimal(10_000), places=2) for text in texts] == [
        Decimal("1234.56"),
        Decimal(-7),
        Decimal("3.5"),
        Decimal(0),
    ]
