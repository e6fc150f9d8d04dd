"""Work on an item that was deleted while its message waited: nobody acts for it, and nothing is written about it."""

import re
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

TARGETS = [target.id for target in blueprints.TARGETS]
API = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["orders"],
    "writes": ["orders"],
    "publishes": ["todo"],
}


def project(book: Book, target: str, work: dict[str, Any], lang: Lang = "en", **channel: Any) -> dict[str, str]:
    given = {"id": "pay", "trigger": "message", "listens_to": "todo", **work}
    stores = [{"id": "orders"}, {"id": "kept", "access": "objects"}]
    requirements = {
        "components": [API, given],
        "channels": [{"id": "todo", **channel}],
        "stores": [one for one in stores if one["id"] in ("orders", *work["writes"])],
    }
    found = blueprints.build(advise(make_requirements(requirements), book), target, lang=lang, extras={})
    return {path: found[path].decode() for path in found if path.endswith((".md", ".py", ".ts"))}


def service(files: dict[str, str]) -> str:
    (text,) = [text for path, text in files.items() if path in ("src/pay/service.py", "src/pay/service.ts")]
    return text


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("steps", [1, 3])
def test_the_item_is_looked_for_before_the_other_system_acts(target: str, steps: int, book: Book) -> None:
    work = {"uses_secrets": True, "writes": ["orders"], "steps": steps, "compensation": steps > 1}
    files = project(book, target, work, duplicates_ok=False)
    code = service(files)
    looked = [found.start() for found in re.finditer(r"set_?[rR]esult\(about, begun\)", code)]
    assert len(looked) == 1
    assert looked[0] < code.index("effects.once(")
    # An earlier attempt may have acted: the item is gone then, and somebody has to know.
    assert looked[0] < code.index("effects.made(") < code.index("effects.once(")
    assert code.count("effects.GoneAfterEffect(about)") == 2


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_readme_says_what_to_do_if_an_item_is_deleted_after_the_call(lang: Lang, book: Book) -> None:
    work = {"uses_secrets": True, "writes": ["orders"]}
    assert "`GoneAfterEffect`" in project(book, "sam", work, lang, duplicates_ok=False)["README.md"]
    other = {"uses_secrets": True, "writes": ["kept"]}
    assert "GoneAfterEffect" not in "".join(project(book, "sam", other, lang, duplicates_ok=False).values())


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("steps", [1, 2])
def test_a_compensation_looks_for_the_item_before_it_writes_elsewhere(target: str, steps: int, book: Book) -> None:
    work = {"steps": steps, "compensation": True, "retries": True, "writes": ["orders", "kept"]}
    code = service(project(book, target, work))
    undo = code[re.search(r"(def|function) undo\(", code).start() :]  # type: ignore[union-attr]
    asked = re.search(r"set_?[rR]esult\(", undo)
    kept = re.search(r"put_?[oO]nce\(", undo)
    assert asked is not None
    assert kept is not None
    assert asked.start() < undo.index("return note") < kept.start()
