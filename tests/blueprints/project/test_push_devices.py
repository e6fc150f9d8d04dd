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


def design(book: Book, kind: str, *others: dict[str, Any], more: tuple[str, ...] = (), **api: Any) -> Any:
    told = ["assigned", *more]
    answers = {
        "components": [
            {
                "id": "api",
                "trigger": "request",
                "authentication": "sign-up",
                "reads": ["jobs"],
                "writes": ["jobs"],
                "publishes": told,
                **api,
            },
            *others,
        ],
        "channels": [{"id": id, "carries": "event", "destinations": [{"kind": kind}]} for id in told],
        "stores": [{"id": "jobs"}],
    }
    return advise(make_requirements(answers), book)


def project(
    book: Book, target: str, lang: Lang = "en", kind: str = "push", *others: dict[str, Any], **stated: Any
) -> dict[str, str]:
    found = blueprints.build(design(book, kind, *others, **stated), target, lang=lang, extras={})
    return {path: found[path].decode() for path in found if path.endswith((".md", ".py", ".ts", ".yaml"))}


@pytest.mark.parametrize("target", TARGETS)
def test_no_device_subscribes_to_the_topic(target: str, book: Book) -> None:
    files = project(book, target)
    code = "".join(text for path, text in files.items() if path.startswith(("src/", "template", "stacks/", "lib/")))
    assert "sns:Subscribe" not in code
    assert "application" not in [line.strip() for line in code.splitlines() if "Protocol" in line]
    assert "SendToDevices" in code
    # Only the devices of the channel's own application: `arn:…:app/GCM/x` -> `arn:…:endpoint/GCM/x/*`.
    assert ":endpoint/" in code
    assert "endpoint/*" not in code
    (caller,) = [text for path, text in files.items() if path in ("src/api/service.py", "src/api/service.ts")]
    assert "register(owner, " in caller


@pytest.mark.parametrize("target", TARGETS)
def test_a_device_registers_with_each_channel(target: str, book: Book) -> None:
    files = project(book, target, more=("offers",))
    (caller,) = [text for path, text in files.items() if path in ("src/api/service.py", "src/api/service.ts")]
    assert caller.count(".register(owner, token)") == 2
    assert len({line.strip() for line in caller.splitlines() if ".register(owner, token)" in line}) == 2
    # The token is taken out of the item once, before it is sent to the channels.
    assert caller.count('"device_token", None' if target != "cdk-typescript" else "device_token: token") <= 2


@pytest.mark.parametrize("target", TARGETS)
def test_a_sender_of_webhooks_registers_no_device(target: str, book: Book) -> None:
    hook = {"id": "hook", "trigger": "request", "exposure": "partner", "authentication": "signature",
            "writes": ["jobs"], "publishes": ["assigned"]}  # fmt: skip
    files = project(book, target, "en", "push", hook)
    (receiver,) = [text for path, text in files.items() if path in ("src/hook/service.py", "src/hook/service.ts")]
    assert "device_token" not in receiver
    assert "request to `src/api`: the token" in files["README.md"]


@pytest.mark.parametrize("target", TARGETS)
def test_no_message_is_taken_for_a_registration(target: str, book: Book) -> None:
    files = project(book, target)
    path = "src/api/channel_assigned.py" if target != "cdk-typescript" else "src/api/channel-assigned.ts"
    channel = files[path]
    assert "message\\n" in channel
    assert "while not " not in channel
    assert "while (" not in channel
    assert "attribute_not_exists(pk)" not in channel
    assert 'Attr("pk").not_exists()' not in channel


@pytest.mark.parametrize("target", TARGETS)
def test_an_alarm_watches_pushes_that_fail(target: str, book: Book) -> None:
    files = project(book, target)
    said = "".join(text for path, text in files.items() if path.startswith(("template", "stacks/", "lib/")))
    assert "AssignedTopicPushesFailedAlarm" in said
    channel = next(text for path, text in files.items() if path.startswith("src/api/channel"))
    assert "PushesFailed" in channel
    assert "`AssignedTopicPushesFailedAlarm`" in files["README.md"]
    emails = project(book, target, "en", "email")
    assert "PushesFailed" not in "".join(emails.values())


def test_the_registrations_outlive_the_stack(book: Book) -> None:
    kept = project(book, "sam")
    assert "AssignedTopicSentTableName" in kept["README.md"]
    after = kept["template.yaml"].split("  AssignedTopicSentTable:\n")[1]
    assert "DeletionPolicy: Retain" in after[:200]
    gone = project(book, "sam", "en", "email")["template.yaml"].split("  AssignedTopicSentTable:\n")[1]
    assert "DeletionPolicy: Retain" not in gone[:200]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_devices_of_an_earlier_release_are_unsubscribed(lang: Lang, book: Book) -> None:
    text = project(book, "sam", lang)["README.md"]
    assert 'aws sns list-subscriptions-by-topic --topic-arn "$(output AssignedTopicArn)"' in text
    assert "Subscriptions[?Protocol=='application'].SubscriptionArn" in text
    assert 'aws sns unsubscribe --subscription-arn "$SUBSCRIPTION"' in text


def test_the_readme_names_channels_without_devices_and_devices_of_everybody(book: Book) -> None:
    run = {"id": "run", "trigger": "schedule", "longest_run_s": 20, "reads": ["jobs"], "publishes": ["assigned"]}
    nobody = project(book, "sam", "en", "push", run, publishes=[])["README.md"]
    assert 'No device receives push notifications of "assigned"' in nobody
    assert "An app registers its device" not in nobody
    everybody = project(book, "sam", "en", "push", authentication="none")["README.md"]
    assert "10 devices that were registered last in total" in everybody
    assert "belong to everybody" not in project(book, "sam")["README.md"]


def test_only_publishers_of_notifications_may_send_to_devices(book: Book) -> None:
    grants = [
        grant
        for kind in ("push", "email")
        for found in plan_for(design(book, kind)).grants.values()
        for grant in found
        if grant.sid == "SendToDevices"
    ]
    assert [grant.actions for grant in grants] == [("sns:Publish",)]


WORKER = {"id": "worker", "listens_to": "assigned", "publishes": ["done"], "writes": ["jobs"], "longest_run_s": 20}


def apart(book: Book, *, by_program: bool = True) -> Any:
    """Return a design in which an API and a worker have a channel with push notifications each."""
    api = {
        "id": "api",
        "trigger": "request",
        "authentication": "sign-up",
        "writes": ["jobs"],
        "publishes": ["assigned"],
    }
    channels = [{"id": id, "carries": "event", "destinations": [{"kind": "push"}]} for id in ("assigned", "done")]
    worker = WORKER if by_program else {**WORKER, "publishes": []}
    answers = {"components": [api, worker], "channels": channels, "stores": [{"id": "jobs"}]}
    return advise(make_requirements(answers), book)


def test_programs_and_no_topic_notify_devices_in_the_architecture(book: Book) -> None:
    found = apart(book).architecture
    told = {(edge.source, edge.target): edge for edge in found.edges if found.node(edge.target).service == "push"}
    assert [*told] == [("worker.compute", "done.to-1"), ("api.compute", "assigned.to-1")]
    assert told["api.compute", "assigned.to-1"].sentence.en.startswith('"api" notifies the devices')
    nobody = apart(book, by_program=False)
    assert [node.id for node in nobody.architecture.nodes if node.service == "push"] == ["assigned.to-1"]
    assert ("done", "no-api-registers-devices") in {(one.subject, one.id) for one in nobody.decision.warnings}


def test_a_program_reaches_the_devices_of_its_own_channel_only(book: Book) -> None:
    grants = plan_for(apart(book)).grants
    held = {
        id.removesuffix(".compute"): {
            (grant.sid, resource.node) for grant in found for resource in grant.resources
            if grant.sid in ("RegisterDevice", "EnableDevice", "SendToDevices", "RecordSentMessages")
        }
        for id, found in grants.items()
    }  # fmt: skip
    assert held["worker"] == {("SendToDevices", "done.to-1"), ("RecordSentMessages", "done.messaging")}
    assert held["api"] == {
        ("RegisterDevice", "assigned.to-1"), ("EnableDevice", "assigned.to-1"), ("SendToDevices", "assigned.to-1"),
        ("RecordSentMessages", "assigned.messaging"),
    }  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_a_worker_registers_no_device(target: str, book: Book) -> None:
    found = blueprints.build(apart(book), target, lang="en", extras={})
    (worker,) = [found[path].decode() for path in found if path.startswith("src/worker/channel")]
    (api,) = [found[path].decode() for path in found if path.startswith("src/api/channel")]
    for word in ("register(", "PLATFORM_APPLICATION_ARN"):
        assert (word in worker, word in api) == (False, True)
    assert "PushesFailed" in worker


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
