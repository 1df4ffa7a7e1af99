"""A site of a few pages, small enough to be started and killed many times: settings and addresses in one."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from procrastinate.contrib.django import app

from mycelia.config.observability.logs import configure_structlog, logging_config
from mycelia.kernel.errors import Conflict
from mycelia.kernel.postgres.api import database_settings
from mycelia.kernel.requests import discard_from_stranger

SECRET_KEY = "of no use outside the tests"
MYCELIA_HOME = Path(os.environ["MYCELIA_HOME"])
DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL"), MYCELIA_HOME)}
INSTALLED_APPS = ["mycelia.config", "mycelia.kernel", "procrastinate.contrib.django"]
PROCRASTINATE_IMPORT_PATHS = ["tests.config.small_site"]
MIDDLEWARE = [
    "mycelia.config.observability.probes.ProbeMiddleware",
    "mycelia.config.observability.requests.RequestLogMiddleware",
    "mycelia.config.middleware.large_answers.LargeAnswerMiddleware",
]
ROOT_URLCONF = "tests.config.small_site"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MYCELIA_QUEUE_LIMIT = 100
MYCELIA_UNTAKEN_SECONDS = int(os.environ.get("UNTAKEN_SECONDS", "600"))
MYCELIA_METRICS_TOKEN = os.environ.get("MYCELIA_METRICS_TOKEN", "")
MYCELIA_PUBLIC_URL = "http://localhost:8000"
MYCELIA_CONTENT_ORIGIN = os.environ.get("MYCELIA_CONTENT_ORIGIN", "http://127.0.0.1:8000")
STATIC_ROOT = MYCELIA_HOME / "static"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
LOGGING = logging_config(chosen_format="json", level="INFO")
configure_structlog()


def process(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"pid": os.getpid(), "parent": os.getppid()})


def slow(request: HttpRequest) -> HttpResponse:
    Path(MYCELIA_HOME / "slow-began").touch()
    time.sleep(0.7)
    return HttpResponse("finished")


def named(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.get_host())


def body(request: HttpRequest) -> HttpResponse:
    is_whole = len(request.body) == int(request.headers["Content-Length"])
    return HttpResponse(str(len(request.body)), status=200 if is_whole else 400)


def pieces(request: HttpRequest, megabytes: int) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(b"x" * 1024 * 1024 for _ in range(megabytes))
    answer["Content-Length"] = str(megabytes * 1024 * 1024)
    return answer


def unread(request: HttpRequest) -> HttpResponse:
    discard_from_stranger(request)
    return HttpResponse("not for you", status=401)


def refused(request: HttpRequest, token: str) -> HttpResponse:
    raise Conflict


urlpatterns = [
    path("process/", process, name="process"),
    path("slow/", slow, name="slow"),
    path("named/", named, name="named"),
    path("body/", body, name="body"),
    path("pieces/<int:megabytes>/", pieces, name="pieces"),
    path("unread/", unread, name="unread"),
    path("reset/<str:token>/", refused, name="reset"),
]


@app.task(queue="tests", name="tests.write_slowly", pass_context=False)
def write_slowly(file: str) -> None:
    Path(file).with_suffix(".began").touch()
    time.sleep(0.7)
    Path(file).write_text("finished", encoding="utf-8")
