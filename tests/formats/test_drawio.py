"""draw.io files are opened by draw.io's own code: its viewer in Chromium, its stencils, its normalisation."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import renderers
from advisor.design import Design
from prove import tools
from renderers import icons
from renderers.layout.picture import Picture
from tests.formats.drawio_viewer import Viewer, normalized, opened_viewer, stencils
from tests.renderers.samples import HOSTILE, SAMPLES

#: With a VPC, a cluster and a workflow; with a database; with marks at the nodes.
STORIES = ("web-application", "relational-web-app", "kubernetes-migration")


@pytest.fixture(scope="module")
def viewer(drawio: Path, chromium: Path) -> Iterator[Viewer]:
    with opened_viewer(drawio / "viewer" / "jupyterlab_drawio_render_extension" / "static", chromium) as opened:
        yield opened


def _off(cell: dict[str, Any], box: Any) -> float:
    x, y, w, h = cell["box"]
    return max(abs(x + w / 2 - box.cx), abs(y + h / 2 - box.cy))


def _furthest(cells: dict[str, Any], picture: Picture) -> float:
    nodes = [_off(cells[f"node-{part.id}"], part.box) for part in (*picture.nodes, *picture.states)]
    return max(nodes + [_off(cells[f"group-{group.id}"], group.box) for group in picture.groups])


@pytest.mark.parametrize("name", STORIES)
def test_the_viewer_shows_every_part_where_our_picture_has_it(
    name: str, designs: dict[str, Design], viewer: Viewer
) -> None:
    cells = viewer.cells(renderers.draw(designs[name], ".drawio", lang="ja"))
    picture = renderers.picture(designs[name], lang="ja")
    assert _furthest(cells, picture) <= 2
    for line in picture.lines:
        ends = cells[f"line-{line.id}"]["points"]
        for (x, y), (ours_x, ours_y) in ((ends[0], line.points[0]), (ends[-1], line.points[-1])):
            assert max(abs(x - ours_x), abs(y - ours_y)) <= 2, line.id
        if line.tag and line.tag.circle:
            x, y, w, h = cells[f"step-{line.id}"]["box"]
            assert max(abs(x + w / 2 - line.tag.circle[0]), abs(y + h / 2 - line.tag.circle[1])) <= 2, line.id
    for mark in (mark for node in picture.nodes for mark in node.marks):
        assert _off(cells[f"mark-{mark.id}"], mark.box) <= 2
    for node in picture.nodes:
        assert node.title.lines[0] in cells[f"node-{node.id}"]["text"]
    assert any(cell["link"].startswith("https://docs.aws.amazon.com/") for cell in cells.values())
    assert viewer.errors == []


def test_the_viewer_opens_what_came_back(designs: dict[str, Design], viewer: Viewer) -> None:
    drawn = renderers.draw(designs["web-application"], ".drawio")
    note = b'<mxCell id="n" value="?" parent="group-vpc" vertex="1"><mxGeometry width="40" height="20" as="geometry"/></mxCell>'
    again, _ = renderers.redraw(designs["web-application"], drawn.replace(b"\n</root>", note + b"\n</root>"))
    cells, before = viewer.cells(again), viewer.cells(drawn)
    assert cells["n"]["box"][:2] == before["group-vpc"]["box"][:2]
    assert all(cells[id]["box"] == cell["box"] for id, cell in before.items() if id.startswith("node-"))
    assert viewer.errors == []


def test_the_svg_for_draw_io_shows_our_picture_and_holds_the_file(designs: dict[str, Design], viewer: Viewer) -> None:
    design = designs["web-application"]
    root = ET.fromstring(renderers.draw(design, ".drawio.svg", lang="ja"))
    held = (root.attrib.pop("content")).encode()
    assert held == renderers.draw(design, ".drawio", lang="ja")
    assert ET.tostring(root) == ET.tostring(ET.fromstring(renderers.draw(design, ".svg", lang="ja")))
    assert _furthest(viewer.cells(held), renderers.picture(design, lang="ja")) <= 2
    again, differences = renderers.redraw(design, renderers.draw(design, ".drawio.svg", lang="ja"), lang="ja")
    assert differences == ()
    assert again.startswith(b"<mxfile")


def test_words_of_users_are_only_words_in_the_viewer(viewer: Viewer) -> None:
    cells = viewer.cells(renderers.draw(SAMPLES["hostile"], ".drawio"))
    assert any(HOSTILE[0][:12] in cell["text"] for cell in cells.values())
    assert not viewer.page.locator("#graph script").count()


def test_draw_io_itself_would_change_nothing(designs: dict[str, Design], drawio: Path, tmp_path: Path) -> None:
    files = []
    for name, design in designs.items():
        files.append(tmp_path / f"{name}.drawio")
        files[-1].write_bytes(renderers.draw(design, ".drawio"))
    moved = tmp_path / "moved.drawio"
    moved.write_text(re.sub(r'edge="1" parent="[^"]+"', 'edge="1" parent="1"', files[0].read_text("utf-8")), "utf-8")
    *counts, planted = normalized(tools.node() / "node", drawio / "node_modules", [*files, moved])
    assert dict(zip(files, counts, strict=True)) == dict.fromkeys(files, 0)
    assert planted > 0


def test_every_stencil_exists_in_draw_io(drawio: Path) -> None:
    known = stencils(drawio / "viewer" / "jupyterlab_drawio_render_extension" / "static")
    assert {"resourceIcon", "group", "lambda"} <= known
    assert {row.id: row.drawio for row in icons.table().values() if row.drawio and row.drawio not in known} == {}
    made = renderers.draw(SAMPLES["web-and-batch"], ".drawio").decode()
    assert set(re.findall(r"mxgraph\.aws4\.(\w+)", made)) <= known
    assert "lambda_of_tomorrow" not in known


@pytest.mark.parametrize("name", SAMPLES)
def test_parts_lie_in_their_borders_and_lines_hold_their_parts(name: str) -> None:
    root = ET.fromstring(renderers.draw(SAMPLES[name], ".drawio", lang="ja"))
    cells = {part.get("id"): part.find("mxCell") for part in root.iter("object")}
    picture = renderers.picture(SAMPLES[name], lang="ja")
    for node in picture.nodes:
        assert cells[f"node-{node.id}"].get("parent") == (f"group-{node.parent}" if node.parent else "1")
    for line in picture.lines:
        cell = cells[f"line-{line.id}"]
        assert {cell.get("source"), cell.get("target")} <= set(cells)
    assert len(cells) == len(list(root.iter("object"))), "ids are unique"


def test_a_service_without_a_stencil_is_an_image_of_ours() -> None:
    from renderers.drawio import styles
    from renderers.theme import LIGHT

    style = styles.icon("aws-service", LIGHT, "light")
    assert "shape=image" in style
    assert "image=data:image/svg+xml," in style
    assert ";base64" not in style


def test_lines_are_tagged_by_kind_and_the_legend_has_a_layer() -> None:
    root = ET.fromstring(renderers.draw(SAMPLES["web-and-batch"], ".drawio"))
    lines = [part for part in root.iter("object") if (part.get("advisor") or "").startswith("line ")]
    assert {"synchronous", "asynchronous", "data", "image-pull"} <= {line.get("tags") for line in lines}
    assert [cell.get("value") for cell in root.iter("mxCell") if cell.get("parent") == "0"] == [
        "Architecture",
        "Title, steps and key",
    ]
