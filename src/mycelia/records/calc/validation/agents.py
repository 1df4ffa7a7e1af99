"""Agents and groups."""

from __future__ import annotations

from typing import Any

from mycelia.records.calc.validation import formats
from mycelia.records.calc.validation.shapes import Check, Path, Shape, fail, list_of, one_of, string

AGENT = "xAPI 1.0.3 Part Two 2.4.2.1"
GROUP = "xAPI 1.0.3 Part Two 2.4.2.2"
IDENTIFIER = formats.IDENTIFIERS
ACCOUNT = "xAPI 1.0.3 Part Two 2.4.2.4"
ACTOR = "xAPI 1.0.3 Part Two 2.4.2"

_account = Shape(ACCOUNT, {"homePage": formats.irl, "name": formats.no_nul}, frozenset({"homePage", "name"}))
_IDENTIFIERS: dict[str, Check] = {
    "mbox": formats.mailto,
    "mbox_sha1sum": formats.sha1,
    "openid": formats.iri,
    "account": _account,
}
_agent = Shape(AGENT, {"objectType": one_of(frozenset({"Agent"}), AGENT), "name": string, **_IDENTIFIERS})


def agent(value: Any, path: Path) -> None:
    """Check an agent: exactly one identifier."""
    _agent(value, path)
    if _identifiers(value) != 1:
        fail(path, AGENT, "must have exactly one of mbox, mbox_sha1sum, openid and account")


_members = list_of(agent, GROUP)
_group = Shape(
    GROUP,
    {"objectType": one_of(frozenset({"Group"}), GROUP), "name": string, "member": _members, **_IDENTIFIERS},
    frozenset({"objectType"}),
)


def group(value: Any, path: Path) -> None:
    """Check a group: identified by exactly one identifier, or anonymous with its members."""
    _group(value, path)
    identifiers = _identifiers(value)
    if identifiers > 1:
        fail(path, GROUP, "must not have more than one identifier")
    if identifiers == 0 and not value.get("member"):
        fail(path, GROUP, "is anonymous and must name its members")


def actor(value: Any, path: Path) -> None:
    """Check whoever acts: an agent unless it says it is a group."""
    if type(value) is not dict:
        fail(path, ACTOR, "must be an object")
    (group if value.get("objectType") == "Group" else agent)(value, path)


def authority(value: Any, path: Path) -> None:
    """Check who vouches: an agent, or an anonymous group of exactly two agents.

    References:
        xAPI 1.0.3 Part Two 2.4.9.
    """
    actor(value, path)
    if value.get("objectType") == "Group" and (_identifiers(value) or len(value["member"]) != 2):
        fail(path, "xAPI 1.0.3 Part Two 2.4.9", "must be an agent or an anonymous group of two agents")


def _identifiers(value: dict[str, Any]) -> int:
    return sum(name in value for name in _IDENTIFIERS)
