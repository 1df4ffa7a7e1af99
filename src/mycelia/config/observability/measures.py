"""Prometheus measures: requests by route, and the queue and database at the moment of asking.

With several web processes each writes its own files in `PROMETHEUS_MULTIPROC_DIR`, which `mycelia web` makes
before this module is imported, and any of them answers for all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog
from django.apps import apps
from django.db import Error
from prometheus_client import REGISTRY as PROCESS_REGISTRY
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric

from mycelia.config.observability.readiness import QueueState, queue_state
from mycelia.records.types import Standing

log = structlog.get_logger(__name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

requests_total = Counter(
    "mycelia_http_requests", "Requests answered, by route and status.", ("method", "route", "status")
)
request_seconds = Histogram(
    "mycelia_http_request_seconds", "Time to answer a request.", ("method", "route"), buckets=_BUCKETS
)


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request; unknown methods share a label so that callers cannot make labels.

    A count that cannot be written, as when a cleaner emptied the folder, is lost; the request is not.
    """
    method = method if method in _METHODS else "other"
    try:
        _count(method, route, status, seconds)
    except OSError as error:
        _measures_folder()
        log.warning("request_not_counted", error=str(error))


def _count(method: str, route: str, status: int, seconds: float) -> None:
    requests_total.labels(method, route, str(status)).inc()
    request_seconds.labels(method, route).observe(seconds)


def exposition() -> bytes:
    """Return all measures in Prometheus' text format."""
    own = CollectorRegistry()
    own.register(_QueueCollector())
    return generate_latest(_request_registry()) + generate_latest(own)


def _request_registry() -> CollectorRegistry:
    if not _measures_folder():
        return PROCESS_REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return registry


def _measures_folder() -> bool:
    """Return whether processes share what they count, with the folder they share it in made again if need be."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder is None:
        return False
    Path(folder).mkdir(mode=0o700, exist_ok=True)
    return True


class _QueueCollector:
    def collect(self) -> Iterator[Metric]:
        state = queue_state()
        yield GaugeMetricFamily("mycelia_database_up", "Whether the database answers.", value=int(state is not None))
        if state is not None:
            yield from _queue_families(state)
            yield from _forwarding_families()


def _queue_families(state: QueueState) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("mycelia_queue_jobs", "Jobs by queue and status.", labels=("queue", "status"))
    for (queue, status), count in state.jobs.items():
        jobs.add_metric([queue, status], count)
    yield jobs
    yield GaugeMetricFamily(
        "mycelia_queue_oldest_seconds", "Age of the job that waits longest.", value=state.oldest_seconds
    )
    yield GaugeMetricFamily("mycelia_workers", "Workers heard of in the last minute.", value=state.workers)
    yield GaugeMetricFamily("mycelia_outbox_events", "Committed events still to be handled.", value=state.events)


def _forwarding_families() -> Iterator[Metric]:
    """Yield how the stores that statements are forwarded to stand; nothing where the tables are not there (yet)."""
    if not apps.is_installed("mycelia.records"):
        return
    from mycelia.records import api as records

    try:
        found = records.standing()
    except Error as error:
        log.warning("forwarding_unavailable", error=str(error))
        return
    for name, words, values in _FORWARDING:
        kind = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
        family = kind(name, words, labels=("destination",))
        for one in found:
            family.add_metric([one.name], values(one))
        yield family


_FORWARDING: tuple[tuple[str, str, Callable[[Standing], float]], ...] = (
    ("mycelia_forwarding_delivered_total", "Statements another store acknowledged.", lambda one: one.delivered),
    ("mycelia_forwarding_refused_total", "Statements another store refused.", lambda one: one.refused),
    ("mycelia_forwarding_failures_total", "Attempts to forward that failed.", lambda one: one.failures),
    ("mycelia_forwarding_waiting", "Statements that wait, counted to 10,000.", lambda one: one.waiting),
    ("mycelia_forwarding_lag_seconds", "Age of the first statement that waits.", lambda one: one.lag_seconds),
    ("mycelia_forwarding_dead_letters", "Refused statements still to be looked at.", lambda one: one.dead_letters),
    ("mycelia_forwarding_paused", "Whether nothing is sent until it is resumed.", lambda one: bool(one.pause_reason)),
)
