"""A picture that can be read on its page: if its text is too small, it runs the other way, is brief, or has workflows as one part.

A brief one has marks in place of the lines to what only supports others, such as logs and dead-letter queues.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf
from types import MappingProxyType

from advisor.architecture import Architecture, Node
from advisor.text import EMPTY, Lang, Text
from renderers.layout import arrange
from renderers.layout.crossings import line_crossings
from renderers.layout.geometry import text_pt
from renderers.layout.pages import Page
from renderers.layout.picture import Picture
from renderers.layout.placing.tries import SMALL
from renderers.sheets.part import referred
from renderers.support import dead_letters, marked

#: More crossings than anybody follows.
MOST_CROSSINGS = 15
#: How large the text has to be, as a share of the least, for a picture to stay whole: several sheets are more to read.
_NEARLY = 0.95
#: The most of a picture that the steps of workflows may take up: beyond it they have a sheet of their own.
_MOST_STEPS = 1 / 3
#: From how many nodes on the first layout tells whether others are tried, and how large its text has to be for that.
_MANY, _PROMISING = 25, 0.75
#: How large the text of the usual picture has to be, as a share of the least, for others to be tried before it is divided.
_WORTH_IT = 0.85


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


def stays_whole(picture: Picture, page: Page) -> bool:
    """Return whether a picture can nearly be read on a page, and the steps of workflows take up no large part of it."""
    return nearly_reads(picture, page) and not _is_mostly_steps(picture, page)


def fits_whole(architecture: Architecture, title: str, lang: Lang, page: Page) -> bool:
    """Return whether an architecture has a picture that can be read on a page, if need be with the steps of workflows apart."""
    if not is_promising(architecture, title, lang, page):
        return False
    ways = (architecture, without_steps(architecture))  # one layout where they are the same
    first = max(text_pt(arrange(each, title, lang=lang, page=page, is_trial=True), page) for each in ways)
    if first < _WORTH_IT * page.least_pt:
        return False
    picture, _ = drawn(architecture, title, lang, page)
    return reads(picture, page) and not _is_mostly_steps(picture, page)


def _is_mostly_steps(picture: Picture, page: Page) -> bool:
    """Return whether the steps of workflows take up too much of a page; one that scrolls has room for them."""
    steps = sum(group.box.w * group.box.h for group in picture.groups if group.look == "state-machine")
    return page.h < inf and bool(picture.nodes) and steps > _MOST_STEPS * picture.width * picture.height


def drawn(
    architecture: Architecture, title: str, lang: Lang, page: Page, apart: Mapping[str, int] = MappingProxyType({})
) -> tuple[Picture, Architecture]:
    """Return the first picture of an architecture whose text is large enough on a page, else the first that nearly is.

    Where none is, it is the one with the largest text. Across the page it is only drawn if the first layout promises to be
    readable, or larger than what there is. `apart` has the sheets on which workflows have their steps if they
    are one part here.
    """
    found: list[tuple[Picture, Architecture]] = []
    for each, way in _ways(architecture, page, apart):
        if way.direction != page.direction and not _is_worth_it(each, title, lang, way, found):
            continue
        found.append((arrange(each, title, lang=lang, page=way), each))
        if text_pt(found[-1][0], page) >= page.least_pt and not _is_mostly_steps(found[-1][0], page):
            return found[-1]
    nearly = (one for one in found if text_pt(one[0], page) >= _NEARLY * page.least_pt)
    largest = max(found, key=lambda one: text_pt(one[0], page))
    return next((one for one in nearly if not _is_mostly_steps(one[0], page)), largest)


def _is_worth_it(
    architecture: Architecture, title: str, lang: Lang, page: Page, found: Sequence[tuple[Picture, Architecture]]
) -> bool:
    """Return whether the first layout for a page promises one that can be read, or a larger one than those found so far."""
    first = text_pt(arrange(architecture, title, lang=lang, page=page, is_trial=True), page)
    return first >= _WORTH_IT * page.least_pt or first >= max(text_pt(picture, page) for picture, _ in found)


def _ways(architecture: Architecture, page: Page, apart: Mapping[str, int]) -> Iterator[tuple[Architecture, Page]]:
    """Yield an architecture as it is, brief, and with its workflows as one part each, along the page and across it."""
    short = without_steps(architecture, apart)
    kept = (architecture,) if short == architecture else (architecture, short)
    for each in (way for one in kept for way in (one, *_brief(one))):
        yield each, page
        yield each, replace(page, direction="down" if page.direction == "right" else "right")


def _brief(architecture: Architecture) -> tuple[Architecture, ...]:
    """Return an architecture with marks in place of the lines to what only supports others, if it has such lines."""
    brief = replace(architecture, is_brief=True)
    same = (marked(brief), dead_letters(brief)) == (marked(architecture), dead_letters(architecture))
    return () if same else (brief,)


def as_it_is(architecture: Architecture, title: str, lang: Lang, page: Page) -> Picture:
    """Return the picture of an architecture with all its steps that has the larger text, along the page or across it."""
    across = replace(page, direction="down" if page.direction == "right" else "right")
    pictures = [arrange(architecture, title, lang=lang, page=way) for way in (page, across)]
    return max(pictures, key=lambda picture: text_pt(picture, page))


def without_steps(architecture: Architecture, apart: Mapping[str, int] = MappingProxyType({})) -> Architecture:
    """Return an architecture with its workflows as one part each, and the numbers of the sheets that have their steps."""
    return replace(architecture, nodes=tuple(as_one_part(node, apart.get(node.id)) for node in architecture.nodes))


def as_one_part(node: Node, sheet: int | None = None) -> Node:
    """Return a workflow without its steps, but with their number, and the number of the sheet that has them."""
    steps = [state for state in node.states if state.kind not in ("start", "end", "fail")]
    if not node.states:
        return node
    en = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
    ja = f"{len(steps)} ステップ"
    note = Text(en, ja) if node.note == EMPTY else Text(f"{node.note.en}, {en}", f"{node.note.ja}（{ja}）")
    return replace(node, states=(), note=referred(note, [sheet] if sheet else []))
