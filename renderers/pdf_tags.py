"""Tags of a PDF: each page is a figure with its text alternative, and each link on it an element of its own.

The converter writes no structure, so the structure tree is laid over its pages.
"""

from collections.abc import Iterator, Sequence
from html import unescape
from re import DOTALL, search
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def alternative(svg: bytes, title: str) -> str:
    """Return the text alternative of a generated SVG: its description, or its title if it has none."""
    found = search(r"<desc>(.*?)</desc>", svg.decode(), DOTALL)
    return unescape(found[1]) if found and found[1] else title


def tag(writer: PdfWriter, alternatives: Sequence[str], lang: str) -> None:
    """Tag the pages of a document: the content of each as a figure with its text alternative."""
    tree = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")}))
    document = _element(writer, "Document", tree)
    _tree(tree)[NameObject("/K")] = document
    _tree(document)[NameObject("/Lang")] = TextStringObject(lang)
    children, parents, links = ArrayObject(), ArrayObject(), len(alternatives)
    for number, (page, words) in enumerate(zip(writer.pages, alternatives, strict=True)):
        figure = _figure(writer, page, words, document)
        children.append(figure)
        parents.extend([NumberObject(number), writer._add_object(ArrayObject([figure]))])
        page[NameObject("/StructParents")] = NumberObject(number)
        page[NameObject("/Tabs")] = NameObject("/S")
    for page in writer.pages:
        for annotation in _links(page):
            link = _link(writer, page, annotation, document)
            annotation.get_object()[NameObject("/StructParent")] = NumberObject(links)
            children.append(link)
            parents.extend([NumberObject(links), link])
            links += 1
    _tree(document)[NameObject("/K")] = children
    nums = writer._add_object(DictionaryObject({NameObject("/Nums"): parents}))
    _tree(tree).update({NameObject("/ParentTree"): nums, NameObject("/ParentTreeNextKey"): NumberObject(links)})
    writer._root_object[NameObject("/StructTreeRoot")] = tree
    writer._root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})


def _tree(reference: IndirectObject) -> Any:
    return reference.get_object()


def _element(writer: PdfWriter, kind: str, parent: IndirectObject) -> IndirectObject:
    element = {"/Type": NameObject("/StructElem"), "/S": NameObject(f"/{kind}"), "/P": parent}
    return writer._add_object(DictionaryObject({NameObject(key): value for key, value in element.items()}))


def _figure(writer: PdfWriter, page: Any, words: str, parent: IndirectObject) -> IndirectObject:
    """Return the figure of a page, and mark the page's content as the figure's."""
    figure = _element(writer, "Figure", parent)
    box = ArrayObject([FloatObject(side) for side in page.mediabox])
    layout = {"/O": NameObject("/Layout"), "/Placement": NameObject("/Block"), "/BBox": box}
    _tree(figure).update(
        {
            NameObject("/Alt"): TextStringObject(words),
            NameObject("/Pg"): page.indirect_reference,
            NameObject("/K"): NumberObject(0),
            NameObject("/A"): DictionaryObject({NameObject(key): value for key, value in layout.items()}),
        }
    )
    contents = page.get("/Contents")
    drawn = [*contents.get_object()] if isinstance(contents.get_object(), ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [_stream(writer, b"/Figure <</MCID 0>> BDC\nq\n"), *drawn, _stream(writer, b"\nQ\nEMC\n")]
    )
    return figure


def _stream(writer: PdfWriter, content: bytes) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    return writer._add_object(stream)


def _links(page: Any) -> Iterator[Any]:
    annotations = page.get("/Annots")
    yield from annotations.get_object() if annotations is not None else ()


def _link(writer: PdfWriter, page: Any, annotation: Any, parent: IndirectObject) -> IndirectObject:
    link = _element(writer, "Link", parent)
    reference = {"/Type": NameObject("/OBJR"), "/Obj": annotation, "/Pg": page.indirect_reference}
    _tree(link)[NameObject("/K")] = DictionaryObject({NameObject(key): value for key, value in reference.items()})
    return link
