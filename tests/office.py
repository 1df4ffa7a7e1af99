"""LibreOffice without a window, where it is installed: it computes a workbook anew, as its reader's program would."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item></oor:items>
"""
PATIENCE_SECONDS = 240


def require_office() -> str:
    """Return the program, or skip the test saying that it is absent."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed, so nothing can compute the workbook anew")
    return program


def converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Return the files in another format; workbooks are computed anew, whatever results they hold."""
    program, profile = require_office(), folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    target = folder / f"converted-{kind}"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(target), *map(str, files)], check=True, capture_output=True, timeout=PATIENCE_SECONDS
    )
    return [target / file.with_suffix(f".{kind}").name for file in files]
