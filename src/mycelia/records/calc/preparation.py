"""From what was sent to what is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from mycelia.records.calc.comparison import fingerprint, with_lists
from mycelia.records.calc.definitions import definitions_in
from mycelia.records.calc.extraction import extract
from mycelia.records.calc.validation import check_statement
from mycelia.records.calc.validation.formats import moment
from mycelia.records.calc.validation.shapes import fail
from mycelia.records.types import Json, Prepared

JSON = "xAPI 1.0.3 Part One 3.0"
BATCH = "xAPI 1.0.3 Part Three 2.1.2"


def decode(sent: bytes | str | Json, index: int) -> Json:
    """Return the decoded statement; the values inside are not yet checked.

    Raises:
        InvalidStatement: It is not JSON in UTF-8, or nested beyond reason.
    """
    if isinstance(sent, dict):
        return sent
    try:
        decoded = msgspec.json.decode(sent)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fail((None, index), JSON, f"is not JSON in UTF-8: {error}")
    except RecursionError:
        fail((None, index), JSON, "is nested too deeply")
    return decoded  # type: ignore[no-any-return]


def prepare(
    statement: Json, *, index: int, version: str, new_id: UUID, stored: datetime, authority: Json, defines: bool = True
) -> Prepared:
    """Check a statement and complete it with what the store assigns.

    Args:
        index: Its place in the batch.
        version: The version under which it is sent.
        new_id: Its identifier if it brings none.
        stored: The moment of storing, aware, in UTC.
        authority: The agent who vouches for it; replaces whatever it claims.
        defines: Whether its definitions of activities add to what is known of them.

    Raises:
        InvalidStatement: It breaks a clause.
    """
    check_statement(statement, version=version, index=index)
    statement_id = UUID(statement["id"]) if "id" in statement else new_id
    own = statement.get("timestamp")
    completed = {
        **with_lists(statement),
        "id": str(statement_id),
        "timestamp": own or _written(stored),
        "stored": _written(stored),
        "authority": authority,
        "version": statement.get("version", "1.0.0" if version.startswith("1.") else version),
    }
    return Prepared(
        statement_id=statement_id,
        stored=stored,
        occurred=moment(completed["timestamp"]),
        has_own_timestamp=own is not None,
        version=completed["version"],
        fingerprint=fingerprint({**statement, "id": str(statement_id)}),
        payload=_encoded(completed, index),
        extract=extract(completed),
        definitions=tuple(definitions_in(completed)) if defines else (),
    )


def check_identifiers(prepared: Sequence[Prepared]) -> None:
    """Refuse a batch that holds an identifier twice."""
    seen: set[UUID] = set()
    for index, one in enumerate(prepared):
        if one.statement_id in seen:
            fail(((None, index), "id"), BATCH, "stands twice in this batch")
        seen.add(one.statement_id)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _encoded(statement: Json, index: int) -> bytes:
    try:
        return msgspec.json.encode(statement)
    except (RecursionError, UnicodeEncodeError, TypeError, ValueError) as error:
        fail((None, index), JSON, f"cannot be written as JSON: {type(error).__name__}")
