"""Choosing and uploading course packages, and choosing people, within the studio."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, CreateView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from mycelia.delivery import api as delivery
from mycelia.kernel.errors import MyceliaError


class PackageUploadForm(forms.Form):
    """A zip file that becomes a package; whatever is wrong with it is said at the field."""

    file = forms.FileField(label=_("SCORM 1.2 package"), widget=forms.FileInput({"accept": ".zip,application/zip"}))

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.package: Any = None
        limits = delivery.package_limits()
        self.fields["file"].help_text = ngettext(
            "A .zip of at most %(size)s MB with at most %(files)s file.",
            "A .zip of at most %(size)s MB with at most %(files)s files.",
            limits.files,
        ) % {"size": limits.upload_bytes // 1024**2, "files": limits.files}

    def clean_file(self) -> Any:
        """Check and unpack the file; nothing of it is kept when it is refused."""
        sent = self.cleaned_data["file"]
        try:
            self.package = delivery.install_package(self.actor, sent, sent.name)
        except MyceliaError as error:
            raise ValidationError(str(error.message), code=error.code) from error
        return sent

    def save(self) -> Any:
        """Return the package that was installed."""
        return self.package


class TextFilterForm(BaseFilterForm):
    """One search field over the columns named in `columns`."""

    columns: tuple[str, ...] = ()
    q = forms.CharField(label=_("Search"), required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Return the objects in which every word occurs in some column."""
        words = self.cleaned_data.get("q", "").replace("\x00", "").split()[:6]
        self.is_searching, self.search_query = bool(words), " ".join(words)
        for word in words:
            anywhere = Q()
            for column in self.columns:
                anywhere |= Q(**{f"{column}__icontains": word})
            objects = objects.filter(anywhere)
        return objects


class PackageFilterForm(TextFilterForm):
    """Search packages."""

    columns = ("title", "file_name")


class PersonFilterForm(TextFilterForm):
    """Search people."""

    columns = ("given_name", "family_name", "email")


class _UploadsPackages:
    filter_form_class = PackageFilterForm

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "actor": self.request.actor}  # type: ignore[misc,attr-defined]

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]
            Column("file_name", label=_("File")),
            DateColumn("created_at", label=_("Uploaded")),
        ]


class PackageChooseView(_UploadsPackages, ChooseView):
    """Packages to choose from, and a form to upload another."""


class PackageResultsView(_UploadsPackages, ChooseResultsView):
    """The packages that match."""


class PackageCreateView(_UploadsPackages, CreateView):
    """Takes the upload."""


class PackageChooserViewSet(ChooserViewSet):
    """The field "course package" of a lesson."""

    model = "delivery.Package"
    icon = "folder-open-inverse"
    choose_one_text = _("Choose or upload a package")
    choose_another_text = _("Choose another package")
    creation_tab_label = _("Upload")
    create_action_label = _("Upload")
    create_action_clicked_label = _("Checking and unpacking…")
    search_tab_label = _("Choose")
    creation_form_class = PackageUploadForm
    choose_view_class = PackageChooseView
    choose_results_view_class = PackageResultsView
    create_view_class = PackageCreateView


class PersonChooseView(ChooseView):
    """People to choose from."""

    filter_form_class = PersonFilterForm

    def get_object_list(self) -> QuerySet[Any]:
        """Return active people."""
        return super().get_object_list().filter(is_active=True)


class PersonResultsView(ChooseResultsView):
    """The people that match."""

    filter_form_class = PersonFilterForm

    def get_object_list(self) -> QuerySet[Any]:
        """Return active people."""
        return super().get_object_list().filter(is_active=True)


class PersonChooserViewSet(ChooserViewSet):
    """The field "owner" of a course."""

    model = "people.Person"
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonResultsView


package_chooser = PackageChooserViewSet("package_chooser")
person_chooser = PersonChooserViewSet("person_chooser")
