"""Let the database keep the search text of a course, whatever writes the row."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION content_course_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dictionary regconfig := CASE split_part(NEW.language, '-', 1)
        WHEN 'en' THEN 'english' WHEN 'de' THEN 'german' WHEN 'fr' THEN 'french' WHEN 'es' THEN 'spanish'
        WHEN 'it' THEN 'italian' WHEN 'nl' THEN 'dutch' WHEN 'pt' THEN 'portuguese' ELSE 'simple' END;
    heading text := (SELECT title FROM wagtailcore_page WHERE id = NEW.page_ptr_id);
BEGIN
    NEW.search_text := setweight(to_tsvector(dictionary, coalesce(heading, '')), 'A')
        || setweight(to_tsvector('simple', coalesce(heading, '')), 'B')
        || setweight(to_tsvector(dictionary, NEW.summary), 'C')
        || setweight(to_tsvector(dictionary, NEW.objectives), 'D');
    RETURN NEW;
END $$;
CREATE TRIGGER content_course_search_text BEFORE INSERT OR UPDATE ON content_coursepage
    FOR EACH ROW EXECUTE FUNCTION content_course_search_text();
"""
REVERSE = """
DROP TRIGGER content_course_search_text ON content_coursepage;
DROP FUNCTION content_course_search_text();
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, REVERSE)]
