"""No sentence for users has a word that the table of terms rules out, in sources or in anything that is generated."""

from pathlib import Path

import pytest
import yaml

from advisor.design import Design
from advisor.text import LANGS, Lang
from renderers.glossary import avoided
from tests.words import generated
from tests.words.sentences import STAYS, Sentence, findings, in_python, in_yaml

ROOT = Path(__file__).parents[2]
ROOMS = (
    "advisor", "rules", "renderers", "blueprints", "advisor_bundle", "advisor_account", "advisor_cli", "advisor_ui", "prove",
)  # fmt: skip
#: The table itself.
_TABLE = ROOT / "renderers" / "glossary" / "terms.yaml"
STORIES = ("dynamic-web-api", "scheduled-batch", "kubernetes-jobs", "async-coupling", "business-process-integration")


def found(sentences: list[Sentence]) -> list[str]:
    return [str(one) for one in findings(iter(sentences))]


@pytest.mark.parametrize("room", ROOMS)
def test_sources(room: str) -> None:
    sentences: list[Sentence] = []
    for file in sorted((ROOT / room).rglob("*.py")):
        sentences += in_python(file, str(file.relative_to(ROOT)))
    for file in sorted((ROOT / room).rglob("*.yaml")):
        if file != _TABLE:
            sentences += in_yaml(file, str(file.relative_to(ROOT)), "rules" if room == "rules" else "sources")
    assert found(sentences) == []


@pytest.mark.parametrize("story", STORIES)
def test_the_decision_record(story: str, designs: dict[str, Design]) -> None:
    assert found([*generated.of_the_record(story, designs[story])]) == []


@pytest.mark.parametrize("story", STORIES)
def test_diagrams(story: str, designs: dict[str, Design]) -> None:
    assert found([*generated.of_the_diagram(story, designs[story])]) == []


@pytest.mark.parametrize("target", generated.TARGETS)
@pytest.mark.parametrize("story", STORIES[:3])
def test_documents_of_projects(story: str, target: str, designs: dict[str, Design]) -> None:
    assert found([*generated.of_the_project(story, designs[story], target)]) == []


def test_the_page() -> None:
    sentences = [*generated.of_the_page()]
    assert len(sentences) > 300
    assert found(sentences) == []


def test_the_command_line() -> None:
    sentences = [*generated.of_the_command_line()]
    assert {sentence.lang for sentence in sentences} == {"en", "ja"}
    assert found(sentences) == []


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("en", "The door of process-b.", "door"),
        ("en", "Doors of the process.", "Doors"),
        ("en", "One pays per request.", "One pays"),
        ("en", "A message holds at most 256 KB.", "6 KB"),
        ("en", "At 80 % of the quota.", "0 %"),
        ("en", 'kind="email" title=Text(en="Operators")', "Text("),
        ("ja", "受け口のタイムアウト", "受け口"),
        ("ja", "入口です", "入口"),
        ("ja", "コンシューマが受信します", "コンシューマ"),
        ("ja", "毎秒 10 件 件", "件 件"),
        ("ja", "最大 256 KB です", "6 KB"),
    ],
)
def test_a_planted_sentence_is_found(lang: Lang, text: str, word: str) -> None:
    assert word in [one.word for one in findings(iter([Sentence("sources", "planted", lang, text)]))]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Run `door_to_door.py` with the id door-b and {stranger}."),
        ("en", "See https://example.com/door/witness for outdoor use."),
        ("en", "300 GB-seconds"),
        ("ja", "コンシューマーと出入口、`受け口` の名前"),
    ],
)
def test_names_of_code_and_right_phrases_are_not_found(lang: Lang, text: str) -> None:
    assert found([Sentence("sources", "planted", lang, text)]) == []


@pytest.mark.parametrize("sentence", STAYS)
def test_a_sentence_that_stays_is_still_there_and_has_a_word_that_is_not_used(sentence: str) -> None:
    places = [
        *(ROOT / "blueprints").rglob("*.py"),
        *(ROOT / "blueprints").rglob("*.yaml"),
        *(ROOT / "blueprints").rglob("*.json"),
    ]
    assert any(sentence in file.read_text("utf-8") for file in places), "it was mended: take it out of the table"
    assert [word for lang in LANGS for one in avoided(lang) for word in one.found_in(sentence, "sources")]


def test_a_planted_pair_is_found_in_every_form_of_a_source(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'a = Text("The front door", "受け口")\n'
        'put(en="Somebody waits", ja="待ちます")\n'
        'f(f"{x} stands twice", f"{x}の入口")\n'
        'w = {"en": "house standard", "ja": "本物の標準"}\n'
        'n = ("door_name", 3)\n',
        "utf-8",
    )
    words = {one.word for one in findings(in_python(module, "module.py"))}
    assert words == {"front door", "受け口", "Somebody", "stands twice", "入口", "house standard", "本物の"}
    file = tmp_path / "rule.yaml"
    file.write_text(
        yaml.safe_dump({"a": [{"because": {"en": "A stranger", "ja": "代償"}}]}, allow_unicode=True), "utf-8"
    )
    assert [(one.word, one.where) for one in findings(in_yaml(file, "rule.yaml", "rules"))] == [
        ("stranger", "rule.yaml:3"),
        ("代償", "rule.yaml:4"),
    ]
