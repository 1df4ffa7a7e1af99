"""The bytes of attachments."""

from __future__ import annotations

from collections.abc import Collection

from mycelia.records.models import Attachment


def attachment_lengths(hashes: Collection[str]) -> dict[str, int]:
    """Return how long each of the attachments is that are stored, by SHA-2 in small letters."""
    return dict(Attachment.objects.filter(sha2__in=hashes).values_list("sha2", "length_bytes"))


def attachment_bytes(hashes: Collection[str]) -> dict[str, bytes]:
    """Return the bytes of those attachments that are stored, by SHA-2 in small letters."""
    found = Attachment.objects.filter(sha2__in=hashes).values_list("sha2", "content")
    return {sha2: bytes(content) for sha2, content in found}
