"""Errors in a rule book, each in one sentence that names its file."""

from advisor.text import Text


class BookError(Exception):
    """A file of the rule book is wrong; the message is one sentence that names it, `text` has it in both languages."""

    def __init__(self, en: str, ja: str = "") -> None:
        super().__init__(en)
        self.text = Text(en, ja or en)


def unknown_role(path: str, role: str) -> BookError:
    """Return the error of a file that names a role which the book does not have."""
    return BookError(f"{path}: there is no role '{role}'.", f"{path}: 選定項目「{role}」はありません。")


def misnamed(path: str, id: str) -> BookError:
    """Return the error of a file whose id is not its name."""
    return BookError(
        f"{path}: the id '{id}' differs from the file's name.", f"{path}: id「{id}」がファイル名と異なります。"
    )
