"""A picture that can be read on its page: if its text is too small, it runs the other way, is brief, or has workflows as one part.

A brief one has marks in place of the lines to what only supports others, such as logs and dead-letter queues.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisor.architecture import Architecture, Node
from advisor.text import EMPTY, Lang, Text
from renderers.layout import arrange
from renderers.layout.crossings import line_crossings
from renderers.layout.geometry import text_pt
from renderers.layout.pages import Page
from renderers.layout.picture import Picture
from renderers.layout.placing.tries import SMALL
from renderers.support import dead_letters, marked

#: More crossings than anybody follows.
MOST_CROSSINGS = 15
#: How large the text has to be, as a share of the least, for a picture to stay whole: several sheets are more to read.
_NEARLY = 0.95
#: From how many nodes on the first layout tells whether others are tried, and how large its text has to be for that.
_MANY, _PROMISING = 25, 0.75


def reads(picture: Picture, page: Page) -> bool:
    """Return whether the text of a picture is large enough on a page, and few of its lines cross."""
    few = len(line_crossings({line.id: line.points for line in picture.lines})) <= MOST_CROSSINGS
    return few and text_pt(picture, page) >= page.least_pt


def nearly_reads(picture: Picture, page: Page) -> bool:
    """Return whether a picture can be read on a page, or its text is hardly too small for that."""
    return reads(picture, replace(page, least_pt=_NEARLY * page.least_pt))


def is_promising(architecture: Architecture, title: str, lang: Lang, page: Page) -> bool:
    """Return whether an architecture may have a picture that can be read on a page: layouts of many nodes take time."""
    if len(architecture.nodes) <= _MANY:
        return True
    if len(architecture.edges) * (len(architecture.nodes) + len(architecture.groups)) > SMALL:
        return False
    first = arrange(architecture, title, lang=lang, page=page, is_trial=True)
    return text_pt(first, page) >= _PROMISING * page.least_pt


def drawn(architecture: Architecture, title: str, lang: Lang, page: Page) -> tuple[Picture, Architecture]:
    """Return the first picture of an architecture whose text is large enough on a page, else the one with the largest text."""
    found: list[tuple[Picture, Architecture]] = []
    for each, way in _ways(architecture, page):
        found.append((arrange(each, title, lang=lang, page=way), each))
        if text_pt(found[-1][0], page) >= _NEARLY * page.least_pt:
            return found[-1]
    return max(found, key=lambda one: text_pt(one[0], page))


def _ways(architecture: Architecture, page: Page) -> Iterator[tuple[Architecture, Page]]:
    """Yield an architecture as it is, brief, and with its workflows as one part each, along the page and across it."""
    brief = replace(architecture, is_brief=True)
    short = replace(brief, nodes=tuple(_as_one_part(node) for node in architecture.nodes))
    ways = [architecture]
    if (marked(brief), dead_letters(brief)) != (marked(architecture), dead_letters(architecture)):
        ways.append(brief)
    if short.nodes != architecture.nodes:
        ways.append(short)
    for each in ways:
        yield each, page
        yield each, replace(page, direction="down" if page.direction == "right" else "right")


def _as_one_part(node: Node) -> Node:
    """Return a workflow without its steps, but with their number."""
    steps = [state for state in node.states if state.kind not in ("start", "end", "fail")]
    if not node.states:
        return node
    en = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
    ja = f"{len(steps)} ステップ"
    note = Text(en, ja) if node.note == EMPTY else Text(f"{node.note.en}, {en}", f"{node.note.ja}（{ja}）")
    return replace(node, states=(), note=note)
