"""Sending e-mail; without a server none is sent, and pages offer what works without."""

from mycelia.config.environment import MailServer
from mycelia.config.settings.base import ENVIRONMENT

MYCELIA_SENDS_MAIL = ENVIRONMENT.mail_server is not None
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MYCELIA_SENDS_MAIL else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 10

_server = ENVIRONMENT.mail_server or MailServer("localhost", 25, "", "", starts_tls=False, is_tls=False)
EMAIL_HOST = _server.host
EMAIL_PORT = _server.port
EMAIL_HOST_USER = _server.user
EMAIL_HOST_PASSWORD = _server.password
EMAIL_USE_TLS = _server.starts_tls
EMAIL_USE_SSL = _server.is_tls
