"""Emails go to whom an entry or a machine has named, and contain no item."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

EVE = "eve@example.com"
NOTIFY = {"id": "notify", "trigger": "message", "listens_to": "news", "publishes": ["mails"]}
CHANNELS: list[dict[str, Any]] = [
    {"id": "news"},
    {"id": "mails", "destinations": [{"kind": "customer-email", "title": "Customer"}]},
]
TARGETS = ("sam", "cdk-python", "cdk-typescript")


def project(book: Book, target: str = "sam", **api: Any) -> dict[str, str]:
    """Return the texts of a project: an API whose messages a program turns into emails."""
    asked = {"id": "api", "trigger": "request", "exposure": "public", "publishes": ["news"], **api}
    stores = [{"id": "orders", "access": "key-value"}] if "writes" in api else []
    said = {"title": "Mails", "components": [asked, NOTIFY], "channels": CHANNELS, "stores": stores}
    files = blueprints.build(advise(make_requirements(said), book), target, lang="en", extras={})  # type: ignore[arg-type]
    return {path: content.decode() for path, content in files.items() if path.startswith(("src/", "README"))}


def module(text: str) -> dict[str, Any]:
    """Return what a module defines that imports the standard library only."""
    names: dict[str, Any] = {}
    exec(text, names)
    return names


def test_a_field_that_a_caller_sends_names_no_recipient(book: Book) -> None:
    mail = module(project(book, authentication="sign-up")["src/notify/mail.py"])
    item = {"id": "i1", "email": EVE, "name": "private"}
    assert mail["recipient"]({"id": "m1", "item": item}) == ""
    assert mail["recipient"]({"id": "m1", "item": {**item, "recipient": "ann@example.com"}}) == "ann@example.com"
    assert "private" not in mail["text"]({"id": "m1", "item": item})


@pytest.mark.parametrize(
    ("authentication", "reserved", "addressed"),
    [
        ("sign-up", True, True),
        ("existing-provider", True, True),
        ("none", True, False),
        ("aws-iam", False, False),
        ("signature", False, False),
    ],
)
@pytest.mark.parametrize("target", TARGETS)
def test_who_names_the_recipient(target: str, authentication: str, reserved: bool, addressed: bool, book: Book) -> None:
    found = project(book, target, authentication=authentication)
    models = next(text for path, text in found.items() if path.startswith("src/api/models."))
    assert ("recipient" in models) is reserved
    assert any(path.startswith("src/api/address.") for path in found) is addressed
    said = "sets this field to the email address in the token"
    assert (said in found["README.md"]) is addressed


@pytest.mark.parametrize("logic", ["none", "some"])
def test_an_api_without_a_program_passes_on_no_recipient(logic: str, book: Book) -> None:
    more = {"logic": "none"} if logic == "none" else {}
    found = project(book, authentication="sign-up", **more)
    sent = '{"id": "m1", "recipient": "eve@example.com", "item": {"recipient": "eve@example.com", "name": "desk"}}'
    message = module(found["src/notify/message.py"])["read"](sent, "x")
    assert ("eve" not in str(message)) is (logic == "none")
    assert message["item"]["name"] == "desk"


@pytest.mark.parametrize(
    ("authentication", "warned"), [("none", True), ("sign-up", False), ("aws-iam", False), ("signature", False)]
)
def test_emails_about_what_anyone_sends_are_warned_of(authentication: str, warned: bool, book: Book) -> None:
    asked = {"id": "api", "trigger": "request", "authentication": authentication, "publishes": ["news"]}
    said = {"title": "Mails", "components": [asked, NOTIFY], "channels": CHANNELS}
    warnings = advise(make_requirements(said), book).decision.warnings
    found = [warning for warning in warnings if warning.id == "emails-without-a-recipient"]
    assert bool(found) is warned
    assert all(warning.sentence.en and warning.sentence.ja for warning in found)


@pytest.mark.parametrize("target", ["sam", "cdk-typescript"])
def test_no_channel_gets_what_is_made_with_a_secret(target: str, book: Book) -> None:
    found = project(book, target, authentication="sign-up", uses_secrets=True, writes=["orders"], reads=["orders"])
    service = next(text for path, text in found.items() if path.startswith("src/api/service."))
    assert "told = {name: value for" in service or "const told = Object.fromEntries" in service


def test_callers_who_start_a_workflow_or_put_events_name_no_recipient(book: Book) -> None:
    asked = {
        "id": "api",
        "trigger": "request",
        "exposure": "public",
        "authentication": "sign-up",
        "publishes": ["mails"],
    }
    workflow = {**asked, "steps": 3, "writes": ["orders"]}
    stores = [{"id": "orders", "access": "key-value"}]
    event = {**asked, "logic": "none", "publishes": ["news"]}
    bus = [{"id": "news", "carries": "event", "routing": True, "other_teams": True}, CHANNELS[1]]
    for components, channels, program in (([workflow], CHANNELS[1:], "api"), ([event, NOTIFY], bus, "notify")):
        said = {"title": "Mails", "components": components, "channels": channels, "stores": stores}
        files = blueprints.build(advise(make_requirements(said), book), "sam", lang="en", extras={})
        message = module(files[f"src/{program}/message.py"].decode())
        assert message["from_value"]({"id": "m1", "recipient": EVE, "item": {"recipient": EVE}}, "x") == {
            "id": "m1",
            "item": {},
        }


def test_related_results_are_shown_without_the_address_of_the_sender(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "exposure": "public", "authentication": "sign-up"}
    components = [
        {**api, "writes": ["orders"], "publishes": ["news"]},
        {**NOTIFY, "writes": ["results"]},
        {**api, "id": "desk", "reads": ["orders", "results"]},
    ]
    stores = [{"id": id, "access": "key-value"} for id in ("orders", "results")]
    said = {"title": "Mails", "components": components, "channels": CHANNELS, "stores": stores}
    files = blueprints.build(advise(make_requirements(said), book), "sam", lang="en", extras={})
    source = files["src/desk/service.py"].decode()
    constants, function = (
        source[source.index("INSIDE =") : source.index("# No id")],
        source[source.index("def _shown") :],
    )
    shown = module(f"{constants}\nItem = dict\n{function}")["_shown"]
    result = {"id": "i1", "recipient": EVE, "item": {"name": "desk", "recipient": EVE}}
    assert EVE not in str(shown({"id": "i1", "recipient": EVE, "results": result}))
    assert shown({"id": "i1", "results": None}) == {"id": "i1", "results": None}
