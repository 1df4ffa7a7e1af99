"""Fields that more than one form of a case needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.types import EARLIEST_DAY, LATEST_DAY
from mycelia.people import api as people
from mycelia.ui.types import Text

NOTHING = "–"


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together on a page."""

    legend: Text
    fields: tuple[forms.BoundField, ...]
    text: Text = ""
    name: str = ""
    is_folded: bool = False

    @property
    def is_open(self) -> bool:
        """Return whether a folded group opens by itself: something in it is wrong."""
        return any(field.errors for field in self.fields)


@dataclass(frozen=True)
class TwoValues:
    """A field that two people state differently, in words."""

    label: Text
    mine: str
    theirs: str


class GroupedForm(forms.Form):
    """A form that says in which groups its fields stand on the page."""

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        raise NotImplementedError

    def words(self, shown: Mapping[str, Any]) -> dict[str, str]:
        """Return what every field would say of the values that a form shows, in words."""
        return {name: self.told(name, shown.get(name)) for name in self.fields}

    def told(self, name: str, value: Any) -> str:
        """Return what a field would say of a value, in words."""
        field = self.fields[name]
        if value is None or value in ("", [], ()):
            return NOTHING
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, list | tuple):
            return ", ".join(self.told(name, one) for one in value)
        if isinstance(field, forms.ChoiceField):
            return str(dict(_flat(field.choices)).get(str(value), value))
        if isinstance(value, date):
            return formats.day(value)
        return formats.plain_number(value) if isinstance(value, Decimal) else str(value)

    def choosing(self, name: str) -> Any:
        """Return a field whose choices are known only when the form is made."""
        return self.fields[name]


class DayField(forms.DateField):
    """A day that a business case can be about."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators += [
            MinValueValidator(EARLIEST_DAY, _("Choose a day from 1990 on.")),
            MaxValueValidator(LATEST_DAY, _("Choose a day up to 2199.")),
        ]


class OwnerField(forms.CharField):
    """Somebody of the company, by e-mail address or full name; cleans to the person or None."""

    default_error_messages = {
        "unknown": _("Nobody active has this e-mail address or full name."),
        "several": _("Several people have this name. Enter the e-mail address instead."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("help_text", _("E-mail address or full name of somebody in the company."))
        super().__init__(**options)
        self.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = _people_called(text)
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            raise forms.ValidationError(self.error_messages["several"], code="several")
        return found[0]


def _people_called(text: str) -> list[Any]:
    if "@" in text:
        found = people.person_by_email(text.strip())
        return [found] if found and found.is_active else []
    person: Any = Case._meta.get_field("owner").related_model
    active = person._default_manager.filter(is_active=True)
    wanted = " ".join(text.split()).casefold()
    return [one for one in people.people_matching(active, text)[:20] if one.full_name.casefold() == wanted]


def _flat(choices: Any) -> Iterable[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, Sequence) and not isinstance(label, str):
            yield from ((str(key), text) for key, text in label)
        else:
            yield str(value), label
