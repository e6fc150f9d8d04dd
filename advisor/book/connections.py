"""Connections of a service, as its catalogue file states them.

A connection has the service of its file at one end. The file names the other one: under `from` where the service is the
target, under `to` where it is the source.
"""

from collections.abc import Iterator, Mapping

from advisor.book.entry import Entry, check_keys, text_of
from advisor.book.errors import BookError
from advisor.book.model import Connection

Key = tuple[str, str, str]
_REQUIRED = ("verb", "label", "sentence", "flow")
_KEYS = {*_REQUIRED, "from", "to", "actions", "grantee"}


def connections_of(raw: Mapping[str, Entry]) -> dict[Key, Connection]:
    """Return the connections of a book's files by source, verb and target; each is stated once."""
    connections: dict[Key, Connection] = {}
    paths: dict[Key, str] = {}
    for path, entry in sorted(raw.items()):
        if not path.startswith("services/"):
            continue
        for number, row in enumerate(entry.get("connections") or (), 1):
            for connection in _row(path, f"connections[{number}]", entry["id"], row):
                key = (connection.source, connection.verb, connection.target)
                if key in connections:
                    raise _twice(path, f"connections[{number}]", key, paths[key])
                connections[key], paths[key] = connection, path
    return connections


def check_ends(path: str, where: str, row: Entry) -> None:
    """Refuse a row that does not name the other end, or names both."""
    if ("from" in row) == ("to" in row):
        raise BookError(
            f"{path}: '{where}' must name the other end of the connection under one of from, to.",
            f"{path}: 「{where}」には接続の相手を from か to のどちらか 1 つに書いてください。",
        )


def _row(path: str, where: str, service: str, row: Entry) -> Iterator[Connection]:
    check_keys(path, row, _KEYS, _REQUIRED)
    check_ends(path, where, row)
    actions = tuple(row.get("actions") or ())
    for action in actions:
        if "*" in action or ":" not in action:
            raise BookError(
                f"{path}: '{where}': write the IAM action '{action}' out, without a wildcard.",
                f"{path}: 「{where}」の IAM アクション「{action}」は、ワイルドカードを使わずに書いてください。",
            )
    label, sentence = text_of(path, row, "label"), text_of(path, row, "sentence")
    sources, targets = _ids(row.get("from", service)), _ids(row.get("to", service))
    for source in sources:
        for target in targets:
            yield Connection(
                source, row["verb"], target, label, sentence, row["flow"], actions, row.get("grantee", "source")
            )


def _ids(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _twice(path: str, where: str, key: Key, other: str) -> BookError:
    source, verb, target = key
    return BookError(
        f"{path}: '{where}': the connection '{verb}' from '{source}' to '{target}' is stated in {other} too.",
        f"{path}: 「{where}」: 「{source}」から「{target}」への接続「{verb}」は {other} にもあります。",
    )
