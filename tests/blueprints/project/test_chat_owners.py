"""Texts of a chat belong to their sender, in what other programs make of them too."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

HUB = {"id": "hub", "trigger": "request", "protocol": "websocket", "exposure": "public", "authentication": "sign-up"}
CHECK = {"id": "check", "trigger": "message", "listens_to": "said", "writes": ["texts"], "calls": ["hub"]}
HISTORY = {"id": "history", "trigger": "request", "exposure": "public", "authentication": "sign-up", "reads": ["texts"]}


def service(files: dict[str, bytes], folder: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what a program's service defines, with the modules that it imports replaced; what it sends is in `sent`."""
    sent: list[dict[str, Any]] = []
    for path in files:
        name = path.removeprefix(f"src/{folder}/").removesuffix(".py")
        if path.startswith(f"src/{folder}/") and name not in ("service", "event_id"):
            stub = ModuleType(name)
            stub.__dict__.update(send=sent.append, put=lambda item: None, read_all=list, set_result=lambda *_: True)
            stub.__dict__["owned_by"] = lambda *_: ([], "")
            monkeypatch.setitem(sys.modules, name, stub)
    names: dict[str, Any] = {}
    exec(files[f"src/{folder}/service.py"], names)
    return {**names, "sent": sent}


def test_what_is_made_of_a_text_belongs_to_its_sender(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = {"id": "said", "carries": "event"}
    components = [{**HUB, "publishes": ["said"], "writes": ["texts"]}, CHECK, HISTORY]
    raw = {"components": components, "channels": [channel], "stores": [{"id": "texts", "access": "key-value"}]}
    files = blueprints.build(advise(make_requirements(raw), book), "sam", lang="en", extras={})
    hub = service(files, "hub", monkeypatch)
    hub["say"]("ann", "my pin is 1234")
    (told,) = hub["sent"]
    assert told["key"] == told["item"]["id"] != told["id"]
    check = SimpleNamespace(**service(files, "check", monkeypatch))
    assert check.owner_of(told, told["item"]) == "ann"
    assert hub["audience"]({"item": told["item"]}) == "ann"
