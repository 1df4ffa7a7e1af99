from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.content.calc.covers import cover_paths
from mycelia.content.calc.inline_scripts import is_widget_starter, with_nonce
from mycelia.content.calc.markup import ALLOWED, plain_text, safe_target, sanitise

MARKUP = (
    "<p>|</p>|<b>|</b>|<script>|</script>|<svg onload=x>|<a href='javascript:x'>|</a>|<img src=x| onerror=x>|&lt;"
    "|<!--|-->|text|\"|'|<style>|<ul><li>|<iframe src=//x>"
)
PIECES = st.sampled_from(MARKUP.split("|"))


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


@given(st.lists(PIECES, max_size=25).map("".join))
def test_sanitise_leaves_only_allowed_elements_and_safe_links(html):
    seen = _Seen()
    seen.feed(sanitise(html))
    assert seen.tags <= ALLOWED
    assert {name for name, _ in seen.attributes} <= {"href", "rel"}
    assert not any(name == "href" and safe_target(value or "") is None for name, value in seen.attributes)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_sanitise_twice_changes_nothing_more(html):
    assert sanitise(sanitise(html)) == sanitise(html)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        " javascript:x",
        "java	script:x",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        r"\\evil.example",
        r"/\evil.example",
        "http://[",
        "",
    ],
)
def test_link_target_that_can_do_harm_is_dropped(href):
    assert safe_target(href) is None


def test_plain_text_keeps_the_words():
    assert plain_text("<p>One &amp; two</p><ul><li>three</li></ul>") == "One & two three"


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'new ImageChooser("id", {"a": alert(1)});',
        'new ImageChooser("id", {}); alert(1)',
        'initDateChooser("</script><script>alert(1)//", {});',
        'new Chooser("a", {"b": "\\x3c"});',
        "new Chooser(`x`, {});",
    ],
)
def test_script_that_is_no_widget_starter_gets_no_nonce(script):
    assert not is_widget_starter(script)
    assert with_nonce(f"<script>{script}</script>", "n")[1] == 0


def test_widget_starter_gets_the_nonce():
    html, count = with_nonce('<p><script>initDateChooser("id_x", {"format": "Y-m-d", "n": [1]});</script>', "abc")
    assert count == 1
    assert '<script nonce="abc">initDateChooser' in html


@given(st.text(max_size=40))
def test_cover_is_the_same_for_the_same_name(seed):
    assert cover_paths(seed) == cover_paths(seed)
    assert cover_paths(seed).hue in range(6)


@given(st.text(max_size=60))
def test_cover_is_short_enough_for_a_page_of_them_on_a_phone(seed: str) -> None:
    cover = cover_paths(seed)
    assert len(cover.threads + cover.spores + cover.large_spores) < 2300
