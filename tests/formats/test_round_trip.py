"""A draw.io file of ours that a person has edited comes back: places, sizes, colours and notes stay."""

import base64
import re
import urllib.parse
import xml.etree.ElementTree as ET
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import renderers
from advisor.design import Design
from renderers.drawio import reading, round_trip
from renderers.drawio.reading import BadDrawing, read
from renderers.layout.check import violations
from tests.advisor_cli.test_cli import refused, run
from tests.renderers.samples import SAMPLES

NOTE = '<mxCell id="note1" value="要確認: 保持期間" style="shape=note;fillColor=#FFF2CC;" vertex="1" parent="1"><mxGeometry x="40" y="700" width="140" height="60" as="geometry"/></mxCell>'


class Page:
    """A page as a person edits it."""

    def __init__(self, drawing: bytes) -> None:
        self.root = ET.fromstring(drawing)
        self.cells = {part.get("id"): part for part in self.root.iter("object")}

    def geometry(self, id: str) -> ET.Element:
        found = self.cells[id].find("mxCell/mxGeometry")
        assert found is not None
        return found

    def move(self, id: str, dx: float, dy: float) -> None:
        geometry = self.geometry(id)
        geometry.set("x", str(float(geometry.get("x", 0)) + dx))
        geometry.set("y", str(float(geometry.get("y", 0)) + dy))

    def style(self, id: str, **values: str) -> None:
        cell = self.cells[id].find("mxCell")
        assert cell is not None
        style = dict(part.partition("=")[::2] for part in cell.get("style", "").split(";") if part)
        cell.set("style", ";".join(f"{key}={value}" if value else key for key, value in (style | values).items()) + ";")

    def add(self, xml: str) -> None:
        model = self.root.find(".//root")
        assert model is not None
        model.append(ET.fromstring(xml))

    def remove(self, *ids: str) -> None:
        model = self.root.find(".//root")
        assert model is not None
        for id in ids:
            model.remove(self.cells[id])

    def saved(self) -> bytes:
        return ET.tostring(self.root)


def boxes(drawing: bytes) -> dict[str, Any]:
    edited = read(drawing)
    return {part: cell.box for part, cell in edited.parts.items() if cell.box}


@pytest.fixture
def story(designs: dict[str, Design]) -> Design:
    return designs["web-application"]


@pytest.mark.parametrize("name", ["web-application", "kubernetes-migration"])
def test_an_unedited_file_comes_back_as_it_was(name: str, designs: dict[str, Design]) -> None:
    story = designs[name]
    drawn = renderers.draw(story, ".drawio", lang="ja")
    again, differences = renderers.redraw(story, drawn, lang="ja")
    assert differences == ()
    before, after = boxes(drawn), boxes(again)
    assert after.keys() == before.keys()
    for part, box in before.items():
        assert max(abs(box.x - after[part].x), abs(box.y - after[part].y)) < 0.3, part
        assert (round(box.w), round(box.h)) == (round(after[part].w), round(after[part].h)), part


def test_places_sizes_colours_texts_and_notes_stay(story: Design) -> None:
    page = Page(renderers.draw(story, ".drawio"))
    for number, id in enumerate(id for id in page.cells if id and id.startswith("node-")):
        page.move(id, 3.0 * number, 17.0)
    page.add('<mxCell id="words-" value="x" style="" parent="0"/>')
    page.geometry("node-items.store").set("width", "80")
    page.style("node-api.compute", fillColor="#123456")
    page.style("line-api.entry>invoke>api.compute", strokeColor="#AA0000")
    page.cells["node-api.compute"].set("label", "受注 API")
    page.cells["node-api.compute"].set("owner", "team-a")
    page.add(NOTE)
    drawn = page.saved()
    again, differences = renderers.redraw(story, drawn)
    before, after = boxes(drawn), boxes(again)
    for part, box in before.items():
        if part.partition(" ")[0] in ("node", "state", "legend", "title"):
            assert after[part] == box, part
    root = ET.fromstring(again)
    cells = {part.get("id"): part for part in root.iter("object")}
    inner = {id: cell.find("mxCell") for id, cell in cells.items()}
    assert "fillColor=#123456" in inner["node-api.compute"].get("style", "")
    line = inner["line-api.entry>invoke>api.compute"].get("style", "")
    assert "strokeColor=#AA0000" in line
    assert line.count("exitX=") == 1
    assert (cells["node-api.compute"].get("label"), cells["node-api.compute"].get("owner")) == ("受注 API", "team-a")
    notes = [cell for cell in root.iter("mxCell") if cell.get("id") == "note1"]
    assert [(note.get("value"), note.get("style")) for note in notes] == [
        ("要確認: 保持期間", "shape=note;fillColor=#FFF2CC;")
    ]
    assert any("受注 API" in difference.en for difference in differences)


def test_a_second_round_changes_nothing(story: Design) -> None:
    page = Page(renderers.draw(story, ".drawio"))
    page.move("node-api.compute", 40, 60)
    page.add(NOTE)
    once, _ = renderers.redraw(story, page.saved())
    twice, _ = renderers.redraw(story, once)
    assert twice == once


def test_what_is_new_finds_a_free_place_and_moves_nothing(story: Design) -> None:
    page = Page(renderers.draw(story, ".drawio"))
    for id in [id for id in page.cells if id and id.startswith("node-")]:
        page.move(id, 0, 9)
    gone = [id for id in page.cells if id and ("workload.ecr" in id or "results.store" in id)]
    page.remove(*gone)
    drawn = page.saved()
    redrawn = round_trip.redraw(story, drawn)
    again, differences = renderers.redraw(story, drawn)
    before, after = boxes(drawn), boxes(again)
    assert "node workload.ecr" not in before
    assert {part: after[part] for part in before if part.startswith("node ")} == {
        part: box for part, box in before.items() if part.startswith("node ")
    }
    overlapping = [found for found in violations(redrawn.picture) if "node" in found and "overlaps" in found]
    assert [found for found in overlapping if "workload.ecr" in found or "results.store" in found] == []
    assert sum("was added" in difference.en for difference in differences) >= 4


def test_differences_from_the_architecture_are_sentences(story: Design) -> None:
    page = Page(renderers.draw(story, ".drawio"))
    page.move("node-report.compute", -2000, 900)
    line = page.cells["line-api.compute>read-write>items.store"].find("mxCell")
    assert line is not None
    line.set("target", "node-results.store")
    page.add(
        '<mxCell id="mine" edge="1" parent="1" source="node-api.compute" target="node-workload.ecr"><mxGeometry relative="1" as="geometry"/></mxCell>'
    )
    architecture = story.architecture
    without = replace(
        story,
        architecture=replace(
            architecture,
            nodes=tuple(node for node in architecture.nodes if node.id != "api.hosting"),
            edges=tuple(edge for edge in architecture.edges if edge.target != "api.hosting"),
        ),
    )
    again, differences = renderers.redraw(without, page.saved())
    english = "\n".join(difference.en for difference in differences)
    assert "lies outside Amazon ECS cluster" in english
    assert "connects other parts in the drawing" in english
    assert "no longer in the architecture and was removed" in english
    assert "is not in the architecture. It was kept as a note" in english
    assert b'"mine"' in again
    assert b"node-api.hosting" not in again
    assert all(re.search(r"[ぁ-ん]", difference.ja) for difference in differences)


def test_the_layout_is_kept_in_every_format_with_positions(story: Design) -> None:
    page = Page(renderers.draw(story, ".drawio"))
    page.move("node-api.compute", 40, 60)
    moved, _ = renderers.redraw(story, page.saved(), ".svg")
    assert moved != renderers.draw(story, ".svg")
    with pytest.raises(ValueError, match=r"\.mmd\" must be one of"):
        renderers.redraw(story, page.saved(), ".mmd")


def test_a_compressed_page_and_a_copied_page_are_read(story: Design) -> None:
    drawn = renderers.draw(story, ".drawio").decode()
    model = re.search(r"<mxGraphModel.*</mxGraphModel>", drawn, re.DOTALL)
    assert model
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(urllib.parse.quote(model[0]).encode()) + deflate.flush()
    compressed = f'<mxfile><diagram id="a">{base64.b64encode(packed).decode()}</diagram></mxfile>'.encode()
    assert boxes(compressed) == boxes(drawn.encode())
    copied = re.sub(r'(id|parent|source|target)="(node|group|line)-', r'\1="x9-\2-', drawn).encode()
    assert boxes(copied) == boxes(drawn.encode())
    assert b'"x9-' not in renderers.redraw(story, copied)[0]


BOMB = b'<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><mxfile>&b;</mxfile>'
EXTERNAL = b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><mxfile>&x;</mxfile>'
CELL = '<mxfile><diagram><mxGraphModel><root><mxCell id="0"/>{}</root></mxGraphModel></diagram></mxfile>'


def _deflated(size: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(b" " * size) + deflate.flush()
    return b"<mxfile><diagram>" + base64.b64encode(packed) + b"</diagram></mxfile>"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BOMB, "entity"),
        (EXTERNAL, "entity"),
        (b"x" * 50_000_000, "8 MiB"),
        (_deflated(50_000_000), "8 MiB"),
        (b"<mxfile><diagram>not base64!</diagram></mxfile>", "decompressed"),
        (b"", "well-formed"),
        (b"\xff\xfe\x00\x00", "well-formed"),
        (b"<mxfile><diagram>", "well-formed"),
        (b"<a>" * 100_000, "well-formed"),
        (b"<svg/>", "not a draw.io file"),
        (b"<mxfile/>", "nothing that this tool created"),
        (CELL.format('<mxCell id="1" value="&lt;script&gt;alert(1)&lt;/script&gt;"/>').encode(), "script"),
        (
            CELL.format('<object id="1" label="&lt;img src=x onerror=alert(1)&gt;"><mxCell/></object>').encode(),
            "script",
        ),
        (CELL.format('<object id="1" link="JavaScript:alert(1)"><mxCell/></object>').encode(), "script"),
        (
            CELL.format('<mxCell id="1" vertex="1"><mxGeometry x="NaN" as="geometry"/></mxCell>').encode(),
            "not a number",
        ),
        (CELL.format('<mxCell id="1" vertex="1"><mxGeometry x="1e9"/></mxCell>').encode(), "not a number"),
        (CELL.format('<mxCell id="1" vertex="1"><mxGeometry x="1_0"/></mxCell>').encode(), "not a number"),
        (
            CELL.format('<mxCell id="1" edge="1"><mxGeometry><mxPoint x="a"/></mxGeometry></mxCell>').encode(),
            "not a number",
        ),
        (
            CELL.format('<mxCell id="1" edge="1"><mxGeometry><mxPoint y="２"/></mxGeometry></mxCell>').encode(),
            "not a number",
        ),
        (CELL.format('<mxCell id="1" value="&lt;svg/onload=alert(1)&gt;"/>').encode(), "script"),
        (CELL.format('<mxCell id="1" value="&lt;img src=&quot;x&quot;onerror=alert(1)&gt;"/>').encode(), "script"),
        (CELL.format('<mxCell id="1" value="&lt;a href=javascript&amp;#58;alert(1)&gt;"/>').encode(), "script"),
        (CELL.format('<object id="1" link="java&#10;script:alert(1)"><mxCell/></object>').encode(), "script"),
        (CELL.format('<object id="1" link="vbscript:alert(1)"><mxCell/></object>').encode(), "script"),
        (CELL.format('<object id="1" link="data:text/html,x"><mxCell/></object>').encode(), "script"),
        (CELL.format('<mxCell id="1"><script>alert(1)</script></mxCell>').encode(), "script"),
        (CELL.format('<mxCell id="1">&lt;script&gt;alert(1)&lt;/script&gt;</mxCell>').encode(), "script"),
        (CELL.format('<mxCell id="1"/>' * 20_001).encode(), "20,000"),
    ],
)
def test_broken_and_hostile_files_are_refused_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(BadDrawing) as refused_file:
        read(content)
    assert says in refused_file.value.reason.en
    assert refused_file.value.reason.ja.endswith("。")


def test_a_label_with_a_million_brackets_is_read_in_time() -> None:
    labels = "&lt;" * 1_000_000 + " on" * 100_000
    with pytest.raises(BadDrawing):
        read(CELL.format(f'<mxCell id="1" value="{labels}"/>').encode())


def test_labels_that_only_speak_of_scripts_are_read() -> None:
    labels = ("JavaScript (Node.js)", "onload = 3", "a &lt; b on c = d", "data: text", "&lt;b&gt;once&lt;/b&gt;")
    part = '<object advisor="node a.b" id="x"><mxCell vertex="1" parent="1"/></object>'
    cells = part + "".join(f'<mxCell id="n{at}" value="{label}"/>' for at, label in enumerate(labels))
    assert len(read(CELL.format(cells).encode()).own) == len(labels)


def test_a_line_of_a_user_without_a_coordinate_is_kept(story: Design) -> None:
    page = Page(renderers.draw(story, ".drawio"))
    page.add(
        '<mxCell id="own" edge="1" parent="legend-words-1"><mxGeometry relative="1" as="geometry">'
        '<mxPoint x="" y="4" as="sourcePoint"/><mxPoint x="9" y="4" as="targetPoint"/></mxGeometry></mxCell>'
    )
    again, _ = renderers.redraw(story, page.saved())
    assert b'id="own"' in again


def test_cells_that_hold_each_other_are_read() -> None:
    ring = '<object advisor="node a.b" id="x"><mxCell vertex="1" parent="y"><mxGeometry x="1" y="1"/></mxCell></object>'
    ring += '<mxCell id="y" vertex="1" parent="x"><mxGeometry x="2" y="2"/></mxCell>'
    assert read(CELL.format(ring).encode()).boxes("node").keys() == {"a.b"}
    renderers.redraw(SAMPLES["direct"], CELL.format(ring).encode())


def test_the_command_keeps_a_layout_and_prints_the_differences(tmp_path: Path) -> None:
    requirements, first, second = tmp_path / "batch.yaml", tmp_path / "a.drawio", tmp_path / "b.drawio"
    requirements.write_text(run("stories", "scheduled-batch").stdout, "utf-8")
    assert run("draw", str(requirements), "-o", str(first)).exit_code == 0
    page = Page(first.read_bytes())
    page.move("node-aggregate.compute", 11, 13)
    page.cells["node-aggregate.compute"].set("label", "Renamed")
    first.write_bytes(page.saved())
    result = run("draw", str(requirements), "-o", str(second), "--layout", str(first))
    assert result.exit_code == 0, result.output
    assert 'is named "Renamed"' in result.stderr
    assert boxes(second.read_bytes())["node aggregate.compute"] == boxes(first.read_bytes())["node aggregate.compute"]
    first.write_bytes(BOMB)
    assert "--layout: The draw.io file was not read" in refused(
        run("draw", str(requirements), "-o", str(second), "--layout", str(first))
    )
    assert reading.MOST_BYTES == 8 * 1024 * 1024
