"""What the rest of the product may ask of people, and have done.

Reading: `person_by_email`, `person_by_id`, `person_by_number`, `unit_by_code`, `current_employment`, `reports_of`,
`leads_anyone`, `visible_people`, `people_matching`, `people_in_unit`, `person_rows`, `names_of`, `administered_units`,
`active_count`, `count_in_unit`, `without_unit_count`, `workplaces_of`.
Writing: `hire`, `move`, `leave`, `create_unit`, `move_unit`, `import_people` and the steps of an import by page.
"""

from mycelia.people.actions.employment import deactivate_leavers, hire, leave, move
from mycelia.people.actions.imports import (
    apply_run,
    changes_anything,
    check_run,
    discard_import,
    is_stalled,
    request_application,
    request_check,
    upload_people_file,
)
from mycelia.people.actions.organisation import create_unit, move_unit
from mycelia.people.actions.people_file import import_people
from mycelia.people.permissions import ImportPeople, ListPeople, SeePerson
from mycelia.people.queries.imports import import_changes, import_problems, import_run, import_runs, imported_people
from mycelia.people.queries.people import (
    active_count,
    administered_units,
    count_in_unit,
    current_employment,
    employments_of,
    leads_anyone,
    names_of,
    people_in_unit,
    people_matching,
    person_by_email,
    person_by_id,
    person_by_number,
    person_ids_by_number,
    person_rows,
    reports_of,
    unit_by_code,
    visible_people,
    without_unit_count,
    workplaces_of,
)
from mycelia.people.queries.people_file import check_people_file

__all__ = [
    "ImportPeople",
    "ListPeople",
    "SeePerson",
    "active_count",
    "administered_units",
    "apply_run",
    "changes_anything",
    "check_people_file",
    "check_run",
    "count_in_unit",
    "create_unit",
    "current_employment",
    "deactivate_leavers",
    "discard_import",
    "employments_of",
    "hire",
    "import_changes",
    "import_people",
    "import_problems",
    "import_run",
    "import_runs",
    "imported_people",
    "is_stalled",
    "leads_anyone",
    "leave",
    "move",
    "move_unit",
    "names_of",
    "people_in_unit",
    "people_matching",
    "person_by_email",
    "person_by_id",
    "person_by_number",
    "person_ids_by_number",
    "person_rows",
    "reports_of",
    "request_application",
    "request_check",
    "unit_by_code",
    "upload_people_file",
    "visible_people",
    "without_unit_count",
    "workplaces_of",
]
