"""Logs and measures."""

from mycelia.config.observability.logs import configure_structlog, log_format, logging_config
from mycelia.config.settings.base import ENVIRONMENT

LOGGING = logging_config(chosen_format=log_format(ENVIRONMENT.log_format), level=ENVIRONMENT.log_level)
MYCELIA_METRICS_TOKEN = ENVIRONMENT.metrics_token
configure_structlog()
