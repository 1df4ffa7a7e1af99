"""Answering with a file: conditional requests and ranges, as video players need them.

References:
    RFC 9110, sections 13 (conditional requests) and 14 (range requests).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date, parse_etags

from mycelia.delivery.calc.media_types import DOWNLOAD, content_type

_BLOCK = 64 * 1024
PART_BYTES = 4 * 1024 * 1024
"""The longest part of a film or a sound that is sent at once (RFC 9110 15.3.7): players take it as it is played."""
_PLAYERS = ("Mozilla/", "AppleCoreMedia/")
"""How every browser names itself, and the player of Apple's (RFC 9110 10.1.5)."""
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return how many bytes."""
        return self.last - self.first + 1


class RangeNotSatisfiable(ValueError):
    """The range lies beyond the end of the file."""


def requested_range(header: str, size: int) -> ByteRange | None:
    """Return the one range a header asks for; None where it asks for none, several, or nonsense.

    Raises:
        RangeNotSatisfiable: It asks for bytes beyond the end.

    Example:
        >>> requested_range("bytes=-5", 100)
        ByteRange(first=95, last=99)
    """
    match = _RANGE.fullmatch(header.strip().replace(" ", ""))
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise RangeNotSatisfiable
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)


def _sent_part(request: HttpRequest, asked: ByteRange, media_type: str) -> ByteRange:
    """Return what is sent of a part: players ask for the rest from there.

    Programs that resume a download take what is sent for the rest and do not ask, so they get all of it.
    """
    is_asked_by_player = request.headers.get("User-Agent", "").startswith(_PLAYERS)
    if not is_asked_by_player or not media_type.startswith(("audio/", "video/")):
        return asked
    return ByteRange(asked.first, min(asked.last, asked.first + PART_BYTES - 1))


def _suffix(length: int, size: int) -> ByteRange:
    if length == 0 or size == 0:
        raise RangeNotSatisfiable
    return ByteRange(max(size - length, 0), size - 1)


def file_response(request: HttpRequest, file: Path, *, version: str, seconds_fresh: int) -> HttpResponseBase:
    """Answer with a file that never changes under its `version`: whole, in part, or "not modified".

    Args:
        version: Names the file's content; becomes its ETag.
        seconds_fresh: How long the reader's own browser may keep it without asking.
    """
    etag = _etag(version)
    stat = file.stat()
    known = _is_known(request, etag)
    response = HttpResponse(status=304) if known else _content(request, file, stat.st_size, etag)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(stat.st_mtime)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = f"private, max-age={seconds_fresh}"
    return response


def compressed_response(request: HttpRequest, file: Path, *, version: str, seconds_fresh: int) -> HttpResponseBase:
    """Answer with a small file of our own, compressed where the browser takes it."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return file_response(request, file, version=version, seconds_fresh=seconds_fresh)
    etag = _etag(f"{version}:gzip")
    known = _is_known(request, etag)
    body = b"" if known else _compressed(str(file), version)
    response = HttpResponse(body, status=304 if known else 200, content_type=content_type(file.name))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"private, max-age={seconds_fresh}"
    return response


@lru_cache(maxsize=16)
def _compressed(path: str, version: str) -> bytes:
    """Return the file compressed; `version` is part of the key, so a new file is compressed anew."""
    return gzip.compress(Path(path).read_bytes(), mtime=0)


def _etag(version: str) -> str:
    return f'"{sha256(version.encode()).hexdigest()[:32]}"'


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or any(one.removeprefix("W/") == etag for one in known)


def _content(request: HttpRequest, file: Path, size: int, etag: str) -> HttpResponseBase:
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        header = ""
    try:
        part = requested_range(header, size)
    except RangeNotSatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}, content_type="text/plain")
    media_type = content_type(file.name)
    part = None if part is None else _sent_part(request, part, media_type)
    chosen = part or ByteRange(0, size - 1)
    body = _blocks(file, chosen) if request.method != "HEAD" else iter(())
    response = StreamingHttpResponse(body, status=206 if part else 200, content_type=media_type)
    response.headers["Content-Length"] = str(chosen.length)
    if part:
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    if media_type == DOWNLOAD:
        response.headers["Content-Disposition"] = "attachment"
    return response


def _blocks(file: Path, part: ByteRange) -> Iterator[bytes]:
    left = part.length
    with file.open("rb") as source:
        source.seek(part.first)
        while left > 0 and (block := source.read(min(_BLOCK, left))):
            left -= len(block)
            yield block
