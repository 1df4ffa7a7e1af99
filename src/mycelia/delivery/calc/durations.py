"""SCORM 1.2 timespans, in hundredths of a second.

References:
    SCORM 1.2 Run-Time Environment, CMITimespan: HHHH:MM:SS.SS.
"""

from __future__ import annotations

import re

_TIMESPAN = re.compile(r"^([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2})(?:\.([0-9]{1,9}))?$")
_LONGEST_HOURS = 9999


def parse_timespan(text: str) -> int | None:
    """Return hundredths of a second, or None where the text is no timespan.

    More or fewer digits than the standard's are read too, because real packages send them.

    Example:
        >>> parse_timespan("0000:01:30.50"), parse_timespan("1:2:3"), parse_timespan("soon")
        (9050, 372300, None)
    """
    match = _TIMESPAN.match(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(match.group(n)) for n in (1, 2, 3))
    if hours > _LONGEST_HOURS or minutes > 59 or seconds > 59:
        return None
    hundredths = int(((match.group(4) or "") + "00")[:2])
    return ((hours * 60 + minutes) * 60 + seconds) * 100 + hundredths


def format_timespan(hundredths: int) -> str:
    """Return the timespan as SCORM 1.2 writes it.

    Example:
        >>> format_timespan(9050)
        '0000:01:30.50'
    """
    seconds, rest = divmod(min(hundredths, (_LONGEST_HOURS + 1) * 360_000 - 1), 100)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:04}:{minute:02}:{second:02}.{rest:02}"
