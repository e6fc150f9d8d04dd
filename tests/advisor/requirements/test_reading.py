"""Requirements files: what a person may write, and what is refused with a sentence that helps."""

import jsonschema
import pytest
import yaml
from hypothesis import given, settings

import rules
from advisor.requirements import Requirements, RequirementsError, make_requirements
from advisor.requirements.reading import MOST_BYTES, read_requirements, write_requirements
from advisor.text import Text
from tests.advisor.strategies import raw_requirements

ONE = "components:\n  - id: api\n"


def problems(content: str | bytes) -> str:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(RequirementsError) as caught:
        read_requirements(raw)
    for problem in caught.value.problems:
        assert problem.en.endswith((".", "?"))
        assert problem.ja
        assert problem.en != problem.ja
        assert "\n" not in problem.en
    return " ".join(problem.en for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "The file is empty"),
        ("  \n\n", "The file is empty"),
        ("- 1\n", "must hold keys"),
        ("just words\n", "must hold keys"),
        ("a: [1, 2\n", "Line 2"),
        ("a: {b: 1}}\n", "Line 1"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ("schema: 2\n", "schema"),
        ('workload: {region: "\\uD800"}\n', 'region: "\N{REPLACEMENT CHARACTER}" does not look like'),
        ('components:\n  - id: "a\\uD800"\n', "is no id"),
        (ONE + '    longest_run_s: "5 \\uD800"\n', 'unit "\N{REPLACEMENT CHARACTER}" is not one of'),
        ("components: {id: api}\n", "components: write a list here"),
        ("components: [api]\n", "write keys with values here"),
        ("components:\n  - id: api\n    pins: [lambda]\n", "components.api.pins: write keys with values here"),
        ("components:\n  - id: api\n    pins: {compute: 3}\n", "components.api.pins.compute: write a text here"),
        ("componets: []\n", 'componets: unknown key; did you mean "components"?'),
        ("whatever: 1\n", "whatever: unknown key; allowed are title"),
        (ONE + "    longest_run: 20 min\n", 'api.longest_run: unknown key; did you mean "longest_run_s"?'),
        ("workload: {regoin: x}\n", 'did you mean "region"?'),
        (ONE + "    longest_run_s: 20 KiB\n", 'components.api.longest_run_s: "20 KiB": unit "KiB" is not one of'),
        (ONE + "    longest_run_s: 10000 days\n", "is not between"),
        (ONE + "    longest_run_s: -3\n", "is not between"),
        (ONE + "    steps: 2.5\n", "is not a whole number"),
        (ONE + "    trigger: sometimes\n", '"sometimes" is not one of: request, schedule'),
        (ONE + "    gpu: yes\n", '"yes" is not true or false'),
        (ONE + "    schedule_expression: every day\n", "does not look like cron(0 2 * * ? *)"),
        ("workload: {region: Tokyo}\n", "does not look like ap-northeast-1"),
        (ONE + "    reads: [nowhere]\n", 'api.reads: there is nothing called "nowhere" to link to; allowed are -'),
        (ONE + "    typical_run_s: 2 h\n    longest_run_s: 1 h\n", "2 h is more than longest_run_s (1 h)"),
        (ONE + "  - id: api\n", 'the id "api" is used twice'),
        (ONE + "stores:\n  - id: api\n", 'the id "api" is used twice'),
        (ONE + "    id: other\n", 'the key "id" stands twice'),
        ("components:\n  - id: ../etc\n", "is no id"),
        ("components:\n  - id: '{{ x }}'\n", "is no id"),
        ("components:\n  - id: <script>\n", "is no id"),
        ("components:\n  - title: no id\n", "id: this key is missing"),
        ("components:\n  - id: a\n    calls: [b]\n  - id: b\n    calls: [a]\n", "waits for itself"),
        ("components:\n  - id: a\n    calls: [a]\n", "waits for itself"),
        ("components: {id: a}\n", "components"),
        ("title: {en: only}\n", "title"),
        (f"title: {'x' * 301}\n", "at most 300 characters"),
        ("channels:\n  - id: c\n    destinations: [{kind: pigeon}]\n", '"pigeon" is not one of: queue'),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_allowed(content: str | bytes, says: str) -> None:
    assert says in problems(content)


def test_a_file_of_ten_megabytes_is_refused() -> None:
    assert f"at most {MOST_BYTES:,} are read" in problems("#" * 10_000_000)


@pytest.mark.parametrize(
    "content",
    [
        "a: &a [x]\nb: [*a, *a]\n",
        "a: &a {x: 1}\nb: {<<: *a}\n",
        "a: !!python/object/apply:os.system [id]\n",
        "a: !custom x\n",
        "[" * 5000,
        "a: " + "{a: " * 50 + "1" + "}" * 50,
        "? [a, b]\n: 1\n",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_bombs_tags_and_tricks_are_refused(content: str) -> None:
    problems(content)


@pytest.mark.parametrize("word", ["no", "on", "off", "12:30:45", "2026-01-01", "0x10", "~user", "1.0.0", "NO"])
def test_words_stay_words(word: str) -> None:
    read = read_requirements(f"title: {word}\n".encode())
    assert read.title.en == word


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "{{ 7 * 7 }}", 'a "quoted" \\ thing', "日本語 🎌", "a|b`c`"]
)
def test_titles_hold_any_text(title: str) -> None:
    read = make_requirements({"title": title, "components": [{"id": "a", "title": title}]})
    assert read.title.en == title
    assert read_requirements(write_requirements(read)) == read


def test_control_characters_in_titles_become_blanks() -> None:
    assert make_requirements({"title": "a\x00b\x1b[31m"}).title.en == "a b [31m"


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_story_is_written_back_as_it_was_read(name: str) -> None:
    story = rules.load_story(name)
    assert read_requirements(write_requirements(story)) == story


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_story_keeps_to_the_schema(name: str) -> None:
    schema = Requirements.model_json_schema(by_alias=True)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(rules.story_bytes(name)), schema)


def test_every_story_file_is_listed() -> None:
    from pathlib import Path

    held = {path.stem for path in (Path(rules.__file__).parent / "stories").glob("*.yaml")}
    assert held == set(rules.STORIES), "list it in rules/__init__.py: STORIES"


@settings(max_examples=60, deadline=None)
@given(raw_requirements())
def test_random_requirements_are_written_back_as_they_were_read(raw: dict[str, object]) -> None:
    made = make_requirements(raw)
    assert read_requirements(write_requirements(made)) == made


@pytest.mark.parametrize(
    "number", [10**400, -(10**400), 1e308, float("inf"), float("nan")], ids=["huge", "least", "float", "inf", "nan"]
)
def test_numbers_beyond_all_measure_are_refused(number: float) -> None:
    with pytest.raises(RequirementsError, match="is not between"):
        make_requirements({"components": [{"id": "api", "longest_run_s": number}]})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{{resolve:ssm:/x}}", "{ {resolve:ssm:/x}}"),
        ("{{  resolve : ssm:/x}}", "{ {  resolve : ssm:/x}}"),
        ("in ${AWS::Region}", "in $ {AWS::Region}"),
        ("in ${ AWS::Region }", "in $ { AWS::Region }"),
        ("{{ x }} ${HOME}", "{{ x }} ${HOME}"),
    ],
)
def test_a_title_holds_nothing_that_a_template_or_its_linters_would_look_up(written: str, read: str) -> None:
    assert make_requirements({"title": written, "components": [{"id": "a"}]}).title == Text(read, read)
