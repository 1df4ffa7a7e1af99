"""The request to `/xapi/statements` that asks for the same as a filter.

References:
    xAPI 1.0.3 Part Three 2.1.3, parameters of GET.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import msgspec

from mycelia.records.types import AgentKey, Json, StatementFilter

RESOURCE = "/xapi/statements"
VERSION_HEADER = "X-Experience-API-Version: 1.0.3"


def request_line(parameters: dict[str, str]) -> str:
    """Return the request as it is sent, with the header that no request may lack.

    Example:
        >>> print(request_line({"limit": "5"}))
        GET /xapi/statements?limit=5
        X-Experience-API-Version: 1.0.3
    """
    query = urlencode(parameters, quote_via=quote)
    return f"GET {RESOURCE}{'?' if query else ''}{query}\n{VERSION_HEADER}"


def parameters_of(wanted: StatementFilter) -> dict[str, str]:
    """Return the parameters that ask for what a filter matches, from its beginning.

    Places to go on from are left out: whoever asks `/xapi/` follows `more`.
    """
    texts = {
        "agent": "" if wanted.agent is None else msgspec.json.encode(agent_of(wanted.agent)).decode(),
        "verb": wanted.verb or "",
        "activity": wanted.activity or "",
        "registration": "" if wanted.registration is None else str(wanted.registration),
        "related_agents": "true" if wanted.related_agents else "",
        "related_activities": "true" if wanted.related_activities else "",
        "since": _moment(wanted.since),
        "until": _moment(wanted.until),
        "ascending": "true" if wanted.ascending else "",
        "limit": str(wanted.limit),
    }
    return {name: text for name, text in texts.items() if text}


def agent_of(key: AgentKey) -> Json:
    """Return the smallest agent with an identifier.

    Example:
        >>> agent_of(AgentKey("mbox", "mailto:ada@example.com"))
        {'mbox': 'mailto:ada@example.com'}
    """
    if key.kind == "account":
        return {"account": {"homePage": key.home_page, "name": key.value}}
    return {key.kind: key.value}


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
