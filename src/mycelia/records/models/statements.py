"""Statements, their links and what they void; partitioned by month."""

from __future__ import annotations

from django.db import models

from mycelia.records.models.texts import Agent, Iri


class StatementKey(models.Model):
    """Every identifier once, over all partitions, and where its statement is.

    States: taken. A key outlives its partition, so an identifier is never used twice.
    """

    statement_id = models.UUIDField(primary_key=True)
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.statement_id)


class Statement(models.Model):
    """One statement; partitioned by month of `stored`.

    States: stored, voided (a row in `Voiding` or `OwnVoiding` says so and it is not itself voiding). The row never
    changes.
    """

    pk = models.CompositePrimaryKey("stored", "sequence")
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    statement_id = models.UUIDField()
    occurred = models.DateTimeField()
    verb = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    actor = models.ForeignKey(Agent, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    authority = models.ForeignKey(Agent, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    object_kind = models.CharField(max_length=12)
    registration = models.UUIDField(null=True)
    is_voiding = models.BooleanField()
    version = models.CharField(max_length=8)
    payload = models.BinaryField()

    def __str__(self) -> str:
        return str(self.statement_id)


class StatementAgent(models.Model):
    """An agent of a statement; `is_direct` for actor and object. Partitioned like `Statement`."""

    pk = models.CompositePrimaryKey("agent", "stored", "sequence")
    agent = models.ForeignKey(Agent, models.DO_NOTHING, related_name="+", db_constraint=False)
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    verb = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    is_direct = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.sequence} {self.agent_id}"


class StatementActivity(models.Model):
    """An activity of a statement; `is_direct` for its object. Partitioned like `Statement`."""

    pk = models.CompositePrimaryKey("activity", "stored", "sequence")
    activity = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    verb = models.ForeignKey(Iri, models.DO_NOTHING, related_name="+", db_constraint=False)
    is_direct = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.sequence} {self.activity_id}"


class StatementReference(models.Model):
    """A statement whose object is another statement, stored or yet to come."""

    pk = models.CompositePrimaryKey("target_id", "stored", "sequence")
    target_id = models.UUIDField()
    stored = models.DateTimeField()
    sequence = models.BigIntegerField()
    statement_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.statement_id} {self.target_id}"


class Voiding(models.Model):
    """An identifier, stored or yet to come, that a voiding statement names whose source may void every statement."""

    target_id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.target_id)


class OwnVoiding(models.Model):
    """A voiding statement of a source that may void only what it vouches for itself.

    It voids the statement it names, stored or yet to come, if that stands under the same authority.
    """

    statement_id = models.UUIDField(primary_key=True)
    target_id = models.UUIDField()
    authority = models.ForeignKey(Agent, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        indexes = (models.Index("target_id", "authority", name="records_ownvoiding_target"),)

    def __str__(self) -> str:
        return f"{self.statement_id} {self.target_id}"
