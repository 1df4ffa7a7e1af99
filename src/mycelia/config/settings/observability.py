"""Logs."""

LOGGING_CONFIG = None
