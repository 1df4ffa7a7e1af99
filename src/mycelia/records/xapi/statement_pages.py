"""Statements as they are answered: in the format asked for, with the bytes of attachments beside them if wanted."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from django.http import StreamingHttpResponse

from mycelia.records.calc.attachments import binary_headers
from mycelia.records.calc.envelopes import attachments_named
from mycelia.records.calc.languages import preferred
from mycelia.records.calc.multipart import MIXED, PART_END, closing, opening
from mycelia.records.calc.presentation import activities_in, canonical, with_ids
from mycelia.records.queries.activities import canonical_definitions
from mycelia.records.queries.attachments import attached, attachment_pieces
from mycelia.records.types import Json, StoredStatement
from mycelia.records.xapi import answers
from mycelia.records.xapi.reading import Format

LIMIT_BYTES = 64 * 1024 * 1024
"""The most bytes of attachments in one answer; a page is cut short there, and its `more` goes on."""


class GoingOut(NamedTuple):
    """An attachment that goes out with a statement: the type that the statement gives it, and its length."""

    content_type: str
    length_bytes: int


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes stored statements: in a format, for a reader's languages."""

    form: Format
    accept_language: str

    def write(self, statements: Sequence[StoredStatement]) -> list[bytes]:
        """Return each statement's JSON; the stored bytes themselves where nothing is to change."""
        if self.form is Format.EXACT:
            return [one.payload for one in statements]
        decoded = [msgspec.json.decode(one.payload) for one in statements]
        return [msgspec.json.encode(one) for one in self._changed(decoded)]

    def _changed(self, statements: Sequence[Json]) -> Iterator[Json]:
        if self.form is Format.IDS:
            yield from map(with_ids, statements)
            return
        wanted = preferred(self.accept_language)
        definitions = canonical_definitions(set().union(*map(activities_in, statements)))
        for statement in statements:
            yield canonical(statement, definitions=definitions, wanted=wanted)


def result(written: Sequence[bytes], more: str) -> bytes:
    """Return the JSON of a StatementResult."""
    return b'{"statements":[' + b",".join(written) + b'],"more":' + msgspec.json.encode(more) + b"}"


def attached_within_limit(statements: Sequence[StoredStatement]) -> list[dict[str, GoingOut]]:
    """Return what goes out with each of the first statements, as many as have attachments within the limit.

    Returns:
        For each statement, at least one where there is any: its attachments by SHA-2 in small letters.
    """
    found = attached(one.cursor for one in statements)
    total, shown, counted = 0, list[dict[str, GoingOut]](), set[str]()
    for one in statements:
        lengths = found[one.cursor]
        total += sum(length for sha2, length in lengths.items() if sha2 not in counted)
        counted |= lengths.keys()
        if total > LIMIT_BYTES and shown:
            break
        types = attachments_named([one.payload]) if lengths else {}
        shown.append({sha2: GoingOut(types[sha2], length) for sha2, length in lengths.items() if sha2 in types})
    return shown


def mixed(body: bytes, going_out: Sequence[Mapping[str, GoingOut]]) -> StreamingHttpResponse:
    """Return an answer whose first part is JSON and whose others are attachments, each once.

    They are read while they are sent, in pieces. One that is removed meanwhile breaks the answer off, which is then
    shorter than its Content-Length.
    """
    boundary = f"mycelia-{secrets.token_hex(16)}"
    content = {sha2: one for each in going_out for sha2, one in each.items()}
    first = opening({"Content-Type": answers.JSON}, boundary) + body + PART_END
    heads = {sha2: opening(binary_headers(one.content_type, sha2), boundary) for sha2, one in content.items()}
    last = closing(boundary)
    length = sum(len(heads[sha2]) + one.length_bytes + len(PART_END) for sha2, one in content.items())

    def pieces() -> Iterator[bytes]:
        yield first
        for sha2, one in content.items():
            yield heads[sha2]
            yield from attachment_pieces(sha2, one.length_bytes)
            yield PART_END
        yield last

    answer = StreamingHttpResponse(pieces(), content_type=f"{MIXED}; boundary={boundary}")
    answer["Content-Length"] = str(len(first) + length + len(last))
    return answer
