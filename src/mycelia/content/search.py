"""What somebody typed, as a full-text query that PostgreSQL cannot misread."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

MAXIMUM_WORDS = 8
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def search_query(text: str) -> SearchQuery | CombinedExpression | None:
    """Return a query in which every word must occur and the last may be unfinished; None for no words."""
    words = _WORD.findall(text.replace("\x00", ""))[:MAXIMUM_WORDS]
    if not words:
        return None
    return _stemmed(words) | _as_typed(words)


def _stemmed(words: list[str]) -> SearchQuery:
    return SearchQuery(" & ".join(_prefixed(words)), config=Value("english"), search_type="raw")


def _as_typed(words: list[str]) -> SearchQuery:
    return SearchQuery(" & ".join(_prefixed(words)), config=Value("simple"), search_type="raw")


def _prefixed(words: list[str]) -> list[str]:
    return [*words[:-1], f"{words[-1]}:*"]
