"""How the statements of the product are built, and in which order they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mycelia.records.types import Json
from mycelia.records.vocabulary import ActivityTypes, Extensions, Verbs

_ALWAYS = ("$.id", "$.timestamp", "$.actor.account", "$.context.registration")


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of statement.

    Args:
        name: The end of its IRI.
        label: Its name.
        verb: Verb object of the vocabulary.
        kind: Type of the activity it is about.
        included: What it always has, as JSONPath.
        values: What has one value, by JSONPath.
        parent: Type of the activity that is its parent; "" for none.
        grouping: Type of the activity it is grouped under; "" for none.
    """

    name: str
    label: str
    verb: Json
    kind: str
    included: tuple[str, ...] = ()
    values: tuple[tuple[str, Any], ...] = ()
    parent: str = ""
    grouping: str = ""

    def written(self, base: str, version: str) -> Json:
        """Return it as the profile has it."""
        context = {"contextParentActivityType": self.parent, "contextGroupingActivityType": self.grouping}
        return {
            "id": f"{base}#{self.name}",
            "type": "StatementTemplate",
            "inScheme": version,
            "prefLabel": {"en": self.label},
            "definition": {"en": f"{self.label}."},
            "verb": self.verb["id"],
            "objectActivityType": self.kind,
            **{name: [kind] for name, kind in context.items() if kind},
            "contextCategoryActivityType": [ActivityTypes.PROFILE],
            "rules": [*self._rules(), _follows(version)],
        }

    def _rules(self) -> Iterator[Json]:
        for location in (*_ALWAYS, *self.included):
            yield {"location": location, "presence": "included"}
        yield {"location": "$.context.platform", "presence": "included", "all": ["Mycelia"]}
        for location, value in self.values:
            yield {"location": location, "presence": "included", "all": [value]}


def _follows(version: str) -> Json:
    return {"location": "$.context.contextActivities.category[*].id", "presence": "included", "any": [version]}


_COURSE, _LESSON = ActivityTypes.COURSE, ActivityTypes.LESSON
_IS_COMPLETE = (("$.result.completion", True),)
COURSE = (
    Template("course-registered", "A course was taken up", Verbs.REGISTERED, _COURSE),
    Template("course-unregistered", "A course was given up", Verbs.UNREGISTERED, _COURSE),
    Template("course-completed", "A course was completed", Verbs.COMPLETED, _COURSE, values=_IS_COMPLETE),
    Template(
        "course-lesson-completed",
        "A lesson of a course was completed",
        Verbs.COMPLETED,
        _LESSON,
        values=_IS_COMPLETE,
        parent=_COURSE,
    ),
    Template(
        "question-answered",
        "A question of a lesson was answered",
        Verbs.ANSWERED,
        ActivityTypes.INTERACTION,
        included=("$.result.response", "$.result.success"),
        grouping=_COURSE,
    ),
)
ATTEMPT = (
    Template("attempt-initialized", "An attempt at a lesson began", Verbs.INITIALIZED, _LESSON),
    Template("attempt-resumed", "An attempt at a lesson went on", Verbs.RESUMED, _LESSON),
    Template(
        "attempt-progressed",
        "An attempt at a lesson came further",
        Verbs.PROGRESSED,
        _LESSON,
        included=(f"$.result.extensions['{Extensions.PROGRESS}']",),
    ),
    Template("attempt-completed", "An attempt completed its lesson", Verbs.COMPLETED, _LESSON, values=_IS_COMPLETE),
    Template("attempt-passed", "An attempt passed", Verbs.PASSED, _LESSON, values=(("$.result.success", True),)),
    Template("attempt-failed", "An attempt failed", Verbs.FAILED, _LESSON, values=(("$.result.success", False),)),
    Template("attempt-suspended", "An attempt was left for later", Verbs.SUSPENDED, _LESSON),
    Template("attempt-terminated", "An attempt was ended", Verbs.TERMINATED, _LESSON),
)


def templates(base: str, version: str) -> Iterator[Json]:
    """Yield every kind of statement the product writes by itself."""
    return (one.written(base, version) for one in (*COURSE, *ATTEMPT))


def patterns(base: str, version: str) -> Iterator[Json]:
    """Yield the orders in which statements under one registration come: a first one, then any of its kind."""
    yield from _run(base, version, "course-run", "A learner's run through a course", COURSE)
    yield from _run(base, version, "attempt-run", "One attempt at a lesson", ATTEMPT)


def _run(base: str, version: str, name: str, label: str, kinds: tuple[Template, ...]) -> Iterator[Json]:
    parts: dict[str, Json] = {
        name: {
            "primary": True,
            "prefLabel": {"en": label},
            "definition": {"en": f"{label}, told under one registration."},
            "sequence": [f"{base}#{kinds[0].name}", f"{base}#{name}-later"],
        },
        f"{name}-later": {"primary": False, "zeroOrMore": f"{base}#{name}-any"},
        f"{name}-any": {"primary": False, "alternates": [f"{base}#{one.name}" for one in kinds]},
    }
    for part, rule in parts.items():
        yield {"id": f"{base}#{part}", "type": "Pattern", "inScheme": version, **rule}
