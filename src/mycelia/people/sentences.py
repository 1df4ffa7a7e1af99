"""What each problem, field and column is called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.people.types import Problem

PROBLEMS = {
    "file_too_large": _("The file is larger than %(maximum)s MB. Send it in parts."),
    "empty_file": _("The file is empty."),
    "workbook": _("This is a workbook, not a CSV file. Save it as “CSV UTF-8” and send that."),
    "utf32": _("The file is encoded as UTF-32. Save it as UTF-8."),
    "unmarked_utf16": _("The file looks like UTF-16 without a byte order mark. Save it as UTF-8."),
    "damaged_text": _("The text is damaged here: neither valid UTF-8 nor Windows-1252. Save it as UTF-8."),
    "too_many_rows": _("The file has %(rows)s rows; the limit is %(maximum)s."),
    "no_rows": _("The file has a header and no people."),
    "missing_column": _("The column “%(column)s” is missing."),
    "unknown_column": _("“%(column)s” is not a column of a people file. Remove it or rename it."),
    "misspelt_column": _("“%(column)s” is not a column of a people file. Did you mean “%(suggestion)s”?"),
    "unnamed_column": _("Column number %(place)s has no name."),
    "repeated_column": _("The column “%(column)s” is there twice."),
    "quoting": _("The quotation marks do not match: one is not closed, or text follows a closed one."),
    "line_too_long": _("The line has more than %(maximum)s characters."),
    "too_few_cells": _("The row has only %(cells)s of %(columns)s cells."),
    "too_many_cells": _(
        "The row has %(cells)s cells, only %(columns)s are named. A comma inside a value needs quotes."
    ),
    "empty_cell": _("“%(column)s” is empty."),
    "control_character": _("“%(column)s” contains an invisible control character."),
    "too_long": _("“%(column)s” has %(length)s characters; the limit is %(maximum)s."),
    "bad_email": _("This is not an e-mail address."),
    "bad_language": _("This is not a language code such as “en” or “pt-BR”."),
    "bad_date": _("This is not a date. Write it as YYYY-MM-DD, for example 2026-01-31."),
    "repeated_number": _("This employee number is already used in line %(first_line)s."),
    "repeated_email": _("This e-mail is already used in line %(first_line)s."),
    "email_taken": _("This e-mail belongs to employee %(number)s."),
    "unknown_unit": _("There is no unit with this code. To make one, also give its unit_name and parent_unit_code."),
    "unknown_parent_unit": _("There is no unit with this code, neither in the company nor in this file."),
    "unit_without_parent": _("The new unit %(unit)s needs a parent_unit_code: the company already has its top unit."),
    "second_root": _("Both %(root)s and %(unit)s have no parent. A company has one top unit."),
    "unit_contradiction": _("Line %(first_line)s says something else about the same unit."),
    "unit_elsewhere": _("The unit stands under %(parent)s. A people file does not move units."),
    "unit_cycle": _("These units would be above each other in a circle: %(chain)s."),
    "unknown_manager": _("Nobody has this employee number, neither in the company nor in this file."),
    "inactive_manager": _("The manager is deactivated and not in this file."),
    "leaving_manager": _("The manager is missing from this full file and would be deactivated."),
    "own_manager": _("A person cannot be their own manager."),
    "manager_cycle": _("These people would manage each other in a circle: %(chain)s."),
    "too_early": _("A change on record begins later, on %(since)s. An import adds to history and does not rewrite it."),
}

FIELDS = {
    "email": _("E-mail"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "language": _("Language"),
    "valid_from": _("From"),
    "unit": _("Unit"),
    "position": _("Position"),
    "location": _("Location"),
    "cost_centre": _("Cost centre"),
    "manager": _("Manager"),
}

COLUMN_MEANINGS = {
    "employee_number": _("Identifies the person from file to file. Leading zeros count."),
    "email": _("Address the person signs in with. Nobody else may have it, whatever the case of its letters."),
    "given_name": _("As colleagues write it."),
    "family_name": _("May be empty for people with one name."),
    "unit_code": _("Unit of the organisation the person works in."),
    "unit_name": _("Names a new unit, or renames a known one. Leave empty to refer to a unit by its code."),
    "parent_unit_code": _("Unit above a new unit. Empty only for the top unit of a company that has none yet."),
    "manager_employee_number": _("Person reported to. Empty for nobody."),
    "position": _("Job title or its code. A new one joins the list."),
    "location": _("Place of work or its code. A new one joins the list."),
    "cost_centre": _("Cost centre or its code. A new one joins the list."),
    "valid_from": _("First day on which this row holds, as YYYY-MM-DD. Empty means the day of the import."),
    "language": _("Language of pages and mail, such as “en”. Empty keeps what is known; “en” for new people."),
}


def sentence(problem: Problem) -> str:
    """Return the problem as a sentence for the person who must repair the file."""
    return str(PROBLEMS[problem.code]) % {"column": problem.column, **problem.details}


def field_label(name: str) -> str:
    """Return what a changed field is called."""
    return str(FIELDS[name])
