"""`advisor draw`: the architecture of a requirements file as a picture, whole or by view."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.text import Text
from advisor_cli.console import BAD_INPUT, CHECK_FAILED, OUT, TOOL_MISSING, Stop, command, design_command, say, write
from advisor_cli.opening import open_without_conflicts, read_drawing
from advisor_cli.usage_errors import OneOf, UsageProblem

if TYPE_CHECKING:
    from advisor.design import Design
    from advisor.text import Lang

_NO_PAGES = Text(
    "--size: cannot be combined with --layout. Omit one of them.",
    "--size: --layout と同時に指定できません。どちらかを外してください。",
)


_NOT_ALL = Text(
    "--view all: cannot be combined with --size or --layout. Omit them, or name one view.",
    "--view all: --size、--layout と同時に指定できません。これらを外すか、ビューを 1 つ指定してください。",
)


_NOT_BESIDE = Text(
    "--beside: cannot be combined with --size, --layout, --view all or --style classic. Omit them.",
    "--beside: --size、--layout、--view all、--style classic と同時に指定できません。これらを外してください。",
)
_ONE_INPUT = Text(
    '--beside: only one of the two files can be "-" (standard input).',
    "--beside: 標準入力（-）を指定できるのは、2 つのファイルのどちらか一方だけです。",
)


@command()
@design_command
@OUT
@click.option("--theme", type=OneOf(["light", "dark"]), default="light", help="Color theme; light if omitted.")
@click.option(
    "--style",
    type=OneOf(["advisor", "classic"]),
    default="advisor",
    help="Drawing style; classic uses the Python library diagrams.",
)
@click.option(
    "--size",
    type=OneOf(["a4", "a4-portrait", "16:9", "phone", "single"]),
    help="Page or screen size; single draws one diagram of any size (many similar destinations as one node).",
)
@click.option("--view", metavar="VIEW", help="View: overview, detail, network, security, failure, decision or all.")
@click.option(
    "--beside",
    metavar="AFTER",
    help="Draw FILE and a second requirements file side by side, with the differences marked.",
)
@click.option("--layout", metavar="DRAWIO", help="Keep the positions, colors and notes of an edited .drawio file.")
def draw(
    file: str,
    lang: "Lang",
    as_of: str | None,
    folder: str | None,
    out: str,
    theme: Any,
    style: Any,
    size: Any,
    view: str | None,
    beside: str | None,
    layout: str | None,
) -> None:
    """Draw the architecture diagram for the requirements in FILE.

    The suffix of OUT selects the format: .svg, .png, .pdf, .drawio, .drawio.svg, .pptx, .html, .mmd or .py. A diagram that
    cannot be read on a sheet of A4 becomes an overview and one sheet for each part of the flow: pages of a .pdf or .drawio,
    slides of a .pptx, a selection list in .html, or additional files beside OUT with the sheet number in their names. With --size,
    every diagram that is too large for that page is divided in this way; --size single draws one diagram, in which many
    similar destinations of a sender are one node, with their names in the legend, if the text would be too small on A4.

    With --view, the diagram shows one aspect: the main flow, settings and protocols, the network, IAM permissions and
    encryption, retries and dead-letter queues, or the reasons. All views are slides of a .pptx, pages of a .pdf or .drawio,
    and a selection list in .html; in the other formats, they are additional files beside OUT.

    With --beside, FILE and AFTER are drawn side by side. The same parts have the same positions on both sides. Added, removed
    and changed parts and connections are marked, and the differences are listed. If the text would be too small on A4 or a
    slide, only the differences and the parts connected to them are shown, if necessary as an overview and sheets. The suffix can be .svg, .png, .pdf, .drawio, .drawio.svg, .pptx or .html.

    \b
    Examples:
      advisor draw batch.yaml -o batch.svg
      advisor draw batch.yaml -o batch.png --theme dark --lang ja
      advisor draw batch.yaml -o batch.svg --view security
      advisor draw batch.yaml -o batch.pptx --view all
      advisor draw batch.yaml -o batch.pdf --size a4
      advisor draw batch.yaml -o batch.svg --size single
      advisor draw batch.yaml -o batch.drawio
      advisor draw batch.yaml -o batch.drawio --layout edited.drawio
      advisor draw batch.yaml -o batch.py
      advisor draw before.yaml --beside after.yaml -o both.svg
    """
    if size and layout is not None:
        raise UsageProblem(_NO_PAGES)
    if view == "all" and (size or layout is not None):
        raise UsageProblem(_NOT_ALL)
    if beside is not None and (size or layout is not None or view == "all" or style == "classic"):
        raise UsageProblem(_NOT_BESIDE)
    if file == beside == "-":
        raise UsageProblem(_ONE_INPUT)
    design = open_without_conflicts(file, lang, as_of, folder)
    if beside is not None:
        other = _reduced(open_without_conflicts(beside, lang, as_of, folder), view, lang)
        files = _beside(_reduced(design, view, lang), other, Path(out).name, lang, theme)
    elif view == "all":
        files = _all_views(design, Path(out).name, lang, theme)
    else:
        files = _files(_reduced(design, view, lang), Path(out).name, lang, theme, style, size, layout)
    for number, (name, content) in enumerate(files.items()):
        write(str(Path(out).with_name(name)) if number else out, content, lang)


def _reduced(design: "Design", view: str | None, lang: "Lang") -> "Design":
    """Return the design with the architecture of a view; without one as it is."""
    if view is None:
        return design
    from advisor_bundle.views import UnknownView, viewed

    try:
        return viewed(design, view)
    except UnknownView as error:
        raise Stop(BAD_INPUT, f"--view: {error.text.in_(lang)}") from error


def _beside(before: "Design", after: "Design", name: str, lang: "Lang", theme: Any) -> dict[str, bytes]:
    """Return the files of two designs side by side by their names, the one that was asked for first."""
    import renderers

    suffix = renderers.FORMATS.suffix_of(name)
    try:
        return renderers.draw_beside(before, after, name.removesuffix(suffix), suffix, lang=lang, theme=theme)
    except renderers.LayoutFailed as error:
        raise Stop(CHECK_FAILED, error.reason.in_(lang)) from error
    except renderers.UnknownSuffix as error:
        raise Stop(BAD_INPUT, f"--output: {error.text.in_(lang)}") from error


def _all_views(design: "Design", name: str, lang: "Lang", theme: Any) -> dict[str, bytes]:
    """Return the files of the whole design and all its views, the one that was asked for first."""
    import renderers
    from advisor_bundle.views import all_views

    suffix = renderers.FORMATS.suffix_of(name)
    try:
        return renderers.draw_views(all_views(design), name.removesuffix(suffix), suffix, lang=lang, theme=theme)
    except renderers.LayoutFailed as error:
        raise Stop(CHECK_FAILED, error.reason.in_(lang)) from error
    except renderers.UnknownSuffix as error:
        raise Stop(BAD_INPUT, f"--output: {error.text.in_(lang)}") from error


def _files(
    design: "Design", name: str, lang: "Lang", theme: Any, style: Any, size: Any, layout: str | None
) -> dict[str, bytes]:
    """Return the files of a drawing by their names, the one that was asked for first."""
    import renderers

    suffix = renderers.FORMATS.suffix_of(name)
    try:
        if layout is not None:
            return {name: _redrawn(design, layout, suffix, lang, theme)}
        if size == "single" and style != "classic":
            from renderers.stacks import readable

            return {name: renderers.draw(readable(design, suffix, lang), suffix, lang=lang, theme=theme)}
        if size == "single" or (style == "classic" and not size):
            return {name: renderers.draw(design, suffix, lang=lang, theme=theme, style=style)}
        stem = name.removesuffix(suffix)
        if size:
            return renderers.draw_sheets(design, stem, suffix, size=size, lang=lang, theme=theme)
        return renderers.draw_readable(design, stem, suffix, lang=lang, theme=theme)
    except renderers.ToolMissing as error:
        raise Stop(TOOL_MISSING, error.text.in_(lang)) from error
    except renderers.BadDrawing as error:
        raise Stop(BAD_INPUT, f"--layout: {error.reason.in_(lang)}") from error
    except renderers.LayoutFailed as error:
        raise Stop(CHECK_FAILED, error.reason.in_(lang)) from error
    except renderers.UnknownSuffix as error:
        raise Stop(BAD_INPUT, f"--output: {error.text.in_(lang)}") from error


def _redrawn(design: "Design", layout: str, suffix: str, lang: "Lang", theme: Any) -> bytes:
    """Draw a design with the layout of a file, and print to standard error what differs between the two."""
    import renderers

    drawing = read_drawing(layout, lang)
    content, differences = renderers.redraw(design, drawing, suffix, lang=lang, theme=theme)
    for difference in differences:
        say(f"{difference.in_(lang)}\n", err=True)
    return content
