"""Opening an uploaded zip and checking everything in it before a single file is written."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from mycelia.delivery.calc import media_types, paths
from mycelia.delivery.calc.manifest import MANIFEST_NAME, read_manifest, unsupported_message
from mycelia.delivery.errors import (
    CorruptZip,
    EncryptedZip,
    KindNotSupported,
    ManifestMissing,
    NotAZip,
    PackageTooLarge,
    TypeNotAllowed,
    UnsafeEntry,
)
from mycelia.delivery.types import Manifest, PackageLimits

_LOCAL_HEADER_BYTES = 30
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DIRECTORY_ENTRY = b"PK\x01\x02"
_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_KINDS = {"cmi5.xml": "cmi5", "tincan.xml": "Tin Can (xAPI)", "h5p.json": "H5P"}
_BLOCK = 256 * 1024
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that passed every check; `members` maps each safe path to the entry that holds its bytes."""

    zip_file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    limits: PackageLimits

    def blocks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of one file, never more than its header admits to.

        Raises:
            CorruptZip: The bytes do not fit the directory's size or checksum.
        """
        info = self.members[path]
        left = info.file_size
        try:
            with self.zip_file.open(info) as source:
                while block := source.read(_BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise CorruptZip
                    yield block
        except DAMAGED as error:
            raise CorruptZip from error
        if left:
            raise CorruptZip

    def manifest(self) -> Manifest:
        """Return what the package says about itself.

        Raises:
            ManifestMissing: There is none at the top.
            KindNotSupported: There is another kind's instead.
        """
        if MANIFEST_NAME not in self.members:
            raise _no_manifest(self.members)
        if self.members[MANIFEST_NAME].file_size > self.limits.manifest_bytes:
            raise PackageTooLarge(_("The package's manifest is larger than any real one. Nothing was kept."))
        return read_manifest(b"".join(self.blocks(MANIFEST_NAME)), self.members, self.limits)


def open_archive(file: IO[bytes], limits: PackageLimits) -> Archive:
    """Return the archive in `file` after checking every entry against the limits.

    Raises:
        PackageRefused: The file is no zip, or holds what a package must not.
        PackageTooLarge: A limit is passed.
    """
    file.seek(0)
    if file.read(4) not in _STARTS:
        raise NotAZip
    file.seek(0)
    try:
        zip_file = zipfile.ZipFile(_BoundedDirectory(file, limits))
        entries = zip_file.infolist()
    except DAMAGED as error:
        raise CorruptZip from error
    _check_totals(entries, limits)
    _check_overlap(entries)
    return Archive(zip_file, _checked_members(entries, limits), limits)


class _BoundedDirectory:
    """The file as `ZipFile` reads it, which hands out the directory only within the limits.

    `ZipFile` reads the directory whole and makes an object of every entry before anybody can count them, and the
    number in the end record (plain or zip64) is only a claim; so the directory's own bytes are counted.
    """

    def __init__(self, file: IO[bytes], limits: PackageLimits) -> None:
        self._file = file
        self._limits = limits
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > self._limits.directory_bytes:
            raise _too_large(_("a directory of more than %(size)s MB") % {"size": self._limits.directory_bytes >> 20})
        block = self._file.read(size)
        if block.startswith(_DIRECTORY_ENTRY) and block.count(_DIRECTORY_ENTRY) > self._limits.files:
            raise _too_many_files(self._limits)
        return block


def _check_totals(entries: list[zipfile.ZipInfo], limits: PackageLimits) -> None:
    if len(entries) > limits.files:
        raise _too_many_files(limits)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked_bytes or any(entry.file_size > limits.file_bytes for entry in entries):
        raise _too_large(_("more than %(size)s MB once unpacked") % {"size": limits.unpacked_bytes // 1024**2})
    if unpacked > limits.ratio_from_bytes and unpacked > packed * limits.ratio:
        raise _too_large(_("files that unpack to more than %(ratio)s times their size") % {"ratio": limits.ratio})


def _too_many_files(limits: PackageLimits) -> PackageTooLarge:
    return _too_large(_("more than %(count)s files") % {"count": limits.files})


def _too_large(what: str) -> PackageTooLarge:
    return PackageTooLarge(_("The archive holds %(what)s, which is over the limit. Nothing was kept.") % {"what": what})


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes, the trick behind bombs whose sizes look innocent."""
    end = -1
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise UnsafeEntry(_("Entries of the archive overlap each other, as in a zip bomb. Nothing was kept."))
        end = entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size


def _checked_members(entries: list[zipfile.ZipInfo], limits: PackageLimits) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    names: list[str] = []
    folders: set[str] = set()
    for entry in entries:
        path = paths.safe_path(entry.orig_filename, limits)
        if paths.is_junk(path):
            continue
        _check_entry(entry, path)
        if entry.is_dir():
            folders.add(path)
        else:
            names.append(path)
            members[path] = entry
    paths.check_distinct(names, folders)
    return members


def _check_entry(entry: zipfile.ZipInfo, path: str) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise EncryptedZip
    if entry.compress_type not in _METHODS:
        raise UnsafeEntry(
            _("“%(name)s” is packed by a method we do not read. Pack the package as an ordinary zip. Nothing was kept.")
            % {"name": path}
        )
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR} or (kind == stat.S_IFDIR) > entry.is_dir():
        raise UnsafeEntry(
            _("“%(name)s” in the archive is a link or a device, not a file. Nothing was kept.") % {"name": path}
        )
    if media_types.is_refused(path):
        raise TypeNotAllowed(
            _("“%(name)s” is a program for a server or a desktop, which a course must not bring. Nothing was kept.")
            % {"name": path}
        )


def _no_manifest(members: dict[str, zipfile.ZipInfo]) -> Exception:
    by_name = {path.lower(): path for path in members}
    for name, kind in _OTHER_KINDS.items():
        if name in by_name:
            return KindNotSupported(unsupported_message(kind))
    if any(path.endswith(".crs") for path in by_name):
        return KindNotSupported(unsupported_message("AICC"))
    deeper = next((path for path in members if path.lower().endswith(f"/{MANIFEST_NAME}")), None)
    if deeper is not None:
        return ManifestMissing(
            _(
                "The archive has its imsmanifest.xml in the folder “%(folder)s” and not at the top. Zip the content of "
                "that folder, not the folder itself. Nothing was kept."
            )
            % {"folder": deeper.rsplit("/", 1)[0]}
        )
    return ManifestMissing(
        _(
            "The archive has no imsmanifest.xml, so it is not a SCORM package. Export the course as SCORM 1.2. "
            "Nothing was kept."
        )
    )
