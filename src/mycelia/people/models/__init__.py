"""Tables of people, the organisation and imports."""

from mycelia.people.models.employment import Employment
from mycelia.people.models.imports import ImportChange, ImportProblem, ImportRun, ImportState
from mycelia.people.models.organisation import CostCentre, Location, OrganisationUnit, Position
from mycelia.people.models.person import Person

__all__ = [
    "CostCentre",
    "Employment",
    "ImportChange",
    "ImportProblem",
    "ImportRun",
    "ImportState",
    "Location",
    "OrganisationUnit",
    "Person",
    "Position",
]
