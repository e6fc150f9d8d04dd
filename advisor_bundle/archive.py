"""A project as one zip file: the same files give the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

_TIME = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o100644
_SCRIPT_MODE = 0o100755
_UNIX = 3


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files, sorted by path, with fixed times and modes.

    ValueError for a path that is absolute, holds a backslash or leads outside.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            _check(path)
            entry = zipfile.ZipInfo(path, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            mode = _SCRIPT_MODE if path.endswith(".sh") else _FILE_MODE
            entry.external_attr = mode << 16
            archive.writestr(entry, files[path], compresslevel=6)
    return buffer.getvalue()


def _check(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or "\\" in path or ".." in parts or ":" in parts[0]:
        raise ValueError(f"no path for a project: {path!r}")
