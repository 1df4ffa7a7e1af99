"""Small SCORM 1.2 packages, built in code, and the real ones where they are at hand."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_NAMESPACES = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
)


@dataclass(frozen=True)
class Part:
    """One item of a package and the page it opens."""

    identifier: str
    href: str = "index.html"
    title: str = ""
    scorm_type: str = "sco"
    mastery_score: str = ""
    launch_text: str = ""
    parameters: str = ""
    extra: str = ""


@dataclass(frozen=True)
class Blueprint:
    """A package to be built."""

    title: str = "Small package"
    parts: Sequence[Part] = (Part("only"),)
    files: Mapping[str, bytes | str] = field(default_factory=lambda: {"index.html": "<!doctype html><h1>Hello</h1>"})
    manifest: str | bytes | None = None


def manifest_for(blueprint: Blueprint) -> str:
    items = "".join(_item(part) for part in blueprint.parts)
    resources = "".join(
        f'<resource identifier="r_{part.identifier}" type="webcontent" adlcp:scormtype="{part.scorm_type}"'
        f' href="{part.href}"><file href="{part.href.split("?")[0]}"/></resource>'
        for part in blueprint.parts
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest identifier="m" version="1" {_NAMESPACES}>'
        "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
        f'<organizations default="o"><organization identifier="o"><title>{blueprint.title}</title>{items}'
        f"</organization></organizations><resources>{resources}</resources></manifest>"
    )


def _item(part: Part) -> str:
    parameters = f' parameters="{part.parameters}"' if part.parameters else ""
    mastery = f"<adlcp:masteryscore>{part.mastery_score}</adlcp:masteryscore>" if part.mastery_score else ""
    launch = f"<adlcp:datafromlms>{part.launch_text}</adlcp:datafromlms>" if part.launch_text else ""
    return (
        f'<item identifier="{part.identifier}" identifierref="r_{part.identifier}"{parameters}>'
        f"<title>{part.title or part.identifier}</title>{mastery}{launch}{part.extra}</item>"
    )


def build_zip(blueprint: Blueprint | None = None) -> io.BytesIO:
    """Return the package as an uploadable zip."""
    blueprint = blueprint or Blueprint()
    manifest = manifest_for(blueprint) if blueprint.manifest is None else blueprint.manifest
    return zip_of({"imsmanifest.xml": manifest, **blueprint.files})


def zip_of(files: Mapping[str, bytes | str]) -> io.BytesIO:
    """Return a zip of these files, whatever they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    buffer.seek(0)
    return buffer


def sco_page(script: str, *, body: str = "") -> str:
    """Return a page that finds the SCORM API as real content does and then runs `script` with it as `API`."""
    return f"""<!doctype html><html lang="en"><head><title>Part</title></head><body>{body}<script>
function findAPI(win) {{
  let tries = 0;
  while (win.API == null && win.parent != null && win.parent != win && tries++ < 7) win = win.parent;
  return win.API;
}}
const API = findAPI(window);
{script}
</script></body></html>"""


def real_package(name: str) -> Path:
    """Return a real package; the test skips, saying so, where the folder of them is absent."""
    folder = os.environ.get("MYCELIA_TEST_PACKAGES")
    root = Path(folder) if folder else Path(__file__).resolve().parents[3] / "shared" / "data" / "packages"
    path = root / name
    if not path.exists():
        pytest.skip(f"no package {name}: name its folder in MYCELIA_TEST_PACKAGES")
    return path
