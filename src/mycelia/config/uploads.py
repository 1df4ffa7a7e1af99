"""Where a file rests while it arrives: in the data folder, which has room for it, and closed to other accounts."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

log = structlog.get_logger(__name__)
_DAY_SECONDS = 86_400


class ArrivingFile(TemporaryUploadedFile):
    """A file on its way in; gone once its request is answered."""

    def __init__(
        self, name: str | None, content_type: str | None, size: int, charset: str | None, extra: Any = None
    ) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=arrivals_folder())  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)


class ArrivalHandler(TemporaryFileUploadHandler):
    """Keeps what does not fit into memory in the data folder instead of the machine's temporary one."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = ArrivingFile(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)


def arrivals_folder() -> Path | None:
    """Return the folder, made when needed; None, the machine's temporary folder, where it cannot be made."""
    folder: Path = settings.MYCELIA_HOME / "arrivals"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        log.warning("arrivals_folder_not_usable", error=str(error))
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


def remove_leftover_arrivals() -> None:
    """Remove what a server that was killed left behind; another machine's arrivals are younger than a day."""
    for file in (settings.MYCELIA_HOME / "arrivals").glob("*.upload"):
        try:
            if file.stat().st_mtime < time.time() - _DAY_SECONDS:
                file.unlink()
        except OSError as error:
            log.warning("arrival_not_removed", error=str(error))
