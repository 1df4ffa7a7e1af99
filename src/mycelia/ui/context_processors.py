"""What every page needs around its own content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mycelia.ui.shell import Shell


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the layout's context."""
    return {"shell": Shell(request)}
