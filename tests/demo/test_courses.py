"""The demo courses keep the promises an author is held to."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import mycelia.demo

FILES = sorted((Path(mycelia.demo.__file__).parent / "courses").glob("*.toml"))
ALLOWED_TAGS = {"p", "ul", "ol", "li", "b", "i", "a"}


def _course(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _blocks(course: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for lesson in course["lesson"] for block in lesson["block"]]


def _words(value: Any) -> int:
    if isinstance(value, str):
        return len(re.sub(r"<[^>]+>", " ", value).split())
    if isinstance(value, list):
        return sum(_words(item) for item in value)
    return sum(_words(value[key]) for key in value if key != "type") if isinstance(value, dict) else 0


def test_courses_are_a_dozen() -> None:
    assert len(FILES) == 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_course_is_complete(path: Path) -> None:
    course = _course(path)
    kinds = Counter(block["type"] for block in _blocks(course))
    assert course["slug"] == path.stem
    assert course["duration_minutes"] == sum(lesson["minutes"] for lesson in course["lesson"])
    assert 3 <= len(course["lesson"]) <= 4
    assert course["objectives"]
    assert course["sources"]
    assert course["topics"]
    assert kinds["checklist"] == 1
    assert kinds["reflection"] == 1
    assert 2 <= kinds["question"] <= 4
    assert 700 <= sum(_words(lesson["block"]) for lesson in course["lesson"]) <= 1100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_course_questions_have_one_right_answer_and_feedback_on_all(path: Path) -> None:
    for question in (block for block in _blocks(_course(path)) if block["type"] == "question"):
        assert [option["correct"] for option in question["options"]].count(True) == 1
        assert all(option["feedback"].strip() for option in question["options"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_course_markup_is_simple_and_balanced(path: Path) -> None:
    for html in (block["html"] for block in _blocks(_course(path)) if "html" in block):
        opened = Counter(re.findall(r"<(\w+)", html))
        assert set(opened) <= ALLOWED_TAGS
        assert opened == Counter(re.findall(r"</(\w+)", html))
