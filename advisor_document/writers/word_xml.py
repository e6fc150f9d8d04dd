"""The elements of a Word file that python-docx has no method for: fields, links, bookmarks, numberings, cell shades."""

from collections.abc import Sequence
from typing import Any

_SHADE = "EAEDED"
#: The id of the style of links.
LINK = "Link"


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _mark(kind: str) -> Any:
    run = _element("w:r")
    run.append(_element("w:fldChar", fldCharType=kind))
    return run


def _instruction(instruction: str) -> Any:
    run, text = _element("w:r"), _element("w:instrText")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = f" {instruction} "
    run.append(text)
    return run


def field(paragraph: Any, instruction: str, result: str) -> None:
    """Add a field with its present result to a paragraph."""
    paragraph._p.extend([_mark("begin"), _instruction(instruction), _mark("separate")])
    paragraph.add_run(result)
    paragraph._p.append(_mark("end"))


def field_around(paragraphs: Sequence[Any], instruction: str) -> None:
    """Make paragraphs the present result of a field."""
    first = paragraphs[0]._p
    start = 1 if first.pPr is not None else 0
    for offset, run in enumerate([_mark("begin"), _instruction(instruction), _mark("separate")]):
        first.insert(start + offset, run)
    paragraphs[-1]._p.append(_mark("end"))


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """Add a bookmark around the content of a paragraph."""
    start = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(start, _element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))


def link_inside(paragraph: Any, bookmark: str, words: str, *, raised: bool = False) -> None:
    """Add a link to a bookmark."""
    _link(paragraph, _element("w:hyperlink", anchor=bookmark, history="1"), words, raised=raised)


def link_outside(paragraph: Any, url: str, words: str) -> None:
    """Add a link to a page."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = _element("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    _link(paragraph, link, words, raised=False)


def _link(paragraph: Any, link: Any, words: str, *, raised: bool) -> None:
    run = paragraph.add_run(words)
    run._r.style = LINK
    if raised:
        run.font.superscript = True
    link.append(run._r)
    paragraph._p.append(link)


def fresh_numbering(file: Any) -> int:
    """Return the id of a new numbering like that of "List Number", which starts at 1."""
    numberings = file.part.numbering_part.numbering_definitions._numbering
    used = file.styles["List Number"].element.pPr.numPr.numId.val
    kind = next(one for one in numberings.num_lst if one.numId == used).abstractNumId.val
    number = numberings.add_num(kind)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def number_by(paragraph: Any, number: int) -> None:
    """Number a paragraph by a numbering."""
    numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_ilvl().val = 0
    numbered.get_or_add_numId().val = number


def rows(table: Any) -> list[list[Any]]:
    """Return the cells of a table by rows; python-docx counts them again for each row."""
    from docx.table import _Cell

    return [[_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def fit(table: Any, widths: Sequence[float]) -> None:
    """Set the column widths in millimetres; the header repeats on each page, and rows do not break across pages."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)
    for number, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(_element("w:cantSplit"))
        if not number:
            properties.append(_element("w:tblHeader"))
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)


def heighten(table: Any, height: float) -> None:
    """Set the minimum height of the rows in millimetres."""
    from docx.shared import Mm

    for row in table._tbl.tr_lst:
        row.trHeight_val = Mm(height)


def shade(cell: Any) -> None:
    """Shade a cell as the head of a table."""
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))


def describe(shape: Any, words: str) -> None:
    """Set the text alternative of a picture."""
    shape._inline.docPr.set("descr", words)


def page_number(paragraph: Any) -> None:
    """Add the number of the page."""
    field(paragraph, "PAGE", "1")
