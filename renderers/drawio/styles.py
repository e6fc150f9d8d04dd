"""Styles of draw.io cells: AWS stencils where draw.io has one, otherwise embedded icons; colors of the themes."""

from base64 import b64encode
from re import search

from renderers import changes, icons
from renderers.changes import Look
from renderers.drawio.cells import style
from renderers.layout.picture import Box, Change, GroupLook, LineKind, PlacedGroup, PlacedState, Point
from renderers.theme import LINES, Palette, Theme

FONT = "Noto Sans JP,Yu Gothic UI,Meiryo,Hiragino Sans,Helvetica,Arial,sans-serif"
_STENCILS = "mxgraph.aws4"
#: The corner icons of groups. draw.io draws subnets with the one of security groups.
_CORNERS: dict[GroupLook, str] = {
    "cloud": "group_aws_cloud_alt",
    "region": "group_region",
    "vpc": "group_vpc2",
    "public-subnet": "group_security_group",
    "private-subnet": "group_security_group",
}


def icon(id: str, palette: Palette, theme: Theme) -> str:
    """Return the style of an icon with its text beneath it."""
    common = {
        "html": 1, "verticalLabelPosition": "bottom", "verticalAlign": "top", "align": "center", "spacingTop": 1,
        "fontFamily": FONT, "fontSize": 13, "fontColor": palette.ink, "outlineConnect": 0, "sketch": 0,
    }  # fmt: skip
    return style(**art(id, palette, theme), **common)


def art(id: str, palette: Palette, theme: Theme) -> dict[str, object]:
    """Return the shape of an icon: a stencil, or an image if draw.io has no stencil for it."""
    row = icons.icon(id)
    if not row.drawio:
        return {"shape": "image", "imageAspect": 0, "image": _image(id, theme)}
    fill = palette.ink if icons.is_drawn_dark(row.file) else _colour(row.file)
    if row.file.startswith("architecture-service/"):
        shape = {"shape": f"{_STENCILS}.resourceIcon", "resIcon": f"{_STENCILS}.{row.drawio}"}
        return {**shape, "fillColor": fill, "strokeColor": "#ffffff", "aspect": "fixed"}
    return {"shape": f"{_STENCILS}.{row.drawio}", "fillColor": fill, "strokeColor": "none", "aspect": "fixed"}


def _colour(file: str) -> str:
    """Return the color of AWS's category, as the icon has it."""
    match = search(r"#(?!fff\b)[0-9a-fA-F]{6}", icons.source(file))
    return match[0].upper() if match else "#232F3E"


def _image(id: str, theme: Theme) -> str:
    """Return an icon as a data URI without semicolons, which would end a draw.io style value."""
    return "data:image/svg+xml," + b64encode(icons.cropped(id, dark=theme == "dark").encode()).decode()


def group(placed: PlacedGroup, palette: Palette) -> str:
    """Return the style of a border that contains its members."""
    look = palette.groups[placed.look]
    corner = _CORNERS.get(placed.look)
    aws = {"shape": f"{_STENCILS}.group", "grIcon": f"{_STENCILS}.{corner}"} if corner else {}
    plain = {"grStroke": 0} if placed.look.endswith("subnet") else {}
    dash = {"dashed": 1, "dashPattern": look.dash, "fixDash": 1} if look.dash else {"dashed": 0}
    return style(
        **aws, **plain, **dash, container=1, collapsible=0, recursiveResize=0, pointerEvents=0, outlineConnect=0,
        rounded=0, html=1, whiteSpace="wrap", verticalAlign="top", align="left",
        spacingLeft=round(placed.title.box.x - placed.box.x) - 2, spacingTop=round(placed.title.box.y - placed.box.y) - 4,
        strokeColor=look.stroke, fillColor=look.fill, fontColor=look.words, fontFamily=FONT, fontSize=12.5,
        strokeWidth=1.5 if placed.look in ("cloud", "vpc") else 1.2,
    )  # fmt: skip


def state(placed: PlacedState, palette: Palette) -> str:
    """Return the style of a step of a state machine."""
    return style(
        rounded=1, arcSize=50 if placed.shape == "pill" else 14, html=1, align="center", verticalAlign="middle",
        strokeColor=palette.state_stroke, fillColor=palette.state_fill, strokeWidth=1.2, fontColor=palette.ink,
        fontFamily=FONT, fontSize=12, fontStyle=1,
    )  # fmt: skip


def line(
    kind: LineKind, palette: Palette, ends: tuple[tuple[Point, Box], tuple[Point, Box]] | None, change: Change = ""
) -> str:
    """Return the style of a line; `ends` are the points at which it touches the boxes of its two parts."""
    look = LINES[kind]
    dash = {"dashed": 1, "dashPattern": look.dash, "fixDash": 1} if look.dash else {}
    ink = changes.colour(change, palette) if change else palette.failure if kind == "failure" else palette.line
    return style(
        edgeStyle="orthogonalEdgeStyle", rounded=1, arcSize=14, orthogonalLoop=1, jettySize="auto", html=1,
        endArrow="open", endSize=7, endFill=0, strokeWidth=look.width + (1.5 if change else 0.0), strokeColor=ink, **dash,
        **(_touching("exit", *ends[0]) | _touching("entry", *ends[1]) if ends else {}),
    )  # fmt: skip


def _touching(name: str, at: Point, box: Box) -> dict[str, object]:
    across = {f"{name}X": (at[0] - box.x) / (box.w or 1.0), f"{name}Y": (at[1] - box.y) / (box.h or 1.0)}
    return {**across, f"{name}Dx": 0, f"{name}Dy": 0, f"{name}Perimeter": 0}


def words(colour: str, size: float, align: str, *, bold: bool = False) -> str:
    """Return the style of a text without a border."""
    return style(
        "text", html=1, align=align, verticalAlign="middle", strokeColor="none", fillColor="none", spacing=0,
        fontColor=colour, fontFamily=FONT, fontSize=size, fontStyle=1 if bold else 0,
    )  # fmt: skip


def on_line(colour: str, background: str) -> str:
    """Return the style of a line label."""
    return style(
        "edgeLabel", html=1, align="center", verticalAlign="middle", resizable=0, fontColor=colour, fontFamily=FONT,
        fontSize=11.5, labelBackgroundColor=background, spacing=0,
    )  # fmt: skip


def circle(palette: Palette) -> str:
    """Return the style of a step number."""
    return style(
        "ellipse", html=1, aspect="fixed", align="center", verticalAlign="middle", resizable=0, strokeColor="none",
        fillColor=palette.circle, fontColor=palette.circle_words, fontFamily=FONT, fontSize=11.5, fontStyle=1, spacing=0,
    )  # fmt: skip


def outline(stroke: str, dash: str) -> str:
    """Return the style of an outline around an assumed or changed part."""
    dashed = {"dashed": 1, "dashPattern": dash, "fixDash": 1} if dash else {}
    return style(
        rounded=1, arcSize=6, absoluteArcSize=1, html=1, strokeColor=stroke, fillColor="none", strokeWidth=1.6,
        pointerEvents=0, connectable=0, resizable=0, **dashed,
    )  # fmt: skip


def sign(look: Look, ink: str, palette: Palette) -> str:
    """Return the style of the sign of a change, in its shape."""
    shape = {"circle": ("ellipse",), "square": (), "diamond": ("rhombus",)}[look.shape]
    return style(
        *shape, html=1, align="center", verticalAlign="middle", resizable=0, connectable=0, spacing=0,
        strokeColor=palette.background, fillColor=ink, fontColor=palette.background, fontFamily=FONT, fontSize=12, fontStyle=1,
    )  # fmt: skip


def budget(palette: Palette, *, broken: bool) -> str:
    """Return the style of the mark on a line whose budget is exceeded."""
    fill, ink = (palette.failure, palette.background) if broken else (palette.background, palette.failure)
    return style(
        "triangle", direction="north", html=1, align="center", verticalAlign="middle", spacingTop=4, resizable=0,
        strokeColor=palette.failure, fillColor=fill, fontColor=ink, fontFamily=FONT, fontSize=11.5, fontStyle=1,
    )  # fmt: skip
