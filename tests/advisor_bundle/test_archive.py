"""Zip archives: equal bytes for equal files, and no path that leaves the project."""

import io
import zipfile

import pytest

from advisor_bundle.archive import zip_bytes


def test_a_zip_is_the_same_whatever_the_order_and_opens_with_its_paths() -> None:
    files = {"b/run.sh": b"#!/bin/sh\n", "a.txt": b"a"}
    made = zip_bytes(files)
    assert made == zip_bytes(dict(reversed(list(files.items()))))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["a.txt", "b/run.sh"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [oct(info.external_attr >> 16) for info in archive.infolist()] == ["0o100644", "0o100755"]
        assert archive.read("a.txt") == b"a"


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../b", "C:/x", "a\\b", ""])
def test_a_path_that_leads_outside_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        zip_bytes({path: b""})
