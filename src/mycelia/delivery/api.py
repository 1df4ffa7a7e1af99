"""Packages and attempts as other apps use them.

`install_package` takes an uploaded zip; `start_or_resume_attempt` and `retake_attempt` give an attempt whose player
stands at `player_url`; `attempts_for` and `attempt` read; `replay` recomputes one from its journal. What happens in
the player is told by the event `AttemptProgressed`.
"""

from mycelia.delivery.actions.attempts import content_origin, launch_item, retake_attempt, start_or_resume_attempt
from mycelia.delivery.actions.packages import install_package, package_limits
from mycelia.delivery.actions.tracking import record_commits, replay
from mycelia.delivery.addresses import player_url, record_url
from mycelia.delivery.journal import items_of, parts_left, state_of
from mycelia.delivery.permissions import InstallPackage, ReadAttempt, StartAttempt, TakeAttempt
from mycelia.delivery.queries import (
    attempt,
    attempt_identifiers,
    attempts_for,
    latest_attempt,
    packages,
    readable_attempt,
)

__all__ = [
    "InstallPackage",
    "ReadAttempt",
    "StartAttempt",
    "TakeAttempt",
    "attempt",
    "attempt_identifiers",
    "attempts_for",
    "content_origin",
    "install_package",
    "items_of",
    "latest_attempt",
    "launch_item",
    "package_limits",
    "packages",
    "parts_left",
    "player_url",
    "readable_attempt",
    "record_commits",
    "record_url",
    "replay",
    "retake_attempt",
    "start_or_resume_attempt",
    "state_of",
]
