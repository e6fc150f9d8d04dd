"""The picture as a self-contained SVG: icons inside, text selectable, every node focusable and described."""

from collections.abc import Mapping
from html import escape

from advisor.text import Lang
from renderers import changes, icons, svg_marks
from renderers.layout.picture import (
    LEADING,
    LegendLine,
    Mark,
    Picture,
    PlacedGroup,
    PlacedLine,
    PlacedNode,
    PlacedState,
    Point,
    TextBlock,
)
from renderers.layout.scene import CIRCLE, CORNER, ICON, LOOP, MARK
from renderers.marks import mark_at
from renderers.reading_order import Part, reading_order
from renderers.strokes import arrow_head, circling, rounded, start_mark
from renderers.svg_attributes import attributes, number
from renderers.theme import LINES, PALETTES, GroupStyle, LineMark, Palette, Theme

FONTS = "'Noto Sans JP', 'Amazon Ember', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, 'Helvetica Neue', Arial, sans-serif"
_ASCENT = 0.38
_PREFIX = "advisor-icon-"
#: What shows the focus: beneath a line, around a node.
_FOCUS = "advisor-focus"
_FOCUS_STYLE = (
    f"<style>:where(svg) [tabindex]:focus{{{{outline:none}}}}"
    f":where(svg) [tabindex]:focus-visible>.{_FOCUS}{{{{stroke:{{colour}}}}}}"
    f":where(svg) [data-node]:focus-visible>.{_FOCUS}{{{{stroke-width:3px}}}}</style>"
)


def write(picture: Picture, theme: Theme = "light", links: Mapping[int, str] | None = None) -> bytes:
    """Return the picture as SVG. `links` are the addresses of other sheets by their number, 0 for the overview."""
    return _Writer(picture, PALETTES[theme], theme, links or {}).document().encode()


class _Writer:
    """Writes one picture, with its palette and the list of icons used."""

    def __init__(self, picture: Picture, palette: Palette, theme: Theme, links: Mapping[int, str]) -> None:
        self.links = links
        self.picture = picture
        self.palette = palette
        self.theme = theme
        self.symbols: dict[str, str] = {}
        self._parts = {node.id: (node.subject, node.role) for node in picture.nodes}
        self._parts |= {group.id: (group.subject, group.role) for group in picture.groups}

    def document(self) -> str:
        picture, palette = self.picture, self.palette
        body = [self._group(group) for group in sorted(picture.groups, key=lambda group: group.depth)]
        body += [self._line(line) for line in picture.lines if not line.label]
        body += [self._state(state) for state in picture.states]
        body += [self._part(part) for part in reading_order(picture)]
        body += [self._tag(line) for line in picture.lines]
        body += [self._legend()]
        size = attributes(width=picture.width, height=picture.height)
        box = f"0 0 {number(picture.width)} {number(picture.height)}"
        title = escape(" ".join(picture.title.lines))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"{size} role="group" lang="{picture.lang}"'
            f"{attributes(aria_label=' '.join(picture.title.lines), font_family=FONTS)}>"
            f"<title>{title}</title><desc>{escape(picture.description)}</desc>"
            f"<defs>{''.join(self.symbols.values())}</defs>{_FOCUS_STYLE.format(colour=palette.focus)}"
            f"<rect{attributes(width=picture.width, height=picture.height, fill=palette.background)}/>"
            f"{self._to(0, self._words(picture.title, palette.ink))}{''.join(body)}</svg>\n"
        )

    def _part(self, part: Part) -> str:
        if isinstance(part, PlacedNode):
            return self._node(part)
        return self._line(part) if isinstance(part, PlacedLine) else self._machine(part)

    def _words(self, block: TextBlock, fill: str) -> str:
        if not block.lines:
            return ""
        x = block.box.cx if block.anchor == "middle" else block.box.x
        step = block.size * LEADING
        common = attributes(
            font_size=block.size, fill=fill,
            **({"font_weight": "700"} if block.bold else {}),
            **({"text_anchor": "middle"} if block.anchor == "middle" else {}),
        )  # fmt: skip
        lines = []
        for index, line in enumerate(block.lines):
            y = block.box.y + step * index + step / 2 + block.size * _ASCENT
            lines.append(f"<tspan{attributes(x=x, y=y)}>{escape(line)}</tspan>")
        return f"<text{common}>{''.join(lines)}</text>"

    def _icon(self, id: str, x: float, y: float, size: float) -> str:
        row = icons.icon(id)
        file = row.dark if self.theme == "dark" and row.dark else row.file
        name = _PREFIX + file.removesuffix(".svg").replace("/", "-")
        if name not in self.symbols:
            art = icons.artwork(file)
            self.symbols[name] = f'<symbol id="{name}" viewBox="{art.view_box}">{art.shapes}</symbol>'
        return f'<use href="#{name}"{attributes(x=x, y=y, width=size, height=size)}/>'

    def _plate(self, node: PlacedNode) -> str:
        if self.palette.plate == "none" or not icons.is_drawn_dark(icons.icon(node.icon).file):
            return ""
        box = node.box
        return f"<rect{attributes(x=box.x, y=box.y, width=box.w, height=box.h, rx=6, fill=self.palette.plate)}/>"

    def _node(self, node: PlacedNode) -> str:
        extent = icons.extent(node.icon)
        inside = self._hit(node) + self._plate(node)
        inside += self._icon(node.icon, node.box.x - extent.left * ICON, node.box.y - extent.top * ICON, ICON)
        inside += self._words(node.title, self.palette.ink)
        inside += self._words(node.note, self.palette.muted) if node.note else ""
        inside += "".join(self._support(mark) for mark in node.marks)
        inside += svg_marks.outlines(node, self.picture, self.palette)
        group = f"<g{_button(node.id, node.subject, node.role, node.label)}>{inside}</g>"
        return group if node.sheet is None else self._to(node.sheet, group)

    def _to(self, sheet: int, content: str) -> str:
        """Turn an element into a link to another sheet if that has an address."""
        return f"<a{attributes(href=self.links[sheet])}>{content}</a>" if sheet in self.links else content

    def _support(self, mark: Mark) -> str:
        title = f"<title>{escape(mark.sentence)}</title>" if mark.sentence else ""
        icon = self._icon(mark.icon, mark.box.x, mark.box.y, mark.box.w)
        return f"<g{attributes(data_edge=mark.id)}>{title}{icon}</g>"

    def _hit(self, node: PlacedNode) -> str:
        box = node.whole.grown(4)
        return (
            f"<rect{attributes(x=box.x, y=box.y, width=box.w, height=box.h, rx=6, class_=_FOCUS)} "
            f'fill="none" pointer-events="all"/>'
        )

    def _group(self, group: PlacedGroup) -> str:
        style = self.palette.groups[group.look]
        border = self._border(group, style)
        if group.corner:
            border += self._icon(group.corner, group.box.x, group.box.y, CORNER)
        border += self._words(group.title, style.words)
        if group.change:
            border += svg_marks.sign(group.change, changes.at_group(group), self.palette)
        if group.label:
            return border
        return f'<g role="group"{attributes(aria_label=" ".join(group.title.lines), data_group=group.id)}>{border}</g>'

    def _machine(self, group: PlacedGroup) -> str:
        """Return the focusable element of a state machine, whose border is below the lines."""
        box = group.box
        hit = attributes(x=box.x, y=box.y, width=box.w, height=box.h, fill="none", pointer_events="all", class_=_FOCUS)
        return f"<g{_button(group.id, group.subject, group.role, group.label)}><rect{hit}/></g>"

    def _border(self, group: PlacedGroup, style: GroupStyle) -> str:
        box = group.box
        dash = attributes(stroke_dasharray=style.dash) if style.dash else ""
        width = 1.5 if group.look in ("cloud", "vpc") else 1.2
        return (
            f"<rect{attributes(x=box.x, y=box.y, width=box.w, height=box.h, fill=style.fill, stroke=style.stroke)}"
            f"{attributes(stroke_width=width)}{dash}/>"
        )

    def _state(self, state: PlacedState) -> str:
        box, palette = state.box, self.palette
        radius = box.h / 2 if state.shape == "pill" else 7.0
        rect = attributes(
            x=box.x, y=box.y, width=box.w, height=box.h, rx=radius, fill=palette.state_fill,
            stroke=palette.state_stroke, stroke_width=1.2,
        )  # fmt: skip
        note = self._words(state.note, palette.muted) if state.note else ""
        return f"<g><rect{rect}/>{self._words(state.title, palette.ink)}{note}{self._retry(state)}</g>"

    def _retry(self, state: PlacedState) -> str:
        if state.retry is None:
            return ""
        box = state.retry.box
        loop, head = circling(box.x - LOOP / 2 - 1, box.cy)
        common = f'fill="none" stroke-linecap="round"{attributes(stroke=self.palette.muted, stroke_width=1.2)}'
        return f'<path d="{loop}" {common}/><path d="{head}" {common}/>{self._words(state.retry, self.palette.muted)}'

    def _line(self, line: PlacedLine) -> str:
        palette = self.palette
        style = LINES[line.kind]
        colour = palette.failure if line.kind == "failure" else palette.line
        common = f'fill="none" stroke-linejoin="round"{attributes(stroke=colour)}'
        dash = attributes(stroke_dasharray=style.dash) if style.dash else ""
        path = f'<path d="{rounded(line.points)}" {common}{attributes(stroke_width=style.width)}{dash}/>'
        head = f'<path d="{arrow_head(line.points)}" {common}{attributes(stroke_width=max(1.4, style.width * 0.8))}/>'
        head += self._start(line.points, style.mark, colour)
        wide = (
            f'<path d="{rounded(line.points)}" fill="none" stroke-width="12" pointer-events="stroke" class="{_FOCUS}"/>'
        )
        hover = "\n".join(part for part in (line.sentence, *line.notes) if part)
        title = f"<title>{escape(hover)}</title>" if hover else ""
        inside = f"{title}{wide}{svg_marks.broad(line, self.palette)}{path}{head}{self._mark(line)}"
        told = attributes(tabindex=0, role="img", aria_label=_told(line, self.picture.lang)) if line.label else ""
        return f"<g{told}{attributes(data_edge=line.id, **self._budget(line))}>{inside}</g>"

    def _start(self, points: tuple[Point, ...], mark: LineMark, colour: str) -> str:
        if not mark:
            return ""
        common = attributes(fill=self.palette.background, stroke=colour, stroke_width=1.4)
        return f'<path d="{start_mark(points, mark)}"{common}/>'

    def _budget(self, line: PlacedLine) -> dict[str, str]:
        """Return the worst state of a line's budgets, and the part whose page explains them, as data attributes."""
        ends = [self._parts.get(id.split("|")[0]) for id in (line.target, line.source)]
        subject, role = next((end for end in ends if end and end[1] != "outside"), ("", ""))
        place = {"data_subject": subject, "data_role": role} if line.notes and subject else {}
        return place if line.state == "kept" else {"data_budget": line.state, **place}

    def _mark(self, line: PlacedLine) -> str:
        sign = svg_marks.sign(line.change, changes.on_line(line, self.picture), self.palette) if line.change else ""
        return (
            sign
            if line.state == "kept"
            else sign + svg_marks.budget(mark_at(line, self.picture), line.state, self.palette)
        )

    def _tag(self, line: PlacedLine) -> str:
        if line.tag is None:
            return ""
        circle = self._circle(line.tag.step, line.tag.circle) if line.tag.circle and line.tag.step is not None else ""
        return circle + (self._words(line.tag.words, self.palette.muted) if line.tag.words else "")

    def _circle(self, step: int, at: Point) -> str:
        size = 11.5 if step < 100 else 9.5
        disc = attributes(cx=at[0], cy=at[1], r=CIRCLE / 2, fill=self.palette.circle)
        words = attributes(x=at[0], y=at[1] + size * _ASCENT - 0.3, font_size=size, fill=self.palette.circle_words)
        return f'<circle{disc}/><text{words} font-weight="700" text-anchor="middle">{step}</text>'

    def _legend(self) -> str:
        legend, palette = self.picture.legend, self.palette
        if legend is None:
            return ""
        box = legend.box
        rule = (
            attributes(x1=box.x - 13, y1=box.y, x2=box.x - 13, y2=max(box.bottom, self.picture.height - 16))
            if legend.beside
            else attributes(x1=box.x, y1=box.y - 13, x2=self.picture.width - box.x, y2=box.y - 13)
        )
        parts = [f"<line{rule}{attributes(stroke=palette.faint)}/>"]
        for step in legend.steps:
            parts.append(self._circle(step.step, step.circle) + self._words(step.words, palette.ink))
        parts += [self._key(line) for line in legend.lines]
        label = {"en": "Steps", "ja": "手順"}[self.picture.lang]
        return f'<g role="group"{attributes(aria_label=label)}>{"".join(parts)}</g>'

    def _key(self, line: LegendLine) -> str:
        if line.change:
            at = ((line.start[0] + line.end[0]) / 2, line.start[1])
            return svg_marks.sign(line.change, at, self.palette) + self._words(line.words, self.palette.ink)
        if line.state != "kept":
            at = ((line.start[0] + line.end[0]) / 2, line.start[1])
            return svg_marks.budget(at, line.state, self.palette) + self._words(line.words, self.palette.muted)
        if line.icon:
            x, y = (line.start[0] + line.end[0] - MARK) / 2, line.start[1] - MARK / 2
            return self._icon(line.icon, x, y, MARK) + self._words(line.words, self.palette.muted)
        colour = self.palette.failure if line.kind == "failure" else self.palette.line
        style = LINES[line.kind]
        dash = attributes(stroke_dasharray=style.dash) if style.dash else ""
        common = f'fill="none"{attributes(stroke=colour)}'
        points = (line.start, line.end)
        return (
            f'<path d="{rounded(points)}" {common}{attributes(stroke_width=style.width)}{dash}/>'
            f'<path d="{arrow_head(points)}" {common}{attributes(stroke_width=1.4)}/>'
            f"{self._start(points, style.mark, colour)}"
            f"{self._words(line.words, self.palette.muted)}"
        )


def _told(line: PlacedLine, lang: Lang) -> str:
    """Return the screen-reader text of a connection: its step, its sentence, its ends, and its budgets."""
    return (". " if lang == "en" else "。").join((line.label, *line.notes))


def _button(id: str, subject: str, role: str, label: str) -> str:
    return (
        f' tabindex="0" role="button"{attributes(aria_label=label, data_node=id, data_subject=subject, data_role=role)}'
    )
