"""What this installation keeps for its own statements, and how long it keeps all of them."""

from __future__ import annotations

from django.db import models


class PersonAccount(models.Model):
    """The opaque account name under which a person's statements are written.

    It survives a change of name, e-mail and employee number, and with the `home_page` it was given, also a change of
    the installation's address. Deleting the row pseudonymises every statement of the
    person at once: nothing else leads from the account name to them.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    name = models.UUIDField(unique=True)
    home_page = models.TextField()

    def __str__(self) -> str:
        return str(self.name)


class IdentifierSecret(models.Model):
    """What the identifiers of the product's own statements are made with besides their names, from `made_at` on.

    States: present, absent (the next one told of makes it).
    """

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    secret = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=True), name="records_identifiersecret_single"),)

    def __str__(self) -> str:
        return "secret"


class RetentionRule(models.Model):
    """How many whole months statements are kept after the one they were stored in.

    States: present (the daily task removes older months), absent (everything is kept).
    """

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    months = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=True), name="records_retentionrule_single"),
            models.CheckConstraint(condition=models.Q(months__gte=1), name="records_retentionrule_months"),
        )

    def __str__(self) -> str:
        return str(self.months)
