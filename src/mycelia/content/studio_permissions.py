"""What Wagtail may let somebody do with a course.

Nobody publishes by hand, not even a superuser: a course goes live through the approval of its review, by somebody
who did not work on it. Deleting is for drafts nobody ever saw.
"""

from __future__ import annotations

from wagtail.models import PagePermissionTester

AUTHORS = "Authors"
CURATORS = "Curators"
TALENT_ADMINISTRATORS = "Talent administrators"
STUDIO_GROUPS = (AUTHORS, CURATORS, TALENT_ADMINISTRATORS)


class CoursePermissionTester(PagePermissionTester):
    """Wagtail's tester with four eyes on publishing and no deletion of what was ever live."""

    def can_publish(self) -> bool:
        """Refuse: approval publishes, people do not."""
        return False

    def can_unpublish(self) -> bool:
        """Allow curators and talent administrators to take a live course out of the catalogue."""
        if not self.user.is_active or not self.page.live or self.page_locked():
            return False
        return self.user.is_superuser or self.user.groups.filter(name__in=(CURATORS, TALENT_ADMINISTRATORS)).exists()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Allow deleting only a draft that was never live."""
        return self.page.first_published_at is None and super().can_delete(ignore_bulk=ignore_bulk)

    def can_move(self) -> bool:
        """Refuse: all courses live in the one catalogue."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Refuse: who sees a course is decided by roles, not by page passwords."""
        return False

    def can_unschedule(self) -> bool:
        """Allow those who may unpublish."""
        return self.user.is_superuser or self.user.groups.filter(name__in=(CURATORS, TALENT_ADMINISTRATORS)).exists()


class CataloguePermissionTester(PagePermissionTester):
    """Wagtail's tester for the catalogue: nothing goes live below it by being created or copied."""

    def can_publish_subpage(self) -> bool:
        """Refuse: new courses and copies begin as drafts."""
        return False
