"""The rows of a large case, drawn once for all pages that show the same."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mycelia.business_case.pages.case import LineRow

register = template.Library()


@register.simple_tag
def line_row(row: LineRow, kind: str, may_edit: bool) -> SafeString:
    """Draw a cost or benefit line of a table by year: `{% line_row row table.kind may_edit %}`."""
    return _drawn(row, kind, may_edit, get_language())


@lru_cache(maxsize=2048)
def _drawn(row: LineRow, kind: str, may_edit: bool, _language: str | None) -> SafeString:
    """Return a row in the language that is active, kept by all that it says: an edit changes few of a hundred rows."""
    context = {"row": row, "kind": kind, "may_edit": may_edit}
    return render_to_string("business_case/_line.html", context)
