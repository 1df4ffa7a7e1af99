"""The person, who is also the account that signs in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PersonAccounts(BaseUserManager["Person"]):
    """Makes accounts; everything else about people goes through `people.actions`."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create a person; without a password the account cannot sign in by password."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create a person with every Django permission, for the first start."""
        fields.setdefault("employee_number", f"admin-{email}"[:40])
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person with this e-mail, whatever its case."""
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """Somebody the company knows.

    States: active (`is_active`), deactivated (keeps every record, cannot sign in). People are never deleted by an
    import; erasure is a separate act.
    """

    employee_number = models.CharField(_("employee number"), max_length=40, unique=True)
    email = models.EmailField(_("e-mail"), unique=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True, default="")
    family_name = models.CharField(_("family name"), max_length=100, blank=True, default="")
    language = models.CharField(_("language"), max_length=20, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[PersonAccounts] = PersonAccounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["employee_number"]

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        constraints = [
            # UPPER, because that is what `iexact` compares: the constraint's index also serves signing in.
            models.UniqueConstraint(Upper("email"), name="people_person_email_unique"),
            models.CheckConstraint(condition=~Q(email=""), name="people_person_email_set"),
            models.CheckConstraint(condition=~Q(employee_number=""), name="people_person_number_set"),
        ]
        indexes = [models.Index(fields=["family_name", "given_name", "id"], name="people_person_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return the name as colleagues write it; the e-mail when no name is known."""
        return f"{self.given_name} {self.family_name}".strip() or self.email

    @property
    def first_name(self) -> str:
        """Return the given name under the name that Wagtail's studio reads."""
        return self.given_name

    @property
    def last_name(self) -> str:
        """Return the family name under the name that Wagtail's studio reads."""
        return self.family_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.given_name or self.email
