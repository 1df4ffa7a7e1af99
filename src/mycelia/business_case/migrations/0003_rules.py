"""What the database knows of estimates: no number in a case is negative, impossible or beyond all reach.

The functions keep the search path they were made under, because a restore runs constraints under an empty one.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION business_case_number_holds(stated text, lowest numeric, highest numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
    SELECT coalesce(stated::numeric >= lowest AND stated::numeric <= highest, false)
$$;

CREATE FUNCTION business_case_estimate_within(estimate jsonb, most numeric) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path FROM CURRENT AS $$
DECLARE
    shape text := estimate->>'shape';
    low text := estimate->>'low';
    likely text := estimate->>'likely';
    high text := estimate->>'high';
    one text;
BEGIN
    IF shape = 'fixed' THEN
        RETURN business_case_number_holds(likely, 0, most);
    ELSIF shape IN ('triangular', 'pert') THEN
        RETURN business_case_number_holds(low, 0, most)
           AND business_case_number_holds(likely, low::numeric, most)
           AND business_case_number_holds(high, likely::numeric, most);
    ELSIF shape = 'lognormal' THEN
        RETURN business_case_number_holds(low, 0, most) AND low::numeric > 0
           AND business_case_number_holds(high, low::numeric, most);
    ELSIF shape = 'list' AND jsonb_array_length(estimate->'values') BETWEEN 1 AND 1000 THEN
        FOR one IN SELECT jsonb_array_elements_text(estimate->'values') LOOP
            IF NOT business_case_number_holds(one, 0, most) THEN RETURN false; END IF;
        END LOOP;
        RETURN true;
    END IF;
    RETURN false;
END $$;

CREATE FUNCTION business_case_estimate_holds(estimate jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
    SELECT business_case_estimate_within(estimate, 1e15)
$$;

CREATE FUNCTION business_case_share_holds(estimate jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
    SELECT business_case_estimate_within(estimate, 1)
$$;

CREATE FUNCTION business_case_estimates_hold(estimates jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT SET search_path FROM CURRENT AS $$
    SELECT jsonb_typeof(estimates) = 'object'
       AND NOT EXISTS (SELECT 1 FROM jsonb_each(estimates) AS one
                       WHERE coalesce(business_case_estimate_holds(one.value), false) IS FALSE)
$$;

CREATE FUNCTION business_case_adoption_holds(adoption jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT SET search_path FROM CURRENT AS $$
    SELECT coalesce(adoption->>'kind' IN ('full', 'bass', 'logistic', 'steps')
       AND business_case_share_holds(adoption->'ceiling')
       AND business_case_estimate_holds(adoption->'tempo'), false)
$$;

CREATE FUNCTION business_case_amounts_hold(amounts numeric[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT SET search_path FROM CURRENT AS $$
    SELECT coalesce(0 <= ALL (amounts) AND 9999999999999.99 >= ALL (amounts), false) AND cardinality(amounts) <= 11
$$;

CREATE FUNCTION business_case_weekdays_hold(weekdays smallint[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT SET search_path FROM CURRENT AS $$
    SELECT coalesce(0 <= ALL (weekdays) AND 6 >= ALL (weekdays), false) AND cardinality(weekdays) BETWEEN 1 AND 7
$$;
"""

DROP = """
DROP FUNCTION business_case_weekdays_hold(smallint[]);
DROP FUNCTION business_case_amounts_hold(numeric[]);
DROP FUNCTION business_case_adoption_holds(jsonb);
DROP FUNCTION business_case_estimates_hold(jsonb);
DROP FUNCTION business_case_share_holds(jsonb);
DROP FUNCTION business_case_estimate_holds(jsonb);
DROP FUNCTION business_case_estimate_within(jsonb, numeric);
DROP FUNCTION business_case_number_holds(text, numeric, numeric);
"""


class Migration(migrations.Migration):
    dependencies = [("business_case", "0002_presentations_stay")]

    operations = [migrations.RunSQL(CREATE, DROP)]
