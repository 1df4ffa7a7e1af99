"""Names inside an archive: which may become files, and which are an attack or an accident."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from mycelia.delivery.errors import DuplicateNames, PackageTooLarge, UnsafePath
from mycelia.delivery.types import PackageLimits

_DRIVE = re.compile(r"^[A-Za-z]:")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *[f"com{n}" for n in range(1, 10)], *[f"lpt{n}" for n in range(1, 10)]]
)
_JUNK_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_SEGMENT_BYTES = 255


def is_junk(path: str) -> bool:
    """Return whether an operating system left this entry in the archive; it is skipped, not refused.

    Example:
        >>> is_junk("__MACOSX/._index.html"), is_junk("index.html")
        (True, False)
    """
    segments = path.split("/")
    return segments[0] == "__MACOSX" or segments[-1].lower() in _JUNK_FILES


def safe_path(name: str, limits: PackageLimits) -> str:
    """Return the archive name as a relative path that stays inside its folder on every file system.

    Args:
        name: The name exactly as the archive has it; a trailing slash marks a folder.

    Raises:
        UnsafePath: The name is absolute, climbs, or cannot be a file name everywhere.
        PackageTooLarge: It is longer or deeper than the limits.

    Example:
        >>> safe_path("shared/style.css", PackageLimits())
        'shared/style.css'
    """
    reason = _objection(name)
    if reason is not None:
        raise UnsafePath(
            _("The archive holds the name “%(name)s”, which %(reason)s. Nothing was kept.")
            % {"name": _shown(name), "reason": reason}
        )
    path = unicodedata.normalize("NFC", name.rstrip("/"))
    _check_length(path, limits)
    return path


def _objection(name: str) -> str | None:
    if "\\" in name:
        return _("has a backslash; a zip archive separates folders by /")
    if name.startswith("/") or _DRIVE.match(name):
        return _("is an absolute path")
    if any(unicodedata.category(character) in {"Cc", "Cs", "Cf", "Co"} for character in name):
        return _("has characters that cannot be seen")
    return next((reason for part in name.removesuffix("/").split("/") if (reason := _part_objection(part))), None)


def _part_objection(part: str) -> str | None:
    if part in {"", "."}:
        return _("has an empty part")
    if part == "..":
        return _("points outside of the package")
    if part.split(".")[0].lower() in _RESERVED:
        return _("is reserved by an operating system")
    if part != part.rstrip(". ") or any(character in ':*?"<>|' for character in part):
        return _("cannot be a file name everywhere")
    return None


def _check_length(path: str, limits: PackageLimits) -> None:
    segments = path.split("/")
    too_long = len(path) > limits.path_characters or any(len(s.encode()) > _SEGMENT_BYTES for s in segments)
    if too_long or len(segments) > limits.path_depth:
        raise PackageTooLarge(
            _(
                "The path “%(name)s” is longer than %(characters)s characters or deeper than %(depth)s folders. "
                "Nothing was kept."
            )
            % {"name": _shown(path), "characters": limits.path_characters, "depth": limits.path_depth}
        )


def _shown(name: str) -> str:
    printable = "".join(c if c.isprintable() else "\ufffd" for c in name)
    return printable if len(printable) <= 80 else f"{printable[:77]}…"


def folded(path: str) -> str:
    """Return what two paths share when a file system may take them for one file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def check_distinct(files: Iterable[str], folders: Iterable[str] = ()) -> None:
    """Refuse paths that would become the same file, or a file where a folder must be.

    Raises:
        DuplicateNames: Two files fold to one, or a file is also a folder.
    """
    seen: dict[str, str] = {}
    for path in files:
        twin = seen.setdefault(folded(path), path)
        if twin is not path:
            raise _duplicate(twin, path)
    parents = {
        parent: path for path in [*seen.values(), *(f"{folder}/" for folder in folders)] for parent in _parents(path)
    }
    for parent, path in parents.items():
        if parent in seen:
            raise _duplicate(seen[parent], path)


def _parents(path: str) -> list[str]:
    segments = folded(path).split("/")
    return ["/".join(segments[:depth]) for depth in range(1, len(segments))]


def _duplicate(first: str, second: str) -> DuplicateNames:
    return DuplicateNames(
        _("“%(first)s” and “%(second)s” in the archive would become one file. Rename one of them. Nothing was kept.")
        % {"first": _shown(first), "second": _shown(second)}
    )
