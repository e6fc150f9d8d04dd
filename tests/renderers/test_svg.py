"""The SVG stands alone, can be read by everyone, and takes whatever users write."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from renderers.theme import THEMES, Theme
from renderers.words import clean
from tests.renderers.samples import HOSTILE, SAMPLES

SVG = "{http://www.w3.org/2000/svg}"


def tree(design: Any, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(renderers.draw(design, ".svg", **options))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", SAMPLES)
def test_is_well_formed_and_stands_alone(name: str, theme: Theme) -> None:
    text = renderers.draw(SAMPLES[name], ".svg", theme=theme).decode()
    root = ElementTree.fromstring(text)
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}foreignObject"))
    assert not re.search(r'\son[a-z]+="', re.sub(r">[^<]*<", "><", text)), "an event handler"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name_, value in element.attrib.items():
            if name_.endswith("href"):
                assert value.startswith("#")
                assert value[1:] in ids


def test_every_node_can_be_reached_by_keyboard_and_says_what_it_is() -> None:
    design = SAMPLES["web-and-batch"]
    buttons = [element for element in tree(design).iter(f"{SVG}g") if element.get("role") == "button"]
    assert {button.get("data-node") for button in buttons} == {node.id for node in design.architecture.nodes}
    for button in buttons:
        assert button.get("tabindex") == "0"
        assert button.get("aria-label")
        assert f"{button.get('data-subject')}.{button.get('data-role')}" == button.get("data-node")


@pytest.mark.parametrize("lang", LANGS)
def test_says_in_words_what_it_shows(lang: Lang) -> None:
    design = SAMPLES["web-and-batch"]
    root = tree(design, lang=lang)
    assert root.get("role") == "group"
    assert root.get("lang") == lang
    assert root.findtext(f"{SVG}title") == design.requirements.title.in_(lang)
    words = root.findtext(f"{SVG}desc") or ""
    for node in design.architecture.nodes:
        assert node.title.in_(lang) in words
    for edge in design.architecture.edges:
        assert edge.sentence.in_(lang) in words


@pytest.mark.parametrize("lang", LANGS)
def test_the_order_of_focus_follows_the_steps_and_every_connection_says_what_it_is(lang: Lang) -> None:
    design = SAMPLES["web-and-batch"]
    parts = [part for part in tree(design, lang=lang).iter(f"{SVG}g") if part.get("tabindex") == "0"]
    order = [part.get("data-edge") or part.get("data-node") for part in parts]
    assert len(order) == len(set(order))
    assert not [part.get("tabindex") for part in tree(design).iter() if part.get("tabindex") not in (None, "0")]
    edges = {edge.id: edge for edge in design.architecture.edges}
    steps = [edge.step for id in order if (edge := edges.get(str(id))) and edge.step is not None]
    assert steps == sorted(steps) == list(range(1, len(steps) + 1))
    for part in parts:
        if (edge := edges.get(part.get("data-edge") or "")) is not None:
            label = part.get("aria-label") or ""
            ends = [design.architecture.node(end).title.in_(lang) for end in (edge.source, edge.target)]
            assert all(words in label for words in (*ends, edge.sentence.in_(lang).rstrip(".。"))), label
            assert part.get("role") == "img"
            assert order.index(edge.source) < order.index(edge.id)
    first = edges[next(str(id) for id in order if str(id) in edges)]
    assert order[:3] == [first.source, first.id, first.target]


def test_a_state_machine_is_reached_once_and_its_border_lies_beneath_the_lines() -> None:
    parts = [part.get("data-node") or part.get("data-edge") for part in tree(SAMPLES["web-and-batch"]).iter(f"{SVG}g")]
    machines = [node.id for node in SAMPLES["web-and-batch"].architecture.nodes if node.states]
    assert machines
    for machine in machines:
        assert parts.count(machine) == 1


def test_hostile_words_come_out_as_words() -> None:
    root = tree(SAMPLES["hostile"])
    labels = {button.get("aria-label") for button in root.iter(f"{SVG}g") if button.get("role") == "button"}
    for words in HOSTILE[:4]:
        assert any(clean(words) in (label or "") for label in labels)


def test_the_font_is_named_first_and_texts_are_selectable() -> None:
    root = tree(SAMPLES["direct"])
    assert "'Noto Sans JP'" in (root.get("font-family") or "")
    assert any("Amazon API Gateway" in "".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def test_the_steps_are_numbered_in_the_picture_and_in_the_legend() -> None:
    design = SAMPLES["integration"]
    numbers = ["".join(text.itertext()) for text in tree(design).iter(f"{SVG}text")]
    for edge in design.architecture.edges:
        if edge.step is not None:
            assert numbers.count(str(edge.step)) == 2


def test_kinds_of_line_differ_without_colour() -> None:
    root = tree(SAMPLES["web-and-batch"])
    looks: dict[str, set[tuple[str | None, str | None, int]]] = {}
    for edge in SAMPLES["web-and-batch"].architecture.edges:
        group = next(element for element in root.iter(f"{SVG}g") if element.get("data-edge") == edge.id)
        path, _, *rest = (part for part in group.findall(f"{SVG}path") if part.get("class") != "advisor-focus")
        marks = sum(part.get("stroke-width") == "1.4" for part in rest)
        looks.setdefault(edge.flow, set()).add((path.get("stroke-dasharray"), path.get("stroke-width"), marks))
    assert all(len(look) == 1 for look in looks.values())
    assert len({next(iter(look)) for look in looks.values()}) == len(looks)
    assert len({dash for look in looks.values() for dash, _, _ in look if dash}) == 2


def test_an_edge_tells_its_budgets_and_marks_the_one_that_is_broken() -> None:
    job = {
        "id": "job",
        "trigger": "schedule",
        "longest_run_s": 5,
        "writes": ["big", "small"],
        "pins": {"compute": "lambda"},
    }
    stores = [
        {"id": id, "item_bytes": size, "pins": {"store": "dynamodb"}} for id, size in (("big", 2**20), ("small", 9))
    ]
    made = advise(make_requirements({"components": [job], "stores": stores}), rules.load_book())
    root = tree(made)
    edges = {group.get("data-edge"): group for group in root.iter(f"{SVG}g") if group.get("data-edge")}
    big, small = edges["job.compute>write>big.store"], edges["job.compute>write>small.store"]
    assert (big.get("data-budget"), small.get("data-budget")) == ("broken", None)
    assert "1 MiB" in str(big.findtext(f"{SVG}title"))
    assert "400 KiB" in str(big.findtext(f"{SVG}title"))
    assert big.findtext(f"{SVG}text") == "!"
    assert "400 KiB" in str(small.findtext(f"{SVG}title"))
    assert "exceeds the limit of 400 KiB" in str(root.findtext(f"{SVG}desc"))
    assert "Load above the limit of the connection" in "".join(root.itertext())
