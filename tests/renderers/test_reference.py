"""The reference of the requirements file is what the vocabulary and the roles are today, and its examples can be read."""

import re
from pathlib import Path

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import Requirements, check_answer, make_requirements
from advisor.requirements.reading import read_requirements
from advisor.text import LANGS, Lang
from advisor.vocabulary import FIELDS
from renderers.markdown import escape
from renderers.reference import embedded, file_name, reference
from renderers.reference.examples import NAMES
from renderers.reference.fields import Fields, example, meanings
from renderers.reference.how_to import HOW_TO
from renderers.reference.phrases import PHRASES

DOCS = Path(__file__).parents[2] / "docs"
#: Words for quantities that the phrases enter, in both languages.
AMOUNTS = {"any number", "件数を問わない", "long", "長い", "hours", "時間単位"}
QUESTIONS = [(kind, field) for kind, fields in FIELDS.items() for field in fields]


def files(text: str) -> list[bytes]:
    """The requirements files that a document shows."""
    return [block.encode() for block in re.findall(r"```yaml\n(.*?)```", text, re.S)]


def chosen(book: Book, file: str, subject: str, role: str) -> str | None:
    """The service that a requirements file gets for a role."""
    return advise(read_requirements(file.encode()), book).verdict.subjects[subject].services[role]


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_is_fresh(lang: Lang, book: Book, request: pytest.FixtureRequest) -> None:
    file, made = DOCS / file_name(lang), reference(book, lang)
    if request.config.getoption("--accept"):
        file.write_text(made, "utf-8")
    told = f"docs/{file.name} is old; run pytest tests/renderers/test_reference.py --accept"
    assert file.read_text("utf-8") == made, told


@pytest.mark.parametrize("lang", LANGS)
def test_it_has_every_question_option_role_and_candidate(lang: Lang, book: Book) -> None:
    text = reference(book, lang)
    for kind, field in QUESTIONS:
        (entry,) = re.findall(
            rf'<a id="{kind}-{field.id}"></a>\n\n### `{field.id}`\n\n(.*?)(?=\n<a id|\n## )', text, re.S
        )
        assert field.title.in_(lang) in entry
        assert all(f"- `{option.value}`: {escape(option.label.in_(lang))}" in entry for option in field.options)
    for role in book.roles:
        (row,) = re.findall(rf"^\| `{role.id}`: .*$", text, re.M)
        assert re.findall(r"(?:\| |<br>)`([a-z0-9-]+)` ", row)[-len(role.candidates) :] == sorted(role.candidates)


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_inside_leads_somewhere(lang: Lang, book: Book) -> None:
    text = reference(book, lang)
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(re.findall(r'<a id="([^"]+)"></a>', text))


@pytest.mark.parametrize(("kind", "field"), QUESTIONS, ids=[f"{kind}-{field.id}" for kind, field in QUESTIONS])
def test_the_example_of_a_question_is_an_answer(kind: str, field: object) -> None:
    (question,) = [f for f in FIELDS[kind] if f is field]
    (stated,) = yaml.safe_load(example(question)).items()
    assert stated[0] == question.id
    if question.kind != "destinations":
        check_answer(question, stated[1])
    elif question.kind == "destinations":
        make_requirements({f"{kind}s": [{"id": "x", **dict([stated])}]})


@pytest.mark.parametrize("lang", LANGS)
def test_the_files_can_be_read_and_decided_on(lang: Lang, book: Book) -> None:
    pinned, *shown = files(reference(book, lang))
    assert len(shown) == len(NAMES)
    read_requirements(pinned)
    for file in shown:
        design = advise(read_requirements(file), book)
        assert design.decision.conflicts == ()
        assert not [b for edge in design.architecture.edges for b in edge.budgets if b.state == "broken"]


def test_the_files_are_the_same_in_both_languages(book: Book) -> None:
    def read(lang: Lang) -> list[Requirements]:
        return [read_requirements(file) for file in files(reference(book, lang))]

    assert read("en") == read("ja")


@pytest.mark.parametrize("lang", LANGS)
def test_it_names_no_rule_and_no_service_but_as_a_pin(lang: Lang, book: Book) -> None:
    before, _, after = reference(book, lang).partition('<a id="pins"></a>')
    text = before + after[after.index('<a id="examples"></a>') :]
    for rule in book.rules:
        assert rule.id not in text
    told = [
        line for line in text.splitlines() if not line.startswith("  - `")
    ]  # labels of options are the user's own words
    assert [line for line in told if Fields(book, "component", lang).names_service(line)] == []


def test_help_that_names_a_service_is_left_out(book: Book) -> None:
    longest = next(field for field in FIELDS["component"] if field.id == "longest_run_s")
    for lang in LANGS:
        assert "Lambda" in longest.help.in_(lang)
        asked = Fields(book, "component", lang).asked(longest.help)
        assert asked
        assert longest.help.in_(lang).startswith(asked)


def test_meanings_are_those_of_options() -> None:
    options = {
        kind: {f.id: {o.value for o in f.options} for f in fields if f.options} for kind, fields in FIELDS.items()
    }
    for kind, fields in meanings().items():
        for id, values in fields.items():
            assert set(values) <= options[kind][id], f"{kind}.{id}"
            assert all(words["en"].endswith(".") and words["ja"].endswith("。") for words in values.values()), id


def test_a_brief_is_read_in_ten_lines() -> None:
    assert len(HOW_TO) == 10


@pytest.mark.parametrize("lang", LANGS)
def test_inside_a_page_there_are_neither_anchors_nor_links_to_them(lang: Lang, book: Book) -> None:
    shown = embedded(book, lang)
    assert not re.search("<[a-z]", shown)
    assert "](#" not in shown
    assert "### `longest_run_s`" in shown


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_entered_for_a_phrase_is_a_question_an_answer_an_option_or_a_pin(lang: Lang, book: Book) -> None:
    pins = {f"{role.id}: {service}" for role in book.roles for service in role.candidates}
    fields = {field.id for _, field in QUESTIONS}
    options = {option.value for _, field in QUESTIONS for option in field.options}
    entered = [term for _, answers in PHRASES for term in re.findall(r"`([^`]+)`", answers.in_(lang))]
    assert entered
    for term in entered:
        key, _, value = term.partition(": ")
        if term in pins:
            continue
        if value:
            assert key in fields, term
            assert set(re.findall(r"[a-z-]+", value)) <= options | {"true", "false"}, term
        else:
            assert key in fields | options | AMOUNTS, term


def test_containers_without_a_domain_of_their_own_get_a_project_as_the_reference_says(book: Book) -> None:
    web = {"id": "web", "trigger": "request", "packaging": "container-image", "pins": {"entry": "api-gateway-http"}}
    design = advise(make_requirements({"components": [web]}), book)
    assert {target.id: blueprints.check(design, target.id) for target in blueprints.TARGETS} == {
        target.id: () for target in blueprints.TARGETS
    }
    template = blueprints.build(design, "sam", lang="en", extras={})["template.yaml"].decode()
    assert "AWS::ApiGatewayV2::Api" in template
    assert "CertificateArn" not in template


@pytest.mark.parametrize("word", sorted(AMOUNTS - {"any number", "件数を問わない"}))
def test_words_for_a_run_that_nobody_can_foresee_are_read(word: str, book: Book) -> None:
    assert chosen(book, f"components: [{{id: job, longest_run_s: {word}}}]", "job", "compute") == "ecs"


@pytest.mark.parametrize(
    ("flow", "item", "compute"), [("parallel_items: 9", "", "none"), ("retries: true", "parallel_items: 9", "lambda")]
)
def test_the_items_of_a_flow_without_code_are_those_of_the_flow(flow: str, item: str, compute: str, book: Book) -> None:
    file = f"components: [{{id: flow, trigger: schedule, logic: none, calls: [item], {flow}}}, {{id: item, {item}}}]"
    assert chosen(book, file, "flow", "compute") == compute


def test_a_protocol_other_than_http_has_no_restriction_of_addresses(book: Book) -> None:
    file = "components: [{id: chat, trigger: request, protocol: %s, exposure: partner, source_ips: %s}]"
    entry = {
        (protocol, ips): chosen(book, file % (protocol, ips), "chat", "entry")
        for protocol in ("http", "websocket")
        for ips in ("true", "false")
    }
    assert entry["http", "true"] != entry["http", "false"]
    assert entry["websocket", "true"] == entry["websocket", "false"]


@pytest.mark.parametrize(("tolerated", "queue"), [("true", "sqs"), ("false", "sqs-fifo")])
def test_a_channel_that_must_drop_repeated_messages_tolerates_none(tolerated: str, queue: str, book: Book) -> None:
    file = (
        "components: [{id: worker, trigger: message, listens_to: jobs}]\n"
        f"channels: [{{id: jobs, carries: work, duplicates_ok: {{value: {tolerated}, remark: within five minutes}}}}]"
    )
    assert chosen(book, file, "jobs", "messaging") == queue
