"""What can go wrong with people and their import.

InvalidInput
├── EmploymentNotPossible     the dates or the manager do not fit what is on record
└── PeopleFileRefused         the file has problems
Conflict
├── ImportUnderWay            another import is writing
├── DirectoryChanged          people changed since the plan was made
├── DeactivationsUnconfirmed  people are missing and the number is not confirmed
├── MassDeactivation          unusually many people are missing
└── WrongImportState          the import is past this step
TooLarge
└── PeopleFileTooLarge
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Conflict, InvalidInput, TooLarge
from mycelia.people.types import ImportPlan


class EmploymentNotPossible(InvalidInput):
    """The change of employment contradicts what is on record."""

    code = "employment_not_possible"
    default_message = _("This change of employment contradicts what is on record. Nothing was changed.")


class PeopleFileRefused(InvalidInput):
    """The file has problems; `plan` lists every one. Nothing was changed."""

    code = "people_file_refused"
    default_message = _("The file has problems. Nothing was changed; repair the lines listed and send it again.")

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__(problems=len(plan.problems))
        self.plan = plan


class PeopleFileTooLarge(TooLarge):
    """The file is over the stated limit; it was not kept."""

    code = "people_file_too_large"
    default_message = _("The file is over the limit for people files. It was not kept.")


class ImportUnderWay(Conflict):
    """Another import is being applied at this moment."""

    code = "import_under_way"
    default_message = _(
        "Another change of the people directory is being written at this moment. Nothing was changed; "
        "try again when it has finished."
    )


class DirectoryChanged(Conflict):
    """People changed after the plan was made, so it no longer says what would happen."""

    code = "directory_changed"
    default_message = _(
        "The people directory has changed since this file was checked. Nothing was changed; check it again."
    )


class DeactivationsUnconfirmed(Conflict):
    """People are missing from a full file and their exact number was not confirmed."""

    code = "deactivations_unconfirmed"
    default_message = _("People missing from the file would be deactivated. Confirm their exact number first.")


class MassDeactivation(Conflict):
    """So many people are missing that a cut-off file is more likely than the truth."""

    code = "mass_deactivation"
    default_message = _("Unusually many people are missing from the file. Confirm that it is complete.")


class WrongImportState(Conflict):
    """The import cannot take this step from where it is."""

    code = "wrong_import_state"
    default_message = _("This import is no longer at the step you saw. Reload the page to see where it is.")
