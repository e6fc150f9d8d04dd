"""The functions of a store's client that a program uses, by what the program does."""

from collections.abc import Mapping
from typing import Literal

#: What a program does: answer about items, do the work of a message, add everything up, pass messages on.
ServiceKind = Literal["items", "work", "summary", "chat"]

#: (what the program does, what it may do with the store) -> the store functions that it uses.
_FUNCTIONS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("items", "read"): ("get", "owned_by"),
    ("items", "write"): ("put_once",),
    ("items", "read-write"): ("get", "owned_by", "put_once", "put_new", "replace", "remove", "delete"),
    ("work", "read"): ("get",),
    ("work", "write"): ("put_once",),
    ("work", "read-write"): ("put_once",),
    ("summary", "read"): ("read_all",),
    ("summary", "write"): ("put_once",),
    ("summary", "read-write"): ("read_all", "put_once"),
    ("chat", "read"): (),
    ("chat", "write"): ("put",),
    ("chat", "read-write"): ("put",),
}
#: What a program does with one open connection of an API, with those of a user, and with all of them.
CONNECTION_FUNCTIONS = frozenset(("get", "put", "delete"))
OF_A_USER, OF_ALL = "owned_by", "read_all"


def store_functions(
    kind: ServiceKind, verb: str, primary: bool, *, files: bool, follows: bool, compares: bool = False
) -> frozenset[str]:
    """Return the functions of a store's client that a program uses; `files` and `follows` say what the store holds.

    `compares`: it can tell whether an item was made from the same request, without reading it.
    """
    names = _FUNCTIONS[kind, verb]
    if kind == "items" and not primary:
        # Callers ask the primary store; the others only follow it, or add what they know of an item.
        following = ("put", "delete") if verb == "read-write" else ("put",) if follows else names
        names = ("get",) if verb == "read" else following
    if kind == "items" and compares and verb == "write" and "put_once" in names:
        names = (*names, "agrees")
    if kind == "summary" and files:
        names = (*names, "put_file") if "put_once" in names else names
    return frozenset(names)
