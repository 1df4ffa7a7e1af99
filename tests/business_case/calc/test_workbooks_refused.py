"""A workbook where a CSV file or the file of a case is asked for is named as one, whole or cut short."""

from __future__ import annotations

from datetime import date

import pytest

from mycelia.business_case.calc.case_file import UnreadableCaseFile, read_case_file
from mycelia.business_case.calc.csv_rows import UnreadableCsv
from mycelia.business_case.calc.ledger import LedgerTerms, read_ledger
from mycelia.business_case.calc.series import read_series
from mycelia.business_case.calc.system_rows import read_systems

BEGINNINGS = {"of today": b"PK\x03\x04\x14\x00\xff", "of old": b"\xd0\xcf\x11\xe0\xa1\xb1", "cut": b"PK\x03\x04"}
READERS = {
    "ledger": lambda content: read_ledger(content, LedgerTerms("EUR", date(2026, 1, 1), date(2027, 1, 1))),
    "series": lambda content: read_series(content, today=date(2026, 1, 1), evidence="Report"),
    "systems": read_systems,
}


@pytest.mark.parametrize("content", BEGINNINGS.values(), ids=BEGINNINGS)
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_workbook_is_no_csv_file(read, content):
    with pytest.raises(UnreadableCsv, match="is a workbook, not a CSV file"):
        read(content)


@pytest.mark.parametrize("content", BEGINNINGS.values(), ids=BEGINNINGS)
def test_workbook_is_no_file_of_a_case(content):
    with pytest.raises(UnreadableCaseFile) as refused:
        read_case_file(content)
    fault = refused.value.faults[0]
    assert (fault.place, fault.reason.startswith("a workbook")) == ("file", True)
