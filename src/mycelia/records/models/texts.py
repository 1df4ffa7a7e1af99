"""IRIs and agents, kept once, and what is known of activities."""

from __future__ import annotations

from django.db import models


class Iri(models.Model):
    """An IRI of a verb or an activity, kept once; found by `digest`, 128 bits of its SHA-256."""

    id = models.AutoField(primary_key=True)
    digest = models.UUIDField(unique=True)
    iri = models.TextField()

    def __str__(self) -> str:
        return self.iri


class Agent(models.Model):
    """What identifies an agent or group, kept once; found by `digest`, 128 bits of its SHA-256."""

    id = models.AutoField(primary_key=True)
    digest = models.UUIDField(unique=True)
    kind = models.CharField(max_length=12)
    value = models.TextField()
    home_page = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.value


class Interning(models.Model):
    """One arbitrary number, another one whenever interned texts were taken back, so that processes forget theirs.

    States: present, absent (nothing is remembered). `agents_reached` and `iris_reached` are the numbers up to which
    texts that nothing refers to were last looked for.
    """

    generation = models.BigIntegerField(primary_key=True)
    agents_reached = models.IntegerField(default=0)
    iris_reached = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.generation)


class ActivityDefinition(models.Model):
    """What is known of an activity, merged from every definition sent of it; JSON in UTF-8."""

    activity = models.OneToOneField(Iri, models.DO_NOTHING, primary_key=True, related_name="+")
    definition = models.BinaryField()

    class Meta:
        db_table = "records_activity"

    def __str__(self) -> str:
        return str(self.activity_id)
