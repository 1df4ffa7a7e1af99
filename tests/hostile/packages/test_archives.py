"""Zips made to break out, to overwrite, to fill the disk or to deceive; each is refused and nothing is kept."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from mycelia.delivery import package_folders
from mycelia.delivery.archives import open_archive
from mycelia.delivery.errors import (
    CorruptZip,
    DuplicateNames,
    EncryptedZip,
    KindNotSupported,
    ManifestMalformed,
    ManifestMissing,
    NotAZip,
    PackageTooLarge,
    StorageFull,
    TypeNotAllowed,
    UnsafeEntry,
    UnsafePath,
)
from mycelia.delivery.models import Package
from mycelia.delivery.types import PackageLimits
from mycelia.kernel.errors import MyceliaError, PermissionDenied
from mycelia.kernel.policy import Actor, Role, RoleGrant
from tests.factories.delivery import make_package
from tests.factories.packages import Blueprint, build_zip, manifest_for, zip_of

pytestmark = pytest.mark.django_db

GOOD = {"imsmanifest.xml": manifest_for(Blueprint()), "index.html": "<h1>Hello</h1>"}


@pytest.fixture(autouse=True)
def _nothing_is_kept(settings: Settings) -> Iterator[None]:
    yield
    root = Path(settings.MYCELIA_HOME) / "packages"
    assert not Package.objects.exists()
    assert not list(root.glob("*")), "files were left behind"


def refused(file: io.BytesIO, error: type[MyceliaError], match: str | None = None) -> None:
    with pytest.raises(error, match=match):
        make_package(file=file)


def with_entry(info: zipfile.ZipInfo, content: bytes = b"x") -> io.BytesIO:
    buffer = zip_of(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(info, content)
    return buffer


@pytest.mark.parametrize(
    "name",
    [
        "../evil.html",
        "a/../../evil.html",
        "/etc/evil.html",
        "C:/evil.html",
        "c:evil.html",
        "..\\evil.html",
        "a\\b.html",
        "//host/share.html",
        "./x.html",
        "a//b.html",
        "x\n.html",
        "x\u202ehtml.js",
        "nul.html",
        "COM1",
        "trailing.",
        "trailing ",
        "a:b.html",
        "what?.html",
    ],
)
def test_name_that_leaves_the_folder_or_is_no_file_name_is_refused(name: str) -> None:
    refused(zip_of({**GOOD, name: "x"}), UnsafePath)


def test_name_with_a_nul_byte_is_refused() -> None:
    content = zip_of({**GOOD, "evilX.html": "x"}).getvalue().replace(b"evilX.html", b"evil\x00.html")
    refused(io.BytesIO(content), UnsafePath)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_link_device_or_pipe_is_refused(kind: int) -> None:
    info = zipfile.ZipInfo("evil.html")
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    refused(with_entry(info, b"/etc/passwd"), UnsafeEntry, "link or a device")


@pytest.mark.parametrize(
    "pair", [("a.html", "A.HTML"), ("é.html", "e\u0301.html"), ("ſ.html", "s.html"), ("dir", "dir/a.html")]
)
def test_two_names_for_one_file_are_refused(pair: tuple[str, str]) -> None:
    refused(zip_of({**GOOD, pair[0]: "1", pair[1]: "2"}), DuplicateNames)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused() -> None:
    refused(with_entry(zipfile.ZipInfo("index.html")), DuplicateNames)


def test_bomb_of_high_ratio_is_refused() -> None:
    refused(zip_of({**GOOD, "zeros.txt": b"\0" * (12 * 1024 * 1024)}), PackageTooLarge, "times their size")


def test_bomb_whose_header_lies_about_its_size_is_refused() -> None:
    content = bytearray(zip_of({**GOOD, "big.txt": b"y" * 100_000}).getvalue())
    size = struct.pack("<I", 100_000)
    content[:] = content.replace(size, struct.pack("<I", 10))
    refused(io.BytesIO(bytes(content)), CorruptZip)


def test_bomb_of_overlapping_entries_is_refused() -> None:
    buffer = zip_of({**GOOD, "one.txt": b"1" * 500, "two.txt": b"2" * 500})
    with zipfile.ZipFile(buffer) as archive:
        first, second = archive.getinfo("one.txt").header_offset, archive.getinfo("two.txt").header_offset
    content = buffer.getvalue()
    directory = content.rindex(b"PK\x01\x02")
    moved = content[directory:].replace(struct.pack("<I", second), struct.pack("<I", first))
    refused(io.BytesIO(content[:directory] + moved), UnsafeEntry, "overlap")


def test_zip_inside_the_zip_is_never_unpacked() -> None:
    inner = zip_of({"deep.html": "x"}).getvalue()
    archive = open_archive(zip_of({**GOOD, "inner.zip": inner}), PackageLimits())
    assert set(archive.members) == {"imsmanifest.xml", "index.html", "inner.zip"}


def test_more_files_than_allowed_are_refused() -> None:
    with pytest.raises(PackageTooLarge, match="more than 5 files"):
        open_archive(zip_of({f"{n}.html": "x" for n in range(6)}), PackageLimits(files=5))


def unreadable_directory(content: bytes) -> bytes:
    """Ask for a future version of zip in every entry, so that reading one of them fails."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00", b"PK\x01\x02\x14\x03\xff\x00")


def claiming_one_entry(content: bytes) -> bytes:
    end = content.rindex(b"PK\x05\x06")
    return content[: end + 8] + struct.pack("<HH", 1, 1) + content[end + 12 :]


def with_zip64_records(content: bytes) -> bytes:
    """Move the numbers of the end record into zip64 records, as archives of more than 65,535 entries have them."""
    end = content.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HLL", content[end + 10 : end + 20])
    record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return content[:end] + record + locator + last


@pytest.mark.parametrize("told", [bytes, claiming_one_entry, with_zip64_records])
def test_entries_are_counted_before_any_of_them_is_read(told: Callable[[bytes], bytes]) -> None:
    content = told(unreadable_directory(zip_of({f"{n}.html": "x" for n in range(6)}).getvalue()))
    with pytest.raises(PackageTooLarge, match="more than 5 files"):
        open_archive(io.BytesIO(content), PackageLimits(files=5))
    with pytest.raises(CorruptZip):
        open_archive(io.BytesIO(content), PackageLimits(files=6))


def test_archive_with_zip64_records_is_read() -> None:
    content = with_zip64_records(zip_of(GOOD).getvalue())
    assert set(open_archive(io.BytesIO(content), PackageLimits()).members) == set(GOOD)


def test_directory_larger_than_allowed_is_refused_unread() -> None:
    content = unreadable_directory(zip_of({"a" * 200: "x"}).getvalue())
    with pytest.raises(PackageTooLarge, match="directory"):
        open_archive(io.BytesIO(content), PackageLimits(directory_bytes=200))


def test_path_deeper_or_longer_than_allowed_is_refused() -> None:
    refused(zip_of({**GOOD, "a/" * 30 + "x.html": "x"}), PackageTooLarge, "deeper")
    refused(zip_of({**GOOD, "a" * 250 + ".html": "x"}), PackageTooLarge, "longer")


def test_upload_over_the_limit_is_refused(settings: Settings) -> None:
    settings.MYCELIA_PACKAGE_UPLOAD_BYTES = 100
    refused(build_zip(), PackageTooLarge, "larger than")


@pytest.mark.parametrize("name", ["shell.php", "x.php.jpg", "run.exe", "a/.htaccess", "x.JSP", "setup.bat", "lib.so"])
def test_program_for_server_or_desktop_is_refused(name: str) -> None:
    refused(zip_of({**GOOD, name: "x"}), TypeNotAllowed)


def test_file_that_is_no_zip_is_refused() -> None:
    refused(io.BytesIO(b"%PDF-1.7 not a zip"), NotAZip)
    refused(io.BytesIO(b""), NotAZip)


def test_zip_hidden_behind_another_format_is_refused() -> None:
    refused(io.BytesIO(b"GIF89a" + build_zip().getvalue()), NotAZip)


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_zip_cut_short_is_refused(keep: float) -> None:
    content = build_zip().getvalue()
    refused(io.BytesIO(content[: int(len(content) * keep)]), CorruptZip)


def test_zip_with_a_flipped_byte_is_refused() -> None:
    content = bytearray(zip_of({**GOOD, "big.txt": os.urandom(5000)}).getvalue())
    content[content.index(b"big.txt") + 2000] ^= 0xFF
    refused(io.BytesIO(bytes(content)), CorruptZip)


def test_encrypted_zip_is_refused() -> None:
    content = bytearray(build_zip().getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark)
        content[place + offset] |= 1
    refused(io.BytesIO(bytes(content)), EncryptedZip)


def test_entities_in_the_manifest_are_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><manifest>&b;</manifest>'
    refused(zip_of({**GOOD, "imsmanifest.xml": bomb}), ManifestMalformed, "entities")


def test_external_entity_in_the_manifest_is_refused() -> None:
    leak = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>'
    refused(zip_of({**GOOD, "imsmanifest.xml": leak}), ManifestMalformed, "entities")


@pytest.mark.parametrize("depth", [100, 5000, 100_000])
def test_manifest_nested_without_end_is_refused(depth: int) -> None:
    nested = "<item>" * depth + "</item>" * depth
    manifest = GOOD["imsmanifest.xml"].replace("</organization>", f"{nested}</organization>")
    assert nested in manifest
    refused(zip_of({**GOOD, "imsmanifest.xml": manifest}), ManifestMalformed, "nested more than 40 deep")


def test_manifest_of_endless_parts_is_refused() -> None:
    parts = '<item identifierref="r_only"/>' * 5001
    manifest = GOOD["imsmanifest.xml"].replace("</organization>", f"{parts}</organization>")
    assert parts in manifest
    refused(zip_of({**GOOD, "imsmanifest.xml": manifest}), ManifestMalformed, "more than 5000 parts")


def test_manifest_in_a_subfolder_is_explained() -> None:
    inside = {f"course/{name}": content for name, content in GOOD.items()}
    refused(zip_of(inside), ManifestMissing, "in the folder “course”")


@pytest.mark.parametrize(("name", "kind"), [("cmi5.xml", "cmi5"), ("tincan.xml", "Tin Can"), ("h5p.json", "H5P")])
def test_package_of_another_kind_is_named(name: str, kind: str) -> None:
    refused(zip_of({name: "<x/>", "index.html": "x"}), KindNotSupported, kind)


def test_zip_without_any_manifest_is_refused() -> None:
    refused(zip_of({"index.html": "x"}), ManifestMissing, "no imsmanifest")


def test_full_disk_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package_folders.os, "fsync", full)
    refused(build_zip(), StorageFull, "no room left")


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MANAGER, Role.EXECUTIVE, Role.FINANCE_ANALYST])
def test_person_without_the_role_cannot_install(role: Role) -> None:
    from mycelia.delivery.api import install_package

    with pytest.raises(PermissionDenied):
        install_package(Actor(1, "somebody", (RoleGrant(role),)), build_zip(), "x.zip")
