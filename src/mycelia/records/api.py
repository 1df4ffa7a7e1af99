"""The record store as other apps use it.

Writing: `store` (with `agent_for`, `agents_for`, `verbs`, `activity_types` to build statements, and `untold` for the
identifiers of what the product tells of).
Reading: `statements`, `every_statement`, `statements_for_registration`, `statement`, `voided_statement`,
`any_statement`; of activities `canonical_activity`, `canonical_definitions`. Linking back: `register_origin_link`.
Sending on: `run_forwarding` for a destination made by `create_destination`.
"""

from mycelia.records.actions.accounts import agent_for, agents_for
from mycelia.records.actions.credentials import (
    amend_credential,
    create_credential,
    revoke_credential,
    rotate_credential,
)
from mycelia.records.actions.dead_letters import discard_dead_letter, replay_dead_letter, replay_dead_letters
from mycelia.records.actions.destinations import (
    amend_destination,
    create_destination,
    pause_destination,
    remove_destination,
    resume_destination,
)
from mycelia.records.actions.erasure import erase_person
from mycelia.records.actions.forwarding import run_forwarding, target_of
from mycelia.records.actions.importing import import_statements
from mycelia.records.actions.leftover_texts import Leftover, remove_leftover_texts
from mycelia.records.actions.orphans import remove_orphaned_attachments
from mycelia.records.actions.own_identifiers import untold
from mycelia.records.actions.partitions import detach_month, make_partitions_ahead
from mycelia.records.actions.retention import apply_retention, set_retention
from mycelia.records.actions.rewinding import rewind_destination
from mycelia.records.actions.setting_aside import set_statement_aside
from mycelia.records.actions.storing import platform_authority, store
from mycelia.records.actions.trial import try_target
from mycelia.records.actions.uncompressed import store_uncompressed
from mycelia.records.actions.uses import fold_counts, write_counts
from mycelia.records.origins import origin_of, register_origin_link
from mycelia.records.permissions import (
    ErasePersons,
    ForwardStatements,
    ManageCredentials,
    ReadEveryStatement,
    ReadOwnStatements,
    ReadSources,
    RuleOverRetention,
    VisibleStatements,
    visible_statements,
)
from mycelia.records.profile import profile_category
from mycelia.records.queries.accounts import account_named, account_of, people_behind
from mycelia.records.queries.activities import canonical_activity, canonical_definitions
from mycelia.records.queries.attachments import attached, attachment_pieces
from mycelia.records.queries.credentials import credential, credentials
from mycelia.records.queries.exporting import export_lines
from mycelia.records.queries.forwarding import (
    dead_letter,
    dead_letters,
    delivered_by_hour,
    delivered_lately,
    destination,
    destinations,
    due_destinations,
    lags,
    next_statement,
    standing,
    waiting,
    wanted_by,
)
from mycelia.records.queries.identifiers import Named
from mycelia.records.queries.retention import StoredMonth, expired_months, is_over, retention_months, stored_month_sizes
from mycelia.records.queries.statements import (
    any_statement,
    approximate_count,
    every_statement,
    latest_stored,
    statement,
    statements,
    statements_for_registration,
    voided_statement,
)
from mycelia.records.queries.traces import Mentions, Traces, mentions_of, traces_of
from mycelia.records.queries.traffic import statements_sent, steps, uses_by_source, verbs_sent
from mycelia.records.queries.uses import uses_since
from mycelia.records.queries.verbs import used_verbs, verbs_used_by
from mycelia.records.vocabulary import activity_types, extension, extensions, verbs

__all__ = [
    "ErasePersons",
    "ForwardStatements",
    "Leftover",
    "ManageCredentials",
    "Mentions",
    "Named",
    "ReadEveryStatement",
    "ReadOwnStatements",
    "ReadSources",
    "RuleOverRetention",
    "StoredMonth",
    "Traces",
    "VisibleStatements",
    "account_named",
    "account_of",
    "activity_types",
    "agent_for",
    "agents_for",
    "amend_credential",
    "amend_destination",
    "any_statement",
    "apply_retention",
    "approximate_count",
    "attached",
    "attachment_pieces",
    "canonical_activity",
    "canonical_definitions",
    "create_credential",
    "create_destination",
    "credential",
    "credentials",
    "dead_letter",
    "dead_letters",
    "delivered_by_hour",
    "delivered_lately",
    "destination",
    "destinations",
    "detach_month",
    "discard_dead_letter",
    "due_destinations",
    "erase_person",
    "every_statement",
    "expired_months",
    "export_lines",
    "extension",
    "extensions",
    "fold_counts",
    "import_statements",
    "is_over",
    "lags",
    "latest_stored",
    "make_partitions_ahead",
    "mentions_of",
    "next_statement",
    "origin_of",
    "pause_destination",
    "people_behind",
    "platform_authority",
    "profile_category",
    "register_origin_link",
    "remove_destination",
    "remove_leftover_texts",
    "remove_orphaned_attachments",
    "replay_dead_letter",
    "replay_dead_letters",
    "resume_destination",
    "retention_months",
    "revoke_credential",
    "rewind_destination",
    "rotate_credential",
    "run_forwarding",
    "set_retention",
    "set_statement_aside",
    "standing",
    "statement",
    "statements",
    "statements_for_registration",
    "statements_sent",
    "steps",
    "store",
    "store_uncompressed",
    "stored_month_sizes",
    "target_of",
    "traces_of",
    "try_target",
    "untold",
    "used_verbs",
    "uses_by_source",
    "uses_since",
    "verbs",
    "verbs_sent",
    "verbs_used_by",
    "visible_statements",
    "voided_statement",
    "waiting",
    "wanted_by",
    "write_counts",
]
