"""Trying whether another store can be entered, without changing anything there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext as _

from mycelia.kernel.policy import Actor, require
from mycelia.records.actions.exchange import Exchange
from mycelia.records.calc.addresses import checked_endpoint
from mycelia.records.calc.verdicts import VERSION_HEADER, printable, reason_of
from mycelia.records.errors import StoreUnreachable
from mycelia.records.permissions import ForwardStatements
from mycelia.records.types import Answer, Target

TRIAL_SECONDS = 10.0


class _About(msgspec.Struct):
    version: list[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found out; `is_good` says whether it allows forwarding."""

    is_good: bool
    words: str


def try_target(*, actor: Actor, target: Target) -> tuple[Finding, ...]:
    """Return what a store says of itself and of the credential: its `about`, then one statement asked for.

    Raises:
        PermissionDenied: The actor may not.
        DestinationRefused: The endpoint is of no use.
    """
    require(actor, ForwardStatements())
    checked_endpoint(target.endpoint)
    try:
        with Exchange(target, answer_seconds=TRIAL_SECONDS) as exchange:
            return tuple(_findings(exchange, target))
    except StoreUnreachable as error:
        return (Finding(False, str(error)),)


def _findings(exchange: Exchange, target: Target) -> Iterator[Finding]:
    about = exchange.send("GET", "about")
    finding = _of_about(about, target.version)
    yield finding
    if finding.is_good:
        yield _of_credential(exchange.send("GET", "statements?limit=1"))


def _of_about(answer: Answer, version: str) -> Finding:
    if answer.status != 200:
        return Finding(False, reason_of(answer))
    try:
        versions = msgspec.json.decode(answer.body, type=_About).version
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Finding(False, _("What answers there is no record store: it does not say which versions it speaks."))
    spoken = printable(", ".join(versions))[:200]
    if not any(one.startswith(version[:3]) for one in versions):
        words = _("It is a record store, and speaks %(spoken)s but not %(version)s.")
        return Finding(False, words % {"spoken": spoken, "version": version})
    return Finding(True, _("It is a record store and speaks %(spoken)s.") % {"spoken": spoken})


def _of_credential(answer: Answer) -> Finding:
    if answer.status == 200 and VERSION_HEADER in answer.headers:
        return Finding(True, _("It knows the credential. Whether it may store statements shows with the first one."))
    if answer.status == 403:
        return Finding(True, _("It knows the credential, which may not read there. That is no need of forwarding."))
    return Finding(False, reason_of(answer))
