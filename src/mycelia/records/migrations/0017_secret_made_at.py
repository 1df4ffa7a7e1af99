"""Since when the identifiers of the product's own statements hold a secret.

Where there is one already it counts as made now: nothing that was told before is told again.
"""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("records", "0016_leftover_texts")]

    operations = [
        migrations.AddField(
            "identifiersecret", "made_at", models.DateTimeField(default=timezone.now), preserve_default=False
        ),
    ]
