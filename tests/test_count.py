"""One entry of the file may stand for many alike: every output says so, and nothing else changes."""

import json
import re
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

import blueprints
import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.report.decision_file import decision_file, to_json
from advisor.report.decision_report import to_text
from advisor.report.decision_types import decision_schema
from advisor.requirements import RequirementsError, make_requirements
from advisor.text import Lang, Text, times
from renderers.adr import adr

WORKLOAD: dict[str, Any] = {
    "title": "Shops",
    "components": [
        {
            "id": "shop",
            "title": {"en": "Shop", "ja": "店舗"},
            "trigger": "request",
            "reads": ["items"],
            "publishes": ["news"],
        },
        {"id": "mail", "title": "Mailer", "trigger": "message", "listens_to": "news"},
    ],
    "channels": [{"id": "news", "title": "News"}],
    "stores": [{"id": "items", "title": "Items"}],
}


def counted(**counts: object) -> dict[str, Any]:
    """The workload with counts by subject."""
    kinds = ("components", "channels", "stores")
    subjects = {
        kind: [s | ({"count": counts[s["id"]]} if s["id"] in counts else {}) for s in WORKLOAD[kind]] for kind in kinds
    }
    return {**WORKLOAD, **subjects}


@pytest.fixture(scope="module")
def many(book: Book) -> Design:
    return advise(make_requirements(counted(shop=12, news=3, items=2)), book)


@pytest.fixture(scope="module")
def one(book: Book) -> Design:
    return advise(make_requirements(WORKLOAD), book)


def test_the_count_changes_no_decision(many: Design, one: Design) -> None:
    assert many.verdict.services == one.verdict.services
    for subject, alone in zip(many.decision.subjects, one.decision.subjects, strict=True):
        assert replace(subject, count=1) == alone
    assert many.decision.assumptions == one.decision.assumptions
    assert [replace(node, count=1) for node in many.architecture.nodes] == list(one.architecture.nodes)
    assert many.architecture.edges == one.architecture.edges


def test_what_the_workload_has_once_is_not_counted(many: Design) -> None:
    counts = {node.id: node.count for node in many.architecture.nodes}
    assert {counts["shop.compute"], counts["shop.entry"]} == {12}
    assert (counts["news.messaging"], counts["items.store"], counts["mail.compute"]) == (3, 2, 1)
    shared = [node for node in many.architecture.nodes if node.kind == "outside" or node.id.startswith("workload.")]
    assert {node.count for node in shared} == {1}


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("suffix", [".svg", ".mmd", ".py"])
def test_every_drawing_shows_the_count(suffix: str, lang: Lang, many: Design, one: Design) -> None:
    drawn = renderers.draw(many, suffix, lang=lang).decode().replace("#215;", "×")
    assert "AWS Lambda × 12" in drawn
    assert "DynamoDB × 2" in drawn
    assert not re.search(
        "(Lambda|DynamoDB|SQS|queue|API) ×", renderers.draw(one, suffix, lang=lang).decode().replace("#215;", "×")
    )


def test_the_classic_picture_shows_the_count(graphviz: str, many: Design) -> None:
    assert "AWS Lambda × 12" in renderers.draw(many, ".svg", style="classic", lang="en").decode()


@pytest.mark.parametrize(("lang", "name"), [("en", "Shop × 12"), ("ja", "店舗 × 12")])
def test_the_record_and_the_text_say_the_count(lang: Lang, name: str, many: Design, one: Design) -> None:
    assert name in adr(many, lang).decode()
    assert f"{name} (shop)" in to_text(many, lang)
    assert not re.search("(Shop|Mailer|News|Items|店舗) ×", adr(one, lang).decode() + to_text(one, lang))


@pytest.mark.parametrize("proof", [False, True])
def test_the_decision_file_says_the_count(proof: bool, many: Design, one: Design) -> None:
    held = json.loads(to_json(many, "en", proof=proof))
    jsonschema.validate(held, decision_schema())
    assert {s["id"]: s.get("count") for s in held["subjects"]} == {"shop": 12, "mail": None, "news": 3, "items": 2}
    assert held["requirements"]["components"][0]["count"] == 12
    assert all("count" not in subject for subject in decision_file(one, "en")["subjects"])


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_a_project_holds_one_of_them_and_says_so(target: str, many: Design, one: Design) -> None:
    files, alone = (blueprints.build(design, target, lang="en", extras={}) for design in (many, one))
    readme = files["README.md"].decode()
    assert "`shop` represents 12 identical components. This project contains one of them." in readme
    assert "`mail` represents" not in readme
    assert "make deploy STACK=shops-2" in readme.replace("STACK=Shops", "STACK=shops")
    assert "identical components" not in alone["README.md"].decode()
    told = {"README.md", "Makefile"}  # the tag of the decision in the Makefile is made from the requirements
    tagged = {path for path, content in files.items() if content != alone[path]}
    assert files.keys() == alone.keys()
    assert tagged <= told | {path for path in files if b"decision" in files[path]}
    ja = blueprints.build(many, target, lang="ja", extras={})["README.md"].decode()
    assert (
        "`shop` は、同じ構成のコンポーネント 12 個を代表しています。このプロジェクトに含まれるのは、そのうちの 1 個です。"
        in ja
    )


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (1_000_000, 'components.shop.count: "1000000" is not between 1 and 1,000.'),
        (0, 'components.shop.count: "0" is not between 1 and 1,000.'),
        (1.5, 'components.shop.count: "1.5" is not a whole number.'),
    ],
)
def test_a_count_out_of_range_is_refused_with_one_sentence(count: float, says: str) -> None:
    with pytest.raises(RequirementsError) as caught:
        make_requirements(counted(shop=count))
    assert [problem.en for problem in caught.value.problems] == [says]


def test_a_count_of_one_is_as_none(one: Design) -> None:
    single = advise(make_requirements(counted(shop=1)), rules.load_book())
    assert renderers.draw(single, ".svg", lang="en") == renderers.draw(one, ".svg", lang="en")


def test_a_name_of_many_is_written_with_thousands() -> None:
    assert times(Text("Shop", "店舗"), 1000) == Text("Shop × 1,000", "店舗 × 1,000")
