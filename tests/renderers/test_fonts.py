"""The shipped fonts have what Japanese names are written with, also beyond JIS X 0208."""

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from renderers.fonts import paths


@pytest.mark.parametrize("path", paths())
@pytest.mark.parametrize(
    "name", ["髙島屋", "山﨑", "𠮷野家", "濵田", "德川", "広瀨", "株式会社㍿", "①②", "Đặt hàng", "Заказ"]
)
def test_names_are_drawn_without_empty_boxes(path: str, name: str) -> None:
    known = TTFont(path, lazy=True).getBestCmap()
    assert [character for character in name if ord(character) not in known] == []
