"""What `mycelia demo` refuses."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mycelia.demo.loading.seed import is_seeded
from tests.factories.people import make_person


def test_demo_command_in_a_company_with_people_is_refused(db: None) -> None:
    make_person("somebody@example.com")
    with pytest.raises(CommandError, match="already has people"):
        call_command("demo", seed_only=True, stdout=StringIO())
    assert not is_seeded()


@pytest.mark.parametrize("options", [{"people": 10}, {"courses": 3}, {"courses": 5000}])
def test_demo_command_with_impossible_size_is_refused(db: None, options: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        call_command("demo", seed_only=True, stdout=StringIO(), **options)
    assert not is_seeded()
