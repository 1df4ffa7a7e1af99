"""What clients keep beside statements."""

from __future__ import annotations

from django.db import models

from mycelia.records.models.texts import Agent, Iri


class Document(models.Model):
    """A state, activity profile or agent profile.

    `digest` is 128 bits of the SHA-256 of all that names it; `context` the same of its kind, activity and agent, under
    which documents are listed. States: stored; deleting removes the row.
    """

    digest = models.UUIDField(primary_key=True)
    context = models.UUIDField()
    kind = models.CharField(max_length=16)
    activity = models.ForeignKey(Iri, models.DO_NOTHING, null=True, related_name="+")
    agent = models.ForeignKey(Agent, models.DO_NOTHING, null=True, related_name="+")
    registration = models.UUIDField(null=True)
    name = models.TextField()
    content_type = models.CharField(max_length=255)
    content = models.BinaryField()
    etag = models.CharField(max_length=40)
    stored = models.DateTimeField()

    class Meta:
        indexes = (models.Index("context", "stored", name="records_document_context"),)

    def __str__(self) -> str:
        return self.name
