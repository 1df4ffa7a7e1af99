"""Static files under names that carry a fingerprint of their content."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_THIRD_PARTY = "npm/"


class FingerprintedStorage(CompressedManifestStaticFilesStorage):
    """Serve every file under its fingerprinted name; a file nobody collected keeps its plain one."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the fingerprinted name, or the plain one when nothing has been collected yet."""
        if self.hash_key(self.clean_name(name)) in self.hashed_files:
            return str(super().stored_name(name))
        return name

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """Leave references of packages to files they do not ship as they are; ours must exist."""
        convert: Callable[[Any], str] = super().url_converter(name, hashed_files, template)
        if not name.startswith(_THIRD_PARTY):
            return convert

        def convert_what_exists(match: re.Match[str]) -> str:
            try:
                return convert(match)
            except ValueError:
                return match["matched"]

        return convert_what_exists
