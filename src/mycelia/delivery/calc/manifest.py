"""Reading `imsmanifest.xml`.

References:
    SCORM 1.2 Content Aggregation Model, 2.3 (content packaging) and 2.3.5.4 (the adlcp elements).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import islice
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from mycelia.delivery.calc.paths import folded
from mycelia.delivery.calc.scores import parse_score
from mycelia.delivery.errors import FilesMissing, KindNotSupported, ManifestEmpty, ManifestMalformed
from mycelia.delivery.types import ItemKind, Manifest, PackageItem, PackageKind, PackageLimits

MANIFEST_NAME = "imsmanifest.xml"
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SHOWN_FILES = 5
_TITLE_CHARACTERS = 300
_LIMITS = PackageLimits()
_PATH_CHARACTERS = "/~!$&'()*+,;=:@"


def read_manifest(content: bytes, files: Collection[str], limits: PackageLimits = _LIMITS) -> Manifest:
    """Return the table of contents of a SCORM 1.2 package.

    Args:
        content: The bytes of `imsmanifest.xml`.
        files: Every file path in the archive.

    Raises:
        ManifestMalformed: It is not well-formed XML, has entities, or is nested deeper or longer than any real one.
        KindNotSupported: It is a manifest of another kind, such as SCORM 2004.
        ManifestEmpty: It has no organisation, no resource, or nothing to launch.
        FilesMissing: It names files the archive does not hold.
    """
    root = _parse(content)
    if _name(root) != "manifest":
        raise ManifestMalformed(_not_readable(_("its first element is not “manifest”")))
    _check_depth(root, limits.manifest_depth)
    _check_kind(root)
    return _Reader(root, files, limits).manifest()


def _parse(content: bytes) -> Element:
    try:
        return _element(content)
    except DefusedXmlException as error:
        raise ManifestMalformed(_not_readable(_("it declares entities, which are not allowed"))) from error
    except (ParseError, ValueError, LookupError) as error:
        return _parse_again(content, error)


def _element(content: bytes | str) -> Element:
    element: Element = fromstring(content)
    return element


def _parse_again(content: bytes, first_error: Exception) -> Element:
    """Read a manifest whose declared encoding is wrong, as some authoring tools write them."""
    text = _decode(content)
    if text is not None:
        try:
            return _element(text)
        except (ParseError, ValueError, DefusedXmlException):
            pass
    raise ManifestMalformed(_not_readable(str(first_error))) from first_error


def _decode(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _without_declaration(content.decode("utf-16", "replace").encode())
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return _without_declaration(content.decode(encoding).encode())
        except UnicodeDecodeError:
            continue
    return None


def _without_declaration(content: bytes) -> str:
    return _DECLARATION.sub(b"", content).decode()


def _not_readable(reason: str) -> str:
    return _("The package's imsmanifest.xml cannot be read: %(reason)s. Nothing was kept.") % {"reason": reason}


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (child for child in (element if element is not None else ()) if _name(child) == name)


def _child(element: Element | None, name: str) -> Element | None:
    return next(_children(element, name), None)


def _text(element: Element | None, name: str) -> str:
    child = _child(element, name)
    return " ".join((child.text or "").split()) if child is not None else ""


def _attribute(element: Element, name: str) -> str:
    """Return an attribute whatever namespace the authoring tool put it in."""
    for key, value in element.attrib.items():
        if key.rsplit("}", 1)[-1].lower() == name:
            return value.strip()
    return ""


def _check_depth(root: Element, deepest: int) -> None:
    """Refuse what would exhaust the stack of everything that walks down the tree."""
    level = [root]
    for _depth in range(deepest):
        level = [child for element in level for child in element]
        if not level:
            return
    raise ManifestMalformed(_not_readable(_("its elements are nested more than %(count)s deep") % {"count": deepest}))


def _check_kind(root: Element) -> None:
    version = _text(_child(root, "metadata"), "schemaversion")
    namespaces = {element.tag.split("}")[0] for element in root.iter() if isinstance(element.tag, str)}
    namespaces |= {key.split("}")[0] for element in root.iter() for key in element.attrib}
    newer = any("adlcp_v1p3" in n or "imsss" in n or "adlseq" in n for n in namespaces)
    if version.startswith(("2004", "CAM 1.3")) or (newer and version != "1.2"):
        raise KindNotSupported(unsupported_message(f"SCORM {version}" if version.startswith("2004") else "SCORM 2004"))
    if any("imsccv1p" in n for n in namespaces):
        raise KindNotSupported(unsupported_message("IMS Common Cartridge"))


def unsupported_message(kind: str) -> str:
    """Return what a person is told whose package is of a kind that cannot be played yet."""
    return _(
        "This is a %(kind)s package. SCORM 1.2 packages can be played today; export the course as SCORM 1.2. "
        "Nothing was kept."
    ) % {"kind": kind}


class _Reader:
    """Walks one manifest; holds what its parts refer to."""

    def __init__(self, root: Element, files: Collection[str], limits: PackageLimits) -> None:
        self.root = root
        self.limits = limits
        self.exact = set(files)
        self.by_folding = {folded(path): path for path in files}
        self.resources: dict[str, tuple[Element, str]] = {}
        self.missing: list[str] = []

    def manifest(self) -> Manifest:
        self._collect_resources()
        organization = self._organization()
        title = _text(organization, "title") or _attribute(self.root, "identifier") or _("Untitled package")
        items = tuple(islice(self._items(organization, ()), self.limits.manifest_items + 1))
        if len(items) > self.limits.manifest_items:
            raise ManifestMalformed(
                _not_readable(_("it names more than %(count)s parts") % {"count": self.limits.manifest_items})
            )
        named = self._named_files()
        if self.missing:
            missing = list(dict.fromkeys(self.missing))
            raise FilesMissing(_missing_message(missing), files=missing)
        if not items:
            raise ManifestEmpty(_("The package's manifest names nothing that could be opened. Nothing was kept."))
        return Manifest(
            PackageKind.SCORM_12,
            _attribute(self.root, "identifier"),
            title[:_TITLE_CHARACTERS],
            _distinct(items),
            named,
        )

    def _collect_resources(self) -> None:
        resources = _child(self.root, "resources")
        base = self.root.get(_XML_BASE, "") + (resources.get(_XML_BASE, "") if resources is not None else "")
        for resource in _children(resources, "resource"):
            self.resources[_attribute(resource, "identifier")] = (resource, base + resource.get(_XML_BASE, ""))
        if not self.resources:
            raise ManifestEmpty(
                _("The package's manifest has no resources, so there is nothing to play. Nothing was kept.")
            )

    def _organization(self) -> Element:
        organizations = _child(self.root, "organizations")
        found = list(_children(organizations, "organization"))
        if organizations is None or not found:
            raise ManifestEmpty(
                _("The package's manifest has no organisation, so there is no table of contents. Nothing was kept.")
            )
        default = _attribute(organizations, "default")
        return next((one for one in found if _attribute(one, "identifier") == default), found[0])

    def _items(self, parent: Element, section: tuple[str, ...]) -> Iterator[PackageItem]:
        for item in _children(parent, "item"):
            title = _text(item, "title")
            reference = _attribute(item, "identifierref")
            if reference:
                yield self._item(item, title, reference, section)
            yield from self._items(item, (*section, title[:_TITLE_CHARACTERS]) if title else section)

    def _item(self, item: Element, title: str, reference: str, section: tuple[str, ...]) -> PackageItem:
        if reference not in self.resources:
            raise ManifestEmpty(
                _("The manifest's item “%(title)s” refers to a resource that does not exist. Nothing was kept.")
                % {"title": title or reference}
            )
        resource, base = self.resources[reference]
        identifier = _attribute(item, "identifier") or reference
        return PackageItem(
            identifier=identifier[:255],
            title=(title or identifier)[:_TITLE_CHARACTERS],
            href=self._href(base, _attribute(resource, "href"), _attribute(item, "parameters"), title or reference),
            kind=ItemKind.SCO if _attribute(resource, "scormtype").lower() == "sco" else ItemKind.ASSET,
            section=section,
            mastery_score=_score(_text(item, "masteryscore")),
            launch_text=_text(item, "datafromlms")[:4096],
            prerequisites=_text(item, "prerequisites"),
            max_time_allowed=_text(item, "maxtimeallowed"),
            time_limit_action=_text(item, "timelimitaction"),
            visible=_attribute(item, "isvisible").lower() != "false",
        )

    def _href(self, base: str, href: str, parameters: str, title: str) -> str:
        if not href:
            raise ManifestEmpty(
                _("The manifest's item “%(title)s” has no page to open. Nothing was kept.") % {"title": title}
            )
        parts = urlsplit((base + href).replace("\\", "/"))
        if parts.scheme or parts.netloc:
            raise KindNotSupported(
                _("“%(title)s” opens a page on another site, which cannot be played from here. Nothing was kept.")
                % {"title": title}
            )
        path = self._resolve(parts.path) or parts.path
        return quote(path, safe=_PATH_CHARACTERS) + _with_parameters(parts.query, parts.fragment, parameters)

    def _named_files(self) -> tuple[str, ...]:
        named = [
            self._resolve(base + _attribute(file, "href"))
            for resource, base in self.resources.values()
            for file in _children(resource, "file")
            if _attribute(file, "href")
        ]
        return tuple(dict.fromkeys(path for path in named if path is not None))

    def _resolve(self, href: str) -> str | None:
        """Return the archive's own spelling of a path; tools made on Windows mix cases and separators."""
        path = urlsplit(href.replace("\\", "/")).path.removeprefix("./")
        for candidate in (path, unquote(path)):
            if candidate in self.exact:
                return candidate
            if folded(candidate) in self.by_folding:
                return self.by_folding[folded(candidate)]
        if not urlsplit(href).scheme:
            self.missing.append(path)
        return None


def _with_parameters(query: str, fragment: str, parameters: str) -> str:
    """Join an item's parameters to its resource's address.

    References:
        SCORM 1.2 Content Aggregation Model, 2.3.5.2.2.1 (the rules for `parameters`).
    """
    extra = parameters.strip().lstrip("?&")
    if extra.startswith("#"):
        fragment, extra = fragment or extra[1:], ""
    if extra and "#" in extra:
        extra, fragment = extra.split("#", 1)
    query = "&".join(part for part in (query, extra) if part)
    return (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _score(text: str) -> Decimal | None:
    score = parse_score(text)
    return score if score is not None and 0 <= score <= 100 else None


def _distinct(items: tuple[PackageItem, ...]) -> tuple[PackageItem, ...]:
    """Keep the first of items that share an identifier; the manifest's schema demands they differ."""
    return tuple({item.identifier: item for item in reversed(items)}.values())[::-1]


def _missing_message(missing: list[str]) -> str:
    shown = ", ".join(f"“{path}”" for path in missing[:_SHOWN_FILES])
    more = len(missing) - _SHOWN_FILES
    rest = _(" and %(count)s more") % {"count": more} if more > 0 else ""
    return _(
        "The manifest names files that are not in the archive: %(files)s. Export the package again. Nothing was kept."
    ) % {"files": shown + rest}
