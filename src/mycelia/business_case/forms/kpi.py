"""A KPI, as typed: what is measured, from where to where, who answers for it, and where the actual comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc import is_against_direction
from mycelia.business_case.forms.fields import DayField, FieldGroup, OwnerField
from mycelia.business_case.forms.item import ItemForm, reference
from mycelia.business_case.models import Kpi
from mycelia.business_case.pages.vocabulary import DIRECTIONS, ISOLATIONS, SOURCE_KINDS
from mycelia.business_case.types import Direction, IsolationMethod, KpiTerms, SourceKind
from mycelia.insights import api as insights
from mycelia.people import api as people

NUMBERS = ("baseline_value", "target_value", "manual_value", "value_per_unit")
AGAINST_DIRECTION = {
    Direction.RISE: _("This KPI is better when it rises, but the target is below the baseline."),
    Direction.FALL: _("This KPI is better when it falls, but the target is above the baseline."),
}
NUMBER: dict[str, Any] = {"max_digits": 18, "decimal_places": 4, "required": False}


def _courses() -> Any:
    course: Any = Kpi._meta.get_field("metric_course").related_model
    return course._default_manager.filter(live=True).order_by("title").only("title")


class KpiForm(ItemForm):
    """Only name and unit must be known at once; the case cannot be presented until the rest is."""

    objective = reference(_("Objective"))
    name = forms.CharField(label=_("KPI"), max_length=200, help_text=_("What is measured, in one line."))
    unit = forms.CharField(label=_("Unit"), max_length=40, help_text=_("people, %, hours, EUR …"))
    direction = forms.TypedChoiceField(
        label=_("Better when"), coerce=Direction, choices=list(DIRECTIONS.items()), initial=Direction.RISE
    )
    baseline_value = forms.DecimalField(label=_("Baseline"), help_text=_("Where it stands today."), **NUMBER)
    baseline_date = DayField(label=_("Measured on"), required=False)
    baseline_evidence = forms.CharField(
        label=_("Evidence for the baseline"), max_length=300, required=False, help_text=_("Report, system or person.")
    )
    target_value = forms.DecimalField(label=_("Target"), help_text=_("What is to be reached."), **NUMBER)
    target_date = DayField(label=_("Reached by"), required=False)
    owner = OwnerField(label=_("Owner"), required=False)
    source_kind = forms.ChoiceField(
        label=_("Where the actual value comes from"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("Not decided yet")), *SOURCE_KINDS.items()],
    )
    metric_id = forms.ChoiceField(label=_("Metric"), required=False)
    metric_course: Any = forms.ModelChoiceField(
        label=_("Course"), queryset=None, required=False, empty_label=_("No course chosen")
    )
    metric_since = DayField(
        label=_("Counted from"), required=False, help_text=_("Leave empty to count from the first record.")
    )
    manual_evidence = forms.CharField(
        label=_("Evidence"), max_length=300, required=False, help_text=_("Where the actual value is written.")
    )
    manual_value = forms.DecimalField(label=_("Actual"), **NUMBER)
    manual_value_date = DayField(label=_("Actual of"), required=False)
    value_per_unit = forms.DecimalField(
        label=_("Worth of one unit"),
        min_value=0,
        help_text=_("In the case's currency, when the KPI moves by one; empty where that is not claimed."),
        **NUMBER,
    )
    isolation_method = forms.ChoiceField(
        label=_("How its movement is isolated"),
        required=False,
        choices=[("", _("Not told yet")), *ISOLATIONS.items()],
        help_text=_("How the effect of learning is told from everything else that moves it."),
    )

    def __init__(
        self, *args: Any, objective: str, objectives: Sequence[tuple[str, str]], stored: Any = None, **options: Any
    ) -> None:
        """Build the fields.

        Args:
            objective: Key of the objective it belongs to when nothing else is chosen.
            objectives: Key and title of every objective of the case.
            stored: The KPI's terms as they are stored; None for a new one.
        """
        super().__init__(*args, **options)
        self._objective, self._stored = objective, stored
        self.choosing("objective").choices = list(objectives)
        self.initial.setdefault("objective", objective)
        self.choosing("metric_course").queryset = _courses()
        self.choosing("metric_id").choices = [
            ("", _("No metric chosen")),
            *((metric.id, metric.name) for metric in insights.all_metrics()),
        ]

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of a KPI."""
        shown = {name: getattr(value, name) for name in cls.base_fields if name not in ("owner", "metric_course")}
        for name in NUMBERS:
            shown[name] = None if shown[name] is None else f"{shown[name].normalize():f}"
        for name in ("source_kind", "isolation_method"):
            shown[name] = shown[name] or ""
        owner = None if value.owner_id is None else people.person_by_id(value.owner_id)
        return {**shown, "owner": owner.email if owner else "", "metric_course": value.course_id}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        self._refuse_target_before_baseline(typed)
        self._refuse_target_against_direction(typed)
        return typed

    def value(self, key: str) -> KpiTerms:
        """Return what was typed; the form is valid. A name that meant nobody here stays until somebody is named."""
        typed = dict(self.cleaned_data)
        owner, course = typed.pop("owner"), typed.pop("metric_course")
        source, isolation = typed.pop("source_kind"), typed.pop("isolation_method")
        typed["objective"] = typed["objective"] or self._objective
        kept = self._stored
        return KpiTerms(
            **typed,
            owner_id=owner.pk if owner else None,
            owner_text=kept.owner_text if kept and not owner else "",
            course_id=course.pk if course else None,
            course_text=kept.course_text if kept and not course else "",
            source_kind=SourceKind(source) if source else None,
            isolation_method=IsolationMethod(isolation) if isolation else None,
            key=key,
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (
            FieldGroup(_("What is measured"), self.bound("objective", "name", "unit", "direction")),
            FieldGroup(
                _("Baseline"), self.bound("baseline_value", "baseline_date", "baseline_evidence"), name="baseline"
            ),
            FieldGroup(_("Target"), self.bound("target_value", "target_date", "owner"), name="target"),
            FieldGroup("", self.bound("source_kind"), name="source"),
            FieldGroup(
                _("When the platform computes it"),
                self.bound("metric_id", "metric_course", "metric_since"),
                _("The value is counted from the platform's own record, up to now or to the target's date."),
                "platform",
            ),
            FieldGroup(
                _("When it is entered by hand"),
                self.bound("manual_evidence", "manual_value", "manual_value_date"),
                _("A series is uploaded on the page of the KPI; only its evidence is stated here."),
                "manual",
            ),
            FieldGroup(_("What it is worth"), self.bound("value_per_unit", "isolation_method"), name="worth"),
        )

    def _refuse_target_before_baseline(self, typed: dict[str, Any]) -> None:
        baseline, target = typed.get("baseline_date"), typed.get("target_date")
        if baseline and target and target <= baseline:
            self.add_error("target_date", _("The target has to lie after the day of the baseline."))

    def _refuse_target_against_direction(self, typed: dict[str, Any]) -> None:
        direction, values = typed.get("direction"), (typed.get("baseline_value"), typed.get("target_value"))
        if direction and is_against_direction(direction, *values):
            self.add_error("target_value", AGAINST_DIRECTION[direction])
