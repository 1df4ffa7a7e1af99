"""The question before something goes, with what it looked like when it was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.core import signing

from mycelia.business_case.forms.fields import GroupedForm, TwoValues
from mycelia.business_case.pages.editing import RemovalPage
from mycelia.business_case.pages.input_labels import every_label
from mycelia.business_case.pages.problems import problem_in_words
from mycelia.business_case.types import CaseModel, Problem

SALT = "business_case.removal"
Along = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Leaving:
    """Something that may go, as it is now.

    Attributes:
        name: What nothing else is called; an answer counts for nothing but this.
        revision: Counts its changes.
        form: A form of it, which has the words for its fields.
        shown: What the form shows of it, by field.
        along: Keys and revisions of what goes with it.
    """

    name: str
    revision: int
    form: GroupedForm
    shown: Mapping[str, object]
    along: Along = ()

    def words(self) -> dict[str, str]:
        """Return what it says, by field."""
        return self.form.words(self.shown)


@dataclass(frozen=True)
class Asked:
    """What something, and what goes along, looked like when the question was asked; revision 0 where unknown."""

    revision: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    along: Along | None = None


def signed_question(page: RemovalPage, leaving: Leaving) -> RemovalPage:
    """Return the page of a question with what it shows, signed."""
    seen = [leaving.revision, leaving.words(), leaving.along]
    return replace(page, asked=signing.dumps(seen, salt=_salt(leaving), compress=True))


def asked_before(text: str, leaving: Leaving) -> Asked:
    """Return what a question that was answered had shown; nothing is known of what this site did not sign."""
    try:
        revision, words, along = signing.loads(text, salt=_salt(leaving))
    except signing.BadSignature:
        return Asked()
    return Asked(revision, words, tuple((key, seen) for key, seen in along))


def changed_since(asked: Asked, leaving: Leaving) -> tuple[TwoValues, ...]:
    """Return the fields that say something else than when it was asked; of then as `mine`."""
    then, fields = asked.words, leaving.form.fields
    return tuple(
        TwoValues(fields[name].label or name, then[name], now)
        for name, now in leaving.words().items()
        if then.get(name, now) != now
    )


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
    names |= {f"input/{one.key}": one.title for one in model.named}
    return names.get(problem.subject, problem.subject)


def _salt(leaving: Leaving) -> str:
    return f"{SALT}.{leaving.name}"
