"""The product's own WSGI application with one view more: a constant, for comparison in the same process."""

from __future__ import annotations

from django.conf import settings

from mycelia.config.wsgi import application

settings.ROOT_URLCONF = "benchmarks.urls"

__all__ = ["application"]
