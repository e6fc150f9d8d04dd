"""What a picture shows besides the graph: parts that follow from it, what is assumed, and the same in every format."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import blueprints
import renderers
from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.requirements.reading import read_requirements
from advisor.text import LANGS, Lang
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of
from renderers import icons
from renderers.drawn import drawn
from renderers.drawn.table import parts
from renderers.layout.check import violations

STORIES = Path("rules/stories")
LAKE = {
    "schema": 2,
    "title": "Events for a lake",
    "components": [{"id": "shop", "trigger": "request", "publishes": ["sales"]}],
    "channels": [
        {
            "id": "sales",
            "carries": "event",
            "routing": True,
            "destinations": [{"kind": "data-lake"}, {"kind": "queue"}],
        }
    ],
}


def made(raw: Mapping[str, Any], book: Book) -> Design:
    return advise(make_requirements(dict(raw)), book)


def saved(path: str, book: Book) -> Design:
    return advise(read_requirements(Path(path).read_bytes()), book)


def lines(architecture: Architecture) -> set[tuple[str, str, str]]:
    return {architecture.key(edge) for edge in architecture.edges}


@pytest.mark.parametrize("suffix", [".svg", ".drawio", ".drawio.svg", ".html", ".mmd", ".py"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_format_shows_the_endpoints(suffix: str, lang: Lang, designs: Mapping[str, Design]) -> None:
    content = renderers.draw(designs["scheduled-batch"], suffix, lang=lang).decode()
    assert {"en": "VPC endpoints", "ja": "VPC エンドポイント"}[lang] in content
    assert {"en": "DynamoDB, ECR, S3", "ja": "DynamoDB、ECR、S3"}[lang] in content.replace("\n", " ") or suffix in (
        ".svg",
        ".drawio.svg",
        ".html",
    )


def test_programs_have_a_mark_for_endpoints_and_the_legend_lists_them(designs: Mapping[str, Design]) -> None:
    picture = renderers.picture(designs["scheduled-batch"])
    marks = {node.id: [mark.target for mark in node.marks] for node in picture.nodes if node.marks}
    assert marks == {"aggregate.compute": ["workload.vpc-endpoints"]}
    assert picture.legend is not None
    said = [" ".join(line.words.lines) for line in picture.legend.lines if line.icon == "vpc-endpoints"]
    assert said == ["Calls from the VPC to CloudWatch Logs, DynamoDB, ECR and S3 go through VPC endpoints"]


def test_one_program_has_a_line_to_the_nat_gateway_and_several_have_marks(designs: Mapping[str, Design]) -> None:
    alone = renderers.picture(designs["business-process-integration"])
    assert [line.source for line in alone.lines if line.target == "workload.nat"] == ["orders.compute"]
    several = renderers.picture(designs["kubernetes-jobs"])
    marked = {node.id for node in several.nodes for mark in node.marks if mark.target == "workload.nat"}
    assert marked == {"nightly.compute", "metrics.compute"}


def test_a_delivery_stream_stands_before_a_data_lake_that_is_in_aws(book: Book) -> None:
    design = made(LAKE, book)
    picture = drawn(design).architecture
    bus = picture.node("sales.messaging").service
    assert (bus, "deliver", "data-lake") in lines(design.architecture)
    assert {(bus, "deliver", "firehose"), ("firehose", "deliver", "data-lake")} <= lines(picture)
    assert {node.group for node in picture.of_service("data-lake")} == {"cloud"}
    assert violations(renderers.picture(design)) == []


def test_a_balancer_stands_behind_a_vpc_link_inside_the_private_subnets(book: Book) -> None:
    picture = drawn(saved("tests/blueprints/requirements/rest-oidc.yaml", book)).architecture
    (balancer,) = picture.of_service("nlb")
    assert balancer.group == "private-subnet"
    assert ("api-gateway-rest", "invoke", "nlb") in lines(picture)
    assert ("nlb", "invoke", "ecs") in lines(picture)
    assert ("api-gateway-rest", "invoke", "ecs") not in lines(picture)
    assert picture.node("workload.oidc").group is None


def test_callers_of_a_private_api_pass_its_endpoint(designs: Mapping[str, Design]) -> None:
    picture = drawn(designs["private-business-api"]).architecture
    assert {("client", "request", "vpc-endpoints"), ("vpc-endpoints", "request", "api-gateway-rest")} <= lines(picture)


def test_private_apis_share_one_endpoint_which_their_callers_in_the_vpc_use(book: Book) -> None:
    travel = {"id": "travel", "trigger": "request", "exposure": "private", "calls": ["booking"]}
    booking = {"id": "booking", "trigger": "request", "exposure": "private", "steps": 3}
    picture = drawn(made({"components": [travel, booking]}, book)).architecture
    (door,) = (node for node in picture.nodes if node.service == "vpc-endpoints")
    assert door.note.en.split(", ").count("API Gateway") == 1
    assert {edge.target for edge in picture.leaving(door.id)} == {"travel.entry", "booking.entry"}
    assert ("travel.compute", "reach-privately") in {(edge.source, edge.verb) for edge in picture.entering(door.id)}
    assert picture.node("travel.compute").group == "private-subnet"


def test_a_question_to_a_person_leaves_from_the_state_that_waits(book: Book) -> None:
    picture = renderers.picture(saved("prove/cases/supplements/approval.yaml", book))
    (asking,) = [line for line in picture.lines if line.target == "workload.approvals" and ">ask>" in line.id]
    assert asking.source.endswith("approve")


def test_what_no_answer_states_is_drawn_as_assumed(book: Book) -> None:
    api: dict[str, Any] = {"id": "api", "trigger": "request"}
    raw = {"schema": 2, "title": "API", "components": [api]}
    assumed = drawn(made(raw, book)).architecture
    assert assumed.node("client.public").note.ja == "インターネット（仮定）"
    assert [row.icon for row in assumed.rows] == ["client"]
    stated = drawn(made(raw | {"components": [api | {"exposure": "public"}]}, book)).architecture
    assert stated.node("client.public").note.en == "internet"
    assert stated.rows == ()


CALLED: dict[str, Any] = {"id": "booking", "packaging": "container-image", "cold_start_ok": False}


@pytest.mark.parametrize(
    ("answers", "others", "is_drawn"),
    [
        ({}, [], False),
        ({"exposure": "private"}, [], False),
        ({"trigger": "request", "exposure": "private"}, [], False),
        ({"trigger": "request", "exposure": "private", "authentication": "sign-up"}, [], True),
        ({"trigger": "request", "exposure": "public"}, [], True),
        ({"exposure": "private"}, [CALLED | {"id": "own", "trigger": "request", "exposure": "private"}], True),
    ],
)
def test_no_user_is_drawn_for_what_only_another_component_calls(
    answers: dict[str, Any], others: list[dict[str, Any]], is_drawn: bool, book: Book
) -> None:
    portal = {"id": "portal", "trigger": "request", "exposure": "partner", "calls": ["booking"]}
    design = made({"schema": 2, "title": "Booking", "components": [portal, CALLED | answers, *others]}, book)
    assert {"client.private", "client.public"} & {node.id for node in design.architecture.nodes}
    picture = drawn(design).architecture
    users = {node.id for node in picture.of_service("client")} - {"client.partner"}
    assert bool(users) == is_drawn
    entry = next(edge.target for edge in picture.edges if edge.verb == "call")
    assert {edge.verb for edge in picture.entering(entry)} == {"call", "request"} if is_drawn else {"call"}
    steps = [edge.step for edge in picture.edges if edge.step is not None]
    assert sorted(steps) == [*range(1, len(steps) + 1)]


def test_an_endpoint_that_calls_pass_by_has_no_users(book: Book) -> None:
    picture = drawn(saved("tests/blueprints/requirements/calls-past-doors.yaml", book)).architecture
    assert picture.find("price.entry")
    assert {edge.source for edge in picture.entering("price.entry")} == {"workload.vpc-endpoints"}
    assert picture.find("client.private") is None


def test_a_source_that_nobody_stated_is_assumed(designs: Mapping[str, Design]) -> None:
    assert drawn(designs["data-processing"]).architecture.node("readings.source").note.en == "assumed"


def test_a_design_that_only_one_answer_makes_impossible_to_generate_is_drawn_with_its_hidden_parts(
    designs: Mapping[str, Design],
) -> None:
    raw: dict[str, Any] = yaml.safe_load((STORIES / "private-business-api.yaml").read_text("utf-8"))
    raw["workload"]["customer_managed_keys"] = True
    generated = made(raw, designs["private-business-api"].book)
    raw["stores"][0]["already_exists"] = True
    refused = made(raw, generated.book)
    assert not blueprints.check(generated, "sam")
    assert all(blueprints.check(refused, target.id) for target in blueprints.TARGETS)
    assert {"key", "vpc-endpoints"} <= {node.role for node in drawn(refused).architecture.nodes}
    assert drawn(refused).architecture == drawn(generated).architecture


def test_what_is_built_beside_a_program_that_cannot_be_built_is_drawn(book: Book) -> None:
    tasks = {"id": "task", "trigger": "schedule", "packaging": "container-image", "pins": {"compute": "ecs"}}
    odd = {**tasks, "id": "odd", "pins": {"compute": "ecs", "engine": "eks-fargate"}}
    design = made({"schema": 2, "title": "Tasks", "components": [tasks, odd]}, book)
    with pytest.raises(KeyError):
        stack_of(plan_for(design), "en")
    picture = drawn(design).architecture
    assert picture.of_service("vpc-endpoints")
    assert {"task.compute", "odd.compute"} <= {node.id for node in picture.nodes}


def test_what_is_drawn_already_stays(designs: Mapping[str, Design]) -> None:
    once = drawn(designs["web-application"])
    assert drawn(once) is once


def test_parts_have_words_in_both_languages_and_icons_that_exist() -> None:
    for id, part in parts().items():
        texts = [part[key] for key in ("title", "note") if key in part]
        texts += [line[key] for line in part["lines"] for key in ("label", "sentence") if key in line]
        assert all(text["en"] and text["ja"] for text in texts), id
        assert "icon" not in part or part["icon"] in icons.table(), id


def test_what_is_assumed_has_a_dashed_outline_in_every_format(designs: Mapping[str, Design]) -> None:
    design = designs["web-application"]
    assumed = [node.id for node in drawn(design).architecture.nodes if node.is_assumed]
    assert assumed == ["client.public", "report.schedule"]
    assert {node.id for node in renderers.picture(design).nodes if node.is_assumed} == {*assumed}
    made = {suffix: renderers.draw(design, suffix) for suffix in (".svg", ".drawio", ".html", ".mmd", ".py", ".pptx")}
    part = re.search(r'<g [^>]*data-node="client.public".*?</g>', made[".svg"].decode())
    assert part is not None
    assert part[0].count('stroke-dasharray="3 3"') == 1
    assert made[".svg"].decode().count('stroke-dasharray="3 3"') == 2
    assert b'advisor="assumed client.public"' in made[".drawio"]
    assert made[".html"].decode().count('stroke-dasharray="3 3"') == 8, "two languages and two themes"
    assert made[".mmd"].decode().count("stroke-dasharray") == 2
    assert made[".py"].decode().count('style="dashed,rounded"') == 2
    with zipfile.ZipFile(io.BytesIO(made[".pptx"])) as packed:
        slide = packed.read("ppt/slides/slide1.xml").decode()
    users = re.search(
        r'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="\d+" name="Users, internet \(assumed\)"/>.*?</p:grpSp>', slide
    )
    assert users is not None
    assert users[0].count('prstDash val="sysDash"') == 1


def test_a_picture_is_the_same_without_the_flip_points_that_its_plan_leaves_out(
    designs: dict[str, Design], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To find them takes longer than everything else in a plan, and no picture shows their alarms."""
    whole = {name: drawn(design, plan_for(design)).architecture for name, design in designs.items()}

    def fail(*_: object) -> None:
        raise AssertionError("a picture looked for a flip point")

    monkeypatch.setattr("advisor.design.flip_above", fail)
    for name, design in designs.items():
        assert drawn(replace(design)).architecture == whole[name], name  # a copy has found nothing yet


def test_a_stack_that_is_too_large_for_a_project_is_drawn_as_it_is(
    designs: dict[str, Design], monkeypatch: pytest.MonkeyPatch
) -> None:
    design = designs["private-business-api"]
    whole = drawn(design).architecture
    monkeypatch.setattr("blueprints.refusals.stack_size.MOST_RESOURCES", 1)
    assert all(blueprints.check(design, target.id) for target in blueprints.TARGETS)
    assert drawn(design).architecture == whole


def test_a_region_and_a_schedule_that_nobody_stated_are_drawn_as_assumed(book: Book) -> None:
    job = {"id": "job", "trigger": "schedule"}
    assumed = drawn(made({"components": [job]}, book)).architecture
    scheduler = next(node for node in assumed.nodes if node.role == "schedule")
    assert scheduler.is_assumed
    assert scheduler.note.en == "daily at 02:00 (Asia/Tokyo, assumed)"
    assert "Assumed, because no answer states the schedule" in [row.words.en for row in assumed.rows]
    assert assumed.groups[0].title.en == "AWS Cloud (assumed Region ap-northeast-1)"
    job |= {"schedule_expression": "daily at 18:00"}
    zone = drawn(made({"components": [job]}, book)).architecture
    assert next(n for n in zone.nodes if n.role == "schedule").note.en == "daily at 18:00 (Asia/Tokyo, assumed)"
    job |= {"time_zone": "Europe/London"}
    stated = drawn(made({"workload": {"region": "eu-west-2"}, "components": [job]}, book)).architecture
    assert not any(node.is_assumed for node in stated.nodes)
    assert stated.groups[0].title.en == "AWS Cloud (eu-west-2)"


def test_a_time_zone_that_nobody_stated_is_among_the_assumptions(book: Book) -> None:
    raw = {"workload": {"region": "eu-west-2"}, "components": [{"id": "job", "trigger": "schedule"}]}
    assumptions = {one.field: one.sentence.en for one in made(raw, book).decision.assumptions}
    assert assumptions["time_zone"] == "Time zone of the schedule: UTC"
    assert assumptions["schedule_expression"].startswith("Schedule: daily at 02:00")
    assert "workload.region" not in assumptions
    del raw["workload"]
    assert "workload.region" in {one.field for one in made(raw, book).decision.assumptions}
    raw["components"][0]["schedule_expression"] = "rate(15 minutes)"
    assert "time_zone" not in {one.field for one in made(raw, book).decision.assumptions}
