"""A content model with every system's part in it, and an element, as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import FieldGroup, GroupedForm, OwnerField
from mycelia.business_case.models import ContentModel, ElementState, System
from mycelia.business_case.pages.blueprint_words import MATURITIES, PARTS
from mycelia.business_case.types import ContentModelTerms, ElementTerms, Moment, Part, Placement

PART_CHOICES = [("", _("Nothing")), *PARTS.items()]
LEVELS = [("", _("Not assessed")), *((level, f"{level} – {word}") for level, word in MATURITIES.items())]


@dataclass(frozen=True)
class PartRow:
    """One system with its two fields."""

    name: str
    today: forms.BoundField
    target: forms.BoundField


class ContentModelForm(GroupedForm):
    """Name, description, and two choices for each system."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Learning content, knowledge, media, records, people …")
    )
    description = forms.CharField(
        label=_("What belongs to it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, systems: Sequence[System], model: ContentModel | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.systems = systems
        self.is_synthetic = model.is_synthetic if model else False
        for system in systems:
            for moment in Moment:
                self.fields[_field(moment, system)] = forms.ChoiceField(
                    label=_("%(system)s, %(moment)s")
                    % {"system": system.name, "moment": _("today") if moment is Moment.TODAY else _("target")},
                    choices=PART_CHOICES,
                    required=False,
                )

    @classmethod
    def initial_of(cls, model: ContentModel) -> dict[str, Any]:
        """Return what the form shows for a content model."""
        parts = {f"{one.moment}_{one.system_id}": one.part for one in model.placements.all()}
        return {"name": model.name, "description": model.description, **parts}

    def terms(self) -> ContentModelTerms:
        """Return what was typed; the form is valid."""
        typed = self.cleaned_data
        placements = tuple(
            Placement(system.pk, moment, Part(part))
            for system in self.systems
            for moment in Moment
            if (part := typed[_field(moment, system)])
        )
        return ContentModelTerms(typed["name"], typed["description"], placements, self.is_synthetic)

    def part_rows(self) -> tuple[PartRow, ...]:
        """Return a row for each system, for the table of the form."""
        return tuple(
            PartRow(system.name, self[_field(Moment.TODAY, system)], self[_field(Moment.TARGET, system)])
            for system in self.systems
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (FieldGroup("", (self["name"], self["description"])),)


class ElementForm(GroupedForm):
    """One of the six elements."""

    today = forms.CharField(label=_("Today"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    maturity_today = forms.TypedChoiceField(
        label=_("Maturity today"), coerce=int, choices=LEVELS, required=False, empty_value=None
    )
    target = forms.CharField(
        label=_("Target"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    maturity_target = forms.TypedChoiceField(
        label=_("Maturity to be reached"), coerce=int, choices=LEVELS, required=False, empty_value=None
    )
    owner = OwnerField(label=_("Owner"), required=False)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the assessment rests on: a survey, an interview, a document."),
    )
    notes = forms.CharField(label=_("Notes"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, state: ElementState | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_synthetic = state.is_synthetic if state else False

    @classmethod
    def initial_of(cls, state: ElementState | None) -> dict[str, Any]:
        """Return what the form shows for an element; nothing for one that nobody has assessed."""
        if state is None:
            return {}
        shown = {name: getattr(state, name) for name in cls.base_fields if name != "owner"}
        return {**shown, "owner": state.owner.email if state.owner else ""}

    def terms(self) -> ElementTerms:
        """Return what was typed; the form is valid."""
        typed = dict(self.cleaned_data)
        owner = typed.pop("owner")
        return ElementTerms(**typed, owner_id=owner.pk if owner else None, is_synthetic=self.is_synthetic)

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (
            FieldGroup(_("Where it is"), (self["today"], self["maturity_today"]), name="level"),
            FieldGroup(_("Where it is meant to be"), (self["target"], self["maturity_target"]), name="level"),
            FieldGroup(_("Who says so"), (self["owner"], self["evidence"], self["notes"])),
        )


def _field(moment: Moment, system: System) -> str:
    return f"{moment}_{system.pk}"
