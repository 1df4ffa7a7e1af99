"""The product's source, parsed once for the architecture tests."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "mycelia"
APPS = sorted(path.name for path in SOURCE.iterdir() if (path / "apps.py").exists())


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, path and syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def app(self) -> str:
        names = self.name.split(".")
        return names[1] if len(names) > 1 else ""

    @property
    def part(self) -> str:
        """Return the file's place inside its app, such as "calc" for `calc.py` and for `calc/npv.py`."""
        names = self.name.split(".")
        return names[2] if len(names) > 2 else "__init__"


@cache
def modules() -> tuple[Module, ...]:
    files = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(Module(_dotted(path), path, ast.parse(path.read_text())) for path in files)


def _dotted(path: Path) -> str:
    names = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def imported_names(module: Module) -> set[str]:
    """Return the dotted names a module imports, `from a.b import c` giving both "a.b" and "a.b.c"."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found
