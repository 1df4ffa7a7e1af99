"""Triggers that chain the log and keep it append-only.

Only PostgreSQL core is used: `sha256(bytea)` and an advisory lock that serialises writers until they commit, so
that the order of the chain is the order of commits and no entry can be chained to one that is rolled back.
"""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION audit_field(value text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NULL THEN '-,'::bytea
        ELSE convert_to(octet_length(convert_to(value, 'UTF8'))::text || ':', 'UTF8')
             || convert_to(value, 'UTF8') || ','::bytea END
$$;

CREATE FUNCTION audit_hash(entry audit_auditentry) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(
        audit_field(entry.sequence::text)
        || audit_field(((extract(epoch FROM entry.recorded_at) * 1000000)::bigint)::text)
        || audit_field(entry.actor_kind)
        || audit_field(entry.actor_id::text)
        || audit_field(entry.actor_label)
        || audit_field(entry.action)
        || audit_field(entry.object_type)
        || audit_field(entry.object_id)
        || audit_field(entry.details::text)
        || audit_field(encode(entry.previous_hash, 'hex')))
$$;

CREATE FUNCTION audit_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('mycelia.audit', 0));
    RETURN NULL;
END $$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_sequence bigint;
    last_hash bytea;
BEGIN
    SELECT ends.sequence, ends.entry_hash INTO last_sequence, last_hash
    FROM ((SELECT sequence, entry_hash FROM audit_auditentry ORDER BY sequence DESC LIMIT 1)
          UNION ALL SELECT sequence, entry_hash FROM audit_audithead) AS ends
    ORDER BY ends.sequence DESC LIMIT 1;
    NEW.sequence := coalesce(last_sequence, 0) + 1;
    NEW.previous_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
    NEW.entry_hash := audit_hash(NEW);
    RETURN NEW;
END $$;

CREATE FUNCTION audit_advance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_audithead (singleton, sequence, entry_hash)
    SELECT true, sequence, entry_hash FROM audit_auditentry ORDER BY sequence DESC LIMIT 1
    ON CONFLICT (singleton) DO UPDATE SET sequence = EXCLUDED.sequence, entry_hash = EXCLUDED.entry_hash
    WHERE audit_audithead.sequence < EXCLUDED.sequence;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the head of the audit log follows the log: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER audit_lock BEFORE INSERT ON audit_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_lock();
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_auditentry FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_advance AFTER INSERT ON audit_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_advance();
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_guard_head BEFORE INSERT OR UPDATE ON audit_audithead
    FOR EACH STATEMENT EXECUTE FUNCTION audit_guard_head();
CREATE TRIGGER audit_refuse BEFORE DELETE OR TRUNCATE ON audit_audithead
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

BACKWARD = """
DROP TRIGGER audit_refuse ON audit_audithead;
DROP TRIGGER audit_guard_head ON audit_audithead;
DROP TRIGGER audit_refuse ON audit_auditentry;
DROP TRIGGER audit_advance ON audit_auditentry;
DROP TRIGGER audit_chain ON audit_auditentry;
DROP TRIGGER audit_lock ON audit_auditentry;
DROP FUNCTION audit_guard_head();
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_advance();
DROP FUNCTION audit_chain();
DROP FUNCTION audit_lock();
DROP FUNCTION audit_hash(audit_auditentry);
DROP FUNCTION audit_field(text);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_log")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
