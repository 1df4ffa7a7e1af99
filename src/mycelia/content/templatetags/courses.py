"""Small parts of course texts for templates."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html

from mycelia.content.calc.covers import cover_paths
from mycelia.content.calc.markup import sanitise

register = template.Library()


@register.filter
def prose(value: Any) -> SafeString:
    """Return an author's rich text as HTML that can do no harm."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return mark_safe(sanitise(expand_db_html(source)))  # noqa: S308 - reduced to allowed elements above


@register.simple_tag
def course_cover(seed: str) -> SafeString:
    """Draw the cover of a course without a picture: threads that grow differently for every course."""
    return _cover(str(seed))


@lru_cache(maxsize=4096)
def _cover(seed: str) -> SafeString:
    drawing = cover_paths(seed)
    return format_html(
        '<svg class="c-cover" viewBox="0 0 160 90" preserveAspectRatio="xMidYMid slice" aria-hidden="true"'
        ' focusable="false" data-hue="{}"><rect width="160" height="90" class="c-cover-ground"/>'
        '<path class="c-cover-threads" d="{}"/><path class="c-cover-spores" d="{}"/>'
        '<path class="c-cover-spores" data-large d="{}"/></svg>',
        drawing.hue,
        drawing.threads,
        drawing.spores,
        drawing.large_spores,
    )


@register.simple_tag(takes_context=True)
def answer_to(context: template.Context, block: Any) -> Any:
    """Return what the learner just answered to this question, None for another."""
    answer = getattr(context.get("page"), "answer", None)
    return answer if answer is not None and answer.block_id == block.id else None
