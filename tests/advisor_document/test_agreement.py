"""The document agrees with itself, with the record and with the stack: numbers, limits and what detects a failure."""

import re

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.budgets.words import allowed_words, load_words
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from advisor_bundle.record import decision_record
from advisor_document import document
from renderers.record import record_of
from tests.advisor_document.test_document import lines, of_section, rows

RECORDED = {
    "en": (r"\n\| Part \| Question (.*?)\n\n", r"Less influential assumptions: ([\d,]+)"),
    "ja": (r"\n\| 要素 \| 質問 (.*?)\n\n", r"影響がより小さい仮定が ([\d,]+) 件"),
}


def prose(design: Design, lang: Lang, section: str) -> str:
    found = next(one for one in document(design, lang).sections if one.id == section)
    return " ".join(span.text for block in of_section(found) for line in lines(block) for span in line)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["web-application", "kubernetes-migration", "scheduled-batch"])
def test_assumptions_are_counted_alike_everywhere(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    design = designs[name]
    listed = rows(document(design, lang), "premises")
    yes, mark = ("yes", ", ") if lang == "en" else ("あり", "、")
    table = [row for row in listed if len(row) == 4]
    count = sum(len(row[1].split(mark)) for row in table)
    carried = sum(len(row[1].split(mark)) for row in table if row[2] == yes)
    assert carried == len(design.analysis.carried_by) == sum(len(one.parts) for one in record_of(design).assumptions)
    for section in ("summary", "premises"):
        said = prose(design, lang, section)
        assert re.search(rf"\b{count}\b", said), section
        assert re.search(rf"\b{carried}\b", said), section
    assert str(carried) in next(row[2] for row in rows(document(design, lang), "open-points"))
    # The rows of the short record and those that it leaves out.
    short, (_, more) = decision_record(design, lang).decode(), RECORDED[lang]
    shown = sum(len(one.parts) for one in record_of(design).assumptions[:5])
    assert int(re.search(more, short)[1]) == carried - shown  # type: ignore[index]


@pytest.mark.parametrize("lang", LANGS)
def test_no_load_reads_as_more_than_a_limit_that_it_keeps(lang: Lang, designs: dict[str, Design]) -> None:
    budgets = [b for name in rules.STORIES for edge in designs[name].architecture.edges for b in edge.budgets]
    equal = [b for b in budgets if b.ok and b.have == b.allowed]
    assert equal
    for budget in equal:
        assert allowed_words(budget).in_(lang).startswith(load_words(budget).in_(lang))


def test_only_limits_that_others_set_are_to_be_checked(designs: dict[str, Design]) -> None:
    table = rows(document(designs["web-application"], "en"), "quotas")
    told = {(row[1], row[2]): (row[3], row[5]) for row in table}
    assert told["Time", "3 s (the longest run)"] == ("3 s (assumed response time)", "To be checked")
    assert ("Timeout", "10 s (the function's timeout)") not in told
    open_points = [row[2] for row in rows(document(designs["web-application"], "en"), "open-points")]
    assert [point for point in open_points if point.startswith("No headroom")] == [
        "No headroom: Time 3 s (the longest run); limit: 3 s (assumed response time)"
    ]


def test_capacity_units_are_no_requests(designs: dict[str, Design]) -> None:
    for lang, kinds in (("en", ("Write", "Read")), ("ja", ("書き込み", "読み取り"))):
        table = rows(document(designs["web-application"], lang), "quotas")  # type: ignore[arg-type]
        for kind in kinds:
            (row,) = [row for row in table if row[1].startswith(kind)]
            assert not row[3].endswith("件")
            assert not row[2].split("（")[0].endswith("件")


def test_a_failure_is_detected_by_what_sees_it(designs: dict[str, Design]) -> None:
    table = {(row[0], row[1]): row[3] for row in rows(document(designs["web-application"], "en"), "failures")}
    seen = {(part.split(" (")[0], failure): alarms for (part, failure), alarms in table.items()}
    # API Gateway answers 429 where it throttles, which is neither a server error nor slow.
    throttled = seen["Amazon API Gateway", "More requests than the throttling limit"]
    assert throttled == "No alarm (throttled requests count as 4xx errors)"
    assert "Dead-letter queue" in seen["Amazon EventBridge Scheduler", "A scheduled start fails"]
    assert "workflow" in seen["AWS Fargate", "Processing takes too long"]


def test_an_alarm_is_stated_with_the_limit_that_it_watches(designs: dict[str, Design]) -> None:
    watched = [
        row[5] for row in rows(document(designs["web-application"], "en"), "options") if len(row) == 6 and row[5]
    ]
    assert watched
    for words in watched:
        assert re.search(r" \((maximum|sum|average|p99).*\) of more than .+ \(\d+% of .+\)", words), words


def test_an_endpoint_waits_and_does_not_stop_what_it_invokes(designs: dict[str, Design]) -> None:
    found = rows(document(designs["relational-web-app"], "en"), "failures")
    (waited,) = [row[2] for row in found if row[1] == "The response takes too long"]
    assert "keeps running" in waited
    assert not [row for row in found if row[0].split(":")[0] in row[1]]


def test_every_environment_confirms_its_subscription_after_its_deployment(designs: dict[str, Design]) -> None:
    said = prose(designs["web-application"], "en", "migration")
    assert said.index("then to production") < said.index("confirm its SNS subscription")


def test_a_question_without_a_point_is_counted_nowhere(book: Book) -> None:
    """How many items a run splits is open, but a worker gets its messages one by one."""
    raw = {
        "components": [{"id": "pay", "trigger": "message", "listens_to": "jobs", "longest_run_s": 20}],
        "channels": [{"id": "jobs", "carries": "work", "rate_peak_rps": 10}],
    }
    design = advise(make_requirements(raw), book)
    assert ("pay", "parallel_items") in design.analysis.carried_by
    carried = sum(len(one.parts) for one in record_of(design).assumptions)
    assert f"of which {carried} affect the decision" in prose(design, "en", "summary")
    found = rows(document(design, "en"), "non-functional-requirements")
    peaks = [row[3] for row in found if row[2] == "Peak rate" and row[1] == design.decision.subjects[0].title.en]
    assert peaks == ['Derived: 10 per second, the peak rate of "jobs"']


def test_a_web_acl_of_the_cdn_is_in_no_region_of_the_workload(book: Book) -> None:
    site = {"id": "site", "trigger": "request", "exposure": "public", "static_site": True, "waf": True}
    design = advise(make_requirements({"components": [site]}), book)
    found = [row for row in rows(document(design, "en"), "architecture") if len(row) == 4]
    edge = [place for name, _, place, _ in found if "in front of the CDN" in name and "Global" in place]
    assert edge == ["Global service (created in us-east-1)"]
