"""What pages of the studio may load and who may frame them."""

from __future__ import annotations

from secrets import token_urlsafe

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse

from mycelia.content.calc.inline_scripts import with_nonce

POLICY = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
"""As strict as on every other page, but for what Wagtail needs: pictures it has just been handed (blob:), its own
preview in a frame, and the widget starters recognised by `calc.inline_scripts`, each page's with a nonce of its own."""


def apply_studio_policy(response: HttpResponseBase) -> None:
    """Give a response the studio's policy in place of the product's, once it is rendered."""
    response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
    response._csp_replace = POLICY  # type: ignore[attr-defined]
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.add_post_render_callback(_allow_widget_starters)
    elif isinstance(response, HttpResponse):
        _allow_widget_starters(response)


def _allow_widget_starters(response: HttpResponse) -> None:
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    nonce = token_urlsafe(16)
    html, count = with_nonce(response.content.decode(response.charset), nonce)
    if count:
        response.content = html.encode(response.charset)
        response._csp_replace = {  # type: ignore[attr-defined]
            **POLICY,
            "script-src": [SELF, f"'nonce-{nonce}'"],
            # The text editor writes style elements with names made up as it goes; style attributes stay blocked.
            "style-src-elem": [SELF, UNSAFE_INLINE],
        }
