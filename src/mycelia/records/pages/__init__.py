"""One frozen dataclass per page."""
