"""The global search: providers registered by the apps, asked in turn for one actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from mycelia.kernel.policy import Actor
from mycelia.ui import navigation
from mycelia.ui.types import SearchResult, Text

Provider = Callable[[Actor, str, int], Iterable[SearchResult]]
"""`provider(actor, text, limit)` returns at most `limit` results the actor may see, best first."""

_providers: list[Provider] = []
MINIMUM_LENGTH = 2


def register(provider: Provider) -> Provider:
    """Add a provider; called from an app's `ready()`, or used as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def find(actor: Actor, text: str, limit: int = 6) -> tuple[tuple[Text, tuple[SearchResult, ...]], ...]:
    """Return what was found, grouped by kind in the order of the providers; at most `limit` a provider."""
    wanted = text.strip()
    if len(wanted) < MINIMUM_LENGTH:
        return ()
    groups: dict[Text, list[SearchResult]] = {}
    for provider in (commands, *_providers):
        for result in list(provider(actor, wanted, limit))[:limit]:
            groups.setdefault(result.kind, []).append(result)
    return tuple((kind, tuple(results)) for kind, results in groups.items())


def places(actor: Actor) -> tuple[tuple[Text, tuple[SearchResult, ...]], ...]:
    """Return every page of the product the actor may open: what a search without words shows."""
    found = tuple(commands(actor, "", limit=100))
    return ((_("Go to"), found),) if found else ()


def commands(actor: Actor, text: str, limit: int) -> list[SearchResult]:
    """Return the pages of the product whose name holds the text."""
    wanted, found = text.casefold(), []
    for area in navigation.links_for(actor):
        for link, detail in ((area, ""), *((page, area.label) for page in area.pages)):
            if wanted in link.label.casefold():
                found.append(SearchResult(_("Go to"), link.label, link.url, detail, link.icon))
    return found[:limit]
