from __future__ import annotations

import os
import time
from pathlib import Path

from mycelia.config.uploads import arrivals_folder, remove_leftover_arrivals


def test_arrivals_of_a_killed_server_are_removed_and_young_ones_stay(tmp_path: Path) -> None:
    remove_leftover_arrivals()
    folder = arrivals_folder()
    assert folder == tmp_path / "home" / "arrivals"
    old, young = folder / "a.upload", folder / "b.upload"
    for file in (old, young):
        file.touch()
    os.utime(old, (time.time() - 100_000,) * 2)
    remove_leftover_arrivals()
    assert list(folder.iterdir()) == [young]
