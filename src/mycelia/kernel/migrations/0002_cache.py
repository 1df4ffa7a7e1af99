from django.db import migrations

# The cache is shared by every process and machine (rate limits, site roots) and may be lost at any time.
CREATE = """
CREATE UNLOGGED TABLE kernel_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX kernel_cache_expires ON kernel_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_outbox")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE kernel_cache")]
