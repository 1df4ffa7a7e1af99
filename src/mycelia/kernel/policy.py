"""Who may do what: actors, the rules they are held against, and the check itself.

The kernel knows the vocabulary of authority and nothing of what it protects: `mycelia.access` decides who
holds which role, and each app's `permissions.py` states its rules. Everything is denied unless a rule allows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, Literal, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import PermissionDenied

M = TypeVar("M", bound=Model)

NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING


class Role(StrEnum):
    """The names of authority in the product."""

    LEARNER = "learner"
    MANAGER = "manager"
    AUTHOR = "author"
    CURATOR = "curator"
    TALENT_ADMINISTRATOR = "talent_administrator"
    FINANCE_ANALYST = "finance_analyst"
    EXECUTIVE = "executive"
    IT_ADMINISTRATOR = "it_administrator"

    @property
    def label(self) -> str:
        """Return the role's name in the reader's language."""
        return str(_ROLE_LABELS[self])


_ROLE_LABELS = {
    Role.LEARNER: _("Learner"),
    Role.MANAGER: _("Manager"),
    Role.AUTHOR: _("Author"),
    Role.CURATOR: _("Curator"),
    Role.TALENT_ADMINISTRATOR: _("Talent administrator"),
    Role.FINANCE_ANALYST: _("Finance analyst"),
    Role.EXECUTIVE: _("Executive"),
    Role.IT_ADMINISTRATOR: _("IT administrator"),
}


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role held over an organisation subtree.

    `unit_path` is the path prefix of the subtree's root, such as "/3/17/"; None is the whole company.
    """

    role: Role
    unit_path: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks for something to be done; passed explicitly, never looked up from a global.

    `person_id` is None for the system and for the anonymous visitor.
    """

    person_id: int | None
    label: str
    grants: tuple[RoleGrant, ...] = ()
    kind: Literal["person", "system", "anonymous"] = "person"

    @classmethod
    def system(cls, label: str) -> Actor:
        """Return an actor for the product's own jobs and commands; it may do everything, and is named in the audit."""
        return cls(None, label, (), "system")

    @property
    def is_system(self) -> bool:
        """Return whether this is the product itself at work."""
        return self.kind == "system"

    def has(self, *roles: Role) -> bool:
        """Return whether the actor holds one of the roles anywhere; the system holds all."""
        return self.is_system or any(grant.role in roles for grant in self.grants)

    def unit_paths(self, *roles: Role) -> tuple[str | None, ...]:
        """Return the subtrees over which one of the roles is held; (None,) is the whole company."""
        if self.is_system or any(g.role in roles and g.unit_path is None for g in self.grants):
            return (None,)
        return tuple(dict.fromkeys(g.unit_path for g in self.grants if g.role in roles))


ANONYMOUS = Actor(None, "anonymous", (), "anonymous")


def person_of(actor: Actor) -> int:
    """Return the number of the person who acts, where a page or an action is about that person.

    Raises:
        PermissionDenied: It is nobody: the system, or a visitor who has not signed in.
    """
    if actor.person_id is None:
        raise PermissionDenied(actor=actor.label)
    return actor.person_id


class Rule:
    """A permission that needs no object, such as "import people".

    A rule without `roles` permits no person: fail closed.
    """

    code: ClassVar[str]
    roles: ClassVar[frozenset[Role]] = frozenset()

    def permits(self, actor: Actor) -> bool:
        """Return whether the actor may do this at all."""
        return actor.has(*self.roles)


class ObjectRule(Rule, Generic[M]):
    """A permission on objects: one filter gives both the check on one object and the query set.

    Subclasses implement `scope`.
    """

    def scope(self, actor: Actor) -> Q:
        """Return the filter of the objects the actor may touch; nothing unless a subclass says otherwise."""
        return NOTHING

    def filter(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        """Return the part of the query set the actor may touch."""
        return queryset if actor.is_system else queryset.filter(self.scope(actor))

    def permits_object(self, actor: Actor, instance: M) -> bool:
        """Return whether the actor may touch this object; the same filter answers, so they never differ."""
        objects: Any = type(instance)._default_manager
        return actor.is_system or self.filter(actor, objects.filter(pk=instance.pk)).exists()


def allowed(actor: Actor, rule: Rule, instance: Model | None = None) -> bool:
    """Return whether the rule lets the actor act, on the object where the rule is about objects."""
    if isinstance(rule, ObjectRule):
        return instance is not None and rule.permits_object(actor, instance)
    return rule.permits(actor)


def require(actor: Actor, rule: Rule, instance: Model | None = None) -> None:
    """Refuse unless the rule lets the actor act.

    Raises:
        PermissionDenied: The rule denies, or an object rule was asked without an object.
    """
    if not allowed(actor, rule, instance):
        raise PermissionDenied(rule=rule.code, actor=actor.label)
