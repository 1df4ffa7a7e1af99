"""Authors' rich text reduced to what a course needs, whatever way it came in."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

ALLOWED = frozenset({"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "h3", "h4"})
VOID = frozenset({"br"})
SWALLOWED = frozenset(
    {"script", "style", "iframe", "object", "template", "svg", "math", "noscript", "title", "textarea"}
)
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def sanitise(html: str) -> str:
    """Return the text with allowed elements only, no attributes but safe link targets, everything closed.

    Elements that are not allowed lose their tags and keep their text; scripts, styles and frames lose both.

    Example:
        >>> sanitise('<p onclick="x()">Read <a href="javascript:x()">this</a><script>x()</script></p>')
        '<p>Read <a>this</a></p>'
        >>> sanitise('<p>a <b>b')
        '<p>a <b>b</b></p>'
    """
    parser = _Sanitiser()
    parser.feed(html)
    parser.close()
    return parser.result()


def plain_text(html: str) -> str:
    """Return the words alone, for lengths and summaries.

    Example:
        >>> plain_text("<p>One</p><p>two <b>three</b></p>")
        'One two three'
    """
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())


def safe_target(href: str) -> str | None:
    r"""Return the link target when following it can do no harm, else None.

    Example:
        >>> safe_target("https://example.com/a"), safe_target("/documents/1/a.pdf"), safe_target("java\nscript:x()")
        ('https://example.com/a', '/documents/1/a.pdf', None)
    """
    target = "".join(character for character in href if character.isprintable()).strip()
    if target.startswith(("//", "\\", "/\\")):
        return None
    if target.startswith(("/", "#")):
        return target
    try:
        return target if urlsplit(target).scheme.lower() in SCHEMES else None
    except ValueError:
        return None


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(" " if tag in {"p", "li", "br", "h3", "h4"} else "")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


class _Sanitiser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.swallowing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SWALLOWED:
            self.swallowing += 1
        elif not self.swallowing and tag in ALLOWED:
            self.parts.append(f"<{tag}{_link(attrs) if tag == 'a' else ''}>")
            if tag not in VOID:
                self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SWALLOWED:
            self.swallowing = max(0, self.swallowing - 1)
        elif not self.swallowing and tag in self.open:
            self._close_down_to(tag)

    def handle_data(self, data: str) -> None:
        if not self.swallowing:
            self.parts.append(escape(data, quote=False))

    def _close_down_to(self, tag: str) -> None:
        while self.open:
            closing = self.open.pop()
            self.parts.append(f"</{closing}>")
            if closing == tag:
                return

    def result(self) -> str:
        return "".join(self.parts) + "".join(f"</{tag}>" for tag in reversed(self.open))


def _link(attrs: list[tuple[str, str | None]]) -> str:
    target = safe_target(dict(attrs).get("href") or "")
    if target is None:
        return ""
    outside = ' rel="noopener noreferrer"' if "://" in target else ""
    return f' href="{escape(target)}"{outside}'
