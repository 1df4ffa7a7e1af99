"""All rules in one run, the most severe findings first."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date

from mycelia.business_case.calc.readiness.dates import date_findings
from mycelia.business_case.calc.readiness.elements import element_findings
from mycelia.business_case.calc.readiness.integration import link_findings
from mycelia.business_case.calc.readiness.masters import master_findings
from mycelia.business_case.calc.readiness.ownership import ownership_findings
from mycelia.business_case.calc.readiness.quality import quality_findings
from mycelia.business_case.calc.readiness.usage import usage_findings
from mycelia.business_case.types import FindingRule, Landscape, ReadinessFinding, Severity

RULES: tuple[Callable[[Landscape], Iterator[ReadinessFinding]], ...] = (
    usage_findings,
    master_findings,
    link_findings,
    date_findings,
    ownership_findings,
    quality_findings,
    element_findings,
)
_SEVERITIES = tuple(Severity)
_ORDER = tuple(FindingRule)


def check_readiness(landscape: Landscape) -> tuple[ReadinessFinding, ...]:
    """Return everything the rules find, by severity, then rule, then name of what it is about.

    The same picture always gives the same findings with the same keys in the same order.
    """
    found = [finding for rule in RULES for finding in rule(landscape)]
    return tuple(sorted(found, key=_place))


def horizon_of(start: date, months: int) -> date:
    """Return the last day a case looks at: so many months after its start.

    Example:
        >>> horizon_of(date(2026, 1, 31), 13)
        datetime.date(2027, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _place(finding: ReadinessFinding) -> tuple[int, int, str, str]:
    first = finding.evidence[0].name if finding.evidence else ""
    return _SEVERITIES.index(finding.severity), _ORDER.index(finding.rule), first.casefold(), finding.key
