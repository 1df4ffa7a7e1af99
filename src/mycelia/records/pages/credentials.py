"""Pages about credentials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.actions.uses import ACCEPTED
from mycelia.records.forms.credentials import SCOPES, CredentialForm, RotationForm
from mycelia.records.models import Credential
from mycelia.records.types import NewCredential, Scope
from mycelia.ui.api import Breadcrumb

PAGE_SIZE = 50
WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """One credential; `state` is "valid", "expired" or "withdrawn", the counts are of the last 24 hours."""

    credential: Credential
    state: str
    covers: tuple[str, ...]
    accepted: int
    refused: int


@dataclass(frozen=True, slots=True)
class CredentialsPage:
    """The credentials given out."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    rows: tuple[CredentialRow, ...]
    page: Page[Credential]
    query: str = ""


@dataclass(frozen=True, slots=True)
class CredentialPage:
    """One credential: what became of its requests, and what it is good for."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    row: CredentialRow
    uses: tuple[tuple[str, int], ...]
    form: CredentialForm


@dataclass(frozen=True, slots=True)
class CreationPage:
    """Giving out a credential."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: CredentialForm


@dataclass(frozen=True, slots=True)
class SecretPage:
    """A secret, shown this once."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    made: NewCredential
    endpoint: str


@dataclass(frozen=True, slots=True)
class RotationPage:
    """Giving a credential a new secret."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    credential: Credential
    form: RotationForm


@dataclass(frozen=True, slots=True)
class RevocationPage:
    """Confirming that a credential is withdrawn."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    credential: Credential


def credentials_page(number: str) -> CredentialsPage:
    """Return one page of the credentials, those in use first."""
    page = Paginator(api.credentials(), PAGE_SIZE).get_page(number)
    uses = api.uses_since([one.pk for one in page], clock.now() - WINDOW)
    return CredentialsPage(
        title=_("Credentials"),
        lead=_("Keys with which other systems write to and read from the record store."),
        breadcrumbs=_trail(),
        rows=tuple(_row(one, uses.get(one.pk, {})) for one in page),
        page=page,
    )


def credential_page(credential: Credential, form: CredentialForm) -> CredentialPage:
    """Return one credential with the outcomes of its requests in the last 24 hours."""
    uses = api.uses_since([credential.pk], clock.now() - WINDOW).get(credential.pk, {})
    return CredentialPage(
        title=credential.name,
        lead=_("Credential %(key)s") % {"key": credential.key},
        breadcrumbs=_trail(Breadcrumb(credential.name)),
        row=_row(credential, uses),
        uses=tuple((outcome_words(outcome), requests) for outcome, requests in uses.items()),
        form=form,
    )


def creation_page(form: CredentialForm) -> CreationPage:
    """Return the form for giving out a credential."""
    title = _("Give out a credential")
    lead = _("One for each system, covering no more than it needs. The secret is shown once.")
    return CreationPage(title, lead, _trail(Breadcrumb(title)), form)


def secret_page(made: NewCredential) -> SecretPage:
    """Return what the other system is to be told."""
    title = _("The secret of %(name)s") % {"name": made.name}
    return SecretPage(title, _trail(_link(made.credential_id, made.name), Breadcrumb(title)), made, endpoint())


def rotation_page(credential: Credential, form: RotationForm) -> RotationPage:
    """Return the question how the present secret ends."""
    title = _("New secret for %(name)s") % {"name": credential.name}
    return RotationPage(title, _trail(_link(credential.pk, credential.name), Breadcrumb(title)), credential, form)


def revocation_page(credential: Credential) -> RevocationPage:
    """Return what will no longer be possible."""
    title = _("Revoke %(name)s") % {"name": credential.name}
    return RevocationPage(title, _trail(_link(credential.pk, credential.name), Breadcrumb(title)), credential)


def endpoint() -> str:
    """Return the address other systems are told."""
    return f"{settings.MYCELIA_PUBLIC_URL}/xapi/"


def outcome_words(outcome: str) -> str:
    """Return an outcome in the reader's words; a code there are none for stands for itself."""
    words = {
        ACCEPTED: _("Accepted"),
        "invalid_statement": _("Refused: invalid statement"),
        "statement_conflict": _("Refused: another statement has the identifier"),
        "voiding_refused": _("Refused: may not void that"),
        "too_many_statements": _("Refused: too many statements"),
        "too_many_named": _("Refused: names too many"),
        "bad_request": _("Refused: malformed request"),
        "length_required": _("Refused: no length"),
        "content_coding_refused": _("Refused: compressed"),
        "charset_refused": _("Refused: charset"),
        "scope_missing": _("Refused: scope missing"),
        "origin_refused": _("Refused: web origin"),
        "too_many_requests": _("Refused: too many requests"),
        "unauthenticated": _("Refused: wrong secret, or over"),
        "request_too_large": _("Refused: too large"),
        "form_too_large": _("Refused: form too large"),
        "invalid_document": _("Refused: invalid document"),
        "document_exists": _("Refused: document exists"),
        "missing_precondition": _("Refused: precondition missing"),
        "precondition_failed": _("Refused: document changed meanwhile"),
        "statement_not_found": _("Not found: statement"),
        "document_not_found": _("Not found: document"),
        "attachment_gone": _("Not found: attachment"),
        "method_not_allowed": _("Refused: method"),
        "store_busy": _("Failed: store busy"),
        "unavailable": _("Failed: store unavailable"),
    }
    return words.get(outcome, outcome)


def _row(credential: Credential, uses: Mapping[str, int]) -> CredentialRow:
    accepted = uses.get(ACCEPTED, 0)
    covers = tuple(str(SCOPES[Scope(name)]) for name in credential.scopes)
    return CredentialRow(credential, _state(credential, clock.now()), covers, accepted, sum(uses.values()) - accepted)


def _state(credential: Credential, now: datetime) -> str:
    if credential.withdrawn_at is not None:
        return "withdrawn"
    return "expired" if credential.expires_at is not None and credential.expires_at <= now else "valid"


def _link(credential_id: int, name: str) -> Breadcrumb:
    return Breadcrumb(name, reverse("records:credential", args=[credential_id]))


def _trail(*last: Breadcrumb) -> tuple[Breadcrumb, ...]:
    return (
        Breadcrumb(_("Platform"), reverse("access:platform")),
        Breadcrumb(_("Learning records"), reverse("records:statements")),
        Breadcrumb(_("Credentials"), reverse("records:credentials") if last else None),
        *last,
    )
