"""What an answer of another store says about the statements sent to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import msgspec

from mycelia.records.errors import VoidingRefused
from mycelia.records.types import Answer

VERSION_HEADER = "x-experience-api-version"
LONGEST_REASON = 300
_VOIDING_REFUSED = f'"urn:mycelia:problem:{VoidingRefused.code}"'.encode()
_EXPLAINING = ("title", "detail", "message", "error", "reason")


class Verdict(StrEnum):
    """What follows from an answer.

    DELIVERED: they are there. PRESENT: one of them is there already, in whatever form. REFUSED: one of them will
    never be taken. FAULT: the store broke over them or altogether. LOCKED: the credential is refused. LATER: try again.
    """

    DELIVERED = "delivered"
    PRESENT = "present"
    REFUSED = "refused"
    FAULT = "fault"
    LOCKED = "locked"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict; `reason` is in our words, `told` is what the store said, cut short, "" where it may not matter."""

    verdict: Verdict
    reason: str = ""
    told: str = ""


_BY_STATUS = {
    400: Verdict.REFUSED,
    413: Verdict.REFUSED,
    415: Verdict.REFUSED,
    422: Verdict.REFUSED,
    409: Verdict.PRESENT,
    401: Verdict.LOCKED,
    403: Verdict.LOCKED,
    500: Verdict.FAULT,
}


def judge(answer: Answer, statement_ids: Collection[UUID]) -> Judgement:
    """Return what an answer to a POST of statements says.

    Only an answer that could not come from anything but a record store counts as an acknowledgement: 200 with the
    identifiers sent, or 204 with the header every store must send. A portal's friendly page is none.

    References:
        xAPI 1.0.3 Part Three 2.1.2 (POST), 3.2 (status codes), 6.2 (version header).
    """
    if answer.status == 200:
        return _acknowledged(answer, statement_ids)
    if answer.status == 204:
        is_store = VERSION_HEADER in answer.headers
        return Judgement(Verdict.DELIVERED) if is_store else Judgement(Verdict.LATER, _NO_STORE)
    verdict = Verdict.REFUSED if _may_not_void(answer) else _BY_STATUS.get(answer.status, Verdict.LATER)
    return Judgement(verdict, reason_of(answer), told(answer))


def reason_of(answer: Answer) -> str:
    """Return the status in words for whoever has to mend it."""
    if 300 <= answer.status < 400:
        where = printable(answer.headers.get("location", ""))[:200]
        return f"It answers {answer.status}, a redirection to {where or 'nowhere'}, and redirections are not followed."
    return f"It answers {answer.status} ({_MEANINGS.get(answer.status, 'not what a record store answers here')})."


def told(answer: Answer) -> str:
    """Return the beginning of what a store said, on one line; of an object that explains, the explanation."""
    try:
        said = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = None
    words = [said[name] for name in _EXPLAINING if isinstance(said.get(name), str)] if isinstance(said, dict) else []
    text = " ".join(words) or answer.body[: 8 * LONGEST_REASON].decode("utf-8", "replace")
    return printable(text)[:LONGEST_REASON]


def printable(text: str) -> str:
    r"""Return a text without control characters, white space put together.

    Example:
        >>> printable("a\x00 b\n\tc")
        'a b c'
    """
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _may_not_void(answer: Answer) -> bool:
    """Return whether a store of this product refuses one statement for what it would void, and no more than that."""
    return answer.status == 403 and _VOIDING_REFUSED in answer.body


def _acknowledged(answer: Answer, statement_ids: Collection[UUID]) -> Judgement:
    try:
        found = {one.lower() for one in msgspec.json.decode(answer.body, type=list[str])}
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Judgement(Verdict.LATER, _NO_STORE)
    if found.issuperset(str(one) for one in statement_ids):
        return Judgement(Verdict.DELIVERED)
    return Judgement(Verdict.LATER, "It answers 200 and does not name the statements it was sent.")


_NO_STORE = "What answers there is no record store: it takes statements without a word of xAPI."
_MEANINGS = {
    400: "refused as invalid",
    401: "it does not know the credential",
    403: "the credential may not store statements",
    404: "there is nothing at this address",
    405: "this address takes no statements",
    408: "it waited too long for the request",
    409: "another statement has the identifier",
    413: "too large for it",
    415: "it does not take this type of content",
    422: "refused as invalid",
    429: "it asks for fewer requests",
    500: "it broke",
    502: "its proxy reaches nothing",
    503: "it is not available",
    504: "its proxy got no answer",
}
