"""Tables of people and the organisation."""

from mycelia.people.models.employment import Employment
from mycelia.people.models.organisation import CostCentre, Location, OrganisationUnit, Position
from mycelia.people.models.person import Person

__all__ = ["CostCentre", "Employment", "Location", "OrganisationUnit", "Person", "Position"]
