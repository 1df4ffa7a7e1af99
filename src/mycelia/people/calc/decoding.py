"""From the bytes of an uploaded file to text, or to the reason why not."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from mycelia.people.types import Problem

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file and the name of its encoding, as it is shown."""

    text: str
    encoding: str


def decode(content: bytes) -> DecodedText | Problem:
    """Return the file's text: UTF-8 with or without mark, marked UTF-16, else Windows-1252.

    A file that is neither, or mostly UTF-8 with damaged places, is a problem rather than a guess: a guess would
    quietly spoil people's names.

    Example:
        >>> decode("Zoë".encode("cp1252")).encoding
        'Windows-1252'
    """
    if content.startswith((_ZIP, _OLE)):
        return Problem("workbook")
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return Problem("utf32")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16", "UTF-16")
    if _looks_like_utf16(content):
        return Problem("unmarked_utf16")
    try:
        return DecodedText(content.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError as error:
        if _has_valid_sequences(content):
            return Problem("damaged_text", line=_line_of(content, error.start))
    return _strictly(content, "cp1252", "Windows-1252")


def _strictly(content: bytes, codec: str, name: str) -> DecodedText | Problem:
    try:
        return DecodedText(content.decode(codec), name)
    except UnicodeDecodeError as error:
        return Problem("damaged_text", line=None if codec == "utf-16" else _line_of(content, error.start))


def _looks_like_utf16(content: bytes) -> bool:
    sample = content[:2000]
    return len(sample) >= 4 and max(sample[::2].count(0), sample[1::2].count(0)) * 2 * 2 > len(sample)


def _has_valid_sequences(content: bytes) -> bool:
    """Return whether well-formed UTF-8 beyond ASCII stands beside what is not."""
    return any(ord(letter) > 127 for letter in content.decode("utf-8", errors="ignore"))


def _line_of(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1
