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


BOOK = """
const first = ["entry", "student_name", "lesson_location", "lesson_status", "total_time"];
API.LMSInitialize("");
const read = (name) => API.LMSGetValue(name);
document.getElementById("found").textContent = JSON.stringify({
  ...Object.fromEntries(first.map((name) => [name, read("cmi.core." + name)])),
  suspend: read("cmi.suspend_data"), launch: read("cmi.launch_data"), mastery: read("cmi.student_data.mastery_score"),
});
let page = Number(read("cmi.core.lesson_location") || 1);
const show = () => { document.getElementById("page").textContent = "Page " + page; };
document.getElementById("next").onclick = () => {
  page += 1;
  API.LMSSetValue("cmi.core.lesson_location", String(page));
  API.LMSSetValue("cmi.suspend_data", "pages=" + page + ";\\u6f22\\ud800");
  API.LMSSetValue("cmi.core.lesson_status", "incomplete");
  if (new URLSearchParams(location.search).has("commit")) API.LMSCommit("");
  show();
};
document.getElementById("answer").onclick = () => {
  API.LMSSetValue("cmi.core.score.raw", document.getElementById("score").value);
  API.LMSSetValue("cmi.core.lesson_status", "completed");
  API.LMSCommit("");
};
addEventListener("unload", () => {
  API.LMSSetValue("cmi.core.session_time", "0000:00:07.00");
  API.LMSSetValue("cmi.comments", "said while unloading");
  API.LMSSetValue("cmi.core.exit", "suspend");
  API.LMSFinish("");
});
show();
"""


def book(**part: str) -> Blueprint:
    """Return a package of one part that behaves as real content: pages, a bookmark, a score, last words on unload."""
    body = (
        '<h1 id="page"></h1><button id="next">Turn the page</button>'
        '<label>Score <input id="score"></label><button id="answer">Answer</button><pre id="found"></pre>'
    )
    return Blueprint(title="A book", parts=(Part("book", **part),), files={"index.html": sco_page(BOOK, body=body)})
