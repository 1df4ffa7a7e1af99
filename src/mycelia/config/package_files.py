"""The few files of npm packages that pages use; the thousands beside them are not published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PACKAGE_FILES = {
    "npm/tabler/css/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "npm/htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "npm/scorm-again/scorm12.min.js": "scorm-again/dist/scorm12.min.js",
    "npm/scorm-again/cross-frame-api.min.js": "scorm-again/dist/cross-frame-api.min.js",
    "npm/scorm-again/cross-frame-lms.min.js": "scorm-again/dist/cross-frame-lms.min.js",
    "npm/vega/vega.min.js": "vega/build/vega.min.js",
    "npm/vega-lite/vega-lite.min.js": "vega-lite/build/vega-lite.min.js",
    "npm/vega-embed/vega-embed.min.js": "vega-embed/build/vega-embed.min.js",
    "npm/vega-interpreter/vega-interpreter.js": "vega-interpreter/build/vega-interpreter.js",
}


class PackageFilesFinder(BaseFinder):
    """Finds the listed files in `node_modules`, under the names that templates use."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where a listed file lies (in a list, for `find_all`), or an empty list."""
        file = _installed(path)
        if file is None:
            return []
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield each installed file as its own name and the storage that holds it."""
        for name in PACKAGE_FILES:
            file = _installed(name)
            if file is not None:
                storage = FileSystemStorage(location=file.parent)
                storage.prefix = str(Path(name).parent)  # type: ignore[attr-defined]
                yield file.name, storage


def _installed(name: str) -> Path | None:
    source = PACKAGE_FILES.get(name)
    file = Path(settings.NODE_MODULES) / source if source is not None else None
    return file if file is not None and file.is_file() else None
