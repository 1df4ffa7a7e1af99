"""What `mycelia doctor` looks at: each finding says what is so and, where it is wrong, what to do."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, connection

from mycelia.config.observability.readiness import pending_migrations, queue_state
from mycelia.config.serve.embedded import embedded_home
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.postgres.api import abandoned_storage, cluster_status

_ROOM_GIGABYTES = 2


class Verdict(StrEnum):
    """GOOD; WARNING works, with a caveat; WRONG does not work."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Args:
        remedy: What to do; empty where all is good.
    """

    subject: str
    verdict: Verdict
    text: str
    remedy: str = ""


def examine() -> tuple[Finding, ...]:
    """Look at everything; what depends on the database is left out when it does not answer."""
    findings = [finding for check in _SURROUNDINGS for finding in check()]
    database = _database()
    findings.append(database)
    if database.verdict is not Verdict.WRONG:
        findings += [finding for check in _STORED for finding in check()]
    return tuple(findings)


def _python() -> Iterator[Finding]:
    yield Finding("Python", Verdict.GOOD, f"{sys.version.split()[0]} at {sys.executable}")


def _data_folder() -> Iterator[Finding]:
    home = Path(settings.MYCELIA_HOME)
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if not os.access(existing, os.W_OK):
        remedy = "Make it writable for this account, or set MYCELIA_HOME to a folder that is."
        yield Finding("Data folder", Verdict.WRONG, f"{home} cannot be written to", remedy)
        return
    yield Finding("Data folder", Verdict.GOOD, str(home))
    free = shutil.disk_usage(existing).free / 2**30
    if free < _ROOM_GIGABYTES:
        yield Finding("Disk", Verdict.WARNING, f"{free:.1f} GB free", f"Keep {_ROOM_GIGABYTES} GB free at least.")
    else:
        yield Finding("Disk", Verdict.GOOD, f"{free:.0f} GB free")


def _secrets() -> Iterator[Finding]:
    for file in sorted(Path(settings.MYCELIA_HOME).glob("secrets/*")):
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            yield Finding("Secrets", Verdict.WRONG, f"{file} can be read by others", f"Run: chmod 600 {file}")


def _origins() -> Iterator[Finding]:
    app, content = settings.MYCELIA_PUBLIC_URL, settings.MYCELIA_CONTENT_ORIGIN
    if urlsplit(app).hostname == urlsplit(content).hostname:
        yield Finding(
            "Content origin",
            Verdict.WRONG,
            f"{content} has the host name of the app, so uploaded content shares its cookies",
            "Give MYCELIA_CONTENT_ORIGIN a host name of its own.",
        )
    else:
        yield Finding("Content origin", Verdict.GOOD, f"{content}, apart from {app}")
    if urlsplit(app).scheme == "http" and urlsplit(app).hostname not in {"localhost", "127.0.0.1", "::1"}:
        yield Finding(
            "Address",
            Verdict.WARNING,
            f"{app} is not encrypted",
            "Put a proxy with a certificate in front and set MYCELIA_PUBLIC_URL to https://…",
        )


def _debug_mode() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("Debug mode", Verdict.WARNING, "on: errors show internals", "Unset MYCELIA_DEBUG in production.")


def _static_files() -> Iterator[Finding]:
    root = Path(settings.STATIC_ROOT)
    if settings.DEBUG or (root / "ui").is_dir():
        yield Finding("Static files", Verdict.GOOD, str(root))
    else:
        remedy = "Run: mycelia collectstatic --noinput"
        yield Finding("Static files", Verdict.WRONG, f"{root} has not been filled", remedy)


def _embedded() -> Iterator[Finding]:
    home = embedded_home()
    if home is None:
        return
    status = cluster_status(home)
    yield Finding("Embedded database", Verdict.GOOD, f"{status.state}, files in {status.storage}")
    for storage in abandoned_storage():
        text = f"{storage} belongs to no data folder any more"
        yield Finding("Left over", Verdict.WARNING, text, f"If you do not miss it, run: rm -r {storage}")


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
    except (Error, MyceliaError) as error:
        remedy = "Check DATABASE_URL and that its server runs." if embedded_home() is None else ""
        return Finding("Database", Verdict.WRONG, str(error).strip(), remedy)
    return Finding("Database", Verdict.GOOD, f"PostgreSQL {version}")


def _encoding() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        remedy = "Create the database anew with ENCODING 'UTF8'."
        yield Finding("Encoding", Verdict.WRONG, f"the database is in {encoding}", remedy)


def _migrations() -> Iterator[Finding]:
    pending = pending_migrations()
    if pending:
        text = f"{len(pending)} are not applied, first {pending[0]}"
        yield Finding("Migrations", Verdict.WRONG, text, "Run: mycelia migrate")
        return
    yield Finding("Migrations", Verdict.GOOD, "all applied")
    yield from _queue()


def _queue() -> Iterator[Finding]:
    state = queue_state()
    if state is None:
        return
    failed = sum(count for (_, status), count in state.jobs.items() if status == "failed")
    text = f"{state.waiting} jobs wait, {failed} failed, {state.workers} workers"
    if state.workers == 0:
        remedy = "Start one with mycelia worker; mycelia serve brings its own."
        yield Finding("Background work", Verdict.WARNING, text, remedy)
    elif state.waiting >= settings.MYCELIA_QUEUE_LIMIT:
        yield Finding("Background work", Verdict.WARNING, f"{text}: full", "Start more workers.")
    else:
        yield Finding("Background work", Verdict.GOOD, text)


_Check = Callable[[], Iterator[Finding]]
_SURROUNDINGS: tuple[_Check, ...] = (
    _python,
    _data_folder,
    _secrets,
    _origins,
    _debug_mode,
    _static_files,
    _embedded,
)
_STORED: tuple[_Check, ...] = (_encoding, _migrations)
