"""draw.io's own viewer in Chromium: what it makes of a file, in the pixels of the file."""

import base64
import json
import re
import urllib.parse
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.advisor_ui.server import running_browser

_FILES = ("viewer-static.min.js", "shapes.min.js", "stencils.min.js")
_SHOW = """xml => {
  const place = document.getElementById('graph'), node = mxUtils.parseXml(xml).documentElement
  place.innerHTML = ''
  window.viewer = new GraphViewer(place, node, {toolbar: null, nav: false, resize: true, lightbox: false, border: 0})
}"""
_READ = """() => {
  const view = window.viewer.graph.view, cells = {}
  view.scaleAndTranslate(1, 0, 0)
  view.validate()
  view.states.visit((_, state) => {
    const points = (state.absolutePoints || []).map(point => [point.x, point.y])
    if (state.cell.vertex || state.cell.edge) cells[state.cell.id] = {
      box: [state.x, state.y, state.width, state.height], points, text: state.text ? state.text.node.textContent : '',
      link: window.viewer.graph.getLinkForCell(state.cell) || '', shape: state.shape ? state.shape.constructor.name : '',
    }
  })
  return cells
}"""


@dataclass(frozen=True)
class Viewer:
    """A page with the viewer; `requests` are the addresses that it asked for (all are refused)."""

    page: Any
    requests: list[str]
    errors: list[str]

    def cells(self, drawing: bytes, shot: Path | None = None) -> dict[str, Any]:
        """Return the cells that the viewer shows of a file, by id."""
        self.page.evaluate(_SHOW, drawing.decode())
        self.page.wait_for_function("window.viewer.graph.view.states.getValues().length > 2")
        self.page.wait_for_timeout(200)
        if shot:
            self.page.locator("#graph").screenshot(path=shot)
        cells: dict[str, Any] = self.page.evaluate(_READ)
        return cells


@contextmanager
def opened_viewer(folder: Path, chromium: Path) -> Iterator[Viewer]:
    """Yield the viewer, without a network."""
    with running_browser(chromium) as browser:
        page = browser.new_page(viewport={"width": 1800, "height": 1200})
        requests: list[str] = []
        errors: list[str] = []
        page.route("**/*", lambda route: (requests.append(route.request.url), route.abort()))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_content('<!doctype html><body style="margin:0"><div id="graph"></div></body>')
        page.evaluate("window.onDrawioViewerLoad = () => {}; window.STENCIL_PATH = 'stencils'")
        for file in _FILES:
            page.add_script_tag(path=folder / file)
        yield Viewer(page, requests, errors)


def stencils(folder: Path) -> set[str]:
    """Return the names of AWS's stencils that draw.io has."""
    text = (folder / "stencils.min.js").read_text("utf-8")
    packed = re.search(r"f\['aws4\.xml'\] = '([^']+)'", text)
    assert packed
    xml = urllib.parse.unquote(zlib.decompress(base64.b64decode(packed[1]), -15).decode())
    names = {name.lower().replace(" ", "_") for name in re.findall(r'<shape[^>]*\bname="([^"]+)"', xml)}
    shapes = (folder / "shapes.min.js").read_text("utf-8")
    return names | {name.removeprefix("mxgraph.aws4.") for name in re.findall(r"mxgraph\.aws4\.\w+", shapes)}


def normalized(node: Path, modules: Path, files: list[Path]) -> list[int]:
    """Return, for each file, how many cells `normalizeDiagram` of draw.io's own package would change."""
    import subprocess

    command = [node, Path(__file__).with_name("normalize.mjs"), modules, *files]
    made = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120, check=True)
    counts: list[int] = json.loads(made.stdout)
    return counts
