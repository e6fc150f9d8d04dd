"""Opens every format with the program that it is made for and writes what was found: python -m tests.formats.table FILE."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

from PIL import Image
from pypdf import PdfReader

import renderers
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor_document import document as design_document
from advisor_document import write
from prove import tools
from renderers.layout.picture import Picture
from tests.advisor_ui.server import running_browser
from tests.formats.document_opener import opened
from tests.formats.drawio_viewer import normalized, opened_viewer
from tests.formats.slide_opener import compared, shown

ROOT = Path(__file__).parents[2]
STATIC = ROOT / ".formats" / "viewer" / "jupyterlab_drawio_render_extension" / "static"
HEAVY = ROOT / ".formats-heavy"
STORIES = ("web-application", "relational-web-app", "kubernetes-migration")
#: What each format keeps of a diagram.
KEPT = {
    ".svg": "positions, icons, selectable text, steps, text alternative, parts and connections in tab order",
    ".png": "the diagram at twice its size; a large one with the pixels of an A4 page at 300 dpi, but never smaller than the diagram",
    ".pdf": "positions, icons as vectors, selectable text, tags with title, language and text alternative",
    ".drawio": "positions, sizes, AWS stencils, containers, connected lines with waypoints and tags, editable text, links",
    ".drawio.svg": "the SVG, with the complete draw.io file embedded",
    ".pptx": "positions, icons, groups, connected lines with their bends, editable text, reasons in the notes",
    ".html": "the SVG in both languages and themes, pan, zoom, reasons on click; the page makes no network requests",
    ".mmd": "parts, groups, connections, labels, title and description; Mermaid computes the layout",
    ".py": "parts, groups, connections, labels; Graphviz computes the layout",
}


class Story:
    """A story in Japanese, drawn."""

    def __init__(self, name: str, folder: Path) -> None:
        self.design: Design = advise(rules.load_story(name), rules.load_book())
        self.picture: Picture = renderers.picture(self.design, lang="ja")
        self.folder = folder / name
        self.folder.mkdir()

    def file(self, suffix: str) -> Path:
        """Write the story in a format."""
        path = self.folder / f"picture{suffix}"
        path.write_bytes(renderers.draw(self.design, suffix, lang="ja"))
        return path


def _svg(stories: list[Story]) -> str:
    parts = 0
    for story in stories:
        root = ElementTree.fromstring(story.file(".svg").read_bytes())
        parts += sum(element.get("tabindex") == "0" for element in root.iter())
    return f"parsed as XML: {parts} parts and connections in tab order"


def _png(stories: list[Story]) -> str:
    sizes = {Image.open(story.file(".png")).width / story.picture.width for story in stories}
    return f"Pillow: {', '.join(f'{size:g}' for size in sorted(sizes))} pixels per pixel of the layout"


def _pdf(stories: list[Story]) -> str:
    whole = 0
    for story in stories:
        words = re.sub(r"\s", "", PdfReader(story.file(".pdf")).pages[0].extract_text())
        whole += re.sub(r"\s", "", "".join(story.picture.title.lines)) in words
    return f"pypdf: Japanese title selectable in {whole} of {len(stories)} files"


def _drawio(stories: list[Story]) -> str:
    files = [story.file(".drawio") for story in stories]
    changed = normalized(tools.node() / "node", ROOT / ".formats" / "node_modules", files)
    off = max(_off(stories, ".drawio"))
    return f"draw.io's viewer in Chromium: nodes at most {off:.1f} px from their position in the SVG; `normalizeDiagram` changes {sum(changed)} cells"


def _off(stories: list[Story], suffix: str) -> Iterator[float]:
    with opened_viewer(STATIC, Path(which("chromium") or "")) as viewer:
        for story in stories:
            content = story.file(suffix).read_bytes()
            held = ElementTree.fromstring(content).get("content", "").encode() if suffix.endswith(".svg") else content
            cells = viewer.cells(held)
            for node in story.picture.nodes:
                x, y, w, h = cells[f"node-{node.id}"]["box"]
                yield max(abs(x + w / 2 - node.box.cx), abs(y + h / 2 - node.box.cy))


def _drawio_svg(stories: list[Story]) -> str:
    return f"draw.io's viewer in Chromium: nodes at most {max(_off(stories, '.drawio.svg')):.1f} px from their position in the SVG"


def _pptx(stories: list[Story]) -> str:
    found = []
    for story in stories:
        ours = Image.open(BytesIO(renderers.draw(story.design, ".png", lang="ja"))).convert("RGB")
        found.append(compared(shown(story.file(".pptx").read_bytes(), story.folder), ours, story.picture))
    icons, lines = sum(one.icons for one in found), sum(one.stretches for one in found)
    of_icons, of_lines = sum(one.of_icons for one in found), sum(one.of_stretches for one in found)
    return f"LibreOffice Impress: {icons} of {of_icons} icons and {lines} of {of_lines} line segments at the same position as in the PNG"


def _html(stories: list[Story]) -> str:
    asked, opened, reasons = 0, 0, 0
    with running_browser(Path(which("chromium") or "")) as browser:
        for story in stories:
            page = browser.new_page()
            requests: list[str] = []
            page.on("request", lambda request, requests=requests: requests.append(request.url))
            page.goto(story.file(".html").as_uri())
            for node in story.picture.nodes:
                page.evaluate("id => choose(id)", node.id)
                reasons += page.locator("aside").is_visible()
            opened += page.locator("main svg").count()
            asked += len(requests) - 1
            page.close()
    return f"Chromium: {opened} pages shown, {asked} network requests, reasons of {reasons} parts shown"


def _mmd(stories: list[Story]) -> str:
    drawn, parts = 0, 0
    browser = {"executablePath": which("chromium"), "args": ["--no-sandbox", "--disable-gpu"]}
    for story in stories:
        config = story.folder / "browser.json"
        config.write_text(json.dumps(browser))
        out = story.folder / "mermaid.svg"
        script = HEAVY / "node_modules" / "@mermaid-js" / "mermaid-cli" / "src" / "cli.js"
        command = [tools.node() / "node", script, "-q", "-p", config, "-i", story.file(".mmd"), "-o", out]
        subprocess.run([str(word) for word in command], timeout=240, check=True, capture_output=True)
        svg = out.read_text("utf-8")
        drawn += len(re.findall(r'<g class="node\b', svg))
        parts += len(story.design.architecture.nodes)
        assert "aria-labelledby" in svg
        assert "aria-describedby" in svg
    return f"mermaid-cli: {drawn} of {parts} parts drawn, with title and description"


def _py(stories: list[Story]) -> str:
    drawn = 0
    for story in stories:
        command = [sys.executable, str(story.file(".py"))]
        subprocess.run(command, cwd=story.folder, timeout=240, check=True, capture_output=True)
        drawn += (story.folder / "architecture.png").read_bytes().startswith(b"\x89PNG")
    return f"run with diagrams and Graphviz: {drawn} of {len(stories)} diagrams"


OPENERS: dict[str, Callable[[list[Story]], str]] = {
    ".svg": _svg, ".png": _png, ".pdf": _pdf, ".drawio": _drawio, ".drawio.svg": _drawio_svg, ".pptx": _pptx,
    ".html": _html, ".mmd": _mmd, ".py": _py,
}  # fmt: skip


def _documents(stories: list[Story]) -> list[str]:
    """Open the design documents of the stories in Word's format and as PDF."""
    bookmarks, found = 0, []
    for story in stories:
        made = design_document(story.design, "ja")
        found.append(opened(made, write(made, ".docx"), story.folder))
        bookmarks += len(PdfReader(BytesIO(write(made, ".pdf"))).outline) > 0
    headings, of_headings = sum(one.headings for one in found), sum(one.of_headings for one in found)
    return [
        f"| `.docx` | LibreOffice Writer: {headings} of {of_headings} headings found on {sum(one.pages for one in found)} pages |",
        f"| `.pdf` | pypdf: bookmarks in {bookmarks} of {len(stories)} files |",
    ]


def document() -> str:
    """Open every format and return the table as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        stories = [Story(name, Path(folder)) for name in STORIES]
        rows = [
            f"| {format.name.en} | `{format.suffix}` | {KEPT[format.suffix]} | {OPENERS[format.suffix](stories)} |"
            for format in renderers.FORMATS
        ]
        documents = _documents(stories)
    listed = ", ".join(f"`{name}`" for name in STORIES)
    return (
        "# Formats\n\n## Diagrams\n\n"
        f"`make formats` wrote this table. It drew the examples {listed} in Japanese in every format and opened each\n"
        "file with a program that uses the format.\n\n"
        "| format | suffix | content that is kept | verification and result |\n| --- | --- | --- | --- |\n"
        + "\n".join(rows)
        + "\n\n`advisor draw FILE -o new.drawio --layout edited.drawio` keeps the changes that you made to a draw.io file: positions,\n"
        "sizes, colors, texts, and your own notes and lines. New parts are placed in free space, and lines are routed again. The\n"
        "command lists differences between the file and the architecture on standard error. The other formats with positions\n"
        "(SVG, PNG, PDF, PowerPoint, HTML) accept `--layout` too and keep the positions and sizes of that file.\n\n"
        "`advisor draw BEFORE --beside AFTER -o both.svg` draws two designs side by side, in every format that stores positions. The\n"
        "same parts have the same positions on both sides. What was added, removed or changed is marked and listed. If\n"
        "the text would be too small on A4 or a slide, an overview of what differs leads to sheets with the differences.\n\n"
        "A diagram that cannot be read on a sheet of A4 becomes an overview and one sheet for each part of the flow, with links between them: pages of\n"
        "a PDF or draw.io file, slides, a choice in the HTML page, and one file per sheet in the other formats. `--size single` draws one diagram.\n\n"
        "## Design documents\n\n"
        "The design documents of the same examples, in Japanese:\n\n"
        "| suffix | verification and result |\n| --- | --- |\n" + "\n".join(documents) + "\n"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(), "utf-8")
