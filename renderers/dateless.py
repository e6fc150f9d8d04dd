"""ZIP files without timestamps, so that the same content gives the same bytes."""

import zipfile
from io import BytesIO

_DAY = (1980, 1, 1, 0, 0, 0)


def dateless(made: BytesIO) -> bytes:
    """Return a zip with the same files and no times."""
    result = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()
