"""What each web process loads: the application, tied to the life of the server that started it."""

from __future__ import annotations

from django.db import connections

from mycelia.config.serve.lifeline import follow_parent

connections.close_all()
follow_parent()

from mycelia.config.wsgi import application  # noqa: E402

__all__ = ["application"]
