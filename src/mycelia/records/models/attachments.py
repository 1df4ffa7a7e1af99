"""The bytes that go out with statements."""

from __future__ import annotations

from django.db import models


class Attachment(models.Model):
    """The bytes of an attachment, kept once however many statements they came with; SHA-2 in small letters.

    They are kept uncompressed, so that a piece is read without the rest.
    """

    sha2 = models.CharField(max_length=128, primary_key=True)
    length_bytes = models.BigIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha2


class StatementAttachment(models.Model):
    """Bytes that go out with a statement: they came along with it, or its source had sent the same ones before.

    A statement that only names a hash has no row, so nobody gets bytes for knowing what they hash to.
    """

    pk = models.CompositePrimaryKey("stored", "sequence", "attachment")
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    attachment = models.ForeignKey(Attachment, models.DO_NOTHING, related_name="+", db_column="sha2")

    def __str__(self) -> str:
        return f"{self.sequence} {self.attachment_id}"
