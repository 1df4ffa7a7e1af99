"""What a presentation was called and about stands in columns, so that listing briefs opens no snapshot."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform, KeyTransform

REFUSE = """
CREATE TRIGGER business_case_presentation_subject_stays BEFORE UPDATE OF case_name, scope_unit_id, unit_text
    ON business_case_presentation FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_presentation();
"""
ALLOW = "DROP TRIGGER business_case_presentation_subject_stays ON business_case_presentation;"
CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
"""References are checked when a transaction ends; a table with such checks to come cannot be changed."""
_CHUNK = 500


def fill(apps, schema_editor):
    """Take name and unit out of the snapshots."""
    presentations = apps.get_model("business_case", "Presentation").objects
    units = Units(apps.get_model("people", "OrganisationUnit"))
    snapshot = models.F("version__snapshot")
    rows = presentations.select_related("case__scope_unit").annotate(
        told_name=KeyTextTransform("name", snapshot),
        code=KeyTextTransform("unit", KeyTransform("document", snapshot)),
        unit_name=KeyTextTransform("unit_name", snapshot),
    )
    latest = set(presentations.order_by("case_id", "-number").distinct("case_id").values_list("pk", flat=True))
    for row in rows.order_by("pk").iterator(chunk_size=_CHUNK):
        stands = row.pk in latest and row.case.state == "presented" and row.restored_at is None
        row.case_name = (row.told_name or row.case.name)[:200]
        row.scope_unit, row.unit_text = units.of(row, stands=stands)
        row.save(update_fields=["case_name", "scope_unit", "unit_text"])


class Units:
    """The units of the organisation, and which of them a snapshot means."""

    def __init__(self, model):
        self._by_code = {unit.code: unit for unit in model.objects.all()}

    def of(self, row, *, stands):
        """Return unit and text of a presentation; `stands`: nobody has changed the case since, so its unit is the one.

        A unit is known by its code. One whose code was changed since is still the case's own where the name fits.
        Snapshots of before options hold no code, only the name.
        """
        own = row.case.scope_unit
        if stands:
            return own, row.case.unit_text
        stated = row.code if row.code is not None else row.unit_name or ""
        is_own_by_name = own is not None and own.name == row.unit_name
        if row.restored_at is None and (unit := self._by_code.get(stated) or (own if is_own_by_name else None)):
            return unit, ""
        return None, stated[:300]


class Migration(migrations.Migration):
    dependencies = [
        ("business_case", "0022_readings_undone"),
    ]

    operations = [
        migrations.AddField(
            "presentation", "case_name", models.CharField(default="", max_length=200), preserve_default=False
        ),
        migrations.AddField(
            "presentation",
            "scope_unit",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisationunit",
            ),
        ),
        migrations.AddField("presentation", "unit_text", models.CharField(blank=True, default="", max_length=300)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(CHECK_NOW, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
