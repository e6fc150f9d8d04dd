"""The compiled form of Jinja templates, kept in the user's cache folder: the next process loads it instead of compiling.

To compile them takes a third of the time of a first project. What is kept holds no user data.
"""

import hashlib
import importlib.util
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from advisor.files import FileError, write_output

FOLDER = "aws-architecture-advisor"
_DIGEST_BYTES = hashlib.sha256().digest_size
#: Who else may write there could have this process run their code.
_OTHERS_WRITE = 0o022


class CompiledTemplates(jinja2.BytecodeCache):
    """Keeps the code of the templates of one environment, a file per template, in `folder`; without one it keeps none.

    `maker` is the name of the module that makes the environment and defines its filters. Code is used only while the
    template, this module, Jinja and Python are what it was compiled with. What cannot be read is compiled, and what
    cannot be written is not kept.
    """

    def __init__(self, maker: str, folder: Path | None = None) -> None:
        self._folder = folder or own_folder()
        self._maker = maker
        self._made_with = _made_with(maker)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept for it, if that was made from the same and is whole."""
        if self._folder is None:
            return
        try:
            kept = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        code = kept[_DIGEST_BYTES:]
        if kept[:_DIGEST_BYTES] == _digest(bucket.checksum, code):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Replace what is kept of a template, at once as a whole."""
        if self._folder is None:
            return
        code = bucket.bytecode_to_string()
        with suppress(FileError):
            write_output(str(self._folder / bucket.key), _digest(bucket.checksum, code) + code)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of a template's file: wherever the product is installed the same, so that they do not add up."""
        named = hashlib.sha256(f"{self._maker}/{name}".encode()).hexdigest()[:32]
        return f"{named}.{sys.implementation.cache_tag}"

    def get_source_checksum(self, source: str) -> str:
        """Return a digest of all that a template's code depends on: its filters on constants are evaluated in it."""
        return hashlib.sha256(self._made_with + source.encode()).hexdigest()


def _digest(checksum: str, code: bytes) -> bytes:
    return hashlib.sha256(checksum.encode() + code).digest()


def _made_with(maker: str) -> bytes:
    found = importlib.util.find_spec(maker)
    module = Path(found.origin).read_bytes() if found and found.origin else b""
    return b"\0".join((jinja2.__version__.encode(), importlib.util.MAGIC_NUMBER, module))


@cache
def own_folder() -> Path | None:
    """Return the folder for compiled templates, which only this user can write to; None if there can be no such folder."""
    try:
        folder = _caches() / FOLDER / "templates"
        if not _is_own(next(path for path in folder.parents if path.exists())):
            return None  # such as the home folder of who called sudo
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = os.name != "nt" and folder.stat().st_mode & _OTHERS_WRITE
        return folder if _is_own(folder) and os.access(folder, os.W_OK) and not others else None
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return None


def _caches() -> Path:
    told = Path(os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", ""))
    return told if told.is_absolute() else Path.home() / ".cache"


def _is_own(folder: Path) -> bool:
    return os.name == "nt" or folder.stat().st_uid == os.getuid()  # on Windows, a profile belongs to its user
