"""How much a request may send, decided from its headers before any of it is read."""

from __future__ import annotations

from collections.abc import Callable
from io import IOBase
from typing import Any, BinaryIO, ClassVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mycelia.config.middleware.errors import error_response
from mycelia.kernel.errors import MyceliaError, TooLarge

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class LengthRequired(MyceliaError):
    """A body came without its length, so that no limit can be put on it."""

    code: ClassVar[str] = "length_required"
    status: ClassVar[int] = 411
    default_message: ClassVar[object] = gettext_lazy(
        "The request does not say how long it is (Content-Length). Nothing was read."
    )


class WholeStream(IOBase):
    """A body that is read to its announced end or not at all; servers hand on what came as if it were all."""

    def __init__(self, body: Any, length: int) -> None:
        self._body, self._missing = body, length

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, all that are left for -1 or None.

        Raises:
            OSError: It ended too early; for readers of the request an `UnreadablePostError`.
        """
        wanted = self._missing if size is None or size < 0 else min(size, self._missing)
        return self._counted(self._body.read(size), at_least=wanted)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line; raises `OSError` like `read`."""
        return self._counted(self._body.readline(size), at_least=min(1, self._missing) if size else 0)

    def _counted(self, found: Any, *, at_least: int) -> bytes:
        if len(found) < at_least:
            raise OSError("the body broke off")
        self._missing -= len(found)
        return bytes(found)


class BodyLimitMiddleware:
    """Refuse a body that is longer than its address takes, or that breaks off; only who is signed in may send files.

    Stands after the session, which is read only for bodies over the ordinary limit, and before whatever reads the
    body. A server hands on no more bytes than `Content-Length` says, and none without it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "Transfer-Encoding" in request.headers:
            return error_response(request, LengthRequired())
        length = _length(request)
        if length > settings.MYCELIA_BODY_BYTES and length > (limit := _limit(request)):
            return error_response(request, _too_large(length, limit))
        if length:
            request._stream = cast("BinaryIO", WholeStream(request._stream, length))
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    value = request.META.get("CONTENT_LENGTH") or "0"
    return int(value) if value.isascii() and value.isdecimal() else 0


def _too_large(length: int, limit: int) -> TooLarge:
    message = _("This is larger than the %(limit)s MB that can be sent here. Nothing was kept.")
    return TooLarge(message % {"limit": limit // 1024**2}, bytes=length, limit_bytes=limit)


def _limit(request: HttpRequest) -> int:
    for beginning, limit_bytes in settings.MYCELIA_FILE_BODY_BYTES.items():
        if request.path_info.startswith(beginning) and request.user.is_authenticated:
            return int(limit_bytes)
    return int(settings.MYCELIA_BODY_BYTES)
