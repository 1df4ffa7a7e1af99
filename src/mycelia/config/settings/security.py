"""What browsers are told about this origin, and which hosts are ours."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from mycelia.config.settings.base import ENVIRONMENT

MYCELIA_PUBLIC_URL = ENVIRONMENT.public_url
MYCELIA_CONTENT_ORIGIN = ENVIRONMENT.content_origin
MYCELIA_PACKAGE_UPLOAD_BYTES = ENVIRONMENT.package_upload_megabytes * 1024 * 1024
# What a request may send in all; the files' own limits are a little below, so that their forms can say what is wrong.
MYCELIA_BODY_BYTES = 6 * 1024 * 1024
MYCELIA_FILE_BODY_BYTES = {
    "/studio/": MYCELIA_PACKAGE_UPLOAD_BYTES + MYCELIA_BODY_BYTES,
    "/talent/import/": 56 * 1024 * 1024,
}
# What one credential may ask of /xapi/, and how much it may send at once.
MYCELIA_XAPI_REQUESTS_PER_MINUTE = ENVIRONMENT.xapi_requests_per_minute
MYCELIA_XAPI_STATEMENTS_BYTES = ENVIRONMENT.xapi_statements_megabytes * 1024 * 1024
MYCELIA_XAPI_DOCUMENT_BYTES = ENVIRONMENT.xapi_document_megabytes * 1024 * 1024
# Counts of requests are gathered in memory this long before they are written; 0 leaves writing them to who counts.
MYCELIA_XAPI_COUNT_SECONDS = 2

_secure = MYCELIA_PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [*ENVIRONMENT.allowed_hosts, urlsplit(MYCELIA_CONTENT_ORIGIN).hostname or ""]
CSRF_TRUSTED_ORIGINS = [MYCELIA_PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF, MYCELIA_CONTENT_ORIGIN],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
