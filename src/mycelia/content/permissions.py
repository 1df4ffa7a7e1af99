"""Who may do what with course texts outside Wagtail's own page permissions."""

from __future__ import annotations

from mycelia.kernel.policy import Role, Rule

STUDIO_ROLES = frozenset({Role.AUTHOR, Role.CURATOR, Role.TALENT_ADMINISTRATOR})


class EnterStudio(Rule):
    """Use the studio at all."""

    code = "content.enter_studio"
    roles = STUDIO_ROLES


class WriteCourses(Rule):
    """Create courses as drafts."""

    code = "content.write_courses"
    roles = STUDIO_ROLES


class PublishWithoutReview(Rule):
    """Put a course into the catalogue without its review: for the product's own set-up, never for a person."""

    code = "content.publish_without_review"


class SeeCatalogue(Rule):
    """Look at the catalogue and at published courses."""

    code = "content.see_catalogue"
    roles = frozenset(Role)
