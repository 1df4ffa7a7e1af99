"""How higher layers make the log readable: names of people, links to objects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

NamesOf = Callable[[Collection[int]], Mapping[int, str]]
FindPeople = Callable[[str], Collection[int]]
LinkTo = Callable[[str], str | None]

_names: list[NamesOf] = []
_finders: list[FindPeople] = []
_links: dict[str, LinkTo] = {}


def register_people(names: NamesOf, find: FindPeople) -> None:
    """Say how a person's identifier becomes a name, and how words find identifiers."""
    _names[:] = [names]
    _finders[:] = [find]


def register_link(object_type: str, link: LinkTo) -> None:
    """Say where an object of this type is shown; `link` gives None for one that has no page.

    The first to say it is believed: apps are made ready from the top layer down, and a higher one knows better
    where those who read the log may look.
    """
    _links.setdefault(object_type, link)


def names_of(people: Collection[int]) -> Mapping[int, str]:
    """Return the names that are known."""
    return _names[0](people) if _names and people else {}


def people_found(words: str) -> Collection[int]:
    """Return the identifiers of people the words mean."""
    return _finders[0](words) if _finders else ()


def link_to(object_type: str, object_id: str) -> str | None:
    """Return the address of the object's page, or None."""
    link = _links.get(object_type)
    return None if link is None else link(object_id)
