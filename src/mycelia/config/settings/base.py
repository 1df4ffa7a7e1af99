"""Where things are, which apps run, and how pages are rendered."""

from __future__ import annotations

from pathlib import Path

from mycelia.config.environment import Environment
from mycelia.config.secrets import secret
from mycelia.kernel.postgres.api import database_settings

ENVIRONMENT = Environment.read()
BASE_DIR = Path(__file__).resolve().parents[4]
MYCELIA_HOME = ENVIRONMENT.home
DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key or secret(MYCELIA_HOME, "secret_key")

INSTALLED_APPS = [
    "mycelia.config",
    "mycelia.demo",
    "mycelia.workspaces",
    "mycelia.business_case",
    "mycelia.insights",
    "mycelia.learning",
    "mycelia.content",
    "mycelia.delivery",
    "mycelia.records",
    "mycelia.access",
    "mycelia.people",
    "mycelia.audit",
    "mycelia.ui",
    "mycelia.kernel",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "mycelia.config.observability.probes.ProbeMiddleware",
    "mycelia.config.observability.requests.RequestLogMiddleware",
    "mycelia.config.middleware.large_answers.LargeAnswerMiddleware",
    "mycelia.config.middleware.hosts.ContentOriginMiddleware",
    "mycelia.config.middleware.protocols.ProtocolMiddleware",
    "mycelia.config.middleware.fresh_pages.FreshPageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mycelia.config.middleware.errors.ErrorPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "mycelia.ui.zones.ReaderZoneMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mycelia.config.middleware.body_limits.BodyLimitMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "mycelia.access.middleware.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "mycelia.config.urls"
WSGI_APPLICATION = "mycelia.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mycelia.ui.context_processors.shell",
            ],
        },
    }
]

DATABASES = {"default": database_settings(ENVIRONMENT.database_url, MYCELIA_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_FINDERS = [
    "mycelia.config.package_files.PackageFilesFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = MYCELIA_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "mycelia.config.static_storage.FingerprintedStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "mycelia_session"
CSRF_COOKIE_NAME = "mycelia_csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}

MYCELIA_QUEUE_LIMIT = ENVIRONMENT.queue_limit
# How long a client may take nothing of what is sent before its connection is ended.
MYCELIA_UNTAKEN_SECONDS = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "mycelia.config.uploads.ArrivalHandler",
]
