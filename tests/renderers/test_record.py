"""The pieces of a decision record: what decided, one reason for each option, triggers, assumptions, consequences."""

import re
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import AXES, Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import Text
from renderers.record import Record, points_words, record_of
from renderers.record.answers import PINS
from renderers.record.groups import grouped, shortened


@pytest.fixture(scope="module")
def records(designs: dict[str, Design]) -> dict[str, Record]:
    return {name: record_of(design) for name, design in designs.items()}


def of(book: Book, **answers: Any) -> Record:
    return record_of(advise(make_requirements({"components": [{"id": "job", **answers}]}), book))


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_role_has_all_its_candidates_each_with_one_reason(
    name: str, designs: dict[str, Design], records: dict[str, Record]
) -> None:
    book, named = designs[name].book, set()
    for role in records[name].roles:
        services = [role.chosen.service, *(option.service for option in role.others)]
        assert sorted(map(str, services)) == sorted(book.role(role.role).candidates)
        assert all(option.reason.en and option.reason.ja for option in (role.chosen, *role.others))
        assert len(role.subjects) == len(role.parts)
        named |= {(subject, role.role) for subject in role.subjects}
        for option in role.others:
            assert option.reason != role.chosen.reason
            outcome = designs[name].verdict.subjects[role.subjects[0]].of_role(role.role).outcome
            assert dict(option.points) == outcome.axes.get(str(option.service), {})
    decided = {(s.id, choice.role) for s in designs[name].decision.subjects for choice in s.choices}
    assert named == decided


def test_an_option_is_excluded_by_its_number_before_anything_else(records: dict[str, Record]) -> None:
    compute = next(role for role in records["scheduled-batch"].roles if role.role == "compute")
    first = compute.others[0]
    assert first.service == "lambda"
    assert "40 min" in first.reason.en
    assert "15 min" in first.reason.en
    assert first.source is not None


def test_an_option_that_fits_is_outscored_on_axes_where_its_points_are_lower(
    designs: dict[str, Design], records: dict[str, Record]
) -> None:
    checked = 0
    for name, record in records.items():
        for role in record.roles:
            axes = designs[name].verdict.subjects[role.subjects[0]].of_role(role.role).outcome.axes
            for option in role.others:
                if option.standing == "behind" and "but fewer points for " in option.reason.en:
                    best, own = axes[str(role.chosen.service)], axes[str(option.service)]
                    without_basis = re.sub(r" \([^)]*\)", "", option.reason.en).partition(".")[0]
                    fewer, _, more = (
                        without_basis.replace("fit with the answers", "suitability")
                        .partition("but fewer points for ")[2]
                        .partition("; more for ")
                    )
                    lower = [axis for axis, most in best.items() if own.get(axis, 0) < most]
                    higher = [axis for axis in own if own[axis] > best.get(axis, 0)]
                    assert [axis for axis in AXES if axis in fewer] == [axis for axis in AXES if axis in lower]
                    assert [axis for axis in AXES if axis in more] == [axis for axis in AXES if axis in higher]
                    checked += 1
    assert checked > 20


def test_the_lowest_rating_says_on_what_it_rests(designs: dict[str, Design], records: dict[str, Record]) -> None:
    checked = 0
    for name, record in records.items():
        for role in record.roles:
            bands = designs[name].book.role(role.role).bands
            said = designs[name].book.role(role.role).rationale
            for option in role.others:
                if "but fewer points for " not in option.reason.en:
                    continue
                own, best = bands[str(option.service)], bands[str(role.chosen.service)]
                gaps = {axis: best[axis] - own[axis] for axis in own}
                named = [axis for axis, text in said[str(option.service)].items() if text.en in option.reason.en]
                assert [gaps[axis] for axis in named] == ([max(gaps.values())] if max(gaps.values()) > 0 else [])
                checked += 1
    assert checked > 20


def test_a_tie_names_the_axes_whose_points_offset_each_other(book: Book) -> None:
    component = {"id": "job", "trigger": "request", "longest_run_s": "2 s", "exposure": "public"}
    asked = {"workload": {"priorities": ["cost"]}, "components": [component]}
    record = record_of(advise(make_requirements(asked), book))
    entry = next(role for role in record.roles if role.role == "entry")
    tied = next(option for option in entry.others if option.ground == "tie")
    offset = {
        axis: (tied.points[axis], most) for axis, most in entry.chosen.points.items() if tied.points[axis] != most
    }
    assert sum(own - most for own, most in offset.values()) == 0
    assert tied.reason.en.startswith("It meets the requirements with the same total")
    assert all(f"{axis} ({own} instead of {most})" in tied.reason.en for axis, (own, most) in offset.items())


def test_an_excluded_option_has_the_reason_that_rests_on_a_stated_answer(book: Book) -> None:
    record = of(book, trigger="request", longest_run_s="20 s", exposure="public")
    compute = next(role for role in record.roles if role.role == "compute")
    batch = next(option for option in compute.others if option.service == "batch")
    assert batch.ground == "batch-only-for-jobs"


def test_a_trigger_within_a_stated_range_names_the_value_that_the_design_uses(book: Book) -> None:
    stated = of(book, trigger="request", exposure="public", longest_run_s="short")
    (trigger,) = (
        one for one in stated.triggers if one.field == "longest_run_s" and one.threshold.en == "more than 30 s"
    )
    assert trigger.now == Text("at most 1 min; the design uses 20 s", "1 分以下、設計では 20 秒を使用")
    within = of(book, trigger="request", exposure="public", longest_run_s="at most 10 s")
    assert not any("the design uses" in one.now.en for one in within.triggers)


def test_a_trigger_of_a_choice_names_the_services_that_other_answers_lead_to(book: Book) -> None:
    component = {"id": "job", "trigger": "message", "packaging": "container-image", "longest_run_s": "15 min"}
    asked = {"workload": {"estate": "containers"}, "components": [component]}
    record = record_of(advise(make_requirements(asked), book))
    packaging = next(one for one in record.triggers if one.field == "packaging")
    assert packaging.threshold == Text('"Code"', "「コード」")
    assert packaging.changes[0].words.en == "Compute changes from Amazon ECS to AWS Lambda"


def test_a_trigger_of_several_answers_names_the_services_that_are_possible(records: dict[str, Record]) -> None:
    choices = [one for record in records.values() for one in record.triggers if one.of_choice]
    triggers = [one for one in choices if one.vague or '" or ' in one.threshold.en]
    assert triggers
    for change in (change for one in triggers for change in one.changes):
        assert re.search(r" may (change from .+ to (?!another service$)|no longer be needed$)", change.words.en)


def test_points_are_numbers_and_in_japanese_marks() -> None:
    assert [points_words(points).en for points in (0, 3, 5)] == ["0", "3", "5"]
    assert [points_words(points).ja for points in (0, 1, 2, 3, 5)] == ["×", "△", "○", "◎", "◎（5）"]


def test_options_that_one_rule_excludes_share_its_reason(records: dict[str, Record]) -> None:
    store = next(r for r in records["scheduled-batch"].roles if r.chosen.service == "s3" and r.role == "store")
    (group,) = grouped(store.others)
    assert len(group.options) == len(store.others) > 5
    assert group.reason.en.startswith("This data is read and written object by object, ")


def test_an_option_with_as_many_points_in_total_is_told_what_comes_before_the_total(book: Book) -> None:
    record = of(book, trigger="request", longest_run_s="2 s", response_s="10 s")
    entry = next(role for role in record.roles if role.role == "entry")
    url = next(option for option in entry.others if option.service == "lambda-function-url")
    assert sum(url.points.values()) >= sum(entry.chosen.points.values())
    assert "a decision rule prefers the chosen option for the reason stated for it" in url.reason.en
    raw = {
        "workload": {"priorities": ["low-operations"]},
        "stores": [{"id": "s", "access": "relational", "shape": "ordinary"}],
    }
    others = [option for role in record_of(advise(make_requirements(raw), book)).roles for option in role.others]
    assert not any("a decision rule prefers" in option.reason.en for option in others), "the priorities come first"


def test_a_total_that_is_no_lower_never_stands_without_what_comes_before_it(book: Book) -> None:
    raw = {
        "workload": {"priorities": ["cost", "low-operations"]},
        "components": [
            {"id": "c", "trigger": "request", "exposure": "public", "authentication": "sign-up", "waf": True}
        ],
    }
    roles = record_of(advise(make_requirements(raw), book)).roles
    totals = [one.reason for role in roles for one in role.others if "points in total (chosen" in one.reason.en]
    assert totals
    for reason in totals:
        first = shortened(reason, 1)
        assert "come first" in first.en or "rules come before" in first.en
        assert "先に比べる優先事項" in first.ja or "判定ルールが該当" in first.ja


def test_a_requested_service_is_chosen_because_it_was_requested(book: Book) -> None:
    record = of(book, trigger="request", longest_run_s="2 s", pins={"compute": "ecs"})
    compute = next(role for role in record.roles if role.role == "compute")
    assert compute.chosen.ground == "pin"
    behind = [option.reason.en for option in compute.others if option.standing == "behind"]
    assert behind
    assert set(behind) == {"It would also be suitable, but the requirements specify another service."}


def test_a_specified_service_is_the_answer_that_decides_its_role(book: Book) -> None:
    requirements = make_requirements(
        {"schema": 2, "stores": [{"id": "log", "access": "key-value", "pins": {"store": "dynamodb"}}]}
    )
    answers = record_of(advise(requirements, book), {}).answers
    assert [(one.places, one.given[0][1].en) for one in answers] == [((("log", PINS),), "Amazon DynamoDB")]
    assert answers[0].effects[0].excluded == ()


def test_parts_that_come_to_the_same_are_compared_once(records: dict[str, Record]) -> None:
    roles = records["business-process-integration"].roles
    (compute,) = (role for role in roles if role.role == "compute" and "process-a" in role.subjects)
    assert [part.en for part in compute.parts] == ["Process A", "Process B"]


@pytest.mark.parametrize("name", rules.STORIES)
def test_deciding_answers_were_stated_and_exclude_or_lead_to_something(
    name: str, designs: dict[str, Design], records: dict[str, Record]
) -> None:
    answers = designs[name].verdict.answers
    found = records[name].answers
    assert found
    assert [answer.weight for answer in found] == sorted((answer.weight for answer in found), reverse=True)
    for answer in found:
        assert all(field == PINS or field in answers.of(subject) for subject, field in answer.places)
        assert all(effect.excluded or effect.favours for effect in answer.effects)
        assert all(effect.chosen not in effect.excluded for effect in answer.effects)


def test_answers_that_exclude_only_together_stand_together(book: Book) -> None:
    """A standard queue may deliver twice and out of order: neither answer alone makes a FIFO queue needless."""
    requirements = make_requirements(
        {
            "schema": 2,
            "components": [{"id": "worker", "trigger": "message", "listens_to": "jobs", "longest_run_s": "20 s"}],
            "channels": [{"id": "jobs", "carries": "work", "ordering": "none", "duplicates_ok": True}],
        }
    )
    answers = record_of(advise(requirements, book), {}).answers
    (fifo,) = [one for one in answers if any("FIFO" in name.en for effect in one.effects for name in effect.excluded)]
    assert fifo.places == (("jobs", "duplicates_ok"), ("jobs", "ordering"))
    assert len(fifo.given) == 2


def test_an_answer_by_default_decides_nothing_and_is_assumed(book: Book) -> None:
    record = of(book, trigger="message", longest_run_s="40 min")
    fields = [field for answer in record.answers for _, field in answer.places]
    assert "longest_run_s" in fields
    assert not {"gpu", "kubernetes", "packaging"} & set(fields)
    assert {"gpu", "kubernetes"} & {assumption.field for assumption in record.assumptions}


def test_the_answers_named_for_an_assumption_end_where_another_service_would_come(records: dict[str, Record]) -> None:
    (items,) = [one for one in records["container-web-service"].assumptions if one.field == "parallel_items"]
    assert [change.words.en for change in items.changes] == [
        "AWS Step Functions (Distributed Map) is added (role: Workflow)"
    ]
    assert items.otherwise.en == "at least 3,000", "below, it is a Standard workflow"


@pytest.mark.parametrize("name", rules.STORIES)
def test_assumptions_are_the_unanswered_questions_that_carry_the_verdict(
    name: str, designs: dict[str, Design], records: dict[str, Record]
) -> None:
    carried = {field for _, field in designs[name].analysis.carried_by}
    assert {one.field for one in records[name].assumptions} <= carried
    assert all(one.changes for one in records[name].assumptions)


def test_a_trigger_says_from_where_on_what_changes(records: dict[str, Record]) -> None:
    triggers = records["web-application"].triggers
    first = next(trigger for trigger in triggers if trigger.field == "longest_run_s")
    assert (first.threshold, first.now.en) == (Text("more than 30 s", "30 秒超"), "3 s")
    assert first.changes[0].words.en == "Entry changes from Amazon API Gateway (HTTP API) to Application Load Balancer"
    assert all(trigger.stated for trigger in triggers), "what is assumed and not watched is an assumption"
    far = [trigger.far for trigger in triggers]
    assert any(far)


def test_a_budget_near_a_limit_of_aws_is_a_drawback(book: Book) -> None:
    record = of(book, trigger="request", longest_run_s="2 s", request_bytes="5.5 MiB")
    assert any("below a limit" in one.sentence.en for one in record.bad)
    record = of(book, trigger="request", longest_run_s="2 s", request_bytes="1 KiB")
    assert not any("headroom" in one.sentence.en for one in record.bad)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (Text("One is. Two is.", "一つ。二つ。"), Text("One is.", "一つ。")),
        (Text("One is. Two.", "一つ。二つ。"), Text("One is. Two.", "一つ。二つ。")),
        (Text("One is. Two is.", "一つと二つ。"), Text("One is. Two is.", "一つと二つ。")),
        (Text("Much longer than that.", "長い。"), Text("Much longer than that.", "長い。")),
    ],
)
def test_both_languages_keep_the_same_sentences(text: Text, kept: Text) -> None:
    assert shortened(text, 12) == kept


def test_stated_limits_are_in_the_record_also_where_no_service_was_chosen_because_of_them(book: Book) -> None:
    found = record_of(
        advise(
            make_requirements(
                {
                    "workload": {"data_stays": True, "budget_month_usd": 300, "data_class": "confidential"},
                    "components": [{"id": "api", "trigger": "request", "latency_ms": 300, "writes": ["orders"]}],
                    "channels": [{"id": "news", "destination_max_rps": 2}],
                    "stores": [{"id": "orders", "access": "key-value", "kept_s": "7 years", "immutable": False}],
                }
            ),
            book,
        )
    ).limits
    fields = {field for one in found for _, field in one.places}
    assert fields == {
        "data_stays", "budget_month_usd", "data_class", "latency_ms", "destination_max_rps", "kept_s",
    }  # fmt: skip
    assert found[0].part.en == "Whole workload"
    assert found[0].given[0][1].en == "within the Region only"
    assert not of(book, longest_run_s=40).limits


def test_nothing_is_superfluous_beside_a_role_without_a_suitable_service(records: dict[str, Record]) -> None:
    record = records["business-process-integration"]
    replay = next(one for one in record.assumptions if one.field == "replay")
    assert [change.words.en for change in replay.changes] == [
        "Messaging has no suitable service (Amazon SNS excluded; a requirement must change)"
    ]


def test_a_limit_that_is_exceeded_comes_before_the_other_drawbacks(book: Book) -> None:
    job = {"id": "job", "trigger": "schedule", "longest_run_s": "3 min", "reads": ["rows"]}
    raw = {
        "components": [{"id": "api", "trigger": "request", "authentication": "sign-up", "reads": ["rows"]}, job],
        "stores": [{"id": "rows", "access": "key-value", "volume_bytes": "5 GiB"}],
    }
    design = advise(make_requirements(raw), book)
    exceeded = [one.sentence for one in design.decision.warnings if one.id.startswith("budget-")]
    bad = [one.sentence for one in record_of(design).bad]
    assert exceeded
    assert bad[: len(set(exceeded))] == list(dict.fromkeys(exceeded)) != bad


def test_an_assumed_run_time_above_the_latency_goal_is_an_open_question(book: Book) -> None:
    sentence = "The assumed typical run time (5 s) exceeds the p99 latency goal (400 ms). Confirm the actual run time."
    of_parts = of(book, trigger="request", latency_ms="400 ms", parallel_items=10).open_questions
    assert sentence in [one.sentence.en for one in of_parts]
    for times in ({}, {"typical_run_s": "200 ms"}):
        questions = of(book, trigger="request", latency_ms="400 ms", **times).open_questions
        assert not any("latency goal" in one.sentence.en for one in questions)


def test_a_stream_too_slow_for_the_longest_run_is_an_open_question(book: Book) -> None:
    raw = {
        "components": [{"id": "a", "trigger": "stream", "listens_to": "c", "longest_run_s": "20 s"}],
        "channels": [{"id": "c", "carries": "records", "ordering": "per-key", "rate_peak_rps": "1500/s"}],
    }
    record = record_of(advise(make_requirements(raw), book))
    assert any("batches would have to be processed at once" in one.sentence.en for one in record.open_questions)
    raw["components"][0]["typical_run_s"] = "20 ms"
    record = record_of(advise(make_requirements(raw), book))
    assert not any("batches would have" in one.sentence.en for one in record.open_questions)


def test_items_larger_than_the_assumed_request_are_an_open_question(book: Book) -> None:
    raw = {
        "components": [{"id": "a", "trigger": "request", "writes": ["s"], "reads": ["s"]}],
        "stores": [{"id": "s", "access": "objects", "item_bytes": "10 MiB"}],
    }
    said = [one.sentence.en for one in record_of(advise(make_requirements(raw), book)).open_questions]
    assert any(sentence.startswith("The largest request is assumed to be 64 KiB") for sentence in said)
    assert any(sentence.startswith("The largest response is assumed to be") for sentence in said)
    raw["components"][0] |= {"request_bytes": "1 MiB", "response_bytes": "1 MiB"}
    stated = [one.sentence.en for one in record_of(advise(make_requirements(raw), book)).open_questions]
    assert not any("is assumed to be" in sentence for sentence in stated)
