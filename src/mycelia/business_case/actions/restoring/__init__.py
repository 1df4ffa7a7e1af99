"""Restoring a case from the file it was exported to: the whole of it, or nothing."""

from mycelia.business_case.actions.restoring.case import Restored, restore_case

__all__ = ["Restored", "restore_case"]
