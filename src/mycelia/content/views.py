"""Media of courses, for whoever is signed in."""

from __future__ import annotations

import errno
import mimetypes
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from mycelia.content import api
from mycelia.kernel.errors import NotFound
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of

FOLDERS = frozenset({"images", "original_images", "avatar_images"})
NO_SUCH_FILE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP})
TYPES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """Send a picture; documents go through Wagtail's own checked view, and nothing else is sent at all."""
    require(actor_of(request), api.SeeCatalogue())
    path = PurePosixPath(name)
    if path.parts[:1] == () or path.parts[0] not in FOLDERS or path.suffix.lower() not in TYPES:
        raise NotFound
    try:
        file = default_storage.open(str(path))
    except (SuspiciousFileOperation, ValueError) as error:
        raise NotFound from error
    except OSError as error:
        if error.errno not in NO_SUCH_FILE:
            raise
        raise NotFound from error
    response = FileResponse(file, content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream")
    response["Cache-Control"] = "private, max-age=86400"
    return response
