"""Files of the command line: read up to a bound, written atomically, with clear error messages."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from advisor.text import Text

MOST_READ = 64 * 2**20


class FileError(Exception):
    """A file cannot be read or written; `text` names it and says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_input(name: str) -> bytes:
    """Return a file's bytes, or those of standard input for "-" (at most 64 MiB). Raises FileError if that fails."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(MOST_READ)
        with open(name, "rb") as file:
            return file.read(MOST_READ)
    except (OSError, ValueError) as error:
        raise FileError(cannot(name, error, "read", "を読み込めません")) from error


def write_output(name: str, content: bytes) -> None:
    """Replace a file atomically. Raises FileError if that fails. A device or pipe is written to directly.

    "-" is standard output.
    """
    path = Path(name)
    try:
        if name == "-":
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)
    except (OSError, ValueError) as error:
        raise FileError(cannot(name, error, "written", "に書き込めません")) from error


def reading(name: str) -> BinaryIO:
    """Open a file, or standard input for "-", as a stream to read. Raises FileError if that fails."""
    try:
        return sys.stdin.buffer if name == "-" else open(name, "rb")
    except (OSError, ValueError) as error:
        raise FileError(cannot(name, error, "read", "を読み込めません")) from error


@contextmanager
def writing(name: str) -> Iterator[BinaryIO]:
    """Open a file as a stream to write, and replace it atomically at the end. Raises FileError if that fails.

    "-" is standard output; it, devices and pipes are written to directly.
    """
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        path = Path(name).resolve()
        whole = not path.exists() or stat.S_ISREG(path.stat().st_mode)
        with _replacing(path) if whole else path.open("wb") as file:
            yield file
    except OSError as error:
        raise FileError(cannot(name, error, "written", "に書き込めません")) from error


def _replace(path: Path, content: bytes) -> None:
    with _replacing(path) as file:
        file.write(content)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_WHY = {
    FileNotFoundError: Text("the file or folder does not exist", "ファイルまたはフォルダーが存在しません"),
    IsADirectoryError: Text("this is a folder; specify a file", "フォルダーです。ファイルを指定してください"),
    NotADirectoryError: Text("part of the path is not a folder", "パスの途中にフォルダーでないものがあります"),
    PermissionError: Text("permission denied", "権限がありません"),
}


def cannot(name: str, error: Exception, done: str, failed_ja: str) -> Text:
    """Return the sentence on a file that cannot be read or written, and why."""
    fallback = Text.same(str(getattr(error, "strerror", None) or error))
    why = next((text for kind, text in _WHY.items() if isinstance(error, kind)), fallback)
    if done == "written" and isinstance(error, FileNotFoundError):
        folder = str(Path(name).parent)[:200]
        why = Text(f'the folder "{folder}" does not exist', f"フォルダー「{folder}」が存在しません")
    quoted = name[:200]
    return Text(f'"{quoted}" cannot be {done}: {why.en}.', f"「{quoted}」{failed_ja}。{why.ja}。")
