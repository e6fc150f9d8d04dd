"""Two designs in one picture: the same parts at the same places, and every difference marked, named and read out."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

import renderers
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements.reading import read_requirements
from advisor.text import LANGS, Lang
from renderers import changes, svg
from renderers.beside import arrange_beside, files
from renderers.beside.differences import NOTHING
from renderers.drawn import drawn
from renderers.layout import clear_cache
from renderers.layout.check import violations
from renderers.layout.picture import Box, Picture, Tag
from renderers.theme import THEMES, Theme
from tests.renderers.samples import SAMPLES

SVG = "{http://www.w3.org/2000/svg}"
#: What is changed in a story: a longer run moves process B from Lambda into the VPC, a store is added, a partner leaves.
CHANGED = (
    ("longest_run_s: 30 s", "longest_run_s: 40 min"),
    ("      - {kind: partner-http, title: {en: Partner, ja: パートナー}}\n", ""),
    ("writes: [records]", "writes: [records, files]"),
    ("stores:\n", "stores:\n  - id: files\n    title: {en: Files, ja: ファイル}\n    access: objects\n"),
)


def design(text: str) -> Design:
    return drawn(advise(read_requirements(text.encode()), rules.load_book()))


def one_file(before: Design, after: Design, suffix: str, lang: Lang = "en") -> bytes:
    """The first file of a comparison."""
    return renderers.draw_beside(before, after, "both", suffix, lang=lang)[f"both{suffix}"]


@pytest.fixture(scope="module")
def pair() -> tuple[Design, Design]:
    before = after = rules.story_bytes("async-coupling").decode()
    for old, new in CHANGED:
        assert after.count(old) == 1, old
        after = after.replace(old, new)
    return design(before), design(after)


def side(picture: Picture, name: str) -> dict[str, Any]:
    return {node.id.removeprefix(f"{name}."): node for node in picture.nodes if node.id.startswith(f"{name}.")}


def offset(picture: Picture) -> tuple[float, float]:
    before, after = (next(group.box for group in picture.groups if group.id == name) for name in ("before", "after"))
    return after.x - before.x, after.y - before.y


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_parts_stand_at_the_same_places(pair: tuple[Design, Design], lang: Lang) -> None:
    picture = files.picture(*pair, lang)
    before, after = side(picture, "before"), side(picture, "after")
    dx, dy = offset(picture)
    shared = before.keys() & after.keys()
    assert len(shared) > 6
    for id in shared:
        assert (after[id].box.cx - before[id].box.cx, after[id].box.cy - before[id].box.cy) == pytest.approx((dx, dy))


def test_every_difference_is_marked_and_nothing_else(pair: tuple[Design, Design]) -> None:
    picture = files.picture(*pair, "en")
    before, after = side(picture, "before"), side(picture, "after")
    ids = [{node.id for node in one.architecture.nodes} for one in pair]
    assert {id for id, node in before.items() if node.change == "removed"} == ids[0] - ids[1] != set()
    assert {id for id, node in after.items() if node.change == "added"} == ids[1] - ids[0] != set()
    moved = after["process-b.compute~"]
    assert (before["process-b.compute"].change, moved.change) == ("changed", "changed")
    assert (before["process-a.compute"].change, after["process-a.compute"].change) == ("", "")
    lines = {line.id: line.change for line in picture.lines}
    edges = [{edge.id for edge in one.architecture.edges} for one in pair]
    gone = {id.removeprefix("before.") for id, change in lines.items() if change == "removed"}
    assert gone == {id for id in edges[0] - edges[1] if f"before.{id}" in lines} != set()
    new = {id.removeprefix("after.").removesuffix("~") for id, change in lines.items() if change == "added"}
    assert new == {id for id in edges[1] - edges[0] if {f"after.{id}", f"after.{id}~"} & lines.keys()} != set()
    assert {group.id for group in picture.groups if group.change} >= {"after.vpc", "after.private-subnet"}


@pytest.mark.parametrize("lang", LANGS)
def test_the_legend_and_the_description_name_every_difference(pair: tuple[Design, Design], lang: Lang) -> None:
    picture = files.picture(*pair, lang)
    root = ElementTree.fromstring(svg.write(picture))
    words = root.findtext(f"{SVG}desc") or ""
    assert picture.legend is not None
    rows = [line for line in picture.legend.lines if line.change]
    assert {row.change for row in rows} == {"added", "removed", "changed"}
    gap = " " if lang == "en" else ""
    said = re.sub(r"\s", "", words)
    for row in rows:
        assert re.sub(r"\s", "", gap.join(row.words.lines)) in said
    assert {"en": "Removed: Partner system (Partner).", "ja": "削除: パートナーシステム（パートナー）。"}[lang] in words
    assert {"en": "AWS Lambda (Process B) → AWS Fargate (Process B); placement: ", "ja": "配置: "}[lang] in words
    labels = [element.get("aria-label") or "" for element in root.iter(f"{SVG}g")]
    added = {"en": "After, added, Amazon S3, Files", "ja": "変更後、追加、Amazon S3、ファイル"}[lang]
    assert added in labels


def test_no_difference_rests_on_colour_alone() -> None:
    looks = [(look.sign, look.shape, look.dash) for change, look in changes.LOOKS.items() if change != "same"]
    for position in range(3):
        assert len({look[position] for look in looks}) == len(looks)


@pytest.mark.parametrize("theme", THEMES)
def test_the_signs_can_be_read_on_their_shapes(theme: Theme) -> None:
    from renderers.theme import PALETTES

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    palette = PALETTES[theme]
    for change in changes.LOOKS:
        pair = sorted((light(changes.colour(change, palette)), light(palette.background)))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, change


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("web-application", "relational-web-app"),
        ("scheduled-batch", "event-driven-job"),
        ("graphql-api", "kubernetes-jobs"),
    ],
)
def test_nothing_overlaps_however_much_differs(designs: dict[str, Design], first: str, second: str, lang: Lang) -> None:
    picture = files.picture(drawn(designs[first]), drawn(designs[second]), lang)
    assert violations(picture) == []


def test_the_same_pair_gives_the_same_bytes(pair: tuple[Design, Design]) -> None:
    made = set()
    for _ in range(2):
        clear_cache()
        made.add(tuple(one_file(*pair, suffix) for suffix in files.SUFFIXES))
    assert len(made) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_design_beside_itself_has_no_mark_and_says_so(lang: Lang) -> None:
    both = SAMPLES["web-and-batch"]
    picture = files.picture(both, both, lang)
    marks = [part.change for parts in (picture.nodes, picture.groups, picture.lines) for part in parts]
    assert set(marks) == {""}
    assert picture.description.startswith(NOTHING.in_(lang))
    assert picture.legend is not None
    assert picture.legend.lines[-1].change == "same"


def test_each_format_has_the_signs(pair: tuple[Design, Design]) -> None:
    made = {suffix: one_file(*pair, suffix) for suffix in files.SUFFIXES}
    page = PdfReader(io.BytesIO(made[".pdf"])).pages[0].extract_text()
    with zipfile.ZipFile(io.BytesIO(made[".pptx"])) as packed:
        slide = packed.read("ppt/slides/slide1.xml").decode()
    texts = [
        made[".svg"].decode(),
        made[".drawio"].decode(),
        made[".drawio.svg"].decode(),
        made[".html"].decode(),
        slide,
        page,
    ]
    for text in texts:
        for change in ("added", "removed", "changed"):
            assert changes.LOOKS[change].sign in text
        assert "Partner system" in text
    assert made[".png"].startswith(b"\x89PNG")
    assert 'advisor="change before.' in texts[1]


def test_a_format_without_positions_is_refused_with_those_that_have_them(pair: tuple[Design, Design]) -> None:
    with pytest.raises(ValueError, match=r"\.svg, \.png, \.pdf, \.drawio, \.drawio\.svg, \.pptx, \.html\."):
        renderers.draw_beside(*pair, "both", ".mmd")


def test_words_of_users_stay_words() -> None:
    text = one_file(SAMPLES["hostile"], SAMPLES["web-and-batch"], ".svg").decode()
    root = ElementTree.fromstring(text)
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search(r'\son[a-z]+="', re.sub(r">[^<]*<", "><", text))


def test_the_sign_of_a_short_line_does_not_cover_its_words() -> None:
    drawn = arrange_beside(SAMPLES["direct"].architecture, SAMPLES["direct"].architecture, ("A", "B"), "Signs")
    line = replace(
        drawn.lines[0],
        points=((0, 0), (60, 0)),
        change="added",
        tag=Tag(Box(2, -22, 56, 17), None, None, None),
    )
    alone = replace(drawn, nodes=(), groups=(), lines=(line,))
    tag = line.tag.box if line.tag else Box(0, 0, 0, 0)
    assert not changes.around(changes.on_line(line, alone)).overlaps(tag)
    wordless = replace(line, tag=None)
    assert changes.on_line(wordless, replace(alone, lines=(wordless,))) == (30, 0)
