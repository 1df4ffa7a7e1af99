"""What every form of an item of a case has in common, and the small fields that several of them use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.estimate import PERCENT, EstimateField
from mycelia.business_case.forms.fields import GroupedForm, TwoValues
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.estimates import in_words
from mycelia.business_case.pages.problems import problem_in_words
from mycelia.business_case.types import CaseModel, Estimate, ItemValue, Problem
from mycelia.ui.types import Text


class ItemForm(GroupedForm):
    """A form of one item: what it shows of a value, and the value that was typed."""

    fields_of_problems: Mapping[str, str] = {}
    """Which form field a problem's field stands in, where the names differ."""

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows for an item, by field."""
        raise NotImplementedError

    def value(self, key: str) -> ItemValue:
        """Return what was typed; the form is valid."""
        raise NotImplementedError

    def place(self, problems: Iterable[Problem]) -> None:
        """Put what is wrong with the case at the fields where it is entered."""
        for problem in problems:
            wanted = self.fields_of_problems.get(problem.field, problem.field.replace("/", "_"))
            self.add_error(wanted if wanted in self.fields else None, problem_in_words(problem))

    def forget_errors(self) -> None:
        """Show what was typed without judging it yet, because the form itself has changed."""
        self.full_clean()
        self._errors = ErrorDict()

    def two_values(self, key: str, theirs: ItemValue, seen: ItemValue | None = None) -> tuple[TwoValues, ...]:
        """Return the fields in which what was typed differs from what is stored now; the form is valid.

        Args:
            seen: What stood there when typing began: then only fields that both changed since; None when not known.
        """
        mine = self.value(key)
        if seen is None:
            return self.differing(mine, theirs)
        shown, now, typed = (self.initial_of(value) for value in (seen, theirs, mine))
        both = [n for n in self.fields if shown.get(n) not in (now.get(n), typed.get(n))]
        return self.differing(mine, theirs, both) or self.differing(mine, theirs)

    def differing(
        self, ours: ItemValue, theirs: ItemValue, among: Iterable[str] | None = None
    ) -> tuple[TwoValues, ...]:
        """Return the fields, of all or of some, in which two values of the item differ, in words; of ours as `mine`."""
        mine, stored = self.initial_of(ours), self.initial_of(theirs)
        names = [n for n in (self.fields if among is None else among) if mine.get(n) != stored.get(n)]
        return tuple(
            TwoValues(
                self.fields[name].label or name, self.told(name, mine.get(name)), self.told(name, stored.get(name))
            )
            for name in names
        )

    def bound(self, *names: str) -> tuple[forms.BoundField, ...]:
        """Return fields of the form by name."""
        return tuple(self[name] for name in names)

    def told(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, EstimateField) and isinstance(value, Estimate):
            return in_words(value, field.kind, str(field.unit))
        if isinstance(field, PercentField) and value is not None:
            return formats.rate(value)
        return super().told(name, value)


class PercentField(forms.DecimalField):
    """A fraction, typed in percent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 8, "decimal_places": 2, **options})

    def prepare_value(self, value: Any) -> Any:
        """Return a fraction in percent; what was typed stays as it is."""
        return format((value * PERCENT).normalize(), "f") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        percent: Decimal | None = super().clean(value)
        return None if percent is None else percent / PERCENT


def choice(words: Mapping[Any, Text], default: StrEnum, label: Any, **options: Any) -> forms.TypedChoiceField:
    """Return a field for one of an enumeration; nothing sent is the default."""
    return forms.TypedChoiceField(
        label=label,
        choices=list(words.items()),
        coerce=type(default),
        empty_value=default,
        initial=default,
        required=False,
        **options,
    )


def reference(label: Any, **options: Any) -> forms.TypedChoiceField:
    """Return a field for another item of the case, by key; its choices are set when the form is made."""
    return forms.TypedChoiceField(label=label, coerce=str, empty_value=None, required=False, **options)


def option_choices(model: CaseModel) -> list[tuple[str, Any]]:
    """Return the options of a case, after all of them together."""
    return [("", _("All options")), *((option.key, option.name) for option in model.options)]


def item_choices(model: CaseModel, empty: Text) -> list[tuple[str, Any]]:
    """Return the work items of a case, by phase."""
    grouped: list[tuple[str, Any]] = [("", empty)]
    for key, title in [(phase.key, phase.title) for phase in model.roadmap.phases] + [(None, _("No phase"))]:
        items = [(item.key, item.title) for item in model.roadmap.items if item.phase == key]
        grouped += [(str(title), items)] if items else []
    return grouped
