"""The demo company on paper: everything follows from a seed, a size and a date; no database, no clock."""

from mycelia.demo.design.company import CompanyTooSmall, design_company
from mycelia.demo.design.history import design_history
from mycelia.demo.design.people_file import people_file

__all__ = ["CompanyTooSmall", "design_company", "design_history", "people_file"]
