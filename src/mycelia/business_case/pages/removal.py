"""The question before an item of a case goes, with what it looked like when it was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.core import signing

from mycelia.business_case.forms.item import TwoValues
from mycelia.business_case.models import Case
from mycelia.business_case.pages.editing import RemovalPage, removal_page
from mycelia.business_case.pages.input_labels import every_label
from mycelia.business_case.pages.problems import problem_in_words
from mycelia.business_case.types import VALUE_TYPES, CaseModel, ItemState, ItemValue, Problem

SALT = "business_case.removal"


@dataclass(frozen=True)
class Question:
    """What is asked before an item goes.

    Attributes:
        what_goes: What is lost, line by line.
        along: Keys and revisions of the items that go with it.
    """

    title: str
    message: str
    what_goes: tuple[str, ...] = ()
    along: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an item, and what goes along, looked like when the question was asked; revision 0 where that is unknown."""

    revision: int = 0
    value: ItemValue | None = None
    along: tuple[tuple[str, int], ...] | None = None


def question_page(
    case: Case,
    state: ItemState,
    question: Question,
    *,
    has_moved_on: bool = False,
    changed: tuple[TwoValues, ...] = (),
    refusal: tuple[str, ...] = (),
) -> RemovalPage:
    """Return the question about an item as it is now."""
    page = removal_page(case, title=question.title, message=question.message, what_goes=question.what_goes)
    asked = signing.dumps([state.revision, _plain(state.value), question.along], salt=_salt(case, state), compress=True)
    return replace(page, asked=asked, has_moved_on=has_moved_on, changed=changed, refusal=refusal)


def asked_before(text: str, case: Case, state: ItemState) -> Asked:
    """Return what a question that was answered had shown; nothing is known of what this site did not sign."""
    try:
        revision, value, along = signing.loads(text, salt=_salt(case, state))
        stated: ItemValue = msgspec.convert(value, VALUE_TYPES[state.kind], strict=False)
        return Asked(revision, stated, tuple((key, seen) for key, seen in along))
    except (signing.BadSignature, ValueError):
        return Asked()


def unsound_words(model: CaseModel, problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return what would not work without an item: each record of the case that names it, and why.

    Args:
        model: The case as it is, with the item.
    """
    return tuple(dict.fromkeys(f"{_subject(model, one)}: {problem_in_words(one)}" for one in problems))


def _subject(model: CaseModel, problem: Problem) -> str:
    kind, _slash, key = problem.subject.partition("/")
    if kind == "correlation":
        labels, pair = every_label(model), model.correlations[int(key)]
        return f"{labels.get(pair.first, pair.first)} ~ {labels.get(pair.second, pair.second)}"
    names = {f"cost/{line.key}": line.description for line in model.costs}
    names |= {f"benefit/{line.key}": line.description for line in model.benefits}
    names |= {f"item/{item.key}": item.title for item in model.roadmap.items}
    return names.get(problem.subject, problem.subject)


def _plain(value: ItemValue) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _salt(case: Case, state: ItemState) -> str:
    return f"{SALT}.{case.pk}.{state.kind}.{state.key}"
