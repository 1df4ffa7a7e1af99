"""Whole statements and sub-statements."""

from __future__ import annotations

import re
from typing import Any

from mycelia.records.calc.validation import agents, formats, objects
from mycelia.records.calc.validation.contexts import CONTEXT, CONTEXTS
from mycelia.records.calc.validation.results import result
from mycelia.records.calc.validation.shapes import Check, Path, Shape, fail, list_of, one_of

VERSIONS = frozenset(CONTEXTS)
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
STATEMENT = "xAPI 1.0.3 Part Two 2.4"
VERB = "xAPI 1.0.3 Part Two 2.4.3"
SUB_STATEMENT = "xAPI 1.0.3 Part Two 2.4.4.3"
VERSION = "xAPI 1.0.3 Part Two 2.4.10"
ATTACHMENTS = "xAPI 1.0.3 Part Two 2.4.11"
VOIDING = "xAPI 1.0.3 Part Two 2.3.2"

_VERSION_PATTERNS = {"1.0.3": re.compile(r"1\.0(?:\.\d+)?"), "2.0.0": re.compile(r"[12]\.0(?:\.\d+)?")}
_verb = Shape(VERB, {"id": formats.iri, "display": formats.language_map}, frozenset({"id"}))


def _length(value: Any, path: Path) -> None:
    if type(value) is not int or value < 0:
        fail(path, ATTACHMENTS, "must be a whole number of octets")


_attachment = Shape(
    ATTACHMENTS,
    {
        "usageType": formats.iri,
        "display": formats.language_map,
        "description": formats.language_map,
        "contentType": formats.media_type,
        "length": _length,
        "sha2": formats.sha2,
        "fileUrl": formats.irl,
    },
    frozenset({"usageType", "display", "contentType", "length", "sha2"}),
)
_OBJECTS: dict[str, Check] = {
    "Activity": objects.activity,
    "Agent": agents.agent,
    "Group": agents.group,
    "StatementRef": objects.statement_reference,
}


def _sub_statement_type(value: Any, path: Path) -> None:
    one_of(frozenset({"SubStatement"}), SUB_STATEMENT)(value, path)


def _object_of(kinds: dict[str, Check]) -> Check:
    def check(value: Any, path: Path) -> None:
        if type(value) is not dict:
            fail(path, objects.OBJECT, "must be an object")
        kind = value.get("objectType", "Activity")
        inner = kinds.get(kind) if type(kind) is str else None
        if inner is None:
            fail((path, "objectType"), objects.OBJECT, f"must be one of {', '.join(sorted(kinds))}")
        inner(value, path)

    return check


def _version(version: str) -> Check:
    def check(value: Any, path: Path) -> None:
        if type(value) is not str or _VERSION_PATTERNS[version].fullmatch(value) is None:
            fail(path, VERSION, "is not a version this store accepts here")

    return check


def _body(version: str) -> dict[str, Check]:
    return {
        "actor": agents.actor,
        "verb": _verb,
        "result": result,
        "context": CONTEXTS[version],
        "timestamp": formats.timestamp(version),
        "attachments": list_of(_attachment, ATTACHMENTS),
    }


_REQUIRED = frozenset({"actor", "verb", "object"})


def _statement(version: str) -> Shape:
    sub = Shape(
        SUB_STATEMENT,
        {**_body(version), "object": _object_of(_OBJECTS), "objectType": _sub_statement_type},
        _REQUIRED | {"objectType"},
    )

    def sub_statement(value: Any, path: Path) -> None:
        sub(value, path)
        _check_context(value, path)

    return Shape(
        STATEMENT,
        {
            **_body(version),
            "id": formats.uuid,
            "object": _object_of({**_OBJECTS, "SubStatement": sub_statement}),
            "stored": formats.timestamp(version),
            "authority": agents.authority,
            "version": _version(version),
        },
        _REQUIRED,
    )


_STATEMENTS = {version: _statement(version) for version in VERSIONS}


def check_statement(value: Any, *, version: str, index: int | None = None) -> None:
    """Check one statement whole.

    Args:
        value: The decoded JSON.
        version: "1.0.3" or "2.0.0": the version under which it is sent.
        index: Its place in a batch, for the path of an error; None for a statement sent alone.

    Raises:
        InvalidStatement: It breaks a clause, which is named with the JSON path.
    """
    root: Path = None if index is None else (None, index)
    _STATEMENTS[version](value, root)
    _check_context(value, root)
    if value["verb"]["id"] == VOIDED and value["object"].get("objectType") != "StatementRef":
        fail((root, "object"), VOIDING, "of a voiding statement must be a StatementRef")


def _check_context(value: dict[str, Any], path: Path) -> None:
    """Refuse a revision or a platform where the object is no activity.

    References:
        xAPI 1.0.3 Part Two 2.4.6.
    """
    if value["object"].get("objectType", "Activity") == "Activity":
        return
    for name in ("revision", "platform"):
        if name in value.get("context", ()):
            fail(((path, "context"), name), CONTEXT, "is only for statements about an activity")
