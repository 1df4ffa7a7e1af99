"""The form courses are written in: drafts may be unfinished, what goes to review may not."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from mycelia.content.calc.checks import course_problems
from mycelia.content.types import CourseFacts, LessonFacts

RESERVED = frozenset({"attempts"})


class CourseForm(WagtailAdminPageForm):
    """Wagtail's page form with the content checks of `calc.checks` on everything that is more than saving a draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.for_user is not None and "accountable" in self.fields:
            self.initial.setdefault("accountable", self.for_user.pk)
            self.initial["accountable"] = self.initial["accountable"] or self.for_user.pk

    def clean(self) -> dict[str, Any]:
        """Add what keeps the course from its review, each at its field."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("slug") in RESERVED:
            self.add_error("slug", _("This address is used by the product itself. Choose another."))
        if not self.is_deferred_validation:
            for problem in course_problems(self._facts(cleaned)):
                if problem.field is None or problem.field not in self.errors:
                    self.add_error(problem.field if problem.field in self.fields else None, problem.message)
        return cleaned

    def _facts(self, cleaned: dict[str, Any]) -> CourseFacts:
        return CourseFacts(
            summary=cleaned.get("summary") or "",
            objectives=tuple((cleaned.get("objectives") or "").split("\n")) if cleaned.get("objectives") else (),
            accountable=bool(cleaned.get("accountable")),
            review_date=bool(cleaned.get("review_date")),
            sources=bool((cleaned.get("sources") or "").strip()),
            lessons=self._lessons(),
        )

    def _lessons(self) -> tuple[LessonFacts, ...]:
        formset = self.formsets.get("lessons")
        forms = formset.forms if formset is not None else ()
        found = [form.cleaned_data for form in forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        return tuple(_lesson_facts(values) for values in found if values)


def _lesson_facts(values: dict[str, Any]) -> LessonFacts:
    body, package = values.get("body") or (), values.get("package")
    pictures = [block.value for block in body if block.block_type == "image"]
    return LessonFacts(
        title=values.get("title") or "",
        required=bool(values.get("required")),
        block_count=len(body),
        has_package=package is not None,
        package_unusable=package is not None and package.state != "ready",
        pictures_without_text=sum(not one["decorative"] and not one["alt"].strip() for one in pictures),
    )
