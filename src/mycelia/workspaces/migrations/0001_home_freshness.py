from django.db import migrations

from mycelia.kernel.freshness import touch_on_change

ENROLLED = "(SELECT learner_id FROM learning_enrolment WHERE id = ($1).enrolment_id)"


class Migration(migrations.Migration):
    """What a learner's home is made of: stamps the learner, or the courses, when a row of it changes."""

    dependencies = [
        ("kernel", "0003_freshness"),
        ("people", "0001_people"),
        ("access", "0001_roles"),
        ("content", "0001_initial"),
        ("learning", "0001_initial"),
    ]
    operations = [
        touch_on_change("people_person", "person:", "($1).id"),
        touch_on_change("people_employment", "person:", "($1).manager_id"),
        touch_on_change("access_roleassignment", "person:", "($1).person_id"),
        touch_on_change("learning_enrolment", "person:", "($1).learner_id"),
        touch_on_change("learning_completion", "person:", "($1).learner_id"),
        touch_on_change("learning_lessonprogress", "person:", ENROLLED),
        touch_on_change("content_coursepage", "courses"),
        touch_on_change("content_lesson", "courses"),
        touch_on_change("wagtailcore_page", "courses"),
    ]
