"""A KPI, as typed: what is measured, from where to where, who answers for it, and where the actual comes from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import DayField, FieldGroup, GroupedForm, OwnerField
from mycelia.business_case.models import Kpi
from mycelia.business_case.pages.vocabulary import DIRECTIONS, SOURCE_KINDS
from mycelia.business_case.types import Direction, KpiTerms, SourceKind
from mycelia.insights import api as insights

NUMBER: dict[str, Any] = {"max_digits": 18, "decimal_places": 4, "required": False}


def _courses() -> Any:
    course: Any = Kpi._meta.get_field("metric_course").related_model
    return course._default_manager.filter(live=True).order_by("title").only("title")


class KpiForm(GroupedForm):
    """Only name and unit must be known at once; the case cannot be presented until the rest is."""

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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choosing("metric_course").queryset = _courses()
        self.choosing("metric_id").choices = [
            ("", _("No metric chosen")),
            *((metric.id, metric.name) for metric in insights.all_metrics()),
        ]

    @classmethod
    def initial_of(cls, kpi: Kpi) -> dict[str, Any]:
        """Return what the form shows for an existing KPI."""
        shown = {name: getattr(kpi, name) for name in cls.base_fields if name not in ("owner", "metric_course")}
        for name in ("baseline_value", "target_value", "manual_value"):
            shown[name] = None if shown[name] is None else f"{shown[name].normalize():f}"
        return {**shown, "owner": kpi.owner.email if kpi.owner else "", "metric_course": kpi.metric_course_id}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        self._refuse_target_before_baseline(typed)
        self._refuse_target_against_direction(typed)
        return typed

    def terms(self) -> KpiTerms:
        """Return what was typed; the form is valid."""
        typed = dict(self.cleaned_data)
        owner, course = typed.pop("owner"), typed.pop("metric_course")
        source = typed.pop("source_kind")
        return KpiTerms(
            **typed,
            owner_id=owner.pk if owner else None,
            course_id=course.pk if course else None,
            source_kind=SourceKind(source) if source else None,
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (
            FieldGroup(_("What is measured"), self._bound("name", "unit", "direction")),
            FieldGroup(
                _("Baseline"), self._bound("baseline_value", "baseline_date", "baseline_evidence"), name="baseline"
            ),
            FieldGroup(_("Target"), self._bound("target_value", "target_date", "owner"), name="target"),
            FieldGroup("", self._bound("source_kind"), name="source"),
            FieldGroup(
                _("When the platform computes it"),
                self._bound("metric_id", "metric_course", "metric_since"),
                _("The value is counted from the platform's own record, up to now or to the target's date."),
                "platform",
            ),
            FieldGroup(
                _("When it is entered by hand"),
                self._bound("manual_evidence", "manual_value", "manual_value_date"),
                "",
                "manual",
            ),
        )

    def _bound(self, *names: str) -> tuple[forms.BoundField, ...]:
        return tuple(self[name] for name in names)

    def _refuse_target_before_baseline(self, typed: dict[str, Any]) -> None:
        baseline, target = typed.get("baseline_date"), typed.get("target_date")
        if baseline and target and target <= baseline:
            self.add_error("target_date", _("The target has to lie after the day of the baseline."))

    def _refuse_target_against_direction(self, typed: dict[str, Any]) -> None:
        baseline, target = typed.get("baseline_value"), typed.get("target_value")
        if baseline is None or target is None or "direction" not in typed:
            return
        if typed["direction"] is Direction.RISE and target < baseline:
            self.add_error("target_value", _("This KPI is better when it rises, but the target is below the baseline."))
        if typed["direction"] is Direction.FALL and target > baseline:
            self.add_error("target_value", _("This KPI is better when it falls, but the target is above the baseline."))
