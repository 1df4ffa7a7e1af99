"""Static files under names that carry a fingerprint of their content."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class FingerprintedStorage(CompressedManifestStaticFilesStorage):
    """Serve every file under its fingerprinted name; a file nobody collected keeps its plain one."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the fingerprinted name, or the plain one when nothing has been collected yet."""
        if self.hash_key(self.clean_name(name)) in self.hashed_files:
            return str(super().stored_name(name))
        return name
