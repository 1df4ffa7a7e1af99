"""Statements as they are answered: in the format asked for, with the bytes of attachments beside them if wanted."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from django.http import HttpResponse

from mycelia.records.calc.attachments import HASH_HEADER, attachments_of
from mycelia.records.calc.languages import preferred
from mycelia.records.calc.multipart import render
from mycelia.records.calc.presentation import activities_in, canonical, with_ids
from mycelia.records.queries.activities import canonical_definitions
from mycelia.records.queries.attachments import attachment_bytes, attachment_lengths
from mycelia.records.types import Json, StoredStatement
from mycelia.records.xapi import answers
from mycelia.records.xapi.reading import Format

LIMIT_BYTES = 64 * 1024 * 1024
"""The most bytes of attachments in one answer; a page is cut short there, and its `more` goes on."""


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
        ranges = preferred(self.accept_language)
        definitions = canonical_definitions(set().union(*map(activities_in, statements)))
        for statement in statements:
            yield canonical(statement, definitions=definitions, ranges=ranges)


def result(written: Sequence[bytes], more: str) -> bytes:
    """Return the JSON of a StatementResult."""
    return b'{"statements":[' + b",".join(written) + b'],"more":' + msgspec.json.encode(more) + b"}"


def within_limit(statements: Sequence[StoredStatement]) -> Sequence[StoredStatement]:
    """Return as many of the first statements as have attachments within the limit, at least one."""
    named = [_content_types([one]).keys() for one in statements]
    lengths = attachment_lengths(set().union(*named))
    total, counted = 0, set[str]()
    for number, hashes in enumerate(named):
        total += sum(lengths.get(sha2, 0) for sha2 in hashes - counted)
        counted |= hashes
        if total > LIMIT_BYTES and number:
            return statements[:number]
    return statements


def mixed(body: bytes, statements: Sequence[StoredStatement]) -> HttpResponse:
    """Return an answer whose first part is JSON and whose others are the attachments that are stored here."""
    types = _content_types(statements)
    content = attachment_bytes(types)
    parts: list[tuple[Mapping[str, str], bytes]] = [({"Content-Type": answers.JSON}, body)]
    for sha2, raw in content.items():
        parts.append(
            ({"Content-Type": types[sha2], "Content-Transfer-Encoding": "binary", HASH_HEADER: sha2}, raw),
        )
    boundary = f"mycelia-{secrets.token_hex(16)}"
    return HttpResponse(render(parts, boundary), content_type=f"multipart/mixed; boundary={boundary}")


def _content_types(statements: Sequence[StoredStatement]) -> dict[str, str]:
    """Return the content type of each attachment the statements name, by SHA-2 in small letters."""
    decoded = [msgspec.json.decode(one.payload) for one in statements if b'"attachments"' in one.payload]
    return {found["sha2"].lower(): found["contentType"] for found, _ in attachments_of(enumerate(decoded))}
