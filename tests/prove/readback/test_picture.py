"""A picture shows what its project holds: every resource by the table of `renderers.drawn`, and nothing besides."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from advisor.design import Design
from advisor.requirements.reading import read_requirements
from blueprints import sam
from blueprints.plan import plan_for
from prove.cases import supplements
from prove.readback import Stack, normal, read
from prove.readback.picture import picture_differences
from renderers.drawn import drawn
from renderers.drawn.table import parts, rows
from tests.blueprints.translation import translated

REQUIREMENTS = Path("tests/blueprints/requirements")
SAMPLE = (
    "calls-past-doors", "dsql-container", "durable-approval", "eks-fargate", "firehose-lake",
    "opensearch-catalogue", "rest-oidc", "ses-mail",
)  # fmt: skip
WORD = re.compile(r"node|frame|line|part ([\w-]+)|(setting|never): \w.+")


def stack_of(design: Design) -> Stack:
    return normal(read(translated(sam.files(plan_for(design), "en"))))


def found(design: Design, picture: Architecture | None = None) -> list[str]:
    picture = picture or drawn(design).architecture
    return [str(each) for each in picture_differences(stack_of(design), design.architecture, picture)]


def design_of(name: str, book: Book) -> Design:
    return advise(read_requirements((REQUIREMENTS / f"{name}.yaml").read_bytes()), book)


@pytest.fixture(scope="module")
def sample(book: Book) -> dict[str, Design]:
    return {name: design_of(name, book) for name in SAMPLE}


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_picture_of_a_story_shows_its_project(name: str, designs: Mapping[str, Design]) -> None:
    assert found(designs[name]) == []


@pytest.mark.parametrize("name", SAMPLE)
def test_the_picture_of_a_design_with_hidden_parts_shows_its_project(name: str, sample: Mapping[str, Design]) -> None:
    assert found(sample[name]) == []
    assert found(sample[name], sample[name].architecture) != []


@pytest.mark.parametrize("name", ["dsql-container", "eks-fargate", "rest-oidc", "durable-approval", "ses-mail"])
def test_each_part_that_is_left_out_is_found(name: str, sample: Mapping[str, Design]) -> None:
    design, picture = sample[name], drawn(sample[name]).architecture
    hidden = [node for node in picture.nodes if design.architecture.find(node.id) is None and node.kind == "part"]
    assert hidden
    for node in hidden:
        left = Architecture(
            tuple(one for one in picture.nodes if one != node),
            tuple(edge for edge in picture.edges if node.id not in (edge.source, edge.target)),
            picture.groups,
        )
        assert any(f"the part {node.role}" in each for each in found(design, left)), node.id


def test_a_part_that_the_template_does_not_have_is_found(
    sample: Mapping[str, Design], designs: Mapping[str, Design]
) -> None:
    key = next(node for node in drawn(sample["dsql-container"]).architecture.nodes if node.role == "key")
    design = designs["data-processing"]
    picture = drawn(design).architecture
    more = replace(picture, nodes=(*picture.nodes, key))
    assert any("the part key" in each for each in found(design, more))


def test_failures_leave_from_the_function_that_reads_a_stream(designs: Mapping[str, Design]) -> None:
    design = designs["data-processing"]
    assert any("a line on failure from" in each for each in found(design, design.architecture))
    leaving = {edge.source for edge in drawn(design).architecture.entering("readings.messaging-dlq", "dead-letter")}
    assert leaving == {"ingest.compute"}


def test_an_endpoint_that_the_picture_does_not_list_is_found(designs: Mapping[str, Design]) -> None:
    design = designs["scheduled-batch"]
    picture = drawn(design).architecture
    shorter = [
        replace(node, note=replace(node.note, en="S3")) if node.service == "vpc-endpoints" else node
        for node in picture.nodes
    ]
    assert any("in the list of endpoints" in each for each in found(design, replace(picture, nodes=tuple(shorter))))


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"on_error": "end"}, "a line on error from Run to End"),
        ({"next": ("run",)}, "a line from Run to Run"),
        ({"id": "walk"}, "the state Walk"),
    ],
)
def test_a_state_that_leads_elsewhere_than_its_definition_is_found(
    changed: Mapping[str, Any], wrong: str, designs: Mapping[str, Design]
) -> None:
    design = designs["event-driven-job"]
    assert any(wrong in each for each in found(design, _with_state(design, "run", changed)))


def test_a_caught_error_that_is_not_drawn_is_found(book: Book) -> None:
    design = next(case.design for case in supplements(book, ["approval"]))
    assert found(design) == []
    wrong = found(design, _with_state(design, "approve", {"on_error": None}))
    assert any("a line on error from Approve" in each for each in wrong)


def _with_state(design: Design, id: str, changed: Mapping[str, Any]) -> Architecture:
    picture = drawn(design).architecture
    nodes = [
        replace(node, states=tuple(replace(state, **changed) if state.id == id else state for state in node.states))
        for node in picture.nodes
    ]
    return replace(picture, nodes=tuple(nodes))


def test_a_type_without_a_row_is_found(designs: Mapping[str, Design], monkeypatch: pytest.MonkeyPatch) -> None:
    design = designs["data-processing"]
    less = {type: owners for type, owners in rows().items() if type != "AWS::Kinesis::Stream"}
    picture = drawn(design).architecture
    monkeypatch.setattr("renderers.drawn.table.rows", lambda: less)
    assert any("a row for it" in each for each in found(design, picture))


def test_every_type_that_a_part_may_make_has_a_row() -> None:
    sources = [file for folder in ("parts", "shared") for file in sorted(Path("blueprints", folder).glob("*.py"))]
    named = {type for file in sources for type in re.findall(r'"(AWS::\w+::\w+)"', file.read_text("utf-8"))}
    assert len(named) > 100
    assert named - rows().keys() == set(), "say in renderers/drawn/resources.yaml what a picture shows of it"


def test_rows_are_in_the_words_of_the_table() -> None:
    for type, owners in rows().items():
        for owner, word in owners.items():
            match = WORD.fullmatch(word)
            assert match, f"{type} {owner}: {word}"
            assert not match[1] or match[1] in parts(), f"{type} {owner}: there is no part {match[1]}"


@pytest.mark.parametrize("name", ["web-application", "realtime-chat", "async-coupling"])
def test_the_graph_of_the_project_stays_as_it_is(name: str, designs: Mapping[str, Design]) -> None:
    design = designs[name]
    before = json.dumps(sam.files(plan_for(design), "en")["template.yaml"].decode())
    picture = drawn(design)
    assert picture.architecture != design.architecture
    assert json.dumps(sam.files(plan_for(design), "en")["template.yaml"].decode()) == before
    steps = {edge.id: edge.step for edge in picture.architecture.edges}
    assert all(steps[edge.id] == edge.step for edge in design.architecture.edges if edge.step is not None)
