from __future__ import annotations

from decimal import Decimal

import pytest

from mycelia.delivery.calc.manifest import read_manifest
from mycelia.delivery.errors import FilesMissing, KindNotSupported, ManifestEmpty, ManifestMalformed
from mycelia.delivery.types import ItemKind
from tests.factories.packages import Blueprint, Part, manifest_for

FILES = ["index.html", "quiz/Quiz.html", "my page.html", "shared/style.css"]


def read(*parts: Part, title: str = "Small") -> object:
    return read_manifest(manifest_for(Blueprint(title=title, parts=parts or (Part("one"),))).encode(), FILES)


def edited(old: str, new: str) -> bytes:
    text = manifest_for(Blueprint())
    assert old in text
    return text.replace(old, new).encode()


def test_manifest_items_come_in_order_with_their_attributes() -> None:
    manifest = read_manifest(
        manifest_for(
            Blueprint(
                parts=(
                    Part("a", title="First", launch_text="x=1"),
                    Part("b", href="quiz/Quiz.html", mastery_score="80", scorm_type="asset"),
                )
            )
        ).encode(),
        FILES,
    )
    first, second = manifest.items
    assert (first.title, first.kind, first.launch_text, first.href) == ("First", ItemKind.SCO, "x=1", "index.html")
    assert (second.kind, second.mastery_score, second.href) == (ItemKind.ASSET, Decimal(80), "quiz/Quiz.html")


@pytest.mark.parametrize(
    ("href", "parameters", "expected"),
    [
        ("index.html", "?a=1", "index.html?a=1"),
        ("index.html", "a=1", "index.html?a=1"),
        ("index.html?x=0", "&amp;a=1", "index.html?x=0&a=1"),
        ("index.html", "#top", "index.html#top"),
        ("my%20page.html", "", "my%20page.html"),
        ("my page.html", "", "my%20page.html"),
        ("quiz\\quiz.HTML", "", "quiz/Quiz.html"),
        ("./index.html", "", "index.html"),
    ],
)
def test_launch_address_joins_href_and_parameters(href: str, parameters: str, expected: str) -> None:
    manifest = read(Part("one", href=href, parameters=parameters))
    assert manifest.items[0].href == expected  # type: ignore[attr-defined]


def test_nested_items_carry_their_sections() -> None:
    inner = '<item identifier="deep" identifierref="r_one"><title>Deep</title></item>'
    content = manifest_for(Blueprint(parts=(Part("one"),))).replace("<title>one</title>", f"<title>Top</title>{inner}")
    top, deep = read_manifest(content.encode(), FILES).items
    assert (top.section, deep.section) == ((), ("Top",))


def test_xml_base_is_prefixed_to_addresses() -> None:
    content = edited("<resources>", '<resources xml:base="shared/">').replace(b"index.html", b"style.css")
    assert read_manifest(content, FILES).items[0].href == "shared/style.css"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"])
def test_manifest_encodings_are_read(encoding: str) -> None:
    text = manifest_for(Blueprint(title="Größe")).replace('encoding="UTF-8"', f'encoding="{encoding}"')
    assert read_manifest(text.encode(encoding), FILES).title == "Größe"


def test_manifest_with_a_wrong_declared_encoding_is_read() -> None:
    assert read_manifest(manifest_for(Blueprint(title="Größe")).encode("cp1252"), FILES).title == "Größe"


@pytest.mark.parametrize("content", [b"", b"<manifest", b"not xml", b"\x00\x01\x02", b"<other/>", b"\xff\xfe\x00"])
def test_manifest_that_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(ManifestMalformed):
        read_manifest(content, FILES)


def test_manifest_without_resources_says_so() -> None:
    content = manifest_for(Blueprint()).split("<resources>")[0] + "<resources/></manifest>"
    with pytest.raises(ManifestEmpty, match="no resources"):
        read_manifest(content.encode(), FILES)


def test_manifest_without_organisation_says_so() -> None:
    content = edited("<organizations default", "<organizations><!-- ").replace(b"</organization>", b"-->")
    with pytest.raises(ManifestEmpty, match="no organisation"):
        read_manifest(content, FILES)


def test_manifest_with_an_item_without_resource_says_so() -> None:
    with pytest.raises(ManifestEmpty, match="does not exist"):
        read_manifest(edited('identifierref="r_only"', 'identifierref="nowhere"'), FILES)


def test_manifest_naming_missing_files_lists_them() -> None:
    with pytest.raises(FilesMissing, match=r"archive: “gone\.html”\. Export"):
        read(Part("one", href="gone.html"))


def test_manifest_opening_another_site_is_refused() -> None:
    with pytest.raises(KindNotSupported, match="another site"):
        read(Part("one", href="https://example.com/course.html"))


@pytest.mark.parametrize(
    ("version", "named"), [("2004 3rd Edition", "SCORM 2004 3rd Edition"), ("CAM 1.3", "SCORM 2004")]
)
def test_manifest_of_scorm_2004_is_named(version: str, named: str) -> None:
    with pytest.raises(KindNotSupported, match=named):
        read_manifest(edited(">1.2<", f">{version}<"), FILES)
