"""The project of a large design: an overview and sheets as files that lead to each other, and a README that lists them."""

import io
import random
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from xml.etree import ElementTree

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from advisor_bundle import project_zip
from advisor_bundle.sheets import with_sheets
from benchmarks.architectures import requirements

HREF = "{http://www.w3.org/2000/svg}a"
OVERVIEW = "ARCHITECTURE.svg"


def read(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


@cache
def project(lang: Lang) -> Mapping[str, bytes]:
    design = advise(make_requirements(requirements(random.Random(3), 8)), rules.load_book())
    return read(project_zip(design, "sam", lang))


@pytest.mark.parametrize("lang", LANGS)
def test_the_overview_leads_to_each_sheet_and_back_and_the_readme_lists_them(lang: Lang) -> None:
    files = project(lang)
    sheets = sorted(path for path in files if re.fullmatch(r"ARCHITECTURE-\d\.svg", path))
    assert len(sheets) > 1
    assert sorted(links(files[OVERVIEW])) == sheets
    for path in sheets:
        assert links(files[path]) == [OVERVIEW]
    readme = files["README.md"].decode()
    assert re.findall(r"\((ARCHITECTURE[^)]*)\)", readme) == [OVERVIEW, *sheets]
    for number, path in enumerate(sheets, 1):
        title = re.search(rf"^{number}\. \[(.*)\]\({path}\)$", readme, re.MULTILINE)
        assert title
        assert title[1] in files[path].decode()


def links(svg: bytes) -> list[str | None]:
    return [link.get("href") for link in ElementTree.fromstring(svg).iter(HREF)]


def test_a_small_design_has_one_picture_and_its_readme_stays(book: Book) -> None:
    design = advise(rules.load_story("graphql-api"), book)
    files = read(project_zip(design, "sam", "en"))
    assert files[OVERVIEW] == renderers.draw(design)
    assert [path for path in files if path.startswith("ARCHITECTURE")] == [OVERVIEW]
    assert with_sheets(files["README.md"], {OVERVIEW: ""}, "en") == files["README.md"]


def test_the_readme_counts_the_sheets() -> None:
    readme = f"![Architecture]({OVERVIEW})\n".encode()
    for sheets, words in ((("1",), "The following diagram shows"), (("1", "2"), "The following diagrams show")):
        titles = {OVERVIEW: "Overview", **{f"ARCHITECTURE-{n}.svg": n for n in sheets}}
        assert words in with_sheets(readme, titles, "en").decode()
