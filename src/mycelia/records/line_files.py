"""Files of lines on the disk, plain or compressed with gzip."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

MAXIMUM_LINE_BYTES = 128 * 1024 * 1024
_GZIP = b"\x1f\x8b"


class LineFileError(Exception):
    """The file cannot be read or written; the message says why."""


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file.

    Raises:
        LineFileError: It cannot be read, is damaged, or has a line longer than any statement may be.
    """
    try:
        with path.open("rb") as raw:
            is_compressed = raw.read(2) == _GZIP
        with cast("IO[bytes]", gzip.open(path, "rb")) if is_compressed else path.open("rb") as file:
            while line := file.readline(MAXIMUM_LINE_BYTES + 1):
                if len(line) > MAXIMUM_LINE_BYTES:
                    raise LineFileError(f"{path} has a line of more than {MAXIMUM_LINE_BYTES} bytes.")
                yield line
    except (OSError, EOFError, zlib.error) as error:
        raise LineFileError(f"{path} cannot be read: {error}") from error


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that appears under its name only when all of it is written; `.gz` compresses.

    Raises:
        LineFileError: It cannot be written; what was begun is removed.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as raw:
            if path.suffix == ".gz":
                with cast("IO[bytes]", gzip.GzipFile("", "wb", 6, raw)) as file:
                    yield file
            else:
                yield raw
        unfinished.replace(path)
    except OSError as error:
        raise LineFileError(f"{path} cannot be written: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
