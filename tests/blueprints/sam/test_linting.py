"""cfn-lint finds nothing in SAM projects of designs that are no case of the proof, translated as CloudFormation gets them.

Stories are cases of the proof, which lints their templates and the translations of these.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from advisor.book import Book
from advisor.design import Design
from blueprints import sam
from blueprints.plan import plan_for
from tests.blueprints.answers import NAMES, design_from
from tests.blueprints.graphs import design_of
from tests.blueprints.sam.linting import Linter
from tests.blueprints.sam.test_connections import DIFFERENT
from tests.blueprints.sam.test_existing import CASES, changed
from tests.blueprints.sam.test_template import KEPT_UNDER_OWN_KEYS, with_own_keys
from tests.blueprints.translation import translated

AT_ONCE = 24
TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    },
    "DeletionPolicy": "Retain",
    "UpdateReplacePolicy": "Retain",
}


@pytest.fixture(scope="module")
def linter(designs: Mapping[str, Design]) -> Linter:
    return Linter(template(design) for design in designs.values())


def template(design: Design) -> Any:
    return translated(sam.files(plan_for(design), "ja"))


@pytest.mark.parametrize("name", NAMES)
def test_answers_that_no_story_has(name: str, book: Book, linter: Linter) -> None:
    assert linter.findings(template(design_from(name, book))) == []


@pytest.mark.parametrize("name", CASES)
def test_what_exists_already_and_doors_of_other_kinds(name: str, book: Book, linter: Linter) -> None:
    assert linter.findings(template(changed(book, name))) == []


@pytest.mark.parametrize("story", KEPT_UNDER_OWN_KEYS)
def test_keys_of_the_customer(story: str, designs: Mapping[str, Design], linter: Linter) -> None:
    assert linter.findings(template(with_own_keys(designs[story]))) == []


@pytest.mark.parametrize("start", range(0, len(DIFFERENT), AT_ONCE))
def test_connections_that_no_story_has(start: int, book: Book, linter: Linter) -> None:
    assert linter.findings(template(design_of(book, DIFFERENT[start : start + AT_ONCE]))) == []


def test_a_timeout_that_lambda_refuses_is_found(designs: Mapping[str, Design]) -> None:
    design = designs["dynamic-web-api"]
    graph = design.architecture
    nodes = tuple(
        replace(node, settings={**node.settings, "timeout_s": 901}) if node.service == "lambda" else node
        for node in graph.nodes
    )
    late = template(replace(design, architecture=replace(graph, nodes=nodes)))
    assert any("901" in finding for finding in Linter().findings(late))


def test_only_what_is_new_is_read_with_what_it_refers_to() -> None:
    read = {"Resources": {"Orders": TABLE}}
    linter = Linter([read])
    wrong = {**TABLE, "Properties": {**TABLE["Properties"], "BillingMode": "FREE", "TableName": {"Ref": "Name"}}}
    parameters = {"Name": {"Type": "String"}}
    assert linter.findings({**read, "Parameters": {}}) == []
    (unused,) = linter.findings({**read, "Parameters": parameters})
    assert unused == "W2001 Parameters/Name: Parameter Name not used."
    refused = linter.findings({"Resources": {"Orders": TABLE, "Wrong": wrong}, "Parameters": parameters})
    assert any("Resources/Wrong/Properties/BillingMode: 'FREE' is not one of" in finding for finding in refused)
    assert not any("Orders" in finding or "W2001" in finding for finding in refused)


def test_values_that_are_wrong_together_and_attributes_that_do_not_exist_are_read() -> None:
    def task(cpu: str, memory: str) -> dict[str, Any]:
        container = {"Name": "app", "Image": "app:1"}
        properties = {"Cpu": cpu, "Memory": memory, "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"]}
        return {"Type": "AWS::ECS::TaskDefinition", "Properties": {**properties, "ContainerDefinitions": [container]}}

    linter = Linter([{"Resources": {"Large": task("4096", "8192"), "Small": task("256", "512"), "Orders": TABLE}}])
    assert any("4096" in finding for finding in linter.findings({"Resources": {"Wrong": task("4096", "512")}}))
    output = {"Arn": {"Value": {"Fn::GetAtt": ["Orders", "Nonsense"]}}}
    assert any(
        "Nonsense" in finding for finding in linter.findings({"Resources": {"Orders": TABLE}, "Outputs": output})
    )
