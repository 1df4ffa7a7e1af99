"""What was presented becomes the version it was presented of, and back."""

from django.db import migrations


def move(apps, schema_editor):
    presentations = apps.get_model("business_case", "Presentation")
    version = apps.get_model("business_case", "Version")
    for presentation in presentations.objects.order_by("pk").iterator(chunk_size=20):
        presentation.version = version.objects.create(
            case_id=presentation.case_id,
            number=presentation.number,
            title=f"Presentation {presentation.number}",
            made_by_id=presentation.presented_by_id,
            made_by_name=presentation.presented_by_name,
            made_at=presentation.presented_at,
            snapshot=presentation.snapshot,
            digest=presentation.digest,
        )
        presentation.save(update_fields=["version"])


def move_back(apps, schema_editor):
    presentations = apps.get_model("business_case", "Presentation")
    version = apps.get_model("business_case", "Version")
    if version.objects.filter(presentation__isnull=True).exists():
        raise RuntimeError("The tables of before have no place for versions that were not presented. Nothing changed.")
    for presentation in presentations.objects.select_related("version").iterator(chunk_size=20):
        presentation.snapshot, presentation.digest = presentation.version.snapshot, presentation.version.digest
        presentation.save(update_fields=["snapshot", "digest"])


class Migration(migrations.Migration):
    dependencies = [("business_case", "0011_versions")]

    operations = [migrations.RunPython(move, move_back)]
