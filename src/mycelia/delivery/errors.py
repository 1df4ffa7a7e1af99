"""Errors of delivery.

MyceliaError
├── InvalidInput (422)
│   ├── PackageRefused
│   │   ├── NotAZip, CorruptZip, EncryptedZip
│   │   ├── UnsafePath, UnsafeEntry, DuplicateNames, TypeNotAllowed
│   │   ├── ManifestMissing, ManifestMalformed, ManifestEmpty, FilesMissing
│   │   └── KindNotSupported
│   └── MalformedCommit
├── TooLarge (413): PackageTooLarge, CommitTooLarge, JournalFull
├── Conflict (409): UnknownSession
├── NotFound (404): NoSuchAttempt
└── Unavailable (503): StorageFull
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Conflict, InvalidInput, NotFound, TooLarge, Unavailable


class PackageRefused(InvalidInput):
    """The uploaded file is not a package that can be played; nothing was kept."""

    code = "package_refused"
    default_message = _("This file is not a course package we can play. Nothing was kept.")


class NotAZip(PackageRefused):
    """The file is not a zip archive at all."""

    code = "package_not_a_zip"
    default_message = _(
        "This file is not a zip archive. Export the course as a SCORM 1.2 package and upload the .zip file as it is. "
        "Nothing was kept."
    )


class CorruptZip(PackageRefused):
    """The archive is damaged."""

    code = "package_corrupt"
    default_message = _(
        "This zip archive is damaged: its content does not match its own directory. Export or download it again. "
        "Nothing was kept."
    )


class EncryptedZip(PackageRefused):
    """The archive has a password."""

    code = "package_encrypted"
    default_message = _("This zip archive is protected by a password. Export it without one. Nothing was kept.")


class UnsafePath(PackageRefused):
    """A name inside the archive points outside of it, or cannot be a file name."""

    code = "package_unsafe_path"


class UnsafeEntry(PackageRefused):
    """An entry is a link, a device, or overlaps another."""

    code = "package_unsafe_entry"


class DuplicateNames(PackageRefused):
    """Two entries would become the same file."""

    code = "package_duplicate_names"


class TypeNotAllowed(PackageRefused):
    """The archive holds programs that run on a server or a desktop."""

    code = "package_type_not_allowed"


class ManifestMissing(PackageRefused):
    """There is no imsmanifest.xml at the top of the archive."""

    code = "package_manifest_missing"


class ManifestMalformed(PackageRefused):
    """The manifest is not well-formed XML, or uses what is not allowed in it."""

    code = "package_manifest_malformed"


class ManifestEmpty(PackageRefused):
    """The manifest names nothing that could be launched."""

    code = "package_manifest_empty"


class FilesMissing(PackageRefused):
    """The manifest names files that the archive does not hold."""

    code = "package_files_missing"


class KindNotSupported(PackageRefused):
    """The package is of a kind that cannot be played yet; the message says which."""

    code = "package_kind_not_supported"


class PackageTooLarge(TooLarge):
    """The package is over a limit; the message says which."""

    code = "package_too_large"


class StorageFull(Unavailable):
    """There is no room for the unpacked package; nothing was kept."""

    code = "package_storage_full"
    default_message = _(
        "The server has no room left for this package. Nothing was kept. Ask your IT administrator to free space, "
        "then upload it again."
    )


class MalformedCommit(InvalidInput):
    """A message from the player is not one; nothing was recorded."""

    code = "commit_malformed"
    default_message = _("The message from the lesson could not be read. Reload the page to go on where you were.")


class CommitTooLarge(TooLarge):
    """A message from the player is over the limit."""

    code = "commit_too_large"
    default_message = _("The lesson sent more at once than the limit allows. What was saved before is safe.")


class JournalFull(TooLarge):
    """The attempt has more messages than the limit; content is most likely sending in a loop."""

    code = "journal_full"
    default_message = _("This lesson has sent too many messages. What was saved before is safe. Tell its owner.")


class UnknownSession(Conflict):
    """The message belongs to no launch of this attempt."""

    code = "unknown_session"
    default_message = _("This lesson was not opened from here. Reload the page to go on where you were.")


class NoSuchAttempt(NotFound):
    """The attempt does not exist, or is somebody else's."""

    code = "no_such_attempt"
