"""Which inline scripts of a studio page are Wagtail's own widget starters, and nothing else.

Wagtail starts its date fields, choosers and inline panels from inline scripts. Rather than allowing every inline
script, only those that call one of these functions with plain JSON get the page's nonce.
"""

from __future__ import annotations

import re

_STRING = r'"(?:[^"\\<>\n]|\\u[0-9A-Fa-f]{4}|\\["\\/bfnrt])*"'
_JSON = rf"\{{(?:{_STRING}|[\s\d:,.\[\]{{}}-]|true|false|null)*\}}"
_CALL = rf"(?:initDateChooser|initDateTimeChooser|initTimeChooser|new \w{{0,40}}Chooser)\({_STRING}, {_JSON}\);"
_PANEL = rf"\(function\(\) \{{\s*var panel = new \w{{0,40}}InlinePanel\(JSON\.parse\({_STRING}\)\);\s*\}}\)\(\);"
_STARTER = re.compile(rf"\s*(?:{_CALL}|{_PANEL})\s*")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def is_widget_starter(script: str) -> bool:
    r"""Return whether a script only starts one of Wagtail's widgets with JSON.

    Example:
        >>> is_widget_starter('new ImageChooser("id_image", {"modalUrl": "/studio/images/chooser/"});')
        True
        >>> is_widget_starter('new ImageChooser("id_image", {"modalUrl": alert(1)});')
        False
    """
    return _STARTER.fullmatch(script) is not None


def with_nonce(html: str, nonce: str) -> tuple[str, int]:
    """Return the page with the nonce on its widget starters, and how many there were; other scripts stay blocked."""
    count = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal count
        if not is_widget_starter(found[1]):
            return found[0]
        count += 1
        return f'<script nonce="{nonce}">{found[1]}</script>'

    return _SCRIPT.sub(mark, html), count
