"""Who may read the definitions of metrics: everyone who is shown a figure made from one."""

from __future__ import annotations

from mycelia.kernel.policy import Role, Rule


class ReadMetricDefinitions(Rule):
    """Open the page that says how each metric is computed. It shows definitions, never values."""

    code = "insights.read_metric_definitions"
    roles = frozenset(
        {
            Role.MANAGER,
            Role.CURATOR,
            Role.TALENT_ADMINISTRATOR,
            Role.FINANCE_ANALYST,
            Role.EXECUTIVE,
            Role.IT_ADMINISTRATOR,
        }
    )
