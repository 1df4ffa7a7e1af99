"""How far agents and IRIs that nothing refers to were looked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0015_identifier_secret")]

    operations = [
        migrations.AddField("interning", "agents_reached", models.IntegerField(default=0)),
        migrations.AddField("interning", "iris_reached", models.IntegerField(default=0)),
    ]
