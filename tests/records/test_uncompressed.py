"""Attachments of older versions are written anew, and bytes named by many statements are looked up once."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.db import connection

from mycelia.access.queries import actor_for
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role
from mycelia.records import api
from mycelia.records.actions.attachments import keep_attachments
from mycelia.records.actions.storing import store_sent
from mycelia.records.models import Attachment, StatementAttachment
from mycelia.records.tasks import keep_uncompressed
from tests.factories.access import make_holder
from tests.factories.records import ADA, make_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
CONTENTS = [bytes([number]) * 400_000 for number in range(3)]
BOB = {"objectType": "Agent", "mbox": "mailto:bob@example.com"}


def _as_older_versions_kept_them():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_attachment ALTER COLUMN content SET STORAGE EXTENDED")
        keep_attachments({sha256(content).hexdigest(): content for content in CONTENTS})
        cursor.execute("ALTER TABLE records_attachment ALTER COLUMN content SET STORAGE EXTERNAL")


def _compressed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_attachment WHERE pg_column_compression(content) IS NOT NULL")
        return cursor.fetchone()[0]


def test_compressed_attachments_are_written_anew_run_by_run_and_stay_the_same():
    _as_older_versions_kept_them()
    assert _compressed() == 3
    assert api.store_uncompressed(actor=SYSTEM, most=2) == 2
    assert _compressed() == 1
    keep_uncompressed(timestamp=0)
    assert _compressed() == 0
    assert api.store_uncompressed(actor=SYSTEM) == 0
    assert sorted(bytes(one.content) for one in Attachment.objects.all()) == sorted(CONTENTS)


def test_writing_attachments_anew_is_for_who_rules_over_retention():
    with pytest.raises(PermissionDenied):
        api.store_uncompressed(actor=actor_for(make_holder(Role.AUTHOR)))


def _named(content):
    described = {"usageType": "a:u", "display": {"en": "x"}, "contentType": "a/b", "length": len(content)}
    described |= {"sha2": sha256(content).hexdigest(), "fileUrl": "https://example.com/file"}
    return make_statement(attachments=[described])


@pytest.mark.parametrize(("authority", "going_out"), [(ADA, 5), (BOB, 1)])
def test_bytes_go_out_with_all_of_a_batch_whose_source_sent_them_before(authority, going_out):
    content = b"shared"
    store_sent([_named(content)], authority=ADA, version="1.0.3", attachments={sha256(content).hexdigest(): content})
    store_sent([_named(content) for _ in range(4)], authority=authority, version="1.0.3")
    assert StatementAttachment.objects.count() == going_out
