from django.db import migrations

# A scope's stamp is the transaction that last changed something the scope depends on. The stamp is written in that
# transaction, so whoever reads the old stamp reads the old rows, and the other way round.
CREATE = """
CREATE TABLE kernel_freshness (
    scope text NOT NULL PRIMARY KEY,
    stamp bigint NOT NULL
);

CREATE FUNCTION kernel_touch_scope(touched text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO kernel_freshness (scope, stamp)
    SELECT touched, pg_current_xact_id()::text::bigint WHERE touched IS NOT NULL
    ON CONFLICT (scope) DO UPDATE SET stamp = excluded.stamp WHERE kernel_freshness.stamp <> excluded.stamp
$$;

CREATE FUNCTION kernel_touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject text;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        EXECUTE 'SELECT (' || TG_ARGV[1] || ')::text' INTO subject USING NEW;
        PERFORM kernel_touch_scope(TG_ARGV[0] || subject);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE 'SELECT (' || TG_ARGV[1] || ')::text' INTO subject USING OLD;
        PERFORM kernel_touch_scope(TG_ARGV[0] || subject);
    END IF;
    RETURN NULL;
END
$$;
"""
DROP = "DROP FUNCTION kernel_touch(); DROP FUNCTION kernel_touch_scope(text); DROP TABLE kernel_freshness;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_cache")]
    operations = [migrations.RunSQL(CREATE, DROP)]
