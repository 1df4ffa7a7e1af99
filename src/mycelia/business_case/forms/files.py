"""Files that a person sends: a case to be restored, values of a KPI, systems for the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc import series, system_rows
from mycelia.business_case.calc.case_file import LARGEST_FILE
from mycelia.business_case.calc.csv_rows import CsvShape

MEBIBYTE = 1024 * 1024


class FileForm(forms.Form):
    """One file of a limited size."""

    file = forms.FileField(label=_("File"))
    largest = LARGEST_FILE

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.largest:
            limit = {"mib": self.largest // MEBIBYTE}
            raise forms.ValidationError(_("The file is larger than %(mib)d MiB. Nothing was changed.") % limit)
        return file

    def content(self) -> bytes:
        """Return what the file holds; the form is valid."""
        file: UploadedFile = self.cleaned_data["file"]
        content: bytes = file.read()
        return content


class CaseFileForm(FileForm):
    """The file of a case, and another short name for it where the file's is taken."""

    file = forms.FileField(
        label=_("File of a case"),
        help_text=_("JSON as “Take away” gives it, at most %(mib)d MiB.") % {"mib": LARGEST_FILE // MEBIBYTE},
    )
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=80,
        required=False,
        help_text=_("For its address. Leave it empty to keep the one in the file."),
    )


class RowsForm(FileForm):
    """A CSV file; the button says whether it is only checked."""

    shape: CsvShape

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.largest = self.shape.maximum_bytes
        limits = {"mib": self.shape.maximum_bytes // MEBIBYTE, "rows": self.shape.maximum_rows}
        self.fields["file"].label = _("CSV file")
        self.fields["file"].help_text = _("CSV in UTF-8, at most %(mib)d MiB and %(rows)d rows.") % limits

    @property
    def file_name(self) -> str:
        """Return what the file is called; the form is valid."""
        return str(self.cleaned_data["file"].name)


class SeriesForm(RowsForm):
    """Values of a KPI."""

    shape = series.SHAPE


class SystemsForm(RowsForm):
    """Systems for the register."""

    shape = system_rows.SHAPE
