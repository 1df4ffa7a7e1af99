"""The rows the migrations make: once, however often one goes back and forth."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from mycelia.content.models import CatalogueRoot, CourseReviewTask

pytestmark = pytest.mark.django_db
COUNTED = (
    *(CatalogueRoot, CourseReviewTask, GroupCollectionPermission, GroupPagePermission),
    *(Page, Site, Task, Workflow, WorkflowPage, WorkflowTask),
)


def _counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


@pytest.mark.parametrize("target", ["0003", "0002", "zero"])
def test_migrations_taken_back_and_made_again_leave_one_of_everything(target):
    before = _counts()
    call_command("migrate", "content", target, verbosity=0)
    call_command("migrate", verbosity=0)
    assert _counts() == before
    assert Site.objects.get().root_page_id == WorkflowPage.objects.get().page_id == CatalogueRoot.objects.get().pk
