"""What is drawn and not generated: its own reason is said, in both languages, before anything is written."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from advisor_cli.main import cli
from blueprints.plan import plan_for
from blueprints.refusals.not_generated import not_generated, without_fragment
from tests.blueprints.graphs import design_of

REASONS = not_generated()
#: Services, settings of services and connections together.
MOST_ROWS = 15


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_each_reason_is_the_one_that_a_design_is_refused_with(target: str, book: Book) -> None:
    for service, because in REASONS.services.items():
        key = next((key for key in sorted(book.connections) if service in (key[0], key[2])), None)
        if key is not None:
            assert because in [one.reason for one in blueprints.check(design_of(book, [key]), target)], service
    for connection, because in REASONS.connections.items():
        assert because in [one.reason for one in blueprints.check(design_of(book, [connection]), target)], connection


def test_no_more_things_are_drawn_only() -> None:
    assert REASONS.rows <= MOST_ROWS


def test_a_part_that_is_missing_without_a_listed_reason_is_named(book: Book) -> None:
    graph = design_of(book, [("lambda", "write", "dynamodb")]).architecture
    (refused,) = without_fragment(graph, lambda service: service, lambda key: None)
    assert refused.reason.en.startswith(
        "The project generator does not support the connection from case0-a to case0-b yet (verb: write)"
    )
    first, second = without_fragment(graph, lambda service: None, lambda key: None)
    assert (first.where, second.where) == tuple(node.id for node in graph.nodes)


_STORES = ({"access": access} for access in ("key-value", "relational", "objects", "search", "cache", "files"))
_CHANNELS = (
    {}, {"ordering": "per-key"}, {"ordering": "global"}, {"duplicates_ok": False}, {"carries": "records"}, {"carries": "event"},
    {"fan_out": 3}, {"fan_out": 3, "ordering": "per-key"}, {"replay": True}, {"routing": True}, {"delay_s": 60},
)  # fmt: skip
_LINKS = [
    *({"links": {verb: ["kept"] for verb in verbs}, "stores": [{"id": "kept", **store}]}
      for store in _STORES for verbs in (("reads",), ("writes",), ("reads", "writes"))),
    *({"links": {"publishes": ["sent"]}, "channels": [{"id": "sent", **channel}]} for channel in _CHANNELS),
    {"links": {"reads": ["one"], "writes": ["two"]}, "stores": [{"id": "one"}, {"id": "two"}]},
    {"links": {"publishes": ["sent"], "writes": ["kept"]}, "channels": [{"id": "sent"}], "stores": [{"id": "kept"}]},
]  # fmt: skip


@pytest.mark.parametrize("exposure", ["public", "private"])
@pytest.mark.parametrize("protocol", ["http", "graphql", "websocket"])
def test_an_entry_without_code_is_only_decided_where_it_reaches_everything(
    protocol: str, exposure: str, book: Book
) -> None:
    straight = 0
    for linked in _LINKS:
        work = {"id": "door", "trigger": "request", "logic": "none", "protocol": protocol, "exposure": exposure}
        subjects = {kind: list(given) for kind, given in linked.items() if kind != "links"}
        design = advise(make_requirements({"components": [{**work, **linked["links"]}], **subjects}), book)
        straight += not any(node.role == "compute" for node in design.architecture.nodes)
        listed = {because.en for because in REASONS.connections.values()}
        plan = plan_for(design)
        for target in blueprints.TARGETS:
            for one in target.check(plan):
                # AppSync has no private form here.
                known = ("can be called from anywhere", "must serve WebSocket itself")
                assert one.reason.en in listed or any(words in one.reason.en for words in known), (linked, target.id)
    # Only a REST API publishes to a topic, where news that nobody known hears goes; a public entry is an HTTP API.
    assert straight == {"http": 9 if exposure == "private" else 8, "graphql": 2, "websocket": 0}[protocol]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_command_line_says_the_reason_and_ends_with_4(tmp_path: Path, lang: Lang) -> None:
    tenant = {"id": "sandbox", "trigger": "request", "isolation": "per-tenant", "state_in_memory": True}
    file = tmp_path / "emerging.yaml"
    file.write_text(yaml.safe_dump({"workload": {"allow_emerging": True}, "components": [tenant]}))
    said = CliRunner().invoke(
        cli, ["blueprint", str(file), "--target", "sam", "--lang", lang, "-o", str(tmp_path / "a.zip")]
    )
    assert said.exit_code == 4
    assert REASONS.services["lambda-microvms"].in_(lang) in said.output
