"""Requirements files: what a person may write, and what is refused with a sentence that helps."""

from functools import cache

import jsonschema
import pytest
import yaml
from hypothesis import assume, given, settings

import rules
from advisor.requirements import Requirements, RequirementsError, make_requirements
from advisor.requirements.answers import answers_of
from advisor.requirements.reading import MOST_BYTES, read_requirements, write_requirements
from advisor.text import Text
from advisor.vocabulary.regions import REGIONS
from tests.advisor.strategies import raw_requirements

ONE = "components:\n  - id: api\n"


@cache
def schema_validator() -> jsonschema.Draft202012Validator:
    """The published schema, which is itself checked once."""
    schema = Requirements.model_json_schema(by_alias=True)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


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
        ("", "There is no text"),
        ("  \n\n", "There is no text"),
        ("- 1\n", "must contain keys"),
        ("just words\n", "must contain keys"),
        ("a: [1, 2\n", "Line 2: the text ends before a bracket"),
        ("a: {b: 1}}\n", "Line 1"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ("schema: 3\n", 'schema: "3" must be one of: 1, 2. A file with a higher number requires a newer version'),
        ("schema: true\n", 'schema: "True" must be one of: 1, 2'),
        ("schema: 2.0\n", 'schema: "2.0" must be one of: 1, 2'),
        ("schema:\n", 'schema: "None" must be one of: 1, 2'),
        ("schema: " + "x" * 100 + "\n", 'schema: "' + "x" * 20 + '" must be one of'),
        ('schema: "\\uD800"\n', 'schema: "\N{REPLACEMENT CHARACTER}" must be one of'),
        ("schema: 1\ncomponents: [api]\n", "components.0: must be a mapping of keys and values"),
        ("schema: 1\ncomponents: {id: api}\n", "components: must be a list"),
        ('workload: {region: "\\uD800"}\n', 'region: "\N{REPLACEMENT CHARACTER}" is not valid; write it as in'),
        ('components:\n  - id: "a\\uD800"\n', "is not a valid id"),
        (ONE + '    longest_run_s: "5 \\uD800"\n', 'unit "\N{REPLACEMENT CHARACTER}" must be one of'),
        ("components: {id: api}\n", "components: must be a list"),
        ("components: [api]\n", "must be a mapping of keys and values"),
        ("components:\n  - id: api\n    pins: [lambda]\n", "components.api.pins: must be a mapping of keys and values"),
        ("components:\n  - id: api\n    pins: {compute: 3}\n", "components.api.pins.compute: must be text"),
        ("componets: []\n", 'componets: unknown key; did you mean "components"?'),
        ("whatever: 1\n", "whatever: unknown key; must be one of: title"),
        (ONE + "    longest_run: 20 min\n", 'api.longest_run: unknown key; did you mean "longest_run_s"?'),
        ("workload: {regoin: x}\n", 'did you mean "region"?'),
        (
            ONE + "    schedule: every night\n",
            "api.schedule: unknown key; the closest keys are schedule_expression,",
        ),
        (
            ONE + "    recovery_point_s: 5 min\n",
            'api.recovery_point_s: unknown key; "recovery_point_s" is a key of workload.',
        ),
        (ONE + "    kept_s: 7 years\n", 'api.kept_s: unknown key; "kept_s" is a key of a store.'),
        (ONE + "    audience: all\n", "docs/requirements-file.md describes all."),
        (ONE + "    longest_run_s: 20 KiB\n", 'components.api.longest_run_s: "20 KiB": unit "KiB" must be one of'),
        (ONE + "    longest_run_s: 10000 days\n", "is not between"),
        (ONE + "    longest_run_s: -3\n", "is not between"),
        (ONE + "    steps: 2.5\n", "is not a whole number"),
        (ONE + "    trigger: sometimes\n", '"sometimes" must be one of: request (A request), schedule (A schedule)'),
        (ONE + "    gpu: yes\n", '"yes" must be true or false'),
        (ONE + "    longest_run_s: 5,5 min\n", '"5,5 min": write a number such as "20 min"'),
        (ONE + "    schedule_expression: every now and then\n", "is not valid; write it as in cron(0 2 * * ? *)"),
        ("workload: {region: Narnia}\n", "is not valid; write it as in ap-northeast-1"),
        (
            ONE + "workload: {region: ap-northeast-9}\n",
            'workload.region: "ap-northeast-9" is not a known Region; the nearest are ap-northeast-',
        ),
        (ONE + "workload: {region: mars-olympus-1}\n", "is not a known Region; write one such as ap-northeast-1"),
        ("title: Empty\n", "components: must contain at least one component"),
        ("components: []\n", "components: must contain at least one component"),
        ("components:\n", "components: "),
        ("channels: [{id: c}]\n", "components: must contain at least one component"),
        (ONE + "    reads: [nowhere]\n", 'api.reads: unknown id "nowhere"; must be one of: -'),
        (
            ONE + "    typical_run_s: 2 h\n    longest_run_s: 1 h\n",
            "api.typical_run_s: 2 h is more than the longest run of 1 h.",
        ),
        (ONE + "  - id: api\n", 'duplicate id "api"'),
        (ONE + "stores:\n  - id: api\n", 'duplicate id "api"'),
        (ONE + "    id: other\n", 'duplicate key "id"'),
        ("components:\n  - id: ../etc\n", "is not a valid id"),
        ("components:\n  - id: '{{ x }}'\n", "is not a valid id"),
        ("components:\n  - id: <script>\n", "is not a valid id"),
        ("components:\n  - title: no id\n", "id: this key is required"),
        ("components:\n  - id: a\n    calls: [b]\n  - id: b\n    calls: [a]\n", "waits for itself"),
        ("components:\n  - id: a\n    calls: [a]\n", "waits for itself"),
        ("components: {id: a}\n", "components"),
        ("title: {en: only}\n", "title"),
        (f"title: {'x' * 301}\n", "at most 300 characters"),
        ("channels:\n  - id: c\n    destinations: [{kind: pigeon}]\n", '"pigeon" must be one of: queue (Queue)'),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_allowed(content: str | bytes, says: str) -> None:
    assert says in problems(content)


@pytest.mark.parametrize(
    ("raw", "en", "ja"),
    [
        (
            {"components": [{"id": "api", "typical_run_s": "2 h", "longest_run_s": "1 h"}]},
            "api.typical_run_s: 2 h is more than the longest run of 1 h.",
            "api.typical_run_s: 2 時間は最長の実行時間（1 時間）を超えています。",
        ),
        (
            {"components": [{"id": "api", "rate_average_rps": 5, "rate_peak_rps": 2}]},
            "api.rate_average_rps: 5 per second is more than the peak rate of 2 per second.",
            "api.rate_average_rps: 毎秒 5 件はピーク時の処理数（毎秒 2 件）を超えています。",
        ),
        (
            {
                "components": [{"id": "a", "trigger": "event", "listens_to": "s", "event_source": "s3-object"}],
                "stores": [{"id": "s", "title": "Orders"}],
            },
            'a.listens_to: the store "Orders" (Access: By key) does not report "An object in S3"; Access "Objects" '
            'reports "An object in S3" and Access "By key" reports "A change in a table".',
            "a.listens_to: ストア「Orders」（アクセス方法: キーによる読み書き）はイベント「S3 のオブジェクト」を発生させません。"
            "アクセス方法「オブジェクト単位」は「S3 のオブジェクト」、アクセス方法「キーによる読み書き」は「テーブルの変更」を発生させます。",
        ),
        (
            {"components": [{"id": "a", "title": {"en": "Shop", "ja": "店舗"}, "calls": ["a"]}]},
            'a.calls: "Shop" waits for itself, through "Shop"; use a channel between them.',
            "a.calls: 「店舗」が「店舗」を経て自分自身を待っています。間にチャネルを置いてください。",
        ),
    ],
)
def test_answers_that_exclude_each_other_are_named_in_words(raw: dict[str, object], en: str, ja: str) -> None:
    with pytest.raises(RequirementsError) as caught:
        make_requirements(raw)
    assert caught.value.problems == (Text(en, ja),)


def test_a_file_of_ten_megabytes_is_refused() -> None:
    assert f"The limit is {MOST_BYTES:,} bytes" in problems("#" * 10_000_000)


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
    read = read_requirements(f"title: {word}\n{ONE}".encode())
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
    schema_validator().validate(yaml.safe_load(rules.story_bytes(name)))


@pytest.mark.parametrize("region", ["ap-northeast-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"])
def test_regions_of_every_partition_are_known(region: str) -> None:
    assert read_requirements(f"{ONE}workload: {{region: {region}}}\n".encode()).workload_answers == {"region": region}


def test_the_regions_are_those_of_the_linter() -> None:
    from cfnlint.helpers import REGIONS as KNOWN

    assert tuple(sorted(KNOWN)) == REGIONS, (
        "write the new list, its version and the day in advisor/vocabulary/regions.py"
    )


@pytest.mark.parametrize(
    "raw", [{}, {"components": []}, {"components": [{"id": "a"}], "workload": {"region": "ap-northeast-9"}}]
)
def test_the_schema_refuses_what_reading_refuses(raw: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        schema_validator().validate(raw)


def test_every_story_file_is_listed() -> None:
    from pathlib import Path

    held = {path.stem for path in (Path(rules.__file__).parent / "stories").glob("*.yaml")}
    assert held == set(rules.STORIES), "list it in rules/__init__.py: STORIES"


@settings(max_examples=60, deadline=None)
@given(raw_requirements())
def test_random_requirements_are_written_back_as_they_were_read(raw: dict[str, object]) -> None:
    made = make_requirements(raw)
    assume(made.components)
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


RANGED = """
workload: {recovery_time_s: hours}
components:
  - id: job
    longest_run_s: {value: 2-8 h, remark: {en: the brief says "long", ja: 原文は「長い」}}
    typical_run_s: at most 3 h
    rate_peak_rps: 30,000 users a month
    language: {value: python, remark: the team knows it}
"""


def test_ranges_and_remarks_are_written_back_as_they_were_read() -> None:
    made = read_requirements(RANGED.encode())
    assert read_requirements(write_requirements(made)) == made
    job = made.components[0]
    assert job.answer("longest_run_s") == 28800
    assert job.ranges["longest_run_s"].text == "2-8 h"
    assert job.remarks["language"] == Text.same("the team knows it")
    assert b"value: 2-8 h" in write_requirements(made)
    schema_validator().validate(yaml.safe_load(RANGED))


def test_ordered_answers_bound_each_others_ranges() -> None:
    answered = answers_of(read_requirements(b"components: [{id: a, typical_run_s: 1-10 min, longest_run_s: 5-20 min}]"))
    job = answered.subjects["a"]
    assert (job.ranges["typical_run_s"].high, job.ranges["longest_run_s"].low) == (600, 300)
    assert (job.answers["typical_run_s"], job.answers["longest_run_s"]) == (600, 1200)
    assert "is more than the longest run" in problems(
        "components: [{id: a, typical_run_s: 30 min - 1 h, longest_run_s: 5 min}]"
    )


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("{value: soon}", "api.longest_run_s"),
        ("{value: 5 min, note: x}", "api.longest_run_s"),
        ("{remark: x}", "api.longest_run_s"),
        ("{value: 5 min, remark: [1]}", "must be one text"),
        ("8-2 h", "write the smaller end first"),
    ],
)
def test_what_is_no_answer_with_a_remark_is_refused(answer: str, says: str) -> None:
    assert says in problems(f"components: [{{id: api, longest_run_s: {answer}}}]")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            "longest_run_s: {value: hours, remark: it may take long, even days}",
            'components.api.longest_run_s: enclose text that contains a comma in quotes, such as remark: "it may take long, even days".',
        ),
        ("language: {value: python, remark: a, b, c}", 'such as remark: "a, b, c".'),
        ("rate_peak_rps: {value: 1,000/s, remark: x}", 'such as value: "1,000/s".'),
        ("title: {en: Orders, new, ja: x}", 'components.api.title: enclose text that contains a comma in quotes, such as en: "Orders, new".'),
        ("language: {value: python, remark: {en: a, b, ja: x}}", 'such as en: "a, b".'),
        ("title: Orders: new", "Enclose text that contains \": \", a comma or a bracket in quotes."),
        ("language: {value: python, remark: brief: python}", "Enclose text that contains \": \", a comma or a bracket in quotes."),
    ],
)  # fmt: skip
def test_text_that_needs_quotes_is_refused_with_this_advice(written: str, says: str) -> None:
    assert says in problems(f"components:\n  - id: api\n    {written}\n")


def test_quoted_text_with_commas_is_read() -> None:
    read = read_requirements(b'components: [{id: a, language: {value: python, remark: "a, b: c"}}]')
    assert read.components[0].remarks["language"] == Text.same("a, b: c")
