"""Every address pattern of the project, and a path for each that leads to something which exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from mycelia.business_case.types import Stakeholder
from tests.access.company import Company

CONTENT = "mycelia.config.content_urls"
# Not `/readyz`: its answer is the state of the installation, see tests/config.
PROBES = ("healthz", "metrics")
# What an int, a key or another common parameter stands for, by how the address begins. The longest beginning wins.
_MEANINGS = {
    "documents/": "document",
    "studio/documents/": "document",
    "studio/images/": "image_id",
    "studio/collections/": "collection",
    "studio/workflows/": "workflow",
    "studio/workflows/tasks/": "task",
    "studio/snippets/": "topic",
    "studio/sites/": "site",
    "studio/groups/": "group",
    "studio/users/": "person_id",
    "studio/person_chooser/": "person_id",
    "studio/package_chooser/": "package",
    "studio/api/main/^documents/": "document",
    "studio/api/main/^images/": "image_id",
    "studio/": "page",
}
_READER = "<stakeholder:reader>"
_WORDS = {
    "app_label": "content",
    "app_name": "content",
    "content_type_app_name": "content",
    "model_name": "coursepage",
    "content_type_model_name": "coursepage",
    "action": "delete",
    "action_name": "approve",
    "object_id": "1",
    "filter_spec": "max-165x165",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "uidb36": "1",
    "uidb64": "MQ",
    "key": "abc-def",
    "token": "token",
    "name": "frame.css",
    "reader": _READER,
    "path": "index.html",
}
# Things of the studio that this company has none of; a number no sequence will reach.
_ABSENT = {"revision_id", "uploaded_file_id", "session_id", "task_state_id", "workflow_state_id", "restriction_id"}
_NUMBER_OF_NOTHING = "2000000001"


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern, as the resolver spells it, and the path it is visited by; `host` is "" for the app's own."""

    route: str
    path: str
    host: str = ""


def every_address(company: Company) -> list[Address]:
    """Return every pattern once, in the order of resolution; a pattern shadowed by an equal one is left out.

    One of briefs is there once for each stakeholder, because each brief is open to others.
    """
    found: dict[str, Address] = {}
    for route, pattern in _walk(get_resolver()):
        for address in _for_each_reader(Address(route, "/" + _path(route, pattern, company))):
            found.setdefault(address.route, address)
    for route, pattern in _walk(get_resolver(CONTENT)):
        name = f"content origin {route}"
        found[name] = Address(name, "/" + _path(route, pattern, company), "127.0.0.1:8000")
    for probe in PROBES:
        found[probe] = Address(probe, f"/{probe}")
    return list(found.values())


def _for_each_reader(address: Address) -> list[Address]:
    if _READER not in address.route:
        return [address]
    return [
        Address(address.route.replace(_READER, reader), address.path.replace(_READER, reader)) for reader in Stakeholder
    ]


def _walk(resolver: URLResolver, before: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for pattern in resolver.url_patterns:
        chain = (*before, pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield "".join(str(part) for part in chain), chain
        else:
            yield from _walk(pattern, chain)


def _path(route: str, chain: tuple[Any, ...], company: Company) -> str:
    done = ""
    for part in chain:
        done += (
            _filled_route(part, route, company)
            if isinstance(part, RoutePattern)
            else _filled_regex(part, route, company)
        )
    return done


def _filled_route(part: RoutePattern, route: str, company: Company) -> str:
    def fill(match: re.Match[str]) -> str:
        name = match[2]
        return _value(name, part.converters.get(name), route, company)

    return re.sub(r"<(?:([^>:]+):)?([^>]+)>", fill, str(part))


def _filled_regex(part: Any, route: str, company: Company) -> str:
    text = str(part).removeprefix("^").removesuffix("$")
    text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda match: _value(match[1], None, route, company), text)
    unnamed = iter((_value("pk", None, route, company), _value("document name", None, route, company)))
    text = re.sub(r"\([^()]*\)", lambda match: next(unnamed), text)
    return text.replace(r"\.", ".").replace(".*", "anything")


def _value(name: str, converter: Any, route: str, company: Company) -> str:
    if name in _ABSENT:
        return _NUMBER_OF_NOTHING
    known = company.references
    named = sorted(
        (key for key in known if key.endswith(f" {name}") and route.startswith(key[: -len(name) - 1])), key=len
    )
    if named:
        return str(known[named[-1]])
    if name in known and not route.startswith("studio/"):
        return str(known[name])
    if name in {"image_id", "document name"}:
        return str(known[name])
    if name in _WORDS and not isinstance(converter, IntConverter | UUIDConverter):
        return _WORDS[name]
    meaning = max((begin for begin in _MEANINGS if route.startswith(begin)), key=len, default="")
    return str(known[_MEANINGS[meaning]]) if meaning else "1"
