"""A number that is not known exactly, as typed: a shape, and what that shape needs, on one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import CaseModel, Estimate, InputKind, NamedInput, Shape
from mycelia.ui.types import Text

PERCENT = Decimal(100)
MOST_VALUES = 200
NAMED = "named:"
"""Before the key of a named input among the shapes."""
SHAPES: Mapping[Shape, Text] = {
    Shape.FIXED: _("Known"),
    Shape.TRIANGULAR: _("Triangle"),
    Shape.PERT: _("PERT"),
    Shape.LOGNORMAL: _("Lognormal"),
    Shape.LIST: _("From a list"),
}
PARTS: Mapping[str, Text] = {
    "shape": _("Shape"),
    "low": _("Low"),
    "likely": _("Likely"),
    "high": _("High"),
    "values": _("Values"),
}
USED: Mapping[Shape, tuple[str, ...]] = {
    Shape.FIXED: ("likely",),
    Shape.TRIANGULAR: ("low", "likely", "high"),
    Shape.PERT: ("low", "likely", "high"),
    Shape.LOGNORMAL: ("low", "high"),
    Shape.LIST: ("values",),
}


@dataclass(frozen=True)
class EstimatePart:
    """One control of the row."""

    name: str
    label: Text
    control_id: str
    control: SafeString
    error_id: str
    errors: tuple[str, ...]


class EstimateWidget(forms.MultiWidget):
    """The five controls of an estimate."""

    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        number = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(
            {
                "shape": forms.Select(choices=[(shape, SHAPES[shape]) for shape in shapes]),
                **{name: forms.TextInput(attrs=number) for name in ("low", "likely", "high")},
                "values": forms.TextInput(attrs={"autocomplete": "off"}),
            }
        )

    def decompress(self, value: Estimate | None) -> list[Any]:
        """Return what the controls show of an estimate that is already in the field's unit."""
        if value is None:
            return [Shape.FIXED, "", "", "", ""]
        if value.named:
            return [f"{NAMED}{value.named}", "", "", "", ""]
        numbers = [_written(each) for each in (value.low, value.likely, value.high)]
        return [value.shape, *numbers, "; ".join(_written(each) for each in value.values)]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class EstimateField(forms.Field):
    """An estimate; a share is typed in percent. Cleans to None where it is optional and nothing was typed or chosen.

    Args:
        kind: What the number is: a share lies between 0 and 100 %.
        unit: What one of it is, for readers; empty for a share.
    """

    def __init__(self, *, kind: InputKind = InputKind.COUNT, unit: Text = "", **options: Any) -> None:
        self.kind, self.unit = kind, "%" if kind is InputKind.SHARE else unit
        self.named: dict[str, NamedInput] = {}
        options["widget"] = EstimateWidget(
            tuple(shape for shape in Shape if not (kind is InputKind.SHARE and shape is Shape.LOGNORMAL))
        )
        super().__init__(**options)
        self.number = forms.DecimalField(
            min_value=0,
            max_value=PERCENT if kind is InputKind.SHARE else Decimal(10) ** 13,
            max_digits=20,
            decimal_places=6,
            required=False,
        )

    def offer(self, named: Iterable[NamedInput]) -> None:
        """Offer the named inputs of the field's kind beside the shapes."""
        self.named = {one.key: one for one in named if one.kind is self.kind}
        if self.named:
            shape = self.widget.widgets[0]
            inputs = [(f"{NAMED}{key}", one.title) for key, one in self.named.items()]
            shape.choices = [*shape.choices, (_("Input of the case"), inputs)]

    def get_bound_field(self, form: Any, field_name: str) -> BoundField:
        return EstimateBoundField(form, self, field_name)

    def prepare_value(self, value: Any) -> Any:
        """Return an estimate in the unit that is typed."""
        return _scaled(value, PERCENT) if isinstance(value, Estimate) and self.kind is InputKind.SHARE else value

    def clean(self, value: Any) -> Estimate | None:
        typed = dict(zip(PARTS, value or [""] * len(PARTS), strict=True))
        if str(typed["shape"]).startswith(NAMED):
            return self._input(str(typed["shape"]).removeprefix(NAMED))
        shape = Shape(typed["shape"]) if typed["shape"] in list(SHAPES) else Shape.FIXED
        texts = {name: str(typed[name] or "").strip() for name in USED[shape]}
        if shape is Shape.FIXED and not any(texts.values()) and not self.required:
            return None
        stated = self._values(texts["values"]) if shape is Shape.LIST else self._numbers(shape, texts)
        return _scaled(stated, 1 / PERCENT) if self.kind is InputKind.SHARE else stated

    def _input(self, key: str) -> Estimate:
        if key not in self.named:
            raise forms.ValidationError([_at("shape", _("This input of the case no longer exists."))])
        return replace(self.named[key].estimate, named=key)

    def _numbers(self, shape: Shape, texts: dict[str, str]) -> Estimate:
        numbers, errors = {}, []
        for name, text in texts.items():
            try:
                numbers[name] = self._number(text)
            except forms.ValidationError as wrong:
                errors.append(_at(name, wrong.messages[0]))
        errors = errors or _impossible(shape, numbers)
        if errors:
            raise forms.ValidationError(errors)
        return Estimate(shape, numbers.get("low"), numbers.get("likely"), numbers.get("high"))

    def _values(self, text: str) -> Estimate:
        texts = text.replace(";", " ").split()
        if not 0 < len(texts) <= MOST_VALUES:
            raise forms.ValidationError(
                [_at("values", _("Enter 1 to %(most)d values, with spaces between them.") % {"most": MOST_VALUES})]
            )
        try:
            return Estimate(Shape.LIST, values=tuple(self._number(each) for each in texts))
        except forms.ValidationError as wrong:
            raise forms.ValidationError([_at("values", wrong.messages[0])]) from wrong

    def _number(self, text: str) -> Decimal:
        number: Decimal | None = self.number.clean(text)
        if number is None:
            raise forms.ValidationError(_("Enter a number."))
        return number


class EstimateBoundField(BoundField):
    """An estimate in a form, control by control, each with its own errors."""

    field: EstimateField

    @property
    def unit(self) -> Text:
        """Return what one of it is."""
        return self.field.unit

    def parts(self) -> tuple[EstimatePart, ...]:
        """Return the controls in their order; what names no part stands at the first number."""
        wrong: dict[str, list[str]] = {name: [] for name in PARTS}
        for error in self.errors.as_data():
            wrong[str(error.code) if error.code in PARTS else "likely"] += error.messages
        return tuple(
            self._part(index, name, widget, tuple(wrong[name]))
            for index, (name, widget) in enumerate(zip(PARTS, self.subwidgets_in_order(), strict=True))
        )

    def subwidgets_in_order(self) -> list[Any]:
        """Return the controls with what was typed into them."""
        context = self.field.widget.get_context(self.html_name, self.value(), {"id": self.auto_id})
        return list(context["widget"]["subwidgets"])

    def _part(self, index: int, name: str, shown: dict[str, Any], errors: tuple[str, ...]) -> EstimatePart:
        control_id, error_id = f"{self.auto_id}_{index}", f"{self.auto_id}_{name}_error"
        attrs = {"id": control_id, "class": "form-select" if name == "shape" else "form-control"}
        if errors:
            attrs |= {"aria-invalid": "true", "aria-describedby": error_id, "class": f"{attrs['class']} is-invalid"}
        elif self.help_text:
            attrs["aria-describedby"] = f"{self.auto_id}_helptext"
        widget = self.field.widget.widgets[index]
        value = shown["value"][0] if isinstance(shown["value"], list) else shown["value"]
        return EstimatePart(name, PARTS[name], control_id, widget.render(shown["name"], value, attrs), error_id, errors)


def offer_inputs(form: forms.Form, model: CaseModel) -> None:
    """Offer the named inputs of a case at every estimate of a form that may be one."""
    for name, field in form.fields.items():
        if isinstance(field, EstimateField) and not name.startswith("adoption_"):
            field.offer(model.named)


def _impossible(shape: Shape, numbers: Mapping[str, Decimal]) -> list[forms.ValidationError]:
    errors = []
    low, likely, high = (numbers.get(name) for name in ("low", "likely", "high"))
    if low is not None and likely is not None and low > likely:
        errors.append(_at("low", _("Low is above the likely value.")))
    if high is not None and likely is not None and high < likely:
        errors.append(_at("high", _("High is below the likely value.")))
    if shape is Shape.LOGNORMAL and low is not None and high is not None:
        if low == 0:
            errors.append(_at("low", _("A lognormal number is above 0.")))
        if high < low:
            errors.append(_at("high", _("High is below the low value.")))
    return errors


def _at(part: str, message: Any) -> forms.ValidationError:
    return forms.ValidationError(message, code=part)


def _scaled(value: Estimate, factor: Decimal) -> Estimate:
    def times(number: Decimal | None) -> Decimal | None:
        return None if number is None else number * factor

    values = tuple(each * factor for each in value.values)
    return Estimate(value.shape, times(value.low), times(value.likely), times(value.high), values, value.named)


def _written(number: Decimal | None) -> str:
    """Return a number as it is typed, without zeros that say nothing."""
    if number is None:
        return ""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
