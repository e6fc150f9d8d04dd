"""The styles of the Word file: page, fonts of both scripts, headings, tables, captions."""

from typing import Any

from advisor_document.writers import word_xml as xml

_LATIN, _JAPANESE = "Arial", "Yu Gothic"
_INK, _RULE = "16191F", "0B5394"
#: Style -> the one that it is based on, its size in points, whether it is bold, and the space below it in points.
_OURS = {
    "Table Text": ("Normal", 8.0, False, 0.0),
    "Table Head": ("Normal", 8.0, True, 0.0),
    "After Table": ("Normal", 6.0, False, 4.0),
    "Contents Heading": ("Normal", 14.0, True, 8.0),
    "Contents Entry": ("Normal", 10.0, False, 4.0),
    "Source": ("Normal", 8.5, False, 2.0),
}
_SIZES = {"Title": 24.0, "Subtitle": 14.0, "Heading 1": 15.0, "Heading 2": 12.0, "Heading 3": 10.5, "Caption": 8.5}


def prepare(file: Any, width_mm: float) -> None:
    """Set page and styles of an empty file."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt, RGBColor

    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - width_mm) / 2)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    footer = section.footer.paragraphs[0]
    footer.alignment = 2
    xml.page_number(footer)
    styles = file.styles
    for name, (base, size, bold, after) in _OURS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.bold = styles[base], Pt(size), bold
        style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(after), Pt(0)
    code = styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    code.font.name, code.font.size = "Consolas", Pt(7.5)
    link = styles.add_style(xml.LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(_RULE)
    styles["Normal"].font.size = Pt(9.5)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    for name in ("Normal", *_SIZES):
        _fonts(styles[name])
    for name, size in _SIZES.items():
        styles[name].font.size = Pt(size)
        styles[name].font.color.rgb = RGBColor.from_string(_INK)
    _language(styles)


def _fonts(style: Any) -> None:
    """Name the fonts of both scripts instead of those of the theme, which has no Japanese one."""
    from docx.oxml.ns import qn

    style.font.name = _LATIN
    fonts = style.element.rPr.rFonts
    for attribute in [one for one in fonts.attrib if one.endswith("Theme")]:
        del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), _JAPANESE)
    fonts.set(qn("w:cs"), _LATIN)


def _language(styles: Any) -> None:
    from docx.oxml.ns import qn

    for known in styles.element.iter(qn("w:lang")):
        known.set(qn("w:val"), "en-GB")
        known.set(qn("w:eastAsia"), "ja-JP")
