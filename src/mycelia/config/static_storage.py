"""Static files under names that carry a fingerprint of their content."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class FingerprintedStorage(CompressedManifestStaticFilesStorage):
    """Serve every file under its fingerprinted name; a file nobody collected keeps its plain one."""

    manifest_strict = False
