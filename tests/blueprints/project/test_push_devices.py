"""Push notifications reach the devices of the item's owner, with what happened to which item, and the texts say so."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.plan import plan_for

TARGETS = [target.id for target in blueprints.TARGETS]


def design(book: Book, kind: str) -> Any:
    answers = {
        "components": [
            {
                "id": "api",
                "trigger": "request",
                "authentication": "sign-up",
                "reads": ["jobs"],
                "writes": ["jobs"],
                "publishes": ["assigned"],
            }
        ],
        "channels": [{"id": "assigned", "carries": "event", "destinations": [{"kind": kind}]}],
        "stores": [{"id": "jobs"}],
    }
    return advise(make_requirements(answers), book)


def project(book: Book, target: str, lang: Lang = "en", kind: str = "push") -> dict[str, str]:
    found = blueprints.build(design(book, kind), target, lang=lang, extras={})
    return {path: found[path].decode() for path in found if path.endswith((".md", ".py", ".ts", ".yaml"))}


@pytest.mark.parametrize("target", TARGETS)
def test_no_device_subscribes_to_the_topic(target: str, book: Book) -> None:
    files = project(book, target)
    code = "".join(text for path, text in files.items() if path.startswith(("src/", "template", "stacks/", "lib/")))
    assert "sns:Subscribe" not in code
    assert "application" not in [line.strip() for line in code.splitlines() if "Protocol" in line]
    assert "SendToDevices" in code
    assert "endpoint/*" in code
    (caller,) = [text for path, text in files.items() if path in ("src/api/service.py", "src/api/service.ts")]
    assert "register(owner, " in caller


def test_only_publishers_of_notifications_may_send_to_devices(book: Book) -> None:
    grants = [
        grant
        for kind in ("push", "email")
        for found in plan_for(design(book, kind)).grants.values()
        for grant in found
        if grant.sid == "SendToDevices"
    ]
    assert [grant.actions for grant in grants] == [("sns:Publish", "sns:SetEndpointAttributes")]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "only to the devices of the owner"), ("ja", "所有者のデバイス（最後に登録した最大 10 台）にだけ")],
)
def test_the_readme_says_who_is_notified_of_what(lang: Lang, words: str, book: Book) -> None:
    assert words in project(book, "sam", lang)["README.md"]
    assert words not in project(book, "sam", lang, "email")["README.md"]


@pytest.mark.parametrize("kind", ["push", "email"])
def test_the_decision_says_who_is_notified_of_what(kind: str, book: Book) -> None:
    told = "devices-hear-of-their-owners-items" in repr(design(book, kind).decision.subject("assigned"))
    assert told is (kind == "push")
