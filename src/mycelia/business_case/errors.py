"""Errors of the business case."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import BookingFault, FieldDifference, FileFault, ItemState, ItemValue, Missing, Problem
from mycelia.kernel.errors import Conflict, InvalidInput, NotFound, Unavailable


class CaseNotFound(NotFound):
    """There is no such case, or it is outside the actor's scope."""

    code = "case_not_found"
    default_message = _("There is no such case, or it is not shared with you.")


class BriefNotFound(NotFound):
    """No case of that name was presented here, or it is outside the actor's scope."""

    code = "case_brief_not_found"
    default_message = _("There is no such brief. A case has briefs once it is presented, for those it is about.")


class NotPartOfCase(NotFound):
    """The objective, KPI or line belongs to no case of that name; it may have been removed."""

    code = "not_part_of_case"
    default_message = _("This part of the case no longer exists. Somebody may have removed it.")


class SlugTaken(Conflict):
    """Another case already has this short name."""

    code = "case_slug_taken"
    default_message = _("Another case already has this short name. Nothing was saved; choose a different one.")


class InvalidAmount(InvalidInput):
    """An amount is negative, not a number, or too large."""

    code = "case_invalid_amount"
    default_message = _("An amount has to be a number from 0 to 9,999,999,999,999.99. Nothing was saved.")


class YearOutsideHorizon(InvalidInput):
    """An amount lies in a year that the case does not have."""

    code = "case_year_outside_horizon"
    default_message = _("An amount lies in a year after the end of the case. Nothing was saved.")


class HorizonCutsAmounts(Conflict):
    """The shorter horizon would silently drop amounts."""

    code = "case_horizon_cuts_amounts"
    default_message = _(
        "Some lines have amounts in years that the shorter case would not have. Nothing was saved; set those amounts "
        "to 0 first."
    )


class InvalidTerms(InvalidInput):
    """Terms of a case or KPI break a stated rule."""

    code = "case_invalid_terms"


class CaseUnsound(InvalidInput):
    """The case would be impossible to compute; `problems` names each line and field."""

    code = "case_unsound"
    default_message = _("The case cannot be computed this way. Nothing was saved; put right what is named.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems=[f"{each.subject} {each.field}: {each.kind}" for each in problems])


class ItemMovedOn(Conflict):
    """Somebody changed the item since it was seen.

    Attributes:
        current: The item as it is now.
        stated: What was to be saved, so that nothing typed is lost; None where nothing was stated.
        seen: What stood there when it was opened; None where that is no longer known.
        differences: The fields in which the two differ; `ours` is what was stated.
    """

    code = "case_item_moved_on"
    default_message = _(
        "Somebody changed this since you opened it. Nothing was saved; compare both values and save again."
    )

    def __init__(
        self,
        message: object = None,
        *,
        current: ItemState | None = None,
        stated: ItemValue | None = None,
        seen: ItemValue | None = None,
        differences: Sequence[FieldDifference] = (),
    ) -> None:
        self.current, self.stated, self.seen, self.differences = current, stated, seen, tuple(differences)
        super().__init__(message, fields=[each.field for each in self.differences])


class ItemInUse(Conflict):
    """Other items need the one that is to go; `users` names them."""

    code = "case_item_in_use"

    def __init__(self, users: Sequence[str]) -> None:
        self.users = tuple(users)
        named = ", ".join(f"“{user}”" for user in self.users[:5])
        text = _("It is still needed by %(users)s. Nothing was removed; change those first.") % {"users": named}
        super().__init__(text, users=list(self.users))


class NothingToUndo(Conflict):
    """The person did nothing to the case that could be undone."""

    code = "case_nothing_to_undo"
    default_message = _("There is nothing to undo: you changed nothing in this case, or undid all of it.")


class CaseFileRefused(InvalidInput):
    """A file cannot be restored; `faults` names every place, a line or the path of the value at fault, and why."""

    code = "case_file_refused"

    def __init__(self, faults: Sequence[FileFault]) -> None:
        self.faults = tuple(faults)
        listed = "; ".join(f"{fault.place}: {fault.reason}" for fault in self.faults[:10])
        text = _("The file cannot be restored. Nothing was changed. At fault: %(faults)s")
        super().__init__(text % {"faults": listed}, places=[fault.place for fault in self.faults])


class CaseIncomplete(Conflict):
    """The case cannot be presented; `missing` says why, one reason each."""

    code = "case_incomplete"
    default_message = _("The case cannot be presented yet: something is missing. Nothing was changed.")

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = tuple(missing)
        super().__init__(missing=[str(gap.part) for gap in missing])


class NotPresented(Conflict):
    """A brief was asked for of a case that has never been presented."""

    code = "case_not_presented"
    default_message = _("There is no brief yet: it is made when the case is presented, and this one has not been.")


class DocumentUnknown(NotFound):
    """A document was asked for that is not made of a case, or not of this one."""

    code = "case_document_unknown"
    default_message = _("There is nothing to make this document from. Nothing was started.")


class PresentedElsewhere(Conflict):
    """A decision was asked for on a presentation that a file tells of."""

    code = "case_presented_elsewhere"
    default_message = _(
        "Its last presentation was restored from a file. Present the case here first. Nothing was recorded."
    )


class NoActual(NotFound):
    """The platform does not compute this KPI, so there is no record behind it."""

    code = "case_no_actual"
    default_message = _("The platform does not compute this KPI, so there is no record to show.")


class BriefUnavailable(Unavailable):
    """The document could not be set."""

    code = "case_brief_unavailable"
    default_message = _(
        "The brief could not be made just now. The case and its presentation are safe; try again in a moment."
    )


class NotInBlueprint(NotFound):
    """There is no such system, link, content model or finding; it may have been removed."""

    code = "blueprint_not_found"
    default_message = _("This part of the blueprint no longer exists. Somebody may have removed it.")


class InvalidEntry(InvalidInput):
    """What was stated about a part of the blueprint breaks a rule; `field` names where."""

    code = "blueprint_invalid_entry"

    def __init__(self, message: object, *, field: str) -> None:
        self.field = field
        super().__init__(message, field=field)


class ImpossibleLifecycle(InvalidEntry):
    """A system cannot go from its state to that one in one step."""

    code = "blueprint_impossible_lifecycle"


class ChangedMeanwhile(Conflict):
    """Somebody else saved a change after the form was opened; `differences` are (column, now stored, yours)."""

    code = "blueprint_changed_meanwhile"
    default_message = _(
        "Somebody else changed this while you were editing. Nothing of theirs or yours is lost: both are shown below."
    )

    def __init__(self, revision: int, differences: Sequence[tuple[str, object, object]]) -> None:
        self.revision = revision
        self.differences = tuple(differences)
        super().__init__(revision=revision, columns=[column for column, _now, _yours in differences])


class DecidedAlready(Conflict):
    """The finding became a part of a case before; it can do so once."""

    code = "blueprint_decided_already"
    default_message = _("This finding is already part of a case. Nothing was added a second time.")


class DecidedMeanwhile(Conflict):
    """Somebody decided on the finding, or took a decision back, since it was looked at."""

    code = "blueprint_decided_meanwhile"
    default_message = _("Somebody else decided on this finding since you looked at it. Nothing was changed.")


class SavedTwice(Conflict):
    """The case would save more of a system's cost than it costs."""

    code = "blueprint_saved_twice"
    default_message = _(
        "The case already saves the cost of this system through another finding. Nothing was added; remove that first."
    )


class RowsRefused(InvalidInput):
    """A file, or rows of it, cannot be taken; `faults` names each row, column and reason."""

    code = "case_rows_refused"
    default_message = _("Some rows cannot be taken. Nothing was changed; correct them and send the file again.")

    def __init__(self, message: object = None, *, faults: Sequence[BookingFault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(message, faults=len(self.faults))


class LedgerRefused(RowsRefused):
    """A ledger file, or rows of it, cannot be booked."""

    code = "case_ledger_refused"
    default_message = _("Some rows cannot be booked. Nothing was booked; correct them and import the file again.")


class MonthNotOver(Conflict):
    """The month that would be closed is still running."""

    code = "case_month_not_over"
    default_message = _("The month is not over yet. Nothing was closed.")


class MonthMovedOn(Conflict):
    """Another month is the next to close than the one that was meant."""

    code = "case_month_moved_on"
    default_message = _("Somebody else closed this month. Nothing more was closed; look at the next one first.")


class PresentedMeanwhile(Conflict):
    """The case was presented again since the presentation that a decision is about."""

    code = "case_presented_meanwhile"
    default_message = _(
        "The case was presented again since you looked at it. Nothing was recorded; decide on the latest presentation."
    )


class NothingToClose(Conflict):
    """Every month of the case is closed."""

    code = "case_nothing_to_close"
    default_message = _("Every month of this case is closed already.")
