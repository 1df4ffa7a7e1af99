"""Large answers take some of the threads only; whoever is one too many is told when to come again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import Any, Protocol

import structlog
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy

from mycelia.config.middleware.errors import problem_response
from mycelia.kernel.errors import Unavailable

GetResponse = Callable[[HttpRequest], HttpResponseBase]
WHOLE_BYTES = 4 * 1024 * 1024
"""Up to this length an answer is put together; so much memory a thread may take for it."""
RETRY_SECONDS = 10
_OF_WHAT_IS_SENT = frozenset(
    [
        "accept-ranges",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-range",
        "content-type",
        "etag",
        "expires",
        "last-modified",
    ]
)
log = structlog.get_logger(__name__)
_places = BoundedSemaphore(2)


class Answer(Protocol):
    """What Django answers with."""

    streaming: bool
    headers: Any

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class StreamsBusy(Unavailable):
    """As many large answers as there are places for are being sent."""

    code = "streams_busy"
    default_message = gettext_lazy("Too many large files are being sent. Try again in a few seconds.")


def keep_free(threads: int) -> None:
    """Let large answers take half of so many threads at most; called before the web processes are begun."""
    global _places
    _places = BoundedSemaphore(max(1, threads // 2))


def is_large(answer: Answer) -> bool:
    """Return whether an answer comes in pieces that are more than is put together, or nobody knows how many."""
    if not answer.streaming:
        return False
    length = str(answer.headers.get("Content-Length", ""))
    return not length.isdecimal() or int(length) > WHOLE_BYTES


class LargeAnswerMiddleware:
    """Give a large answer one of the places until it is closed, however far it came by then.

    Stands within what counts and logs requests. HEAD sends nothing, so it needs no place.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer: Any = self.get_response(request)
        if request.method == "HEAD" or not is_large(answer):
            return answer  # type: ignore[no-any-return]
        if not _places.acquire(blocking=False):
            return _refusal(answer)
        answer._resource_closers.append(_places.release)
        return answer  # type: ignore[no-any-return]


def _refusal(answer: Any) -> HttpResponseBase:
    """Return the refusal in place of an answer, with every header that is not about what would have been sent.

    What the answer holds open is closed with the refusal, so that the request ends once.
    """
    log.warning("large_answer_refused")
    refusal: Any = problem_response(StreamsBusy())
    refusal._resource_closers.extend(answer._resource_closers)
    for name, value in answer.items():
        if name.lower() not in _OF_WHAT_IS_SENT:
            refusal[name] = value
    refusal.cookies = answer.cookies
    refusal["Content-Length"] = str(len(refusal.content))
    refusal["Cache-Control"] = "no-store"
    refusal["Retry-After"] = str(RETRY_SECONDS)
    return refusal  # type: ignore[no-any-return]
