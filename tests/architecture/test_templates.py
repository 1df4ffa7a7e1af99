"""Templates: every word a person sees is translatable, nothing is inline that the browser's policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, SOURCE

TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
_TRANSLATED = re.compile(r"{%-?\s*blocktrans(late)?\b.*?{%-?\s*endblocktrans(late)?\s*-?%}", re.S)
_COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.S)
_CLASS_BLOCKS = re.compile(r"{%\s*block (main_class|body_class)\s*%}.*?{%\s*endblock.*?%}", re.S)
_ENTITIES = re.compile(r"&\w+;")
_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.S)
_UNREAD = re.compile(r"<(script|style|code|svg)\b.*?</\1>", re.S | re.I)
_ATTRIBUTES = re.compile(
    r"""(?<![:\w-])(?:aria-label|title|placeholder|alt|label|help|text|lead|caption)="([^"{]*)\""""
)
_TAGS = re.compile(r"<[^>]*>", re.S)
_WORD = re.compile(r"[A-Za-z]{2,}")
_INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style\b|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.I)
PRODUCT_NAMES = {"Mycelia"}


def _template_id(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def _untranslated(text: str) -> list[str]:
    for unread in (_TRANSLATED, _COMMENTS, _CLASS_BLOCKS, _UNREAD, _ENTITIES):
        text = unread.sub(" ", text)
    text = _CODE.sub("{}", text)
    pieces = [*_ATTRIBUTES.findall(text), *_TAGS.sub("\n", text).split("\n")]
    words = [piece.strip() for piece in pieces if set(_WORD.findall(piece)) - PRODUCT_NAMES]
    return [word for word in words if word]


@pytest.mark.parametrize("path", TEMPLATES, ids=_template_id)
def test_template_words_are_translatable(path: Path) -> None:
    assert _untranslated(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_template_id)
def test_template_holds_nothing_inline(path: Path) -> None:
    text = _COMMENTS.sub(" ", path.read_text())
    assert _INLINE.findall(text) == []


def test_untranslated_words_are_noticed() -> None:
    assert _untranslated('<p title="Hidden word">Bare</p>{% translate "fine" %}') == ["Hidden word", "Bare"]


def test_templates_are_found() -> None:
    assert len(TEMPLATES) > 20
    assert ROOT in TEMPLATES[0].parents
