"""Activities whose IRI or description leads to a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from mycelia.records.calc.erasures import Erasure
from mycelia.records.calc.pseudonyms import definition_without_person

_IRIS = "SELECT id, iri FROM records_iri WHERE iri ILIKE ANY(%s)"
_DEFINITIONS = """
    SELECT activity_id, definition FROM records_activity WHERE convert_from(definition, 'UTF8') ILIKE ANY(%s)
"""


def identifying_iris(erasure: Erasure) -> dict[int, str]:
    """Return the IRIs that hold an identifier of the person, by number."""
    with connection.cursor() as cursor:
        cursor.execute(_IRIS, [containing(erasure.forms)])
        return {number: iri for number, iri in cursor.fetchall() if erasure.iri(iri) != iri}


def identifying_definitions(erasure: Erasure) -> dict[int, bytes]:
    """Return what is known of those activities whose definition names the person, without that, by number."""
    with connection.cursor() as cursor:
        cursor.execute(_DEFINITIONS, [containing([*erasure.forms, *erasure.telling_names])])
        found = {number: bytes(definition) for number, definition in cursor.fetchall()}
    changed = {number: definition_without_person(definition, erasure) for number, definition in found.items()}
    return {number: definition for number, definition in changed.items() if definition != found[number]}


def containing(texts: Iterable[str]) -> list[str]:
    """Return patterns of LIKE for what contains a text; between its words may stand anything."""
    return [f"%{'%'.join(map(_literal, text.split()))}%" for text in texts]


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
