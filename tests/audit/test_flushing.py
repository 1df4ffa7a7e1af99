from __future__ import annotations

import pytest
from django.apps import apps

from mycelia.audit import api
from mycelia.kernel.policy import Actor


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_tables_after_a_committing_test_hold_what_migrations_made_and_no_more(time):
    assert apps.get_model("content", "CatalogueRoot").objects.count() == 1
    assert api.head() == (0, "")
    api.record(actor=Actor.system("test"), action="a.b.c", object_type="T", object_id=time)
