"""The sheets of a large design in its project: the README shows the overview and links to the sheets below it."""

from collections.abc import Mapping

from advisor.text import Lang, Text
from renderers.markdown import file_link

README = "README.md"
_SHEET = Text(
    "The diagram is an overview. The following diagram shows a part of the architecture in detail:",
    "この図は全体像です。一部の詳細は次の図を参照してください。",
)
_SHEETS = Text(
    "The diagram is an overview. The following diagrams show the parts of the architecture in detail:",
    "この図は全体像です。各部分の詳細は次の図を参照してください。",
)


def with_sheets(readme: bytes, titles: Mapping[str, str], lang: Lang) -> bytes:
    """Return a README with a list of the sheets below its diagram; without sheets, the README as it is.

    `titles` are those of the files of the diagram, the overview first.
    """
    overview, *sheets = titles
    if not sheets:
        return readme
    said = _SHEETS if len(sheets) > 1 else _SHEET
    listed = [f"{n}. {file_link(titles[path], path)}" for n, path in enumerate(sheets, 1)]
    before, shown, after = readme.decode().partition(f"]({overview})\n")
    return "\n".join([f"{before}{shown}", said.in_(lang), "", *listed, after]).encode()
