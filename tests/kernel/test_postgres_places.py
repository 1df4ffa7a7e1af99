"""Where a cluster lies, when several processes make the place at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from mycelia.kernel.postgres import places
from mycelia.kernel.postgres.errors import ForeignFolder
from mycelia.kernel.postgres.types import Places

AT_ONCE = 8
ROUNDS = 100


def test_places_made_by_many_at_the_same_moment_are_made_once_for_all(tmp_path: Path) -> None:
    barrier = Barrier(AT_ONCE)

    def prepare(home: Path) -> Places:
        barrier.wait()
        return places.prepare_places(home)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(ROUNDS):
            home = tmp_path / str(number)
            found = set(pool.map(prepare, [home] * AT_ONCE))
            assert found == {places.places_in(home)}
            assert found.pop().record.stat().st_mode & 0o777 == 0o711


def test_places_where_a_file_lies_are_refused_and_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text("mine")
    with pytest.raises(ForeignFolder):
        places.prepare_places(tmp_path)
    assert (tmp_path / "postgres").read_text() == "mine"
