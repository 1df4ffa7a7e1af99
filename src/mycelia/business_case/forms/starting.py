"""The guided start: the terms of a case and the questions of its template, each with a range and a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.case import CaseForm
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.types import Answer, Estimate, InputKind, Question, Shape, Template
from mycelia.kernel.policy import Actor

PERCENT = Decimal(100)
LIMIT = Decimal("999999999999")
PARTS = ("low", "likely", "high")
FLAGS = ("counts_learner_time", "is_short_programme", "is_synthetic")
"""Terms that a case begins with as usual and that are changed later."""
SOURCE_HELP = _("It is about the numbers suggested here. Where yours are others, say where they come from.")
_LABELS = {"low": _("At least"), "likely": _("Most likely"), "high": _("At most")}


@dataclass(frozen=True)
class QuestionFields:
    """The fields of one question, as the page shows them side by side."""

    label: object
    unit: object
    help: object
    is_placeholder: bool
    parts: tuple[forms.BoundField, ...]
    source: forms.BoundField


class StartForm(CaseForm):
    """A case from a template. A number without a source is a placeholder, and the case says so.

    The source of a default says nothing of a number that was typed over it: unless the person states another one, that
    number is their own estimate, without a source.
    """

    def __init__(self, *args: Any, actor: Actor, template: Template, people: tuple[int, str], **options: Any) -> None:
        """Build the fields of the template's questions.

        Args:
            people: How many people the platform counts in the company, and the source to state for it.
        """
        super().__init__(*args, actor=actor, **options)
        self.template = template
        for name in FLAGS:
            del self.fields[name]
        for question in template.questions:
            self._ask(question, people)

    def questions(self) -> Iterator[QuestionFields]:
        """Yield the questions with their fields."""
        for question in self.template.questions:
            yield QuestionFields(
                label=question.label,
                unit=_("%") if question.kind is InputKind.SHARE else question.unit,
                help=question.help,
                is_placeholder=not self[f"{question.name}_source"].value(),
                parts=tuple(self[f"{question.name}_{part}"] for part in PARTS),
                source=self[f"{question.name}_source"],
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        self._without_source = 0
        for question in self.template.questions:
            stated = [typed.get(f"{question.name}_{part}") for part in PARTS]
            known = [value for value in stated if value is not None]
            if len(known) == len(PARTS) and known != sorted(known):
                words = _("The numbers rise: at least, most likely, at most.")
                self.add_error(f"{question.name}_likely", words)
            if self._is_only_of_the_default(question.name, typed):
                typed[f"{question.name}_source"] = ""
                self._without_source += 1
        return typed

    def unsourced(self) -> int:
        """Return how many numbers lost the source of the default that they replaced; the form is valid."""
        return self._without_source

    def answers(self) -> dict[str, Answer]:
        """Return the answers; the form is valid."""
        return {question.name: self._answer(question) for question in self.template.questions}

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the terms in the order of the page; the questions stand beside them."""
        rate = ("rate_per_year", "rate_source", "rate_confidence")
        return (
            FieldGroup(_("What it is about"), self.bound("name", "summary", "scope_unit", "owner")),
            FieldGroup(_("How it is computed"), self.bound("start", "horizon_months", "currency", *rate)),
        )

    def _is_only_of_the_default(self, name: str, typed: dict[str, Any]) -> bool:
        """Return whether the source is still that of the default, while a number is not."""
        source = self.fields[f"{name}_source"].initial
        if not source or typed.get(f"{name}_source", "").strip() != source.strip():
            return False
        parts = (f"{name}_{part}" for part in PARTS)
        return any(typed.get(part) != Decimal(self.fields[part].initial) for part in parts)

    def _ask(self, question: Question, people: tuple[int, str]) -> None:
        is_share = question.kind is InputKind.SHARE
        counted, source = people if question.name == "people" and people[0] else (None, question.source)
        for part in PARTS:
            default = Decimal(counted) if counted is not None else getattr(question, part)
            self.fields[f"{question.name}_{part}"] = forms.DecimalField(
                label=_LABELS[part],
                min_value=0,
                max_value=100 if is_share else LIMIT,
                max_digits=16,
                decimal_places=4,
                initial=f"{(default * PERCENT if is_share else default).normalize():f}",
            )
        self.fields[f"{question.name}_source"] = forms.CharField(
            label=_("Source"), max_length=300, required=False, initial=source, help_text=SOURCE_HELP if source else ""
        )

    def _answer(self, question: Question) -> Answer:
        typed = self.cleaned_data
        scale = PERCENT if question.kind is InputKind.SHARE else Decimal(1)
        low, likely, high = (typed[f"{question.name}_{part}"] / scale for part in PARTS)
        known = Estimate(Shape.FIXED, likely=likely)
        ranged = Estimate(Shape.PERT, low=low, likely=likely, high=high)
        return Answer(known if low == high else ranged, typed[f"{question.name}_source"])
