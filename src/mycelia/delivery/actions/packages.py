"""Installing packages."""

from __future__ import annotations

from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mycelia.audit.api import record
from mycelia.delivery.archives import open_archive
from mycelia.delivery.errors import PackageTooLarge
from mycelia.delivery.events import PackageInstalled
from mycelia.delivery.journal import items_as_stored
from mycelia.delivery.models import Package
from mycelia.delivery.package_folders import digest_of, unpack
from mycelia.delivery.permissions import InstallPackage
from mycelia.delivery.types import Manifest, PackageLimits
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require


def package_limits() -> PackageLimits:
    """Return the limits in force; the size of an upload is set by `MYCELIA_PACKAGE_UPLOAD_MB`."""
    return PackageLimits(upload_bytes=settings.MYCELIA_PACKAGE_UPLOAD_BYTES)


def install_package(actor: Actor, file: IO[bytes], name: str) -> Package:
    """Check, unpack and register a package; the same zip again is the same package.

    Args:
        file: The zip, readable from its start and seekable.
        name: The file's name, kept to recognise it by.

    Raises:
        PermissionDenied: The actor is no author, curator or talent administrator.
        PackageRefused: The file is no package that can be played; the message says why.
        PackageTooLarge: A limit is passed.
        StorageFull: There is no room.
    """
    require(actor, InstallPackage())
    limits = package_limits()
    size = _size_of(file)
    if size > limits.upload_bytes:
        raise PackageTooLarge(
            _("The file is larger than %(size)s MB. Nothing was kept.") % {"size": limits.upload_bytes // 1024**2}
        )
    digest = digest_of(file)
    archive = open_archive(file, limits)
    manifest = archive.manifest()
    unpack(archive, digest)
    return _register(actor, manifest, digest, name=name, size=size, files=len(archive.members))


def _size_of(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    size = file.tell() if size is None else size
    file.seek(0)
    return size


@transaction.atomic
def _register(actor: Actor, manifest: Manifest, digest: str, *, name: str, size: int, files: int) -> Package:
    package, created = Package.objects.get_or_create(
        digest=digest,
        defaults={
            "kind": manifest.kind.value,
            "title": manifest.title,
            "file_name": name[:255],
            "entry_path": manifest.items[0].href,
            "items": items_as_stored(manifest.items),
            "size_bytes": size,
            "file_count": files,
            "uploaded_by_id": actor.person_id,
        },
    )
    if created:
        publish(PackageInstalled(package.pk, digest))
        record(
            actor=actor,
            action="delivery.install_package",
            object_type="delivery.Package",
            object_id=package.pk,
            details={"title": manifest.title, "file_name": name[:255], "sha256": digest},
        )
    return package
