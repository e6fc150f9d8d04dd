"""The decision record: two pages in MADR's shape, both languages, and text of a person that stays text."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.budgets.words import tells
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from advisor_bundle.record import decision_record, watches
from advisor_cli.main import cli
from renderers.adr import adr
from renderers.adr.page_words import PAGE_WORDS
from renderers.adr.pages import LONGEST_GRAPH
from renderers.adr.writer import Writer
from renderers.markdown import escape, image, link, within
from renderers.record import named_first, record_of
from tests.advisor.strategies import CONFLICT

MADR = [
    "Context and Problem Statement",
    "Decision Drivers",
    "Considered Options",
    "Decision Outcome",
    "More Information",
]
BELOW = ["Consequences", "Confirmation", "What would change the decision", "Assumptions", "Open questions"]
HOSTILE = (
    "<script>alert(1)</script> {{ 7777777*7 }} {% x %} | `code` **bold** [a](javascript:x) \\ $x$ # ~~y~~ &lt; _z_"
)
#: Two printed pages are about so many lines of Markdown; where a graph is embedded, its lines count.
MOST_LINES = 150
MOST_WORDS = 1500


def record(design: Design, lang: Lang = "en", *, full: bool = False, picture: str | None = None) -> str:
    return decision_record(design, lang, full=full, picture=picture).decode()


def section(said: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one."""
    return re.split(r"^#+ ", said[said.index(f"# {heading}\n") + len(heading) + 3 :], maxsplit=1, flags=re.M)[0]


def hostile(book: Book) -> Design:
    raw = {
        "title": HOSTILE,
        "summary": f"- {HOSTILE}\n\n## {HOSTILE}",
        "components": [
            {
                "id": "a",
                "title": HOSTILE,
                "trigger": "message",
                "listens_to": "c",
                "writes": ["s"],
                "longest_run_s": "5 min",
            }
        ],
        "channels": [{"id": "c", "title": HOSTILE, "destinations": [{"kind": "email", "title": HOSTILE}]}],
        "stores": [{"id": "s", "title": HOSTILE, "access": "key-value"}],
    }
    return advise(make_requirements(raw), book)


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_story_has_a_record_of_two_pages(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    drawn, embedded = record(designs[name], lang, picture="ARCHITECTURE.svg"), record(designs[name], lang)
    for said in (drawn, embedded):
        assert re.match(
            r"---\nstatus: proposed\ndate: \d{4}-\d\d-\d\d\ndecision-makers:\nconsulted:\ninformed:\n---\n\n# ", said
        )
        assert "{" not in said
        assert "\n\n\n" not in said
        assert said.endswith("\n")
        assert not said.endswith("\n\n")
        assert 90 <= len(said.splitlines()) <= MOST_LINES
    assert "(ARCHITECTURE.svg)" in drawn
    if lang == "en":
        plain = re.sub(r"\]\([^)]*\)|(?<=\| )\d(?= \|)|[|–:-]", " ", drawn)
        assert len(plain.split()) <= MOST_WORDS
    for subject in designs[name].decision.subjects:
        assert f"**{subject.title.in_(lang)}**" in drawn


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_design_gives_the_same_bytes(lang: Lang, book: Book) -> None:
    first, second = (advise(rules.load_story("web-application"), book) for _ in range(2))
    assert record(first, lang, full=True) == record(second, lang, full=True)


def test_the_headings_are_those_of_madr_4(designs: dict[str, Design]) -> None:
    said = record(designs["scheduled-batch"])
    assert re.findall(r"^## (.*)$", said, re.M) == MADR
    assert re.findall(r"^### (.*)$", said, re.M) == BELOW
    assert re.findall(r"^## (.*)$", record(designs["scheduled-batch"], full=True), re.M) == [*MADR, "Appendix"]


@pytest.mark.parametrize(("lang", "status"), [("en", "Status: proposed"), ("ja", "状態: 提案中（未承認）")])
def test_the_status_is_said_in_words_and_stays_machine_readable(
    lang: Lang, status: str, designs: dict[str, Design]
) -> None:
    said = record(designs["scheduled-batch"], lang)
    assert "\nstatus: proposed\n" in said
    assert f"\n{status}" in said


def test_a_small_architecture_is_embedded_and_a_large_one_is_drawn_by_a_command(designs: dict[str, Design]) -> None:
    embedded = [name for name in rules.STORIES if "```mermaid\nflowchart LR\n" in record(designs[name])]
    named = [name for name in rules.STORIES if "diagram is a separate file" in record(designs[name])]
    assert sorted(embedded + named) == sorted(rules.STORIES)
    assert embedded
    assert named
    for name in embedded:
        graph = re.search(r"```mermaid\n(.*?)```", record(designs[name]), re.S)
        assert graph
        assert graph[1].count("\n") <= LONGEST_GRAPH
        assert "accDescr" not in graph[1]


def test_the_answers_that_decided_are_named_and_not_all(designs: dict[str, Design]) -> None:
    said = record(designs["scheduled-batch"])
    part = section(said, "Decision Drivers")
    assert "| Aggregation | Longest run: 40 min | Compute: excludes AWS Lambda and AWS Lambda Web Functions" in part
    assert "excludes AWS Batch" not in part, "the reason is in the full record only"
    assert "Items processed in parallel by a run" not in part
    assert "Items processed in parallel by a run" in section(said, "Assumptions")


def test_an_option_has_its_own_reason_with_the_number_and_its_marks(designs: dict[str, Design]) -> None:
    part = section(record(designs["scheduled-batch"]), "Considered Options")
    assert re.search(
        r"^\| AWS Lambda( \| –){7} \| The longest run is 40 min, which exceeds the 15 min that "
        r"AWS Lambda allows\. \(\[\d{4}-\d\d-\d\d\]\(https://docs\.aws\.amazon\.com/lambda/\S+\)\) \|$",
        part,
        re.M,
    )
    assert re.search(r"Suitable, but fewer points for operations[^.|]*\. Operations: you patch the hosts", part)
    assert part.count("**Chosen.**") == 5


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", LANGS)
def test_no_option_is_rejected_with_what_speaks_for_another(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    pages, full = record(designs[name], lang), record(designs[name], lang, full=True)
    options = section(pages, PAGE_WORDS["options"].in_(lang))
    rejected = [line for line in options.splitlines() if line.startswith("| ") and "**" not in line]
    against = [line for line in full.splitlines() if line.startswith(("* Bad, because ", "* 悪い点: "))]
    for subject in designs[name].decision.subjects:
        for choice in subject.choices:
            for reason in choice.because:
                if reason.id not in {violated.id for violated in choice.violates}:
                    sentence = escape(reason.sentence.in_(lang))
                    assert not any(sentence in line for line in (*rejected, *against))


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", LANGS)
def test_assumptions_are_a_table_and_no_consequence(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    said = record(designs[name], lang)
    consequences = section(said, PAGE_WORDS["consequences"].in_(lang))
    assumed = section(said, PAGE_WORDS["assumptions"].in_(lang))
    for assumption in designs[name].decision.assumptions:
        assert escape(assumption.sentence.in_(lang)) not in consequences
    carrying = record_of(designs[name]).assumptions
    assert carrying
    shown = named_first(carrying, 5)[:5]
    assert shown[0] == carrying[0]
    assert all(one in shown for one in [one for one in carrying if one.named][:4]), "a reason says that it is assumed"
    for one in shown:
        assert f" | {escape(one.question.in_(lang))} | {escape(one.assumed.in_(lang))} | " in assumed


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_consequences_are_of_chosen_services_only(name: str, designs: dict[str, Design]) -> None:
    design = designs[name]
    record = record_of(design)
    chosen = {choice.service for subject in design.decision.subjects for choice in subject.choices}
    others = {service.name.en for id, service in design.book.services.items() if id not in chosen}
    names = {service.name.en for id, service in design.book.services.items() if id in chosen}
    own = {warning.sentence for warning in design.decision.warnings}
    for one in (*record.good, *record.bad):
        if one.sentence not in own:
            left = one.sentence.en
            for name in sorted(names, key=len, reverse=True):
                left = left.replace(name, "")
            assert not [other for other in others if other in left]


def test_a_review_trigger_names_its_threshold_and_its_alarm(designs: dict[str, Design]) -> None:
    design = designs["business-process-integration"]
    part = section(record(design), "What would change the decision")
    alarm = watches(design)["process-a", "longest_run_s"].alarm
    row = next(line for line in part.splitlines() if "more than 15 min" in line and "Longest run" in line)
    assert f"`{alarm}`" in row
    assert "Compute changes from AWS Lambda to Amazon ECS" in row
    assert "`" not in section(adr(design, "en").decode(), "What would change the decision"), "no project, no alarm"


def test_the_alarms_of_a_record_are_those_of_the_project(designs: dict[str, Design]) -> None:
    from blueprints.plan import plan_for

    for design in designs.values():
        plan = plan_for(design)
        assert {watch.alarm for watch in watches(design).values()} <= {alarm.name for alarm in plan.alarms}
        assert {alarm.name for alarm in plan.alarms if alarm.expires} <= {w.alarm for w in watches(design).values()}


def test_the_confirmation_names_proof_preflight_and_recheck(designs: dict[str, Design]) -> None:
    for lang in LANGS:
        part = section(record(designs["scheduled-batch"], lang), PAGE_WORDS["confirmation"].in_(lang))
        assert all(
            word in part
            for word in (
                "`VERIFICATION.md`",
                "`advisor preflight requirements.yaml`",
                "`advisor recheck decision.json`",
            )
        )


def test_a_japanese_record_has_no_english_sentence(designs: dict[str, Design]) -> None:
    said = record(designs["web-application"], "ja", full=True)
    prose = re.sub(r"\(https?://[^)]*\)|`[^`]*`|^[a-z-]+:.*$|```.*?```", "", said, flags=re.M | re.S)
    assert not re.findall(r"\b(?:the|is|are|because|than|with)\b", prose)
    assert re.search(r"最長の実行時間は ?40 分で、AWS Lambda ?の上限.*15 分", said)


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", LANGS)
def test_the_appendix_holds_every_option_answer_assumption_and_setting(
    name: str, lang: Lang, designs: dict[str, Design]
) -> None:
    design, said = designs[name], record(designs[name], lang, full=True)
    pages = record(design, lang)
    left_out, listed = PAGE_WORDS["left_out"].in_(lang), PAGE_WORDS["in_appendix"].in_(lang)
    assert (left_out in pages) == (listed in said)
    assert listed not in pages, "there is no appendix"
    assert left_out not in said
    assert said.startswith(pages.replace(PAGE_WORDS["ask_full"].in_(lang) + "\n\n", "").replace(left_out, listed))
    for subject in design.decision.subjects:
        for choice in subject.choices:
            role = design.book.role(choice.role)
            after = said.split(f"\n#### {escape(subject.heading.in_(lang))}: {role.title.in_(lang)}\n", 1)[1]
            own = re.split(r"^#{2,4} ", after, maxsplit=1, flags=re.M)[0]
            assert own.count("\n##### ") == len(role.candidates)
            for reason in (r for rejected in choice.rejected if not rejected.possible for r in rejected.because):
                sentence = within(escape(reason.sentence.in_(lang)), frozenset()) if lang == "en" else ""
                assert escape(reason.sentence.in_(lang))[1:] in own or sentence in own
            assert all(escape(reason.sentence.in_(lang))[1:] in own for reason in choice.because)
    assert all(escape(a.sentence.in_(lang)) in said for a in design.decision.assumptions)
    assert all(escape(w.sentence.in_(lang)) in said for w in design.decision.warnings)
    answers = [s.stated for _, s in design.requirements.subjects()] + [design.requirements.workload_stated]
    table = section(said, {"en": "All answers", "ja": "すべての回答"}[lang])
    assert len(re.findall(r"^\| ", table, re.M)) == sum(map(len, answers)) + 2 * sum(map(bool, answers))
    rows = [line for line in said.splitlines() if line.startswith("| ") and line.count("|") == 8]
    budgets = sum(tells(budget) for edge in design.architecture.edges for budget in edge.budgets)
    assert len(rows) >= budgets + (2 if budgets else 0)
    grounds = [g for node in design.architecture.nodes for g in node.grounds.values()]
    assert all(escape(ground.reason.in_(lang)) in said for ground in grounds)


def test_an_option_is_ruled_out_by_what_requires_another(designs: dict[str, Design]) -> None:
    said = {lang: record(designs["kubernetes-jobs"], lang, full=True) for lang in LANGS}
    assert (
        "Bad, because Kubernetes is your standard platform, and of the services considered, only Amazon EKS provides the Kubernetes API."
    ) in said["en"]
    assert (
        "除外の理由: Kubernetes が社内標準ですが、候補のうち Kubernetes の API があるのは Amazon EKS だけです。"
        in said["ja"]
    )


def test_names_are_written_where_names_were_given(designs: dict[str, Design]) -> None:
    said = {lang: record(designs["async-coupling"], lang, full=True) for lang in LANGS}
    assert "| External destinations | Email (Operators) and Partner over HTTP (Partner) |" in said["en"]
    assert "| 外部の宛先 | メール（運用担当）、パートナー（HTTP、パートナー） |" in said["ja"]
    assert "External destinations: Email (Operators)" in section(said["en"], "Decision Drivers")
    for words in said.values():
        assert "kind=" not in words
        assert "Text(" not in words
    channel = next(s for kind, s in designs["async-coupling"].requirements.subjects() if kind == "channel")
    listening = [line for line in said["en"].splitlines() if line.startswith("| Source of messages or changes | ")]
    assert listening == [f"| Source of messages or changes | {channel.name.en} |"]


def test_a_destination_without_a_title_is_its_kind_and_an_empty_list_is_none(book: Book) -> None:
    channels = [{"id": "c", "destinations": [{"kind": "email"}]}, {"id": "d", "destinations": []}]
    said = record(advise(make_requirements({"components": [{"id": "a"}], "channels": channels}), book), full=True)
    assert "| External destinations | Email |" in said
    assert "| External destinations | none |" in said


def test_warnings_and_violations_are_drawbacks(book: Book) -> None:
    pinned = {"id": "job", "trigger": "message", "longest_run_s": "20 min", "pins": {"compute": "lambda"}}
    said = record(advise(make_requirements({"components": [pinned]}), book))
    part = section(said, "Consequences")
    assert "but does not meet the requirements. The longest run is 20 min" in part
    assert "**Chosen.** The requirements specify this service." in said
    warned = record(advise(rules.load_story("kubernetes-migration"), book))
    assert "Risk in Shop and Shipping:" in warned


def test_what_fits_nowhere_is_an_open_question(book: Book) -> None:
    said = record(advise(make_requirements(CONFLICT), book), full=True)
    assert "no service" in section(said, "Considered Options")
    assert "**no service**: no service meets the requirements." in said
    design = advise(make_requirements(CONFLICT), book)
    assert escape(design.decision.conflicts[0].sentence.en) in section(said, "Open questions")


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("lang", LANGS)
def test_text_of_a_person_stays_text(lang: Lang, full: bool, book: Book) -> None:
    said = record(hostile(book), lang, full=full, picture=f"a) b ![x](javascript:y)\n# {HOSTILE}.svg")
    body = said.split("---\n", 2)[2]
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    assert "<script" not in html
    assert "javascript:" not in re.sub(r"\[a\]\(javascript:x\)", "", html)
    assert "{{" not in said
    assert "{%" not in said
    for mark in ("<code>alert", "<strong>bold", "<em>z", "54444439"):
        assert mark not in html
    assert html.count("<h1>") == 1
    assert html.count("<img") == 1
    tables = re.findall(r"(?:^\|.*\n)+", said, re.M)
    assert tables
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1, table
    assert html.count("alert(1)") > 5


def test_a_hostile_name_stays_within_an_embedded_graph(book: Book) -> None:
    said = record(hostile(book))
    graph = re.search(r"```mermaid\n(.*?)```\n", said, re.S)
    assert graph
    assert "<script" not in graph[1]
    assert "`" not in graph[1]


def test_markdown_is_escaped_and_only_web_addresses_are_linked() -> None:
    assert escape("a\n b  |c") == "a b &#124;c"
    assert escape("cron(0 2 * * ? *)") == "cron(0 2 \\* \\* ? \\*)"
    assert link("x", "javascript:alert(1)") == "x"
    assert link("[x]", "https://a/(b) c") == "[\\[x\\]](https://a/%28b%29%20c)"
    assert image("[x]", "../a b (1).svg") == "![\\[x\\]](../a%20b%20%281%29.svg)"
    assert image("x", "https://a/b.svg") == "![x](https://a/b.svg)"
    assert image("x", "javascript:alert(1)") == "![x](javascript%3Aalert%281%29)"


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


@pytest.mark.parametrize("lang", LANGS)
def test_commands_in_a_record_run_as_they_stand(lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever got the record and the requirements can type them; a record speaks to its readers, not to its author."""
    monkeypatch.chdir(tmp_path)
    Path("requirements.yaml").write_bytes(rules.story_bytes("web-application"))
    runner = CliRunner()
    asked = runner.invoke(cli, ["adr", "requirements.yaml", "-o", "record.md", "--lang", lang])
    assert asked.exit_code == 0
    assert f"advisor draw requirements.yaml -o ARCHITECTURE.svg --lang {lang}" in asked.stderr
    said = Path("record.md").read_text("utf-8")
    assert "--picture" not in said
    assert "FILE" not in said
    commands = [line.split() for line in re.findall(r"`advisor ((?:adr|decide) [^`>]*)(?: > decision.json)?`", said)]
    assert len(commands) == 2
    for command in commands:
        assert runner.invoke(cli, command).exit_code == 0, command
    assert ("## 付録" if lang == "ja" else "## Appendix") in Path("full-record.md").read_text("utf-8")


def test_a_trigger_says_whether_todays_value_is_assumed(designs: dict[str, Design]) -> None:
    part = section(record(designs["web-application"]), "What would change the decision")
    rows = {row.split(" | ")[0]: row.split(" | ")[1] for row in part.splitlines() if row.startswith('| "')}
    assert rows['| "Longest run" of Application API: more than 30 s'] == "3 s"
    assert rows['| "Largest request" of Application API: more than 6 MiB'] == "64 KiB (assumed)"


def test_a_name_keeps_its_capital_letter_after_because(book: Book) -> None:
    """Names are words that the rules write with a capital letter within a sentence, too."""
    writer = Writer(advise(rules.load_story("data-processing"), book), "en", {})
    sentences = [rule.because for rule in book.rules]
    inside = {word for text in sentences for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text.en)}
    starts = {text.en.split()[0]: text for text in sentences if text.en.split()[0] in inside - {"On", "Standard"}}
    assert {"Kubernetes", "Windows"} <= starts.keys()
    for word, text in starts.items():
        assert writer.clause(text).startswith(word)


@pytest.mark.parametrize("lang", LANGS)
def test_limits_that_were_stated_stand_among_the_decision_drivers_once(lang: Lang, book: Book) -> None:
    raw = {
        "workload": {"data_stays": True},
        "components": [{"id": "api", "trigger": "request", "longest_run_s": "40 min", "latency_ms": 300}],
        "stores": [{"id": "s", "access": "key-value", "kept_s": "7 years"}],
    }
    drivers = section(record(advise(make_requirements(raw), book), lang), PAGE_WORDS["drivers"].in_(lang))
    words = {
        "en": ("Data residency: within the Region only", "p99 latency goal: 300 ms"),
        "ja": ("データの保管場所: リージョン内のみ", "p99 レイテンシーの目標: 300 ミリ秒"),
    }[lang]
    assert all(drivers.count(one) == 1 for one in words)
    assert PAGE_WORDS["limits"].in_(lang) in drivers


def test_an_alarm_is_shown_with_the_limit_near_which_it_goes_off(designs: dict[str, Design]) -> None:
    design = designs["business-process-integration"]
    watch = watches(design)["process-a", "longest_run_s"]
    assert (watch.at.en, watch.limit.en) == ("44 s", "48 s"), "no fixed share of the limit"
    assert f"`{watch.alarm}` (Duration, batch of 2) at 44 s of 48 s" in record(design)


def test_parts_with_the_same_options_and_services_share_their_lines(book: Book) -> None:
    raw = {
        "components": [
            {"id": id, "trigger": "message", "longest_run_s": "10 s", "listens_to": "c"} for id in ("one", "two")
        ],
        "channels": [{"id": "c", "carries": "event"}],
    }
    said = record(advise(make_requirements(raw), book))
    assert "**AWS Lambda**<br>Compute: One and Two" in said or "**AWS Lambda**<br>Compute: one and two" in said
    assert said.count("**AWS Lambda**") == 1


def test_a_merit_is_named_where_another_option_that_fits_is_worse(designs: dict[str, Design]) -> None:
    for design in designs.values():
        good = " ".join(one.sentence.en for one in record_of(design).good)
        assert "suit the requirements" not in good
    kubernetes = record_of(designs["kubernetes-jobs"])
    assert not any("EKS Auto Mode" in one.sentence.en and "operational" in one.sentence.en for one in kubernetes.good)


def test_other_answers_to_a_choice_are_quoted_one_by_one(designs: dict[str, Design]) -> None:
    part = section(record(designs["business-process-integration"]), "What would change the decision")
    assert '"Trigger" of Process A and Process B: "Always running", alone or together with "A message"' in part


@pytest.mark.parametrize(("calls", "shown"), [(["api"], False), ([], True)])
def test_the_graph_of_a_record_shows_users_of_a_private_api_only_where_nothing_else_calls_it(
    calls: list[str], shown: bool, book: Book
) -> None:
    site = {"id": "site", "trigger": "request", "static_site": True, "logic": "code", "calls": calls}
    api = {"id": "api", "trigger": "request", "packaging": "container-image", "exposure": "private"}
    design = advise(make_requirements({"components": [site, api]}), book)
    graph = adr(design, "en").decode().split("```")[1]
    assert ("company network" in graph) is shown
