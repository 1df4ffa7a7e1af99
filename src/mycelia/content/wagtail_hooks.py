"""The studio as authors and curators find it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from mycelia.content.choosers import package_chooser, person_chooser
from mycelia.content.models import CatalogueRoot, CoursePage, Topic
from mycelia.content.studio_panels import DraftsPanel, WelcomePanel

HIDDEN = frozenset({"help", "explorer", "reports"})


class TopicViewSet(SnippetViewSet):
    """The list of topics, kept by curators."""

    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "slug"]


register_snippet(TopicViewSet)


@hooks.register("register_admin_viewset")
def register_choosers() -> list[Any]:
    """Add the choosers of packages and people."""
    return [package_chooser, person_chooser]


@hooks.register("insert_global_admin_css")
def studio_css() -> SafeString:
    """Give the studio the product's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/css/studio.css"))


@hooks.register("insert_editor_js")
def studio_js() -> SafeString:
    """Let an autosave end before a course is sent to review."""
    return format_html('<script src="{}" type="module"></script>', static("content/js/studio.js"))


@hooks.register("construct_homepage_panels")
def studio_home(request: HttpRequest, panels: list[Any]) -> None:
    """Put what there is to do on the studio's first page: drafts, then what waits for review."""
    panels[:0] = [WelcomePanel(request), DraftsPanel(request)]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Leave out counts of pages and pictures: nobody comes for them."""
    items.clear()


@hooks.register("construct_main_menu")
def short_menu(request: HttpRequest, items: list[Any]) -> None:
    """Keep the menu to what authors need; the page tree is one list of courses."""
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("register_admin_menu_item")
def courses_item() -> MenuItem:
    """Lead to the list of courses."""
    return CoursesMenuItem(gettext_lazy("Courses"), "", name="courses", icon_name="doc-full-inverse", order=100)


@hooks.register("register_admin_menu_item")
def back_item() -> MenuItem:
    """Lead back to the product."""
    return MenuItem(gettext_lazy("Back to Mycelia"), "/", name="back", icon_name="arrow-left", order=10_000)


class CoursesMenuItem(MenuItem):
    """The list of courses, found when it is shown."""

    def render_component(self, request: HttpRequest) -> Any:
        """Fill in the address of the one catalogue."""
        root = CatalogueRoot.objects.values_list("pk", flat=True).first()
        self.url = reverse("wagtailadmin_explore", args=[root]) if root else reverse("wagtailadmin_home")
        return super().render_component(request)


@hooks.register("before_publish_page")
def four_eyes(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Stop every way of publishing that is not the approval of a review."""
    if not isinstance(page.specific, CoursePage) or request.POST.get("action-workflow-action"):
        return None
    messages.error(request, _("Courses are published when a curator approves their review."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("before_delete_page")
def keep_what_was_live(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Refuse to delete a course learners may have records of, and say what to do instead."""
    if page.first_published_at is None or not isinstance(page.specific, CoursePage):
        return None
    messages.error(request, _("This course was in the catalogue. Unpublish it instead: learners' records stay."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
