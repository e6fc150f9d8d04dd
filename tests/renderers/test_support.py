"""Image pulls, metrics and logs: a mark at each node and a line in the legend, where several lead to one node."""

from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS
from renderers import diagrams_source, drawio, mermaid, svg
from renderers.drawio import round_trip
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.measure import build
from renderers.layout.picture import Picture
from renderers.support import dead_letters, marked, supports
from tests.renderers.samples import CLOUD, design, edge, group, node, text


def cluster(size: int, direction: str = "image") -> Architecture:
    """Containers in one cluster that pull from one registry, each with a table of its own."""
    flow: Any = direction
    apps = [node(f"a{i}.compute", "ecs", text(f"App {i}"), text("container"), group="cluster") for i in range(size)]
    tables = [node(f"t{i}.store", "dynamodb", text(f"Table {i}"), group="cloud") for i in range(size)]
    registry = node("r.registry", "ecr", text("Amazon ECR"), text("images"), group="cloud")
    edges = [edge(app.id, "write", table.id, text("write"), "data", 1) for app, table in zip(apps, tables, strict=True)]
    sentence = text("The image is pulled from Amazon ECR", "Amazon ECR からイメージを取得します")
    edges += [edge(app.id, "pull", registry.id, text("pull image"), flow, None, sentence) for app in apps]
    groups = (CLOUD, group("cluster", "cluster", text("Cluster"), "cloud", "ecs"))
    return Architecture((*apps, *tables, registry), tuple(edges), groups)


def drawn(size: int, **options: Any) -> Picture:
    return arrange(cluster(size), "Cluster", **options)


def test_a_single_pull_is_a_line_and_several_are_marks() -> None:
    alone, several = drawn(1), drawn(3)
    assert [line.id for line in alone.lines if line.kind == "image"] == ["a0.compute>pull>r.registry"]
    assert not any(node.marks for node in alone.nodes)
    assert not any(line.kind == "image" for line in several.lines)
    assert {(mark.id, mark.target) for node in several.nodes for mark in node.marks} == {
        (f"a{i}.compute>pull>r.registry", "r.registry") for i in range(3)
    }


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("lang", LANGS)
def test_pictures_with_marks_are_sound(lang: Any, direction: Any) -> None:
    picture = drawn(5, lang=lang, direction=direction)
    assert violations(picture) == []
    for placed in picture.nodes:
        assert all(placed.whole.holds(mark.box) for mark in placed.marks)


def test_the_legend_says_once_what_a_mark_means() -> None:
    legend = drawn(3, lang="ja").legend
    assert legend is not None
    assert [("".join(line.words.lines), line.icon) for line in legend.lines if line.icon] == [
        ("Amazon ECR からイメージを取得します", "ecr")
    ]
    assert not any(line.kind == "image" for line in legend.lines if not line.icon)


def test_svg_has_each_mark_with_its_sentence() -> None:
    root = ElementTree.fromstring(svg.write(drawn(3)))
    marks = [part for part in root.iter() if (part.get("data-edge") or "").endswith(">pull>r.registry")]
    assert len(marks) == 3
    assert {mark[0].text for mark in marks} == {"The image is pulled from Amazon ECR"}


def test_mermaid_and_diagrams_source_say_it_at_the_node() -> None:
    several = cluster(3)
    chart = mermaid.write(several, "Cluster", "", "en").decode()
    assert chart.count("pull image #8594; Amazon ECR") == 3
    assert not [line for line in chart.splitlines() if "-.->" in line]
    source = diagrams_source.write(several, "Cluster", "en").decode()
    assert source.count("'pull image → Amazon ECR'") == 3
    assert 'style="dotted"' not in source
    compile(source, "drawn.py", "exec")


def test_what_has_a_number_or_leads_elsewhere_stays_a_line() -> None:
    several = cluster(3)
    numbered = replace(several, edges=tuple(replace(one, step=2) for one in several.edges))
    assert supports(numbered) == ()
    assert marked(cluster(3, "sync")) == {}
    assert [len(support.edges) for support in supports(cluster(3, "observe"))] == [3]


def test_what_has_no_lines_stands_in_the_cloud_beside_the_rest() -> None:
    picture = drawn(4)
    registry = next(one for one in picture.nodes if one.id == "r.registry")
    cloud = next(one for one in picture.groups if one.id == "cloud")
    cluster = next(one for one in picture.groups if one.id == "cluster")
    assert cloud.box.holds(registry.whole)
    assert not cluster.box.overlaps(registry.whole)
    assert not any(registry.whole.overlaps(one.whole) for one in picture.nodes if one is not registry)
    assert cloud.box.h < cluster.box.h + 60  # what is tall does not become taller


def test_a_pull_and_metrics_share_one_entry_of_the_key_because_they_look_alike() -> None:
    one = cluster(1)
    logs = edge("a0.compute", "observe", "t0.store", text("metrics"), "observe", None)
    legend = arrange(replace(one, edges=(*one.edges, logs)), "Both").legend
    assert legend is not None
    assert [" ".join(line.words.lines) for line in legend.lines] == [
        "Reads or writes data",
        "Image pulls, metrics and logs",
    ]


def test_draw_io_has_each_mark_at_its_node_and_in_the_key() -> None:
    root = ElementTree.fromstring(drawio.write(drawn(3)))
    marks = [cell for cell in root.iter("object") if (cell.get("id") or "").startswith("mark-")]
    assert {cell.get("tooltip") for cell in marks} == {"The image is pulled from Amazon ECR"}
    assert [cell[0].get("parent") for cell in marks] == [f"node-a{number}.compute" for number in range(3)]
    assert all(float(point.get("y") or 0) > 56 for cell in marks for point in cell.iter("mxPoint"))
    key = [cell for cell in root.iter("object") if (cell.get("id") or "").startswith("legend-key-")]
    assert sum("ecr" in (cell[0].get("style") or "") for cell in key) == 1


def test_a_drawing_with_marks_comes_back_without_differences() -> None:
    drawing = drawio.write(drawn(3))
    again = round_trip.redraw(design(cluster(3), text("Cluster")), drawing)
    assert again.differences == ()
    assert violations(again.picture) == []
    assert sum(len(one.marks) for one in again.picture.nodes) == 3


def test_a_provider_of_identity_that_the_client_has_stands_outside_the_cloud(book: Book) -> None:
    asked = {"id": "api", "trigger": "request", "exposure": "public", "authentication": "existing-provider"}
    graph = advise(make_requirements({"schema": 2, "title": "API", "components": [asked]}), book).architecture
    (provider,) = graph.of_service("oidc")
    assert provider.group is None
    found = arrange(graph, "Sign-in")
    cloud = next(one for one in found.groups if one.id == "cloud").box
    placed = {one.id: one for one in found.nodes}
    assert cloud.holds(placed["api.entry"].whole)
    assert not cloud.overlaps(placed[provider.id].whole)


@pytest.mark.parametrize("direction", ["right", "down"])
def test_a_provider_of_identity_stands_beside_its_users_before_the_cloud(book: Book, direction: Any) -> None:
    asked = {"id": "api", "trigger": "request", "exposure": "public", "authentication": "existing-provider"}
    graph = advise(make_requirements({"schema": 2, "title": "API", "components": [asked]}), book).architecture
    (provider,) = graph.of_service("oidc")
    found = arrange(graph, "Sign-in", direction=direction)
    cloud = next(one for one in found.groups if one.id == "cloud").box
    users = next(one for one in found.nodes if one.id.startswith("client"))
    placed = next(one for one in found.nodes if one.id == provider.id)
    for one in (users, placed):
        assert one.whole.right < cloud.x if direction == "right" else one.whole.bottom < cloud.y
    assert len([line for line in found.lines if line.target == provider.id]) == 2
    assert violations(found) == []


def failing(size: int) -> Architecture:
    """Queues in a row, each with a dead-letter queue, as samples draw them."""
    queues = [
        node(f"q{i}.channel", "sqs-standard", text("Amazon SQS"), text(f"Queue {i}"), group="cloud")
        for i in range(size)
    ]
    dead = [
        node(f"q{i}.channel-dlq", "dead-letter-queue", text("Dead-letter queue"), kind="part", group="cloud")
        for i in range(size)
    ]
    edges = [edge(a.id, "deliver", b.id, text("copy"), "async", n) for n, (a, b) in enumerate(pairwise(queues), 1)]
    said = text("Failed messages go to the dead-letter queue")
    edges += [
        edge(a.id, "dead-letter", b.id, text("on failure"), "failure", None, said)
        for a, b in zip(queues, dead, strict=True)
    ]
    return Architecture((*queues, *dead), tuple(edges), (CLOUD,))


def test_three_dead_letter_queues_are_marks_and_two_are_nodes() -> None:
    two, three = arrange(failing(2), "Two"), arrange(failing(3), "Three")
    assert {one.id for one in two.nodes} >= {"q0.channel-dlq", "q1.channel-dlq"}
    assert not any(one.marks for one in two.nodes)
    assert [one.id for one in three.nodes] == ["q0.channel", "q1.channel", "q2.channel"]
    assert [mark.id for one in three.nodes for mark in one.marks] == [
        f"q{i}.channel>dead-letter>q{i}.channel-dlq" for i in range(3)
    ]
    assert not any(line.kind == "failure" for line in three.lines)
    assert three.description.count("Dead-letter queue") >= 3
    assert violations(three) == []


def test_a_dead_letter_queue_that_more_leads_from_or_that_a_view_shows_is_a_node() -> None:
    three = failing(3)
    back = edge("q0.channel-dlq", "redrive", "q0.channel", text("redrive"), "async", None)
    assert dead_letters(replace(three, edges=(*three.edges, back))) == {}
    assert dead_letters(replace(three, view=text("Failures"))) == {}
    assert len(dead_letters(three)) == 3


def test_the_comparison_of_two_designs_has_every_dead_letter_queue() -> None:
    assert {one.id for one in build(failing(3), "en", compared=failing(3)).items} == {
        one.id for one in failing(3).nodes
    }


def test_a_drawing_with_marks_of_dead_letter_queues_comes_back_without_differences() -> None:
    three = failing(3)
    again = round_trip.redraw(design(three, text("Three")), drawio.write(arrange(three, "Three")))
    assert again.differences == ()
    shown = replace(three, view=text("Failures"))
    older = round_trip.redraw(design(three, text("Three")), drawio.write(arrange(shown, "Three")))
    assert [one.en for one in older.differences].count("Dead-letter queue is now a mark at its sender.") == 3
