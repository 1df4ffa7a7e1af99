"""The SCORM 1.2 data model: which elements a package may set, and what counts as a value.

Real packages are sloppy, so values are read leniently where no meaning is lost: status words in any case, times
with missing digits, suspend data beyond 4,096 characters. What cannot be read changes nothing; the journal keeps
it word for word all the same.

References:
    SCORM 1.2 Run-Time Environment, 3.4 (data model).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mycelia.delivery.calc.durations import parse_timespan
from mycelia.delivery.calc.scores import parse_score
from mycelia.delivery.types import LessonStatus

STATUS = "cmi.core.lesson_status"
EXIT = "cmi.core.exit"
SESSION_TIME = "cmi.core.session_time"
LOCATION = "cmi.core.lesson_location"
SUSPEND = "cmi.suspend_data"
COMMENTS = "cmi.comments"
LIMITS = {LOCATION: 4_096, SUSPEND: 64_000, COMMENTS: 64_000}
_SHORT = 4_096
_SCORES = frozenset({"cmi.core.score.raw", "cmi.core.score.min", "cmi.core.score.max"})
_TEXTS = frozenset({LOCATION, SUSPEND, COMMENTS})
_PREFERENCES = re.compile(r"^cmi\.student_preference\.(audio|language|speed|text)$")
_OBJECTIVE = re.compile(r"^cmi\.objectives\.\d{1,4}\.(id|status|score\.(raw|min|max))$")
_INTERACTION = re.compile(
    r"^cmi\.interactions\.\d{1,4}\.(id|time|type|weighting|student_response|result|latency"
    r"|objectives\.\d{1,3}\.id|correct_responses\.\d{1,3}\.pattern)$"
)
_EXITS = frozenset({"", "suspend", "logout", "time-out"})
_STATUS_WORDS = {
    **{status.value: status for status in LessonStatus},
    "complete": LessonStatus.COMPLETED,
    "pass": LessonStatus.PASSED,
    "fail": LessonStatus.FAILED,
    "not_attempted": LessonStatus.NOT_ATTEMPTED,
    "notattempted": LessonStatus.NOT_ATTEMPTED,
}


def parse_status(text: str) -> LessonStatus | None:
    """Return the status a package means, or None.

    Example:
        >>> parse_status(" Passed ").value, parse_status("done")
        ('passed', None)
    """
    return _STATUS_WORDS.get(text.strip().lower())


def parse_exit(text: str) -> str | None:
    """Return the exit word, or None where the standard does not know it.

    Example:
        >>> parse_exit("suspend"), parse_exit("normal")
        ('suspend', None)
    """
    word = text.strip().lower()
    return word if word in _EXITS else None


def kept_elements(elements: Mapping[str, str]) -> dict[str, str]:
    """Return the elements that are kept between sessions and given back, without those that cannot be read."""
    return {element: value for element, value in elements.items() if _is_kept(element, value)}


def _is_kept(element: str, value: str) -> bool:
    if len(value) > LIMITS.get(element, _SHORT):
        return False
    if element in _SCORES:
        return value == "" or parse_score(value) is not None
    if element in _TEXTS:
        return True
    return any(pattern.match(element) for pattern in (_PREFERENCES, _OBJECTIVE, _INTERACTION))


def session_time(elements: Mapping[str, str]) -> int | None:
    """Return the session's time so far in hundredths of a second, if a readable one is among the elements."""
    text = elements.get(SESSION_TIME)
    return None if text is None else parse_timespan(text)
