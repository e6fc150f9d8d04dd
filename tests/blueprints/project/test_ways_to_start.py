"""Projects of what runs on demand and of what is started in several ways: built alike by all targets, or refused."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from tests.blueprints.answers import design_from
from tests.blueprints.translation import parsed

FLOW = {"steps": 3, "retries": True}
REFUSED: dict[str, dict[str, Any]] = {
    "a durable function": {"trigger": ["request", "schedule"], **FLOW, "pins": {"compute": "lambda-durable"}},
    "Express Mode": {"trigger": ["request", "on-demand"], "packaging": "container-image", "pins": {"compute": "ecs-express"}},
    "a container that starts a workflow": {
        "trigger": ["request", "message"], "listens_to": "work", **FLOW, "packaging": "container-image",
        "pins": {"compute": "ecs"},
    },
    "a callback into its own workflow": {"trigger": ["request", "callback"], **FLOW},
}  # fmt: skip


def made(book: Book, **answers: Any) -> Design:
    it = {"id": "it", "title": {"en": "Desk", "ja": "窓口"}, **answers}
    return advise(make_requirements({"components": [it], "channels": [{"id": "work"}]}), book)


def files(design: Design, target: str, lang: Any = "en") -> dict[str, bytes]:
    return dict(blueprints.build(design, target, lang=lang, extras={}))


@pytest.mark.parametrize("answers", REFUSED.values(), ids=REFUSED)
def test_what_no_program_serves_is_refused_with_what_to_do(answers: dict[str, Any], book: Book) -> None:
    design = made(book, **answers)
    refused = {target.id: tuple(blueprints.check(design, target.id)) for target in blueprints.TARGETS}
    assert len(set(refused.values())) == 1
    said = [refusal.reason for refusal in refused["sam"]]
    assert any("Desk" in reason.en and "add a component" in reason.en for reason in said)
    assert any("窓口" in reason.ja and "コンポーネントを追加" in reason.ja for reason in said)


def test_a_message_handler_that_is_also_called_is_refused(book: Book) -> None:
    components = [
        {"id": "desk", "trigger": "message", "listens_to": "more", "longest_run_s": "5 min", "calls": ["it"]},
        {"id": "it", "title": "It", "trigger": "message", "listens_to": "work", "longest_run_s": 5},
    ]
    channels = [{"id": "work"}, {"id": "more"}]
    design = advise(make_requirements({"components": components, "channels": channels}), book)
    refused = {target.id: tuple(blueprints.check(design, target.id)) for target in blueprints.TARGETS}
    assert len(set(refused.values())) == 1
    assert ["has several triggers" in refusal.reason.en for refusal in refused["sam"]] == [True]


@pytest.mark.parametrize("trigger", ["message", "stream", ["request", "message"]])
def test_messages_of_no_channel_are_refused(trigger: Any, book: Book) -> None:
    design = made(book, trigger=trigger)
    refused = {target.id: tuple(blueprints.check(design, target.id)) for target in blueprints.TARGETS}
    assert len(set(refused.values())) == 1
    (refusal,) = refused["sam"]
    assert refusal.reason.en.startswith('Messages start "Desk"')
    assert refusal.reason.ja.startswith("「窓口」の起点はメッセージです")


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize("name", ["on-demand", "several-triggers"])
def test_every_target_builds_them(name: str, target: str, book: Book) -> None:
    assert files(design_from(name, book), target)


def test_what_runs_on_demand_has_no_endpoint_and_no_trigger(book: Book) -> None:
    resources = parsed(files(design_from("on-demand", book), "sam"))["Resources"].values()
    types = {r["Type"] for r in resources}
    assert {"AWS::ECS::TaskDefinition", "AWS::Batch::JobDefinition"} <= types
    assert not {t for t in types if t.split("::")[1] in ("ApiGateway", "ApiGatewayV2", "ElasticLoadBalancingV2", "Scheduler")}  # fmt: skip
    told = {r["Properties"]["EventPattern"]["detail-type"][0] for r in resources if r["Type"] == "AWS::Events::Rule"}
    assert told == {"Batch Job State Change", "ECS Task State Change"}, "the only rules tell of failed jobs and tasks"
    assert not types & {"AWS::ECS::Service", "AWS::Serverless::HttpApi", "AWS::Serverless::Api", "AWS::Lambda::Url"}


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_readme_says_how_to_start_what_runs_on_demand(lang: str, target: str, book: Book) -> None:
    said = files(design_from("on-demand", book), target, lang)["README.md"].decode()
    for command in (
        "aws lambda invoke",
        "aws ecs run-task",
        "aws batch submit-job",
        "aws stepfunctions start-execution",
    ):
        assert command in said


def test_the_outputs_hold_what_the_commands_read(book: Book) -> None:
    project = files(design_from("on-demand", book), "sam")
    outputs, said = parsed(project)["Outputs"], project["README.md"].decode()
    read = {part.split(")")[0] for part in said.split("$(output ")[1:]}
    assert read
    assert read <= outputs.keys()
    assert "assignPublicIp=DISABLED" in str(outputs["RebuildTaskNetwork"]["Value"])


def test_each_way_to_start_is_in_the_template(book: Book) -> None:
    resources = parsed(files(design_from("several-triggers", book), "sam"))["Resources"]
    functions = [
        id for id, r in resources.items() if r["Type"] == "AWS::Serverless::Function" and id.startswith("Orders")
    ]
    assert len(functions) == 3
    services = [id for id, r in resources.items() if r["Type"] == "AWS::ECS::Service"]
    tasks = [id for id, r in resources.items() if r["Type"] == "AWS::ECS::TaskDefinition"]
    assert (len(services), len(tasks)) == (2, 3)


@pytest.mark.parametrize("trigger", ["event", "message"])
def test_a_pipe_starts_the_workflow_of_a_component_whose_events_wait_in_a_queue(book: Book, trigger: str) -> None:
    asked = {
        "components": [
            {"id": "shop", "trigger": "request", "reads": ["orders"], "writes": ["orders"], "publishes": ["sold"]},
            {"id": "bill", "trigger": trigger, "listens_to": "sold", **FLOW, "longest_run_s": "1 min"},
        ],
        "channels": [{"id": "sold", "carries": "event", "routing": True, "replay": True}],
        "stores": [{"id": "orders", "access": "key-value"}],
    }
    design = advise(make_requirements(asked), book)
    assert [edge.target for edge in design.architecture.leaving("bill.events", "start")] == ["bill.workflow"]
    for target in blueprints.TARGETS:
        assert blueprints.check(design, target.id) == ()
