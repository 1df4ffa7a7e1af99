"""Put the catalogue at the root of the page tree, in place of Wagtail's welcome page."""

from uuid import uuid4

from django.db import migrations


def make_catalogue(apps, schema_editor):
    """Make what is missing; a catalogue that is there already, after going back and forth, stays with its courses."""
    CatalogueRoot = apps.get_model("content", "CatalogueRoot")
    Site = apps.get_model("wagtailcore", "Site")
    catalogue = CatalogueRoot.objects.first() or plant_catalogue(apps)
    if not Site.objects.filter(root_page_id=catalogue.pk).exists():
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", site_name="Mycelia", root_page_id=catalogue.pk, is_default_site=True)


def plant_catalogue(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    kind, _ = ContentType.objects.get_or_create(app_label="content", model="catalogueroot")
    locale, _ = Locale.objects.get_or_create(language_code="en")
    # Wagtail's welcome page, or what is left of a catalogue whose tables were dropped.
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    Page.objects.filter(depth__gte=2).delete()
    Page.objects.filter(depth=1).update(numchild=1)
    return apps.get_model("content", "CatalogueRoot").objects.create(
        title="Catalogue",
        draft_title="Catalogue",
        slug="catalog",
        content_type=kind,
        path="00010002",
        depth=2,
        numchild=0,
        url_path="/catalog/",
        live=True,
        locale=locale,
        translation_key=uuid4(),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0002_search_text"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_catalogue, migrations.RunPython.noop)]
