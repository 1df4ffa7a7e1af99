"""Make the groups of the studio and the review every course passes; Wagtail's own examples go."""

from django.db import migrations

PAGE_RIGHTS = {
    "Authors": ("add",),
    "Curators": ("add", "change", "lock", "unlock"),
    "Talent administrators": ("add", "change", "lock", "unlock"),
}
MODEL_RIGHTS = {
    "Authors": (("delivery", "package", ("add", "view")), ("content", "topic", ("view",))),
    "Curators": (
        ("delivery", "package", ("add", "view")),
        ("content", "topic", ("add", "change", "delete", "view")),
    ),
    "Talent administrators": (
        ("delivery", "package", ("add", "view")),
        ("content", "topic", ("add", "change", "delete", "view")),
    ),
}
MEDIA_RIGHTS = (
    ("wagtailimages", "image", ("add", "choose")),
    ("wagtaildocs", "document", ("add", "choose")),
)


def permission(apps, app_label, model, verb):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    kind, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    found, _ = Permission.objects.get_or_create(
        content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
    )
    return found


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    catalogue = apps.get_model("content", "CatalogueRoot").objects.get()
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    collection = Collection.objects.get(depth=1)
    for name, verbs in PAGE_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(permission(apps, "wagtailadmin", "admin", "access"))
        for verb in verbs:
            GroupPagePermission.objects.get_or_create(
                group=group, page_id=catalogue.pk, permission=permission(apps, "wagtailcore", "page", verb)
            )
        for app_label, model, model_verbs in MODEL_RIGHTS[name]:
            group.permissions.add(*(permission(apps, app_label, model, verb) for verb in model_verbs))
        for app_label, model, media_verbs in MEDIA_RIGHTS:
            for verb in media_verbs:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission(apps, app_label, model, verb)
                )


def make_review(apps, schema_editor):
    """Make what is missing; a review that is there already, after going back and forth, keeps its history."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    CourseReviewTask = apps.get_model("content", "CourseReviewTask")
    kind, _ = ContentType.objects.get_or_create(app_label="content", model="coursereviewtask")
    if not CourseReviewTask.objects.exists():
        apps.get_model("wagtailcore", "Task").objects.all().delete()
        Workflow.objects.all().delete()
        CourseReviewTask.objects.create(name="Review by a curator", active=True, content_type=kind)
    task = CourseReviewTask.objects.order_by("pk").first()
    task.groups.add(apps.get_model("auth", "Group").objects.get(name="Curators"))
    workflow, _ = Workflow.objects.get_or_create(name="Course review", defaults={"active": True})
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )
    catalogue = apps.get_model("content", "CatalogueRoot").objects.get()
    apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
        page_id=catalogue.pk, defaults={"workflow": workflow}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0003_catalogue"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]
    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(make_review, migrations.RunPython.noop),
    ]
