"""What a file of a KPI's values would do."""

from __future__ import annotations

from mycelia.business_case.calc.csv_rows import UnreadableCsv
from mycelia.business_case.calc.series import read_series
from mycelia.business_case.errors import RowsRefused
from mycelia.business_case.models import Kpi, KpiReading
from mycelia.business_case.types import SeriesPlan
from mycelia.kernel import clock


def check_series(kpi: Kpi, content: bytes, *, file_name: str) -> SeriesPlan:
    """Return what a file would do to a KPI's series; nothing is changed.

    Args:
        file_name: The evidence of rows that state none, where the KPI does not say whose readings are uploaded.

    Raises:
        RowsRefused: The file as a whole cannot be read.
    """
    try:
        evidence = kpi.manual_evidence or file_name or kpi.name
        readings, faults = read_series(content, today=clock.today(), evidence=evidence)
    except UnreadableCsv as unreadable:
        raise RowsRefused(str(unreadable)) from unreadable
    stored = {row.read_on: (row.value, row.evidence) for row in KpiReading.objects.filter(kpi=kpi)}
    changed = [one for one in readings if stored.get(one.read_on) != (one.value, one.evidence)]
    return SeriesPlan(
        new=tuple(one for one in changed if one.read_on not in stored),
        replaced=tuple(one for one in changed if one.read_on in stored),
        unchanged=len(readings) - len(changed),
        faults=faults,
    )
