"""What a row says of itself when it did not happen here."""

from __future__ import annotations

from django.db import models


class RestoredRecord(models.Model):
    """A record that either was made here or came with the file of a case.

    Of one from a file, the names and instants in it are what the file says; who restored it and when is what this
    installation knows. Both are null and empty for what was made here, and stay as they are: a trigger refuses to
    change them.
    """

    restored_at = models.DateTimeField(null=True, blank=True)
    restored_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    restored_by_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def is_restored(self) -> bool:
        """Return whether it came from a file."""
        return self.restored_at is not None
