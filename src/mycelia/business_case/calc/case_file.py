"""Reading and writing the JSON file of a case."""

from __future__ import annotations

import re

import msgspec

from mycelia.business_case.types import CaseFile

LARGEST_FILE = 50 * 1024 * 1024
MOST_ITEMS = 5_000
_BYTE = re.compile(r"\(byte (\d+)\)")


class UnreadableCaseFile(ValueError):
    """The file holds no case; `place` names the line, or the path of the value at fault."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


def write_case_file(file: CaseFile) -> bytes:
    """Return the file as JSON for people to read; equal files give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def read_case_file(content: bytes) -> CaseFile:
    """Return what a file holds.

    Raises:
        UnreadableCaseFile: It is too large, no JSON, no file of a case, or a value in it is impossible.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableCaseFile("file", f"larger than {LARGEST_FILE // 1024 // 1024} MiB")
    try:
        file = msgspec.json.decode(content, type=CaseFile)
    except msgspec.ValidationError as invalid:
        raise _at_path(str(invalid)) from invalid
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise _at_line(content, str(broken)) from broken
    model = file.case.model
    count = len(model.costs) + len(model.benefits) + len(model.roadmap.items) + len(model.options)
    if count > MOST_ITEMS:
        raise UnreadableCaseFile("$.case.model", f"more than {MOST_ITEMS} items")
    return file


def _at_path(reason: str) -> UnreadableCaseFile:
    words, _, path = reason.partition(" - at ")
    return UnreadableCaseFile(path.strip("`") or "$", words)


def _at_line(content: bytes, reason: str) -> UnreadableCaseFile:
    found = _BYTE.search(reason)
    if found is None:
        return UnreadableCaseFile("line 1" if not content.strip() else "end of file", reason)
    line = content.count(b"\n", 0, int(found.group(1))) + 1
    return UnreadableCaseFile(f"line {line}", _BYTE.sub("", reason).strip())
