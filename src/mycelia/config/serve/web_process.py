"""What each web process loads: the application, tied to the life of the server that started it."""

from __future__ import annotations

from threading import Thread

from django.db import connections

from mycelia.config.serve.lifeline import follow_parent

connections.close_all()
follow_parent()

from mycelia.config.serve.answering import handing_over, leaving  # noqa: E402
from mycelia.config.serve.slow_clients import watch, watched  # noqa: E402
from mycelia.config.wsgi import application as unwatched  # noqa: E402
from mycelia.ui.api import make_drawings  # noqa: E402

# What charts are drawn with loads late and slowly; so that no visitor waits for it, it is loaded beside the first
# requests.
Thread(target=make_drawings, daemon=True).start()

watch()
application = watched(leaving(handing_over(unwatched)))

__all__ = ["application"]
