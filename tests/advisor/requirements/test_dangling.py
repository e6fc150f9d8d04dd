"""Parts that nothing uses: what counts as one, the links that would connect it, and the warning in the decision."""

from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.requirements.dangling import Dangling, Link, dangling


def of(**document: Any) -> tuple[Dangling, ...]:
    return dangling(answers_of(make_requirements(document)))


def test_a_consumer_without_a_channel_is_offered_the_channels_without_a_consumer_first() -> None:
    heard = {"id": "heard", "listens_to": "taken"}
    found = of(components=[heard, {"id": "worker", "trigger": "message"}], channels=[{"id": "taken"}, {"id": "free"}])
    consumer, channel = found
    assert (consumer.subject, consumer.kind) == ("worker", "consumer")
    assert consumer.links == (Link("worker", ("listens_to",), "free"), Link("worker", ("listens_to",), "taken"))
    assert (channel.subject, channel.kind, channel.links) == ("free", "channel", (consumer.links[0],))


@pytest.mark.parametrize("trigger", ["request", "schedule", "event", "always-on"])
def test_what_takes_no_messages_needs_no_channel(trigger: str) -> None:
    assert of(components=[{"id": "a", "trigger": trigger}]) == ()


@pytest.mark.parametrize(
    "read_by",
    [{"destinations": [{"kind": "email"}]}, {"fan_out": 3}, {"other_teams": True}],
    ids=lambda answer: next(iter(answer)),
)
def test_a_channel_with_consumers_outside_is_in_use(read_by: dict[str, Any]) -> None:
    assert of(components=[{"id": "a", "trigger": "request"}], channels=[{"id": "news", **read_by}]) == ()


def test_a_channel_without_a_consumer_is_offered_only_what_can_listen() -> None:
    parts = [{"id": "api", "trigger": "request"}, {"id": "open"}, {"id": "heard", "trigger": "event"}]
    (found,) = of(components=parts, channels=[{"id": "news"}])
    assert [link.component for link in found.links] == ["open", "heard"]


def test_a_store_that_no_component_uses_is_offered_the_components() -> None:
    parts = [{"id": f"c{n}", "trigger": "request"} for n in range(6)]
    (found,) = of(components=parts, stores=[{"id": "orders"}])
    assert found.kind == "store"
    assert [link.component for link in found.links] == ["c0", "c1", "c2", "c3"]
    assert {link.fields for link in found.links} == {("reads", "writes")}
    for use in ("reads", "writes"):
        assert of(components=[{"id": "a", "trigger": "request", use: ["orders"]}], stores=[{"id": "orders"}]) == ()


def test_uploads_without_a_store_of_objects_are_offered_the_stores_that_could_be_one() -> None:
    kinds = {"table": "key-value", "files": "objects", "open": None}
    stores = [{"id": id, **({"access": kind} if kind else {})} for id, kind in kinds.items()]
    api = {"id": "api", "trigger": "request", "direct_uploads": True, "reads": ["table", "files", "open"]}
    (found,) = of(components=[api], stores=stores)
    assert (found.subject, found.kind) == ("api", "uploads")
    assert found.links == (Link("api", ("writes",), "files"), Link("api", ("writes",), "open"))
    assert "direct_uploads" in found.sentence.en
    assert "direct_uploads" in found.sentence.ja
    for written in ("files", "open"):
        assert of(components=[{**api, "writes": [written]}], stores=stores) == ()
    assert of(components=[{**api, "direct_uploads": False}], stores=stores) == ()


def test_every_link_that_is_offered_connects_its_part() -> None:
    document = {
        "components": [{"id": "api", "trigger": "request"}, {"id": "worker", "trigger": "message"}],
        "channels": [{"id": "jobs"}], "stores": [{"id": "orders"}],
    }  # fmt: skip
    answers = answers_of(make_requirements(document))
    for part in dangling(answers):
        for link in part.links:
            value = {f: link.target if f == "listens_to" else (link.target,) for f in link.fields}
            left = dangling(answers.changed(link.component, value))
            assert part.subject not in {other.subject for other in left}


def test_the_decision_warns_of_it_in_both_languages(book: Book) -> None:
    design = advise(make_requirements({"components": [{"id": "worker", "trigger": "message"}]}), book)
    (warning,) = [w for w in design.decision.warnings if w.id == "dangling-consumer"]
    assert warning.subject == "worker"
    assert "no channel is linked to it" in warning.sentence.en
    assert "接続するチャネルがないため" in warning.sentence.ja


@pytest.mark.parametrize("name", rules.STORIES)
def test_no_story_has_such_a_part(name: str) -> None:
    assert dangling(answers_of(rules.load_story(name))) == ()
