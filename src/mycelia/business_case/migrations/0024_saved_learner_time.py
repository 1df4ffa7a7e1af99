"""Whether a benefit saves time of learners, and so is left out with it. Benefits of before do not say so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("business_case", "0023_what_was_presented")]

    operations = [
        migrations.AddField(
            "benefitline",
            "saves_learner_time",
            models.BooleanField(default=False, verbose_name="saves learner time"),
        ),
    ]
