"""Every write of the business case: one transaction, the actor's permission, an audit entry and an event each."""

from mycelia.business_case.actions.blueprint_models import (
    add_content_model,
    assess_element,
    change_content_model,
    remove_content_model,
)
from mycelia.business_case.actions.blueprint_systems import (
    change_link,
    change_system,
    link_systems,
    register_system,
    remove_link,
    remove_system,
)
from mycelia.business_case.actions.case import change_case, create_case
from mycelia.business_case.actions.changes import redo_change, undo_change
from mycelia.business_case.actions.comments import add_comment, reopen_comment, resolve_comment
from mycelia.business_case.actions.exports import (
    STALLED_AFTER,
    MadeDocument,
    Told,
    ask_export,
    ask_presented_brief,
    is_stalled,
    run_export,
)
from mycelia.business_case.actions.items import (
    add_item,
    change_item,
    change_item_together,
    edit_items,
    remove_item,
    reorder_items,
)
from mycelia.business_case.actions.lines import (
    add_line,
)
from mycelia.business_case.actions.objectives import (
    add_kpi,
    add_objective,
)
from mycelia.business_case.actions.presentation import present_case
from mycelia.business_case.actions.readiness import (
    accept_finding,
    defer_finding,
    dismiss_finding,
    reopen_finding,
)
from mycelia.business_case.actions.restoring import Restored, restore_case
from mycelia.business_case.actions.sharing import revoke_share, share_version
from mycelia.business_case.actions.simulation import (
    ask_simulation,
    run_simulation,
    simulate_again,
    simulate_told_today,
)
from mycelia.business_case.actions.versions import freeze_case

__all__ = [
    "STALLED_AFTER",
    "MadeDocument",
    "Restored",
    "Told",
    "accept_finding",
    "add_comment",
    "add_content_model",
    "add_item",
    "add_kpi",
    "add_line",
    "add_objective",
    "ask_export",
    "ask_presented_brief",
    "ask_simulation",
    "assess_element",
    "change_case",
    "change_content_model",
    "change_item",
    "change_item_together",
    "change_link",
    "change_system",
    "create_case",
    "defer_finding",
    "dismiss_finding",
    "edit_items",
    "freeze_case",
    "is_stalled",
    "link_systems",
    "present_case",
    "redo_change",
    "register_system",
    "remove_content_model",
    "remove_item",
    "remove_link",
    "remove_system",
    "reopen_comment",
    "reopen_finding",
    "reorder_items",
    "resolve_comment",
    "restore_case",
    "revoke_share",
    "run_export",
    "run_simulation",
    "share_version",
    "simulate_again",
    "simulate_told_today",
    "undo_change",
]
