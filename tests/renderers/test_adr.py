"""The decision record: MADR's shape, both languages, and text of a person that stays text."""

import re

import pytest
from markdown_it import MarkdownIt

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from renderers.adr import adr
from renderers.adr.words import FOR_AND_AGAINST
from renderers.markdown import escape, link, within
from tests.advisor.strategies import CONFLICT

MADR = [
    "Context and Problem Statement",
    "Decision Drivers",
    "Considered Options",
    "Decision Outcome",
    "Pros and Cons of the Options",
    "More Information",
]
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% x %} | `code` **bold** [a](javascript:x) \\ $x$ # ~~y~~ &lt; _z_"


def record(design: Design, lang: Lang = "en") -> str:
    return adr(design, lang).decode()


def hostile(book: Book) -> Design:
    raw = {
        "title": HOSTILE,
        "summary": f"- {HOSTILE}\n\n## {HOSTILE}",
        "components": [{"id": "a", "title": HOSTILE, "trigger": "message", "listens_to": "c", "writes": ["s"]}],
        "channels": [{"id": "c", "title": HOSTILE, "destinations": [{"kind": "email", "title": HOSTILE}]}],
        "stores": [{"id": "s", "title": HOSTILE}],
    }
    return advise(make_requirements(raw), book)


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_story_has_a_record(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    said = record(designs[name], lang)
    assert re.match(
        r"---\nstatus: proposed\ndate: \d{4}-\d\d-\d\d\ndecision-makers:\nconsulted:\ninformed:\n---\n\n# ", said
    )
    assert "{" not in said
    assert "\n\n\n" not in said
    assert said.endswith("\n")
    assert not said.endswith("\n\n")
    for subject in designs[name].decision.subjects:
        assert f"**{subject.title.in_(lang)}**" in said


def test_the_headings_are_those_of_madr_4(designs: dict[str, Design]) -> None:
    said = record(designs["scheduled-batch"])
    assert re.findall(r"^## (.*)$", said, re.M) == MADR
    assert re.findall(r"^### (Consequences|Confirmation)$", said, re.M) == ["Consequences", "Confirmation"]


def test_every_candidate_is_considered_and_every_rejection_has_its_reason(designs: dict[str, Design]) -> None:
    said = record(designs["scheduled-batch"])
    assert "Longest run | 40 min" in said
    assert "Aggregation: Longest run: 40 min" in said
    section = said[said.index("#### AWS Lambda\n") : said.index("#### Amazon EKS\n")]
    assert "Bad, because longest run: 40 min is more than the 15 min that AWS Lambda allows." in section
    assert re.search(r"\(\[source\]\(https://docs\.aws\.amazon\.com/lambda/\S+\), read \d{4}-\d\d-\d\d\)", section)


def test_a_japanese_record_has_no_english_sentence(designs: dict[str, Design]) -> None:
    said = record(designs["web-application"], "ja")
    prose = re.sub(r"\(https?://[^)]*\)|`[^`]*`|^[a-z-]+:.*$", "", said, flags=re.M)
    assert not re.findall(r"\b(?:the|is|are|because|than|with)\b", prose)
    assert re.search(r"最長の実行時間は ?40 分で、AWS Lambda ?の上限.*15 分", said)


RULES = {rule.id: rule for rule in rules.load_book().rules}


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_option_is_rejected_with_what_speaks_for_another(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    said = record(designs[name], lang)
    for subject in designs[name].decision.subjects:
        for choice in subject.choices:
            praise = {reason.sentence for reason in choice.because}
            for rejected in choice.rejected:
                assert rejected.because
                assert not praise & {reason.sentence for reason in rejected.because}
                ids = [reason.id for reason in rejected.because]
                required = [id in RULES and RULES[id].effect == "require" for id in ids]
                assert required == sorted(required), "what is its own comes first"
            for reason in choice.because:
                against = FOR_AND_AGAINST["bad"].in_(lang).format(sentence=escape(reason.sentence.in_(lang)))
                assert against not in said


def test_an_option_is_ruled_out_by_what_requires_another(designs: dict[str, Design]) -> None:
    said = {lang: record(designs["kubernetes-jobs"], lang) for lang in LANGS}
    assert (
        'Bad, because Amazon ECS is ruled out: "Kubernetes: Kubernetes is our standard platform" requires Amazon EKS here.'
    ) in said["en"]
    assert (
        "悪い点: 「Kubernetes: Kubernetes が社内標準」には Amazon EKS が必要なため、Amazon ECS は除外されます。"
        in said["ja"]
    )
    batch = said["en"][said["en"].index("#### AWS Batch") :].partition("####")[2].partition("####")[0]
    assert "is ruled out" not in batch, "it has reasons of its own"


def test_destinations_are_written_in_words(designs: dict[str, Design]) -> None:
    said = {lang: record(designs["async-coupling"], lang) for lang in LANGS}
    assert "| External destinations | Email: Operators, A partner over HTTP: Partner |" in said["en"]
    assert "| 外部の宛先 | メール: 運用担当、パートナー（HTTP）: パートナー |" in said["ja"]


def test_a_destination_without_a_title_is_its_kind_and_an_empty_list_is_none(book: Book) -> None:
    channels = [{"id": "c", "destinations": [{"kind": "email"}]}, {"id": "d", "destinations": []}]
    said = record(advise(make_requirements({"components": [{"id": "a"}], "channels": channels}), book))
    assert "| External destinations | Email |" in said
    assert "| External destinations | none |" in said


def test_assumptions_warnings_and_violations_are_consequences(book: Book) -> None:
    pinned = {"id": "job", "trigger": "message", "longest_run_s": "20 min", "pins": {"compute": "lambda"}}
    said = record(advise(make_requirements({"components": [pinned]}), book))
    part = said[said.index("### Consequences") : said.index("### Confirmation")]
    assert "although it does not fit: Longest run: 20 min" in part
    assert "Neutral, because it was assumed for job:" in part
    warned = record(advise(rules.load_story("kubernetes-migration"), book))
    assert "Bad, because of a risk in Shop:" in warned


def test_what_fits_nowhere_is_recorded_as_undecided(book: Book) -> None:
    said = record(advise(make_requirements(CONFLICT), book))
    assert "Bad, because it is undecided" in said
    assert "**no service**: nothing fits." in said


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_text_of_a_person_stays_text(lang: Lang, book: Book) -> None:
    said = record(hostile(book), lang)
    body = said.split("---\n", 2)[2]
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    assert "<script" not in html
    assert "javascript:" not in re.sub(r"\[a\]\(javascript:x\)", "", html)
    assert "{{" not in said
    assert "{%" not in said
    for mark in ("<code>alert", "<strong>bold", "<em>z", "49"):
        assert mark not in html
    rows = [line for line in said.splitlines() if line.startswith("| ")]
    assert rows
    assert all(line.count("|") in (3, 5, 8) for line in rows), "answers, settings and budgets"
    assert html.count("alert(1)") > 5


def test_markdown_is_escaped_and_only_web_addresses_are_linked() -> None:
    assert escape("a\n b  |c") == "a b &#124;c"
    assert escape("cron(0 2 * * ? *)") == "cron(0 2 \\* \\* ? \\*)"
    assert link("x", "javascript:alert(1)") == "x"
    assert link("[x]", "https://a/(b) c") == "[\\[x\\]](https://a/%28b%29%20c)"


@pytest.mark.parametrize(
    ("sentence", "within_one"),
    [
        ("It runs code.", "it runs code."),
        ("Longest run: 40 min is more.", "longest run: 40 min is more."),
        ("AWS Lambda fits too.", "AWS Lambda fits too."),
        ("Amazon ECS fits too.", "Amazon ECS fits too."),
        ("A queue decouples.", "a queue decouples."),
        ("vCPU: 1.", "vCPU: 1."),
    ],
)
def test_a_sentence_reads_on_after_because(sentence: str, within_one: str) -> None:
    assert within(sentence, frozenset({"Amazon", "AWS"})) == within_one


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_record_tables_settings_with_reasons_and_budgets(lang: Lang, designs: dict[str, Design]) -> None:
    said = record(designs["mass-messages"], lang)
    assert {"en": "### Settings and Budgets of the Path", "ja": "### 経路全体の設定と余裕"}[lang] in said
    edges = designs["mass-messages"].architecture.edges
    rows = [line for line in said.splitlines() if line.startswith("| ") and line.count("|") == 8]
    assert len(rows) == 2 + sum(len(edge.budgets) for edge in edges)
    grounds = [g for node in designs["mass-messages"].architecture.nodes for g in node.grounds.values()]
    assert all(escape(ground.reason.in_(lang)) in said for ground in grounds)
