"""What the pages of delivery show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.delivery import content_headers
from mycelia.delivery.calc.tracking import required_items
from mycelia.delivery.journal import items_of, state_of
from mycelia.delivery.models import Attempt
from mycelia.delivery.types import AttemptState, CommitReceipt, ItemState, Launch, LessonStatus, PackageItem


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part in the player's table of contents."""

    identifier: str
    title: str
    standing: str
    standing_label: str


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Parts that stand together under a heading; without one where the package has none."""

    heading: str
    parts: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """The player of one attempt."""

    title: str
    groups: tuple[PartGroup, ...]
    several: bool
    remaining: str
    done: int
    total: int
    completed: bool
    return_path: str
    sandbox: str
    settings: dict[str, Any]


def player_page(attempt: Attempt) -> PlayerPage:
    """Return the player of an attempt as it stands."""
    items, state = required_items(items_of(attempt.package)), state_of(attempt)
    return PlayerPage(
        title=attempt.activity_name,
        groups=_groups(items, state),
        several=len(items) > 1,
        remaining=remaining_text(state, len(items)),
        done=state.completed_items,
        total=len(items),
        completed=state.completed,
        return_path=attempt.return_path,
        sandbox=content_headers.SANDBOX,
        settings={
            "attempt": str(attempt.pk),
            "sessionsUrl": reverse("delivery:sessions", args=[attempt.pk]),
            "commitsUrl": reverse("delivery:commits", args=[attempt.pk]),
            "contentOrigin": settings.MYCELIA_CONTENT_ORIGIN,
            "csrfCookie": settings.CSRF_COOKIE_NAME,
        },
    )


def _groups(items: Any, state: AttemptState) -> tuple[PartGroup, ...]:
    rows = groupby(items, key=lambda item: item.section)
    return tuple(PartGroup(" · ".join(section), tuple(_row(item, state) for item in parts)) for section, parts in rows)


def _row(item: PackageItem, state: AttemptState) -> PartRow:
    standing = standing_of(state.items.get(item.identifier))
    return PartRow(item.identifier, item.title, standing, standing_label(standing))


def standing_of(state: ItemState | None) -> str:
    """Return how a part stands, in one word of the player's own: done, failed, begun or new."""
    if state is None or not state.launches:
        return "new"
    if state.record.is_complete:
        return "done"
    return "failed" if state.record is LessonStatus.FAILED else "begun"


def standing_label(standing: str) -> str:
    """Return the word for the reader."""
    return {"done": _("done"), "failed": _("not passed"), "begun": _("begun"), "new": _("not opened")}[standing]


def remaining_text(state: AttemptState, total: int) -> str:
    """Return what remains, as a learner reads it."""
    if state.completed:
        return _("Completed")
    if total == 1:
        return _("In progress") if state.position else ""
    left = total - state.completed_items
    return _("%(left)d of %(total)d parts left") % {"left": left, "total": total}


def launch_body(launch: Launch) -> dict[str, Any]:
    """Return a launch as the player's script reads it."""
    return {
        "session": str(launch.session),
        "item": launch.item,
        "title": launch.title,
        "isSco": launch.is_sco,
        "frameUrl": launch.frame_url,
        "packageUrl": launch.package_url,
        "elements": dict(launch.elements),
    }


def progress_body(attempt: Attempt) -> dict[str, Any]:
    """Return where the attempt stands, as the player's script reads it."""
    items, state = required_items(items_of(attempt.package)), state_of(attempt)
    standings = {item.identifier: standing_of(state.items.get(item.identifier)) for item in items}
    return {
        "completed": state.completed,
        "passed": state.passed,
        "done": state.completed_items,
        "total": len(items),
        "remaining": remaining_text(state, len(items)),
        "parts": {name: {"standing": word, "label": standing_label(word)} for name, word in standings.items()},
    }


def receipts_body(receipts: tuple[CommitReceipt, ...]) -> list[dict[str, Any]]:
    """Return receipts as the player's script reads them."""
    return [{"session": str(one.session), "sequence": one.sequence, "superseded": one.superseded} for one in receipts]
