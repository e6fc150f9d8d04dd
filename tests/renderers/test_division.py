"""What is on the sheets of a large architecture: nothing without a relation, and all that a sheet needs to be understood."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from advisor.architecture import Architecture, State
from renderers.layout.geometry import text_pt
from renderers.layout.pages import A4, PHONE, SLIDE
from renderers.sheets import MOST_NODES, division, is_large, legible, on_sheets, titles
from renderers.sheets.context import content
from renderers.sheets.division import units
from renderers.sheets.legible import drawn
from renderers.sheets.overview import named, overviews, sheet_of
from renderers.sheets.part import part_of
from tests.renderers.samples import CLOUD, edge, group, node, text

VPC = group("vpc", "vpc", text("VPC"), "cloud")
PRIVATE = group("private", "private-subnet", text("Private subnets"), "vpc")


def _part(id: str, service: str, name: str, where: str = "cloud", icon: str | None = None) -> object:
    return node(id, service, text(service), text(name), group=where, icon=icon)


#: A desk behind a CDN that calls a pricing program, and a clerk who reads what that writes; everything stored is encrypted.
NODES = (
    node("client.public", "client", text("Users"), kind="outside"),
    _part("desk.delivery", "cloudfront", "CDN"),
    _part("desk.entry", "api-gateway-rest", "endpoint"),
    _part("workload.identity", "cognito", "identity"),
    _part("desk.compute", "lambda", "Desk"),
    _part("files.store", "s3", "Files"),
    _part("price.compute", "lambda", "Pricing", "private"),
    _part("prices.store", "dynamodb", "Prices"),
    _part("index.compute", "lambda", "Index"),
    _part("unused.store", "dynamodb", "Unused"),
    _part("workload.network", "nat-gateway", "fixed IP addresses", "private"),
    _part("workload.key", "key", "key"),
)
EDGES = (
    edge("client.public", "load", "desk.delivery", text("HTTPS"), "sync", 1),
    edge("desk.delivery", "forward", "desk.entry", text("HTTPS"), "sync", 2),
    edge("desk.entry", "invoke", "desk.compute", text("invoke"), "sync", 3),
    edge("desk.compute", "presign", "files.store", text("presign"), "data", 4),
    edge("desk.compute", "call", "price.compute", text("invoke"), "sync", 5),
    edge("price.compute", "write", "prices.store", text("write"), "data", 6),
    edge("prices.store", "stream", "index.compute", text("changes"), "async", 7),
    edge("desk.entry", "authorize", "workload.identity", text("token"), "identity", 8),
    edge("client.public", "sign-in", "workload.identity", text("sign in"), "identity", 9),
    edge("client.public", "upload", "files.store", text("upload"), "sync", 10),
    *(
        edge(id, "encrypt", "workload.key", text("encrypt"), "identity")
        for id in ("files.store", "prices.store", "unused.store")
    ),
)
SHOP = Architecture(NODES, EDGES, (CLOUD, VPC, PRIVATE))  # type: ignore[arg-type]
GROUPS = [[unit] for unit in units(SHOP)]
SHEETS = [part_of(SHOP, GROUPS, number) for number in range(1, len(GROUPS) + 1)]


def test_each_sheet_has_a_component_and_no_part_without_a_relation() -> None:
    assert [group[0].subject for group in GROUPS] == ["desk", "price", "index"]
    for sheet in SHEETS[1:]:
        linked = {end for each in sheet.edges for end in (each.source, each.target)}
        assert {each.id for each in sheet.nodes} - linked <= {"workload.network"}
    assert {each.id for sheet in SHEETS for each in sheet.nodes} == {each.id for each in SHOP.nodes}
    assert {each.id for sheet in SHEETS for each in sheet.edges} == {each.id for each in SHOP.edges}


def test_what_callers_do_is_on_the_sheet_of_what_they_touch() -> None:
    assert "client.public>upload>files.store" in {each.id for each in SHEETS[0].edges}
    assert all(SHEETS[n].find("client.public") is None for n in (1, 2))


def test_what_is_encrypted_has_its_mark_on_every_sheet() -> None:
    for sheet in SHEETS:
        stored = {each.id for each in sheet.nodes if each.role == "store"}
        assert {each.source for each in sheet.edges if each.verb == "encrypt"} == stored


def test_a_sheet_shows_who_calls_its_components_with_the_sheet_of_the_caller() -> None:
    caller = SHEETS[1].node("desk.compute")
    assert caller.note == text("Desk, sheet 1", "Desk（シート 1）")
    assert SHEETS[1].entering("price.compute")
    assert SHEETS[0].node("price.compute").note.en == "Pricing, sheet 2"


def test_a_gateway_is_on_the_sheets_of_the_programs_in_its_network() -> None:
    assert [sheet.find("workload.network") is not None for sheet in SHEETS] == [False, True, False]


def test_a_store_that_hands_its_changes_on_names_the_other_sheet_on_both() -> None:
    assert SHEETS[1].node("prices.store").note.en == "Prices, sheet 3"
    assert SHEETS[2].node("prices.store").note.en == "Prices, sheet 2"


def test_a_shared_endpoint_has_its_callers_and_their_sign_in_on_each_sheet() -> None:
    second = edge("desk.entry", "invoke", "price.compute", text("invoke"), "sync", 11)
    asks = edge("price.compute", "authorize", "workload.identity", text("token"), "identity", 12)
    shared = Architecture(SHOP.nodes, (*SHOP.edges, second, asks), SHOP.groups)
    _, edges = content(shared, [next(unit for unit in units(shared) if unit.subject == "price")])
    way = {
        "client.public>load>desk.delivery",
        "desk.delivery>forward>desk.entry",
        "client.public>sign-in>workload.identity",
    }
    assert way <= edges


def test_the_steps_of_each_sheet_start_at_1_with_the_caller_and_sign_in_comes_before_use() -> None:
    for sheet in SHEETS:
        steps = {each.step: each for each in sheet.edges if each.step is not None}
        assert sorted(steps) == list(range(1, len(steps) + 1))
    at = {each.verb: each.step for each in SHEETS[0].edges}
    assert at["load"] == 1
    assert at["sign-in"] < at["forward"] < at["authorize"]  # type: ignore[operator]
    assert at["upload"] == at["presign"] + 1  # type: ignore[operator]


def test_the_overview_shows_components_with_entries_and_stores_and_no_supporting_parts() -> None:
    first = next(iter(overviews(SHOP, GROUPS, "en")))
    shown = {each.id for each in first.nodes}
    assert shown == {
        "client.public", "desk.delivery", "desk.entry", "sheet.1.desk", "sheet.2.price", "sheet.3.index", "files.store",
        "prices.store",
    }  # fmt: skip
    assert [sheet_of(id) for id in ("sheet.2.price", "files.store")] == [2, None]
    assert first.node("sheet.2.price").note.en == "Pricing, sheet 2"
    between = {(each.source, each.target) for each in first.edges}
    assert {("sheet.2.price", "prices.store"), ("prices.store", "sheet.3.index")} <= between


def test_an_overview_of_sheets_keeps_the_stores_that_they_share_and_counts_the_parts_of_the_requirements() -> None:
    by_sheet = list(overviews(SHOP, GROUPS, "en"))[3]
    assert {each.id for each in by_sheet.nodes} == {"client.public", "sheet.1", "sheet.2", "sheet.3", "prices.store"}
    assert by_sheet.node("sheet.2").note.en == "2 parts"
    assert ("client.public", "sheet.1") in {(each.source, each.target) for each in by_sheet.edges}


def test_only_what_requests_and_data_reach_makes_an_architecture_large() -> None:
    stores = [_part(f"s{n}.store", "dynamodb", f"Store {n}") for n in range(MOST_NODES - 1)]
    writes = [edge("desk.compute", "write", f"s{n}.store", text("write"), "data") for n in range(MOST_NODES - 1)]
    logs = [edge(f"s{n}.store", "log", "workload.key", text("log"), "observe") for n in range(3)]
    fails = edge("desk.compute", "dead-letter", "price.compute", text("on failure"), "failure")
    assert not is_large(Architecture((*NODES, *stores), (*writes, *logs, fails), SHOP.groups))  # type: ignore[arg-type]
    assert is_large(Architecture((*NODES, *stores), (*writes, EDGES[4]), SHOP.groups))  # type: ignore[arg-type]


def test_a_workflow_that_is_too_wide_for_its_page_is_drawn_as_one_part_with_its_steps_counted() -> None:
    names = [f"step{n}" for n in range(12)]
    steps = tuple(State(a, "task", text(f"Step of {a}"), next=(b,)) for a, b in pairwise([*names, "end"]))
    flow = node("desk.workflow", "step-functions-standard", text("AWS Step Functions"), text("workflow"), states=steps)
    architecture = Architecture((*NODES[4:5], flow), (edge(flow.id, "run", "desk.compute", text("run")),), (CLOUD,))  # type: ignore[arg-type]
    picture, shown = drawn(architecture, "Steps", "en", SLIDE)
    assert text_pt(picture, SLIDE) >= SLIDE.least_pt
    assert shown.node(flow.id).note == text("workflow, 12 steps", "workflow（12 ステップ）")
    assert drawn(architecture, "Steps", "en", PHONE)[1].node(flow.id).states == steps


def test_an_authorizer_is_with_the_endpoint_that_asks_it_and_a_component_of_two_programs_has_one_name() -> None:
    checks = _part("price.entry-authorizer", "lambda", "authorizer")
    asked = edge("price.compute", "authorize", "price.entry-authorizer", text("token"), "identity", 11)
    verifies = edge("price.entry-authorizer", "authorize", "workload.identity", text("check"), "identity")
    checks = replace(checks, subject="workload", role="authorizer")  # type: ignore[type-var]
    second = _part("desk.compute-messages", "lambda", "Desk: messages")
    second = replace(second, role="compute")  # type: ignore[type-var]
    shop = Architecture((*NODES, checks, second), (*EDGES, asked, verifies), SHOP.groups)  # type: ignore[arg-type]
    groups = [[unit] for unit in units(shop)]
    assert verifies.id in {each.id for each in groups[1][0].edges}
    assert named(shop, [*groups[0], *groups[1]], "en") == "Desk, Pricing"


def test_sheets_of_a_document_that_lists_the_steps_have_the_numbers_of_the_whole() -> None:
    steps = {each.id: each.step for each in SHOP.edges}
    for number in (1, 2, 3):
        part = part_of(SHOP, GROUPS, number, has_own_steps=False)
        assert all(each.step == steps[each.id] for each in part.edges)


def test_a_sheet_whose_text_would_be_too_small_has_marks_in_place_of_lines_to_what_supports_it() -> None:
    parts = [node(f"p{n}.compute", "lambda", text(f"Program {n}")) for n in range(11)]
    queues = [
        node(f"{part.subject}.dlq", "dead-letter-queue", text("Failed messages")) for part in (parts[0], parts[-1])
    ]
    calls = [
        edge(a.id, "call", b.id, text("call the next one"), "sync", n) for n, (a, b) in enumerate(pairwise(parts), 1)
    ]
    fails = [
        edge(f"{queue.subject}.compute", "dead-letter", queue.id, text("on failure"), "failure") for queue in queues
    ]
    chain = Architecture((*parts, *queues), (*calls, *fails), (CLOUD,))
    assert drawn(chain, "Chain", "en", SLIDE)[1] == chain
    picture, shown = drawn(chain, "Chain", "en", replace(SLIDE, least_pt=13.6))
    assert text_pt(picture, SLIDE) >= 12.9
    assert shown == replace(chain, is_brief=True)
    assert {line.id for line in picture.lines} == {each.id for each in calls}
    assert sum(len(each.marks) for each in picture.nodes) == len(fails)


def _with_workflow(states: Sequence[State]) -> Architecture:
    flow = node(
        "desk.workflow", "step-functions-standard", text("AWS Step Functions"), text("workflow"), states=tuple(states)
    )
    return Architecture((*NODES[4:5], flow), (edge(flow.id, "run", "desk.compute", text("run")),), (CLOUD,))  # type: ignore[arg-type]


def _chain(steps: int) -> list[State]:
    ids = [*(f"step{n}" for n in range(steps)), "end"]
    return [
        *(State(a, "task", text(f"Step of {a}"), next=(b,)) for a, b in pairwise(ids)),
        State("end", "end", text("End")),
    ]


def _choice(steps: int) -> list[State]:
    ids = [f"step{n}" for n in range(steps)]
    choice = State("which", "task", text("Which"), next=tuple(ids))
    return [
        choice,
        *(State(id, "task", text(f"Step of {id}"), next=("end",)) for id in ids),
        State("end", "end", text("End")),
    ]


@pytest.mark.parametrize("states", [_chain(12), _choice(11)], ids=["too small to read", "most of the picture"])
def test_a_workflow_of_many_steps_has_them_on_a_sheet_of_its_own(states: list[State]) -> None:
    whole = _with_workflow(states)
    assert legible(whole, "Steps", "en") is None
    assert division(whole, "Steps", "en", A4) == []
    first, steps = on_sheets(whole, [], "Steps", "en", A4)
    assert first.architecture.node("desk.workflow").note == text(
        "workflow, 12 steps, sheet 1", "workflow（12 ステップ）（シート 1）"
    )
    assert [placed.sheet for placed in first.picture.nodes] == [None, 1]
    assert (steps.number, len(steps.picture.states)) == (1, 13)
    assert titles(whole, "Steps", "en", A4) == (steps.name,) == ("Steps of Desk",)


def test_a_workflow_of_few_steps_stays_in_the_picture() -> None:
    picture = legible(_with_workflow(_chain(2)), "Steps", "en")
    assert picture is not None
    assert len(picture.states) == 3
