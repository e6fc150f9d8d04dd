"""Views of one architecture: each shows what it promises, in both languages, without a fault of layout, and always the same."""

import re

import pytest
import yaml

import renderers
import rules
from advisor.advise import advise
from advisor.architecture import Architecture, Edge
from advisor.book import Book
from advisor.design import Design
from advisor.explanation.wording import service_name
from advisor.requirements import make_requirements
from advisor.requirements.reading import write_requirements
from advisor.text import EMPTY, LANGS, Lang, Text
from advisor_bundle.views import VIEWS, UnknownView, all_views, view_of, viewed
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from renderers.drawn import drawn
from renderers.layout.check import violations
from renderers.layout.geometry import foreign_frames
from renderers.layout.picture import Picture


@pytest.fixture(scope="module")
def views(designs: dict[str, Design]) -> dict[str, dict[str, Design]]:
    return {name: all_views(design) for name, design in designs.items()}


def said(edge: Edge) -> str:
    return edge.sentence.en


def legend_words(picture: Picture) -> str:
    assert picture.legend is not None
    blocks = [step.words for step in picture.legend.steps] + [line.words for line in picture.legend.lines]
    return " ".join(" ".join(block.lines) for block in blocks)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", rules.STORIES)
def test_no_view_has_a_fault_of_layout_or_a_text_that_is_cut(
    views: dict[str, dict[str, Design]], name: str, lang: Lang
) -> None:
    for view, design in views[name].items():
        picture = renderers.picture(design, lang=lang)
        assert violations(picture) == [], view
        assert list(foreign_frames(picture)) == [], view
        if view and picture.legend:
            assert "…" not in legend_words(picture), view
            assert not any("…" in line for node in picture.nodes if node.note for line in node.note.lines), view


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_view_speaks_both_languages(views: dict[str, dict[str, Design]], name: str) -> None:
    for view, design in views[name].items():
        architecture = design.architecture
        if not view:
            continue
        assert re.search("[ぁ-ヿ一-鿿]", architecture.view.ja)
        texts = [row.words for row in architecture.rows]
        texts += [remark for node in architecture.nodes for remark in node.remarks]
        texts += [text for edge in architecture.edges for text in (edge.label, edge.sentence)]
        assert any(texts), view
        for text in texts:
            assert not re.search("[ぁ-ヿ一-鿿]", text.en.split(":")[0]) or text.en == text.ja, text
            assert bool(text.en) == bool(text.ja), text


def to_parts(decided: Architecture, architecture: Architecture, source: str) -> str:
    """Return what is said of the lines from a part to what the project holds besides, such as the table of sent messages."""
    known = {edge.id for edge in decided.edges}
    return " ".join(said(edge) for edge in architecture.leaving(source) if edge.id not in known)


def at_one_end(architecture: Architecture, key: tuple[str, str, str]) -> str:
    """Return what is said of a connection that the picture draws by way of a part, such as a Lambda authorizer."""
    source, verb, target = key
    edges = [e for e in architecture.edges if e.verb == verb and (e.source == source or e.target == target)]
    return " ".join(map(said, edges))


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_security_view_has_every_iam_action_on_its_arrow(
    designs: dict[str, Design], views: dict[str, dict[str, Design]], name: str
) -> None:
    architecture = views[name]["security"].architecture
    arrows = {(edge.source, edge.verb, edge.target): edge for edge in architecture.edges}
    rows = " ".join(row.words.en for row in architecture.rows)
    table = permissions_of(plan_for(designs[name]))
    assert table
    for permission in table:
        if permission.edge is None:
            where = rows
        elif permission.edge in arrows:
            besides = to_parts(designs[name].architecture, architecture, permission.edge[0])
            where = f"{said(arrows[permission.edge])} {besides}"
        else:
            where = at_one_end(architecture, permission.edge)
        for action in permission.actions:
            assert re.search(rf"{re.escape(action)}(?![A-Za-z])", where), (permission.edge, action, where)
        assert permission.role in where


def test_the_security_view_names_roles_keys_and_authentication(views: dict[str, dict[str, Design]]) -> None:
    remarks = {node.id: [r.en for r in node.remarks] for node in views["async-coupling"]["security"].architecture.nodes}
    assert "Role: ProcessBFunctionRole" in remarks["process-b.compute"]
    assert "Encryption: AWS managed key aws/dynamodb" in remarks["records.store"]
    assert "Encryption: SSE-SQS" in remarks["done.buffer-process-b"]
    assert "Encryption: AWS managed key aws/sns" in remarks["done.messaging"]
    assert "Authentication: IAM (SigV4)" in remarks["process-a.entry"]


def test_actions_stand_on_the_arrow_to_what_they_act_on(views: dict[str, dict[str, Design]]) -> None:
    architecture = views["async-coupling"]["security"].architecture
    (publish,) = architecture.leaving("process-a.compute", "publish")
    (record,) = architecture.leaving("process-a.compute", "record")
    assert "dynamodb:" not in said(publish)
    assert "dynamodb:PutItem" in said(record)
    table = architecture.node(record.target)
    assert "Encryption: AWS managed key aws/dynamodb" in [remark.en for remark in table.remarks]


def test_every_entry_of_the_key_has_words(views: dict[str, dict[str, Design]]) -> None:
    for name, each in views.items():
        for view, design in each.items():
            legend = renderers.picture(design).legend
            assert legend is None or all(line.words.lines for line in legend.lines), (name, view)


def test_a_key_of_the_customers_own_is_shown_as_such(book: Book) -> None:
    asked = yaml.safe_load(write_requirements(rules.load_story("async-coupling")))
    asked.setdefault("workload", {})["customer_managed_keys"] = True
    own = viewed(advise(make_requirements(asked), book), "security")
    remarks = {node.id: [remark.en for remark in node.remarks] for node in own.architecture.nodes}
    for id in ("records.store", "done.buffer-process-b", "done.messaging", "done.messaging-dlq"):
        assert "Encryption: customer managed key" in remarks[id]


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_failure_view_has_every_dead_letter_queue_and_every_alarm(
    designs: dict[str, Design], views: dict[str, dict[str, Design]], name: str
) -> None:
    architecture, plan = views[name]["failure"].architecture, plan_for(designs[name])
    whole = designs[name].architecture
    dead = [edge for edge in whole.edges if edge.verb == "dead-letter"]
    shown = {edge.target: edge for edge in architecture.edges if edge.verb == "dead-letter"}
    for edge in dead:
        assert shown[edge.target].sentence != EMPTY
        receives = whole.node(edge.source).settings.get("max_receive_count")
        if receives is not None:
            assert f"after {receives} receives" in said(shown[edge.target])
        queue = architecture.node(edge.target)
        assert any(remark.en.startswith("Redrive: ") for remark in queue.remarks)
        assert any(remark.en.startswith("Retention: ") for remark in queue.remarks)
    for alarm in plan.alarms:
        node = architecture.find(alarm.node)
        if not alarm.expires and node is not None:
            assert any(alarm.metric in remark.en for remark in node.remarks), alarm
    watched = {alarm.node for alarm in plan.alarms if not alarm.expires}
    assert watched <= {node.id for node in architecture.nodes}


def test_the_failure_view_says_what_follows_the_last_failure(views: dict[str, dict[str, Design]]) -> None:
    deliveries = views["async-coupling"]["failure"].architecture.leaving("done.messaging", "deliver")
    delivery = next(edge for edge in deliveries if edge.target.startswith("done.buffer"))
    assert said(delivery).endswith("23 days. After the last failure, the message goes to the dead-letter queue.")
    for graph in (each["failure"].architecture for each in views.values()):
        assert not any(re.search("third|more attempt|1 retries", said(edge)) for edge in graph.edges)


def test_only_dead_letter_queues_of_queues_are_moved_back(views: dict[str, dict[str, Design]]) -> None:
    architecture = views["async-coupling"]["failure"].architecture
    queue, topic = (architecture.node(f"done.{id}-dlq") for id in ("buffer-process-b", "messaging"))
    assert "Redrive: StartMessageMoveTask" in [remark.en for remark in queue.remarks]
    assert "Redrive: resend the messages" in [remark.en for remark in topic.remarks]


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_network_view_has_every_passage_endpoint_and_address(
    designs: dict[str, Design], views: dict[str, dict[str, Design]], name: str
) -> None:
    architecture, network = views[name]["network"].architecture, plan_for(designs[name]).network
    rows = "\n".join(row.words.en for row in architecture.rows)
    if network is None:
        assert "No part of this design runs in a VPC" in rows
        return
    lines = {edge.id: edge for edge in architecture.edges}
    for passage in network.passages:
        assert f"{passage.protocol.upper()} {passage.port}" in lines[passage.edge].label.en
    for endpoint in (*network.gateways, *network.interfaces):
        assert re.search(rf"endpoints: .*\b{re.escape(endpoint)}\b", rows), endpoint
    assert network.existing == ("The VPC exists" in rows)
    assert network.existing or "VPC: 10." in rows
    for node in architecture.nodes:
        if node.role == "entry":
            assert next(r.en for r in node.remarks) in ("Public endpoint", "Private endpoint")


POLLED = {
    "schema": 2,
    "title": "Polled",
    "workload": {"vpc_only": True, "customer_managed_keys": True},
    "components": [
        {"id": "web", "trigger": "request", "publishes": ["orders", "mails"]},
        {"id": "work", "trigger": "message", "listens_to": "orders", "packaging": "container-image",
         "pins": {"compute": "ecs"}, "fixed_outgoing_ip": True},
        {"id": "send", "trigger": "message", "listens_to": "mails", "pins": {"compute": "lambda"}},
    ],
    "channels": [{"id": "orders", "carries": "work"}, {"id": "mails", "carries": "work"}],
}  # fmt: skip


def test_the_network_view_describes_the_calls_of_what_polls_a_queue(book: Book) -> None:
    design = advise(make_requirements(dict(POLLED)), book)
    assert all(design.architecture.node(f"{id}.compute").group != "cloud" for id in ("work", "send"))
    graph = viewed(design, "network").architecture
    polls = {edge.target: edge for edge in graph.edges if edge.verb == "consume"}
    task, function = polls["work.compute"], polls["send.compute"]
    assert task.label == Text("poll, through NAT gateway", "ポーリング、NAT ゲートウェイ経由")
    assert said(task) == "work polls orders: HTTPS, through NAT gateway"
    assert function.step is None
    assert function.label == EMPTY, "Lambda polls for the function, from outside the VPC"


@pytest.mark.parametrize("existing", [[], ["vpc"]])
def test_the_network_view_has_calls_of_a_private_api_go_through_its_endpoint(existing: list[str], book: Book) -> None:
    front = {"id": "front", "trigger": "request", "exposure": "private", "calls": ["back"]}
    back = {"id": "back", "trigger": "request", "exposure": "private", "steps": 3}
    design = advise(make_requirements({"workload": {"existing": existing}, "components": [front, back]}), book)
    graph = viewed(design, "network").architecture
    (call,) = (edge for edge in graph.edges if edge.verb == "call")
    assert "HTTPS, interface endpoint execute-api" in said(call)
    rows = [row.words.en for row in graph.rows if "Interface endpoints" in row.words.en]
    assert sum(row.count("execute-api") for row in rows) == 1


def test_the_network_view_has_no_loose_dead_letter_queues_or_keys(book: Book) -> None:
    design = advise(make_requirements(dict(POLLED)), book)
    whole, graph = drawn(design).architecture, viewed(design, "network").architecture
    assert {"dead-letters", "key"} <= {node.role for node in whole.nodes}
    joined = {end for edge in graph.edges for end in (edge.source, edge.target)}
    assert {node.role for node in graph.nodes if node.id not in joined} <= {"network", "nat-gateway", "vpc-endpoints"}
    assert "NAT gateway" in {node.title.en for node in graph.nodes}


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_detail_view_has_every_derived_setting_and_every_quota(
    designs: dict[str, Design], views: dict[str, dict[str, Design]], name: str
) -> None:
    whole, architecture = designs[name].architecture, views[name]["detail"].architecture
    for node in architecture.nodes:
        assert len(node.remarks) == len(whole.node(node.id).grounds)
    lines = {edge.id: edge for edge in architecture.edges}
    for edge in whole.edges:
        if edge.id in lines and edge.budgets:
            _, title, words = said(lines[edge.id]).partition("Quotas – ")
            quotas = words.split("; ")
            assert title
            assert len(quotas) >= len(edge.budgets)
            # Each has the required value and what it is compared with, with their titles.
            assert words.count(": ") >= 2 * len(edge.budgets)


def test_protocols_of_the_detail_view(views: dict[str, dict[str, Design]]) -> None:
    edges = {e.id: e.label.en for e in views["container-web-service"]["detail"].architecture.edges}
    assert edges["client.public>request>web.entry"] == "HTTPS"
    assert edges["web.entry>invoke>web.compute"] == "forward – TCP 8080"
    assert edges["web.compute>read-write>sessions.store"] == "read and write – HTTPS"


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_decision_view_has_each_service_with_its_reason_and_what_comes_next(
    designs: dict[str, Design], views: dict[str, dict[str, Design]], name: str
) -> None:
    design, architecture = designs[name], views[name]["decision"].architecture
    rows = [row.words.en for row in architecture.rows]
    parts = {(node.subject, node.role) for node in design.architecture.nodes if node.kind == "service"}
    decided = [
        choice
        for subject in design.decision.subjects
        for choice in subject.choices
        if (subject.id, "compute" if choice.role == "engine" else choice.role) in parts
    ]
    assert decided
    for choice in decided:
        row = next(row for row in rows if choice.because[0].sentence.en.rstrip(".") in row)
        possible = [service_name(design.book, other.service).en for other in choice.rejected if other.possible]
        assert not possible or any(f"Runner-up: {name}" in row for name in possible), row
        assert possible or not choice.rejected or "Excluded: " in row, row


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_overview_is_the_flow_without_what_supports_it(
    designs: dict[str, Design], views: dict[str, dict[str, Design]], name: str
) -> None:
    whole, architecture = designs[name].architecture, views[name]["overview"].architecture
    assert {edge.flow for edge in architecture.edges} <= {"sync", "async", "data"}
    assert not {node.role for node in architecture.nodes} & {"registry", "observability", "dead-letters"}
    computes = {node.id for node in whole.nodes if node.role == "compute"}
    assert computes <= {node.id for node in architecture.nodes}
    steps = sorted(edge.step for edge in architecture.edges if edge.step is not None)
    assert steps == list(range(1, len(steps) + 1))


def test_an_unknown_view_names_those_that_there_are(designs: dict[str, Design]) -> None:
    with pytest.raises(UnknownView) as refused:
        view_of(designs["scheduled-batch"], "costs")
    for name in VIEWS:
        assert name in refused.value.text.en
        assert name in refused.value.text.ja


@pytest.mark.parametrize("suffix", [".svg", ".drawio", ".pptx", ".mmd", ".py"])
def test_a_view_is_drawn_in_every_format_and_always_the_same(book: Book, suffix: str) -> None:
    first, second = (advise(rules.load_story("async-coupling"), book) for _ in range(2))
    whole = renderers.draw(first, suffix)
    for view in VIEWS:
        drawn = renderers.draw(viewed(first, view), suffix, lang="ja")
        assert drawn == renderers.draw(viewed(second, view), suffix, lang="ja")
        assert drawn != whole
    assert renderers.draw(first, suffix) == whole


def unchanged(architecture: Architecture) -> bool:
    return architecture.view == EMPTY and not architecture.rows and not any(n.remarks for n in architecture.nodes)


def test_the_whole_design_is_as_it_was(designs: dict[str, Design], views: dict[str, dict[str, Design]]) -> None:
    for name, design in designs.items():
        assert views[name][""] is design
        assert unchanged(design.architecture)


def test_a_poller_of_the_name_of_its_queue_is_told_from_it(book: Book) -> None:
    """A queue behind a topic has the name of its consumer."""
    components = [
        {"id": "web", "trigger": "request", "publishes": ["orders"]},
        {"id": "work", "trigger": "message", "listens_to": "orders", "packaging": "container-image",
         "pins": {"compute": "ecs"}},
        {"id": "send", "trigger": "message", "listens_to": "orders"},
    ]  # fmt: skip
    channels = [{"id": "orders", "carries": "event"}]
    design = advise(
        make_requirements({"schema": 2, "title": "T", "components": components, "channels": channels}), book
    )
    graph = viewed(design, "network").architecture
    polled = next(edge for edge in graph.edges if edge.verb == "consume" and edge.target == "work.compute")
    assert said(polled).startswith("AWS Fargate (work) polls Amazon SQS (work)")


@pytest.mark.parametrize("lang", LANGS)
def test_a_container_that_only_another_component_calls_has_every_view(book: Book, lang: Lang) -> None:
    """Its callers on the company network, which are assumed, are left out of the project and of whole diagrams."""
    components = [
        {"id": "front", "trigger": "request", "calls": ["report"]},
        {"id": "report", "trigger": "request", "packaging": "container-image"},
    ]
    design = advise(make_requirements({"schema": 2, "title": "T", "components": components}), book)
    assert design.architecture.find("client.private") is not None
    views = {view: renderers.picture(one, lang=lang) for view, one in all_views(design).items()}
    assert {view for view, picture in views.items() for node in picture.nodes if node.id == "client.private"} == set()
    for view, picture in views.items():
        assert violations(picture) == [], view
        assert any(node.subject == "report" for node in picture.nodes) or view == "failure", view
