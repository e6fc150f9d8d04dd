"""The key to marks at nodes holds for every mark that looks like its entry, whatever each of them says of its own source."""

import html
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest

from advisor.architecture import Architecture, Edge, Flow
from advisor.text import EMPTY, LANGS, Lang, Text
from renderers import drawio, slides, svg
from renderers.beside import arrange_beside
from renderers.layout import arrange
from renderers.layout.picture import Picture
from tests.renderers.samples import CLOUD, edge, node, text

_NAMES = (Text("Orders", "注文"), Text("Bills", "請求"), Text("Parcels", "配送"))


def failing(sentences: Iterable[Text]) -> Architecture:
    """Queues in a row, each with a dead-letter queue and a sentence of its own."""
    said = tuple(sentences)
    queues = [node(f"q{i}.channel", "sqs", _NAMES[i], group="cloud") for i in range(len(said))]
    dead = [node(f"q{i}.dlq", "dead-letter-queue", text("Dead letters"), group="cloud") for i in range(len(said))]
    edges = [edge(a.id, "deliver", b.id, text("copy"), "async", n) for n, (a, b) in enumerate(pairwise(queues), 1)]
    edges += [
        edge(a.id, "dead-letter", b.id, text("on failure"), "failure", None, words)
        for a, b, words in zip(queues, dead, said, strict=True)
    ]
    return Architecture((*queues, *dead), tuple(edges), (CLOUD,))


def private(listed: str) -> Architecture:
    """A program that reaches a list of services through VPC endpoints."""
    endpoints = node("workload.endpoints", "", text("VPC endpoints"), kind="part", icon="vpc-endpoints", group="cloud")
    program = node("app.compute", "ecs", text("App"), group="cloud")
    words = text(f"Calls from the VPC to {listed} go through VPC endpoints")
    line = edge(program.id, "reach-privately", endpoints.id, text("private access"), "identity", None, words)
    return Architecture((program, endpoints), (line,), (CLOUD,))


def named() -> Architecture:
    return failing(Text(f"Messages of {name.en} move", f"{name.ja}のメッセージを移動する") for name in _NAMES)


def key(picture: Picture, icon: str, lang: Lang = "en") -> str:
    """Return the words of the only entry of the key with an icon."""
    assert picture.legend is not None
    (found,) = [line for line in picture.legend.lines if line.icon == icon]
    return (" " if lang == "en" else "").join(found.words.lines)


@pytest.mark.parametrize("lang", LANGS)
def test_a_key_to_marks_of_several_sources_names_none_of_them(lang: Lang) -> None:
    picture = arrange(named(), "Three", lang=lang)
    words = key(picture, "dead-letter-queue", lang)
    assert not any(name.in_(lang) in words for name in _NAMES)
    assert {"en": "delivered or processed", "ja": "記録する"}[lang] in words
    assert {mark.sentence for one in picture.nodes for mark in one.marks} == {
        edge.sentence.in_(lang) for edge in named().edges if edge.flow == "failure"
    }


def test_draw_io_and_slides_have_the_same_words_in_the_key() -> None:
    picture = arrange(named(), "Three")
    words = key(picture, "dead-letter-queue")
    with zipfile.ZipFile(io.BytesIO(slides.write(picture))) as packed:
        slide = "".join(re.findall("<a:t>([^<]*)</a:t>", packed.read("ppt/slides/slide1.xml").decode()))
    made = html.unescape(html.unescape(drawio.write(picture).decode()))
    drawn = svg.write(picture).decode()
    for each in (slide, re.sub("<br ?/?>|\n", "", made), re.sub("<[^>]*>", "", drawn)):
        assert words.replace(" ", "") in each.replace(" ", "")


def test_a_key_keeps_the_sentence_that_all_marks_share() -> None:
    same = text("Failed messages go to the dead-letter queue")
    assert key(arrange(failing([same] * 3), "Three"), "dead-letter-queue") == same.en


def test_a_key_to_marks_without_words_says_what_they_are() -> None:
    assert "delivered or processed" in key(arrange(failing([EMPTY] * 3), "Three"), "dead-letter-queue")


def test_two_designs_whose_endpoints_lead_to_other_services_have_a_key_that_holds_for_both() -> None:
    both = arrange_beside(private("ECR"), private("ECR and S3"), ("Before", "After"), "App")
    assert key(both, "vpc-endpoints") == "Calls from the VPC to AWS services go through VPC endpoints"


@pytest.mark.parametrize("flow", ["image", "observe"])
def test_a_verb_of_a_rule_pack_is_told_by_its_kind(flow: Flow) -> None:
    def said(line: Edge) -> Edge:
        return replace(line, verb="own", id=f"{line.source}>own>{line.target}", target="q0.dlq", flow=flow)

    three = named()
    edges = tuple(said(line) if line.flow == "failure" else line for line in three.edges)
    words = key(arrange(replace(three, edges=edges), "Three"), "dead-letter-queue")
    assert words == {"image": "Pulls an image", "observe": "Metrics and logs"}[flow]
