"""The three document resources: state, activity profile, agent profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase

from mycelia.records.actions.documents import delete_document, delete_documents, post_document, put_document
from mycelia.records.calc.documents import Preconditions, entity_tag, names_tag
from mycelia.records.errors import BadRequest
from mycelia.records.queries.documents import document, document_names
from mycelia.records.types import DocumentContext, DocumentKind, Scope
from mycelia.records.xapi import answers, parameters
from mycelia.records.xapi.calls import Call
from mycelia.records.xapi.edge import Operation, resource

MAXIMUM_NAME = 2000
MAXIMUM_CONTENT_TYPE = 255
_UNNAMED_TYPE = "application/octet-stream"
# What somebody stored may say that it is a page; opened in a browser it must be able to do nothing.
_HARMLESS = "sandbox; default-src 'none'"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the resources: how its documents are named, and where they lie.

    Args:
        name: The parameter that names a document.
        others: The parameters that say where it lies, all needed but `registration`.
        context: Reads them.
        deletes_many: Whether a deletion without name removes all.
    """

    name: str
    others: tuple[str, ...]
    context: Callable[[Call], DocumentContext]
    deletes_many: bool = False

    @property
    def needed(self) -> frozenset[str]:
        """Return the parameters without which nothing can be said."""
        return frozenset(self.others) - {"registration"}


def view_of(kind: Kind, scope: Scope) -> Callable[..., HttpResponseBase]:
    """Return the view of a document resource; a credential needs its scope."""
    scopes, limit_bytes = frozenset({scope}), settings.MYCELIA_XAPI_DOCUMENT_BYTES
    return resource(
        {
            "GET": Operation(lambda call: _get(kind, call), scopes, limit_bytes),
            "PUT": Operation(lambda call: _put(kind, call), scopes, limit_bytes),
            "POST": Operation(lambda call: _post(kind, call), scopes, limit_bytes),
            "DELETE": Operation(lambda call: _delete(kind, call), scopes, limit_bytes),
        }
    )


def _get(kind: Kind, call: Call) -> HttpResponse:
    if kind.name not in call.parameters:
        return _list(kind, call)
    parameters.only(call, kind.name, "since", *kind.others, required=kind.needed)
    parameters.since(call)
    found = document(kind.context(call), _name(kind, call))
    answer = _tagged(call, HttpResponse(found.content, content_type=found.content_type), found.etag)
    answer["Last-Modified"] = format_datetime(found.stored, usegmt=True)
    answer["Content-Security-Policy"] = _HARMLESS
    return answer


def _list(kind: Kind, call: Call) -> HttpResponse:
    parameters.only(call, "since", *kind.others, required=kind.needed)
    names, newest = document_names(kind.context(call), parameters.since(call))
    listed = answers.json(names)
    answer = _tagged(call, listed, entity_tag(listed.content))
    if newest is not None:
        answer["Last-Modified"] = format_datetime(newest, usegmt=True)
    return answer


def _tagged(call: Call, answer: HttpResponse, tag: str) -> HttpResponse:
    """Return the answer with its entity tag, without its content for who has that already."""
    if names_tag(call.headers.get("if-none-match", ""), tag):
        answer = HttpResponse(status=304)
        del answer["Content-Type"]
    answer["ETag"] = f'"{tag}"'
    return answer


def _put(kind: Kind, call: Call) -> HttpResponse:
    parameters.only(call, kind.name, *kind.others, required={kind.name, *kind.needed})
    put_document(
        kind.context(call),
        _name(kind, call),
        content_type=_content_type(call),
        content=call.body,
        version=call.version,
        given=_given(call),
    )
    return answers.nothing()


def _post(kind: Kind, call: Call) -> HttpResponse:
    parameters.only(call, kind.name, *kind.others, required={kind.name, *kind.needed})
    post_document(
        kind.context(call),
        _name(kind, call),
        content_type=_content_type(call),
        content=call.body,
        given=_given(call),
    )
    return answers.nothing()


def _delete(kind: Kind, call: Call) -> HttpResponse:
    if kind.deletes_many and kind.name not in call.parameters:
        parameters.only(call, *kind.others, required=kind.needed)
        delete_documents(kind.context(call))
        return answers.nothing()
    parameters.only(call, kind.name, *kind.others, required={kind.name, *kind.needed})
    delete_document(kind.context(call), _name(kind, call), given=_given(call))
    return answers.nothing()


def _name(kind: Kind, call: Call) -> str:
    name = call.parameters[kind.name]
    if not 0 < len(name) <= MAXIMUM_NAME:
        raise BadRequest(f"The parameter {kind.name} must have 1 to {MAXIMUM_NAME} characters.", parameter=kind.name)
    return name


def _content_type(call: Call) -> str:
    sent = call.headers.get("content-type", _UNNAMED_TYPE)
    if len(sent) > MAXIMUM_CONTENT_TYPE or not (sent.isascii() and sent.isprintable()):
        raise BadRequest(f"Content-Type must be printable ASCII of at most {MAXIMUM_CONTENT_TYPE} characters.")
    return sent


def _given(call: Call) -> Preconditions:
    return Preconditions(call.headers.get("if-match"), call.headers.get("if-none-match"))


def _state(call: Call) -> DocumentContext:
    return DocumentContext(
        DocumentKind.STATE,
        parameters.activity_id(call),
        parameters.identified_agent(call),
        parameters.registration(call),
    )


def _activity_profile(call: Call) -> DocumentContext:
    return DocumentContext(DocumentKind.ACTIVITY_PROFILE, parameters.activity_id(call))


def _agent_profile(call: Call) -> DocumentContext:
    return DocumentContext(DocumentKind.AGENT_PROFILE, agent=parameters.identified_agent(call))


state = view_of(Kind("stateId", ("activityId", "agent", "registration"), _state, deletes_many=True), Scope.STATE)
activity_profile = view_of(Kind("profileId", ("activityId",), _activity_profile), Scope.PROFILE)
agent_profile = view_of(Kind("profileId", ("agent",), _agent_profile), Scope.PROFILE)
