"""The storage of database instances holds the stated volume, and room to grow."""

import pytest

from blueprints.traits import rds


@pytest.mark.parametrize(
    ("volume_gib", "expected"),
    [(0, (100, 1000)), (80, (100, 1000)), (900, (1125, 2250)), (50_000, (62_500, None)), (60_000, (65_536, None))],
)
def test_storage_holds_the_data_and_grows_where_it_can(volume_gib: int, expected: tuple[int, int | None]) -> None:
    assert rds.storage_gib(volume_gib * 2.0**30) == expected
