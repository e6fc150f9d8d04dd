"""Colors of the two themes. Borders use AWS colors; text is darkened or lightened until it is readable."""

from dataclasses import dataclass
from typing import Literal, get_args

from renderers.layout.picture import GroupLook, LineKind

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)


@dataclass(frozen=True, slots=True)
class GroupStyle:
    """A border's colors; `dash` is an SVG dash array, `fill` may be *none*."""

    stroke: str
    words: str
    fill: str = "none"
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colors of one theme."""

    background: str
    ink: str
    muted: str
    line: str
    faint: str
    circle: str
    circle_words: str
    plate: str
    state_fill: str
    state_stroke: str
    failure: str
    added: str
    removed: str
    focus: str
    groups: dict[GroupLook, GroupStyle]


LIGHT = Palette(
    background="#ffffff", ink="#16191f", muted="#545b64", line="#414d5c", faint="#d5dbdb",
    circle="#232f3e", circle_words="#ffffff", plate="none", state_fill="#fdeff6", state_stroke="#e7157b",
    failure="#b0084d", added="#0062a3", removed="#b84300", focus="#0972d3",
    groups={
        "cloud": GroupStyle("#232f3e", "#232f3e"),
        "region": GroupStyle("#00a4a6", "#00737a", dash="4 4"),
        "vpc": GroupStyle("#8c4fff", "#6b2fd9"),
        "public-subnet": GroupStyle("#7aa116", "#4c6a05", fill="#f3f7e9"),
        "private-subnet": GroupStyle("#00a4a6", "#00737a", fill="#e8f6f6"),
        "cluster": GroupStyle("#ed7100", "#a84c00", fill="#ffffff"),
        "component": GroupStyle("#7d8998", "#4b5867", dash="6 4"),
        "state-machine": GroupStyle("#e7157b", "#b80d60", fill="#ffffff"),
    },
)  # fmt: skip

DARK = Palette(
    background="#0f1b2a", ink="#f2f3f3", muted="#b4bcc6", line="#c3cbd5", faint="#33445a",
    circle="#539fe5", circle_words="#0f1b2a", plate="#f2f3f3", state_fill="#3a1230", state_stroke="#ff5fa8",
    failure="#ff8fc0", added="#6cb8f0", removed="#ff9a5c", focus="#539fe5",
    groups={
        "cloud": GroupStyle("#c3cbd5", "#e9ebed"),
        "region": GroupStyle("#00a4a6", "#4fd1d3", dash="4 4"),
        "vpc": GroupStyle("#a374ff", "#c4a6ff"),
        "public-subnet": GroupStyle("#7aa116", "#b5d75a", fill="#182414"),
        "private-subnet": GroupStyle("#00a4a6", "#4fd1d3", fill="#0d2630"),
        "cluster": GroupStyle("#ff8f2e", "#ffb36b", fill="#0f1b2a"),
        "component": GroupStyle("#8d99a8", "#c3cbd5", dash="6 4"),
        "state-machine": GroupStyle("#ff5fa8", "#ff9cc9", fill="#0f1b2a"),
    },
)  # fmt: skip

PALETTES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK}


LineMark = Literal["", "ring", "cross"]
_DASHED, _DOTTED = "8 4", "1.5 4"


@dataclass(frozen=True, slots=True)
class LineStyle:
    """The style of a line type: one of two dashes, and a mark near its start if dash and width are not sufficient.

    Kinds can be distinguished without color.
    """

    dash: str
    width: float
    mark: LineMark = ""


LINES: dict[LineKind, LineStyle] = {
    "sync": LineStyle("", 1.5),
    "transition": LineStyle("", 1.5),
    "async": LineStyle(_DASHED, 1.5),
    "data": LineStyle("", 2.6),
    "image": LineStyle(_DOTTED, 1.7),
    "identity": LineStyle(_DOTTED, 1.7, "ring"),
    "failure": LineStyle(_DASHED, 1.5, "cross"),
    "observe": LineStyle(_DOTTED, 1.7),
}
