"""Reading and writing the JSON file of a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from mycelia.business_case.calc.csv_rows import WORKBOOKS
from mycelia.business_case.calc.file_checks import check_case_file
from mycelia.business_case.calc.file_shape import misshapen
from mycelia.business_case.types import CaseFile, FileFault

LARGEST_FILE = 50 * 1024 * 1024
MOST_ITEMS = 5_000
_BYTE = re.compile(r"\(byte (\d+)\)")
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class UnreadableCaseFile(ValueError):
    """The file holds no case that could be restored; `faults` names each place and reason, at least one."""

    def __init__(self, faults: Sequence[FileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.reason}" for fault in self.faults))


def write_case_file(file: CaseFile) -> bytes:
    """Return the file as JSON for people to read; equal files give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def read_case_file(content: bytes) -> CaseFile:
    """Return what a file holds.

    Raises:
        UnreadableCaseFile: It is too large, no JSON, no file of a case, or values in it are impossible.
    """
    if len(content) > LARGEST_FILE:
        raise _refused("file", f"larger than {LARGEST_FILE // 1024 // 1024} MiB")
    if content.startswith(WORKBOOKS):
        raise _refused("file", "a workbook or an archive, not the JSON file of a case (case.json)")
    if (nul := _NUL.search(content)) is not None:
        raise _refused(_line(content, nul.start()), "a NUL character")
    file = _decoded(content)
    if faults := check_case_file(file):
        raise UnreadableCaseFile(faults)
    return file


def _decoded(content: bytes) -> CaseFile:
    try:
        file = msgspec.json.decode(content, type=CaseFile)
    except msgspec.ValidationError as invalid:
        raise UnreadableCaseFile(misshapen(_plain(content), invalid)) from invalid
    except _BROKEN as broken:
        raise _at_line(content, str(broken)) from broken
    model = file.case.model
    count = len(model.costs) + len(model.benefits) + len(model.roadmap.items) + len(model.options)
    if count > MOST_ITEMS:
        raise _refused("$.case.model", f"more than {MOST_ITEMS} items")
    return file


def _plain(content: bytes) -> Any:
    """Return the file as JSON alone: what was found wrong with its values may stand before a place where it breaks."""
    try:
        return msgspec.json.decode(content)
    except _BROKEN as broken:
        raise _at_line(content, str(broken)) from broken


def _refused(place: str, reason: str) -> UnreadableCaseFile:
    return UnreadableCaseFile([FileFault(place, reason)])


def _at_line(content: bytes, reason: str) -> UnreadableCaseFile:
    found = _BYTE.search(reason)
    if found is None:
        return _refused("line 1" if not content.strip() else "end of file", reason)
    return _refused(_line(content, int(found.group(1))), _BYTE.sub("", reason).strip())


def _line(content: bytes, offset: int) -> str:
    return "line {}".format(content.count(b"\n", 0, offset) + 1)
