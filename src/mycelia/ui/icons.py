"""Tabler icons, read once from the installed package and inlined, so that no icon font travels."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9-]+")
_ATTRIBUTES = {
    "outline": 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"',
    "filled": 'fill="currentColor"',
}


class UnknownIcon(LookupError):
    """No Tabler icon has this name."""


@lru_cache(maxsize=1024)
def icon_svg(name: str, css_class: str = "", label: str = "", style: str = "outline") -> SafeString:
    """Return an icon as markup; decorative unless it has a label.

    Raises:
        UnknownIcon: The installed icon package has no such icon.
    """
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    classes = f"icon {escape(css_class)}".strip()
    return mark_safe(  # noqa: S308 (the body is the installed package's own file, the rest is escaped)
        f'<svg class="{classes}" width="24" height="24" viewBox="0 0 24 24" {_ATTRIBUTES[style]} {meaning}>'
        f"{_body(name, style)}</svg>"
    )


@lru_cache(maxsize=512)
def _body(name: str, style: str) -> str:
    folder = Path(settings.NODE_MODULES) / "@tabler" / "icons" / "icons" / style
    path = folder / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        if not folder.is_dir():
            return ""
        raise UnknownIcon(name)
    found = _BODY.search(path.read_text(encoding="utf-8"))
    return " ".join(found.group(1).split()) if found else ""
