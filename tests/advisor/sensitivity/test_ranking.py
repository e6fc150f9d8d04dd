"""The order of questions: counted likelihoods, weighed consequences, what is put together, and when it is good enough."""

import json
from typing import Any

import pytest

import rules
from advisor.book import dated
from advisor.explanation.question_words import (
    GOOD_ENOUGH,
    counted_words,
    progress_words,
    question_words,
    remaining_words,
    worth_words,
)
from advisor.explanation.what_if import Speaker
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.analysis import analyse_verdict
from advisor.sensitivity.cells import cell_at, cells, field_of
from advisor.sensitivity.consequence import consequence
from advisor.sensitivity.moves import Move
from advisor.sensitivity.next_question import Progress, Question, first_question, interview, next_question, progress
from advisor.sensitivity.priors import likelihood, source
from advisor.sensitivity.ranking import MOST_LISTED, SELDOM, Ranked, is_pointless, ranked, risk
from advisor.sensitivity.sweep import Place, sweep, sweep_open
from advisor.verdict import Verdict, decide_workload, revised
from benchmarks.priors import DECISIONS, TABLE, is_counted, text

BOOK = dated(rules.load_book())


def verdict(*components: dict[str, Any], **more: Any) -> Verdict:
    return decide_workload(answers_of(make_requirements({"components": list(components), **more})), BOOK)


def chance(made: Verdict, subject: str, field: str, value: Any) -> float:
    asked = field_of("workload" if not subject else made.answers.subjects[subject].kind, field)
    found = cells(BOOK, made, subject, asked)
    assumed = made.subjects[subject].known.values.get(field) if subject else made.workload.values.get(field)
    at = None if assumed is None else cell_at(found, assumed)
    number = cell_at(found, value)
    assert number is not None
    return likelihood(made, subject, asked, found, at).cells[number]


def open_questions(made: Verdict) -> tuple[Ranked, ...]:
    return ranked(made, sweep_open(BOOK, made))


def test_the_table_is_what_the_command_counts_and_half_of_the_decisions_stays_out_of_it() -> None:
    assert TABLE.read_text("utf-8") == text(), "run python -m benchmarks.priors --write"
    ids = [path.stem for path in DECISIONS.glob("*/*.yaml")]
    counted = sum(map(is_counted, ids))
    assert 0.4 < counted / len(ids) < 0.6
    assert source()[0].startswith(f"{counted} published decisions")
    assert len(json.loads(TABLE.read_text("utf-8"))["records"]["workload"]) == counted


def test_a_likelihood_is_that_of_subjects_that_agree_with_what_is_known() -> None:
    request, message = verdict({"id": "a", "trigger": "request"}), verdict({"id": "a", "trigger": "message"})
    assert chance(request, "a", "packaging", "container-image") > 1.5 * chance(
        message, "a", "packaging", "container-image"
    )
    kubernetes = verdict({"id": "a", "trigger": "request"}, workload={"estate": "kubernetes"})
    assert chance(kubernetes, "a", "kubernetes", "house-standard") > 3 * chance(
        request, "a", "kubernetes", "house-standard"
    )


def test_likelihoods_of_all_cells_come_to_one_where_something_is_assumed() -> None:
    made = verdict({"id": "a", "trigger": "request"}, channels=[{"id": "c"}], stores=[{"id": "s"}])
    for question in sweep(BOOK, made):
        if not question.stated and question.at is not None:
            found = likelihood(made, question.subject, question.field, question.cells, question.at)
            assert sum(found.cells) == pytest.approx(1.0, abs=0.05), question.field.id
            assert min(found.cells) >= 0.0


def test_one_component_packaged_as_a_container_makes_it_likely_of_the_others() -> None:
    alone = verdict({"id": "a", "trigger": "message"})
    beside = verdict(
        {"id": "a", "trigger": "message"}, {"id": "b", "packaging": "container-image", "trigger": "request"}
    )
    assert (
        chance(beside, "a", "packaging", "container-image")
        > 0.8
        > 0.5
        > chance(alone, "a", "packaging", "container-image")
    )


def test_a_broken_limit_weighs_more_than_another_preference() -> None:
    made = verdict({"id": "a", "trigger": "schedule"})
    run = next(s for s in sweep(BOOK, made) if s.field.id == "longest_run_s")
    long = cell_at(run.cells, 3600.0)
    assert long is not None
    compute = [move for move in run.moves[long] if move.role == "compute"]
    then = revised(made, "a", {"longest_run_s": 3600.0}, BOOK)
    broken = consequence(BOOK, tuple(compute), then)
    preferred = consequence(BOOK, tuple(compute), made)
    assert (compute[0].before, compute[0].after) == ("lambda", "ecs")
    assert broken > preferred > 0.0
    assert run.weights[long] >= broken
    assert run.weights[run.at or 0] == 0.0


def test_an_endpoint_and_a_standing_charge_weigh_more_than_their_like() -> None:
    made = verdict({"id": "a", "trigger": "request"})
    with_entry = consequence(BOOK, (Move("a", "entry", "api-gateway-http", None),), made)
    assert with_entry > consequence(BOOK, (Move("a", "registry", "ecr", None),), made)
    charged = consequence(BOOK, (Move("a", "entry", "api-gateway-http", "alb"),), made)
    assert charged > consequence(BOOK, (Move("a", "entry", "api-gateway-http", "api-gateway-rest"),), made)


def test_items_mapped_in_parallel_are_never_asked_of_what_takes_messages() -> None:
    made = verdict({"id": "worker", "listens_to": "jobs"}, channels=[{"id": "jobs"}])
    assert is_pointless(made, "worker", "parallel_items")
    assert "parallel_items" not in {q.swept.field.id for q in open_questions(made)}
    nightly = verdict({"id": "worker", "trigger": "schedule"})
    assert "parallel_items" in {q.swept.field.id for q in open_questions(nightly)}


def test_no_question_about_code_is_asked_of_a_component_without_code() -> None:
    made = verdict(
        {"id": "intake", "trigger": "request", "logic": "none", "publishes": ["work"]}, channels=[{"id": "work"}]
    )
    asked = {q.swept.field.id for q in open_questions(made) if q.swept.subject == "intake"}
    assert made.subjects["intake"].known.values["compute"] == "none"
    assert is_pointless(made, "intake", "packaging")
    assert not asked & {"packaging", "language", "memory_mib"}
    assert "authentication" in asked
    coded = verdict({"id": "intake", "trigger": "request", "publishes": ["work"]}, channels=[{"id": "work"}])
    assert "packaging" in {q.swept.field.id for q in open_questions(coded) if q.swept.subject == "intake"}


def test_what_a_consumer_listens_to_is_asked_before_all_but_what_starts_a_component() -> None:
    worker, jobs = {"id": "worker", "trigger": "message"}, [{"id": "jobs"}]
    question = first_question(BOOK, verdict(worker, channels=jobs))
    assert question is not None
    assert (question.subject, question.field, question.because) == ("worker", "listens_to", "unlinked")
    unstarted = first_question(BOOK, verdict(worker, {"id": "open"}, channels=jobs))
    assert unstarted is not None
    assert (unstarted.subject, unstarted.field) == ("open", "trigger")
    without = first_question(BOOK, verdict(worker))
    assert without is not None
    assert without.field != "listens_to", "there is no channel to name"
    made = verdict(worker, channels=jobs)
    later = next_question(analyse_verdict(made, BOOK), {("worker", "listens_to")})
    assert later is not None
    assert later.field != "listens_to"


def test_an_interview_ends_where_a_consumer_has_no_channel() -> None:
    answers = verdict({"id": "worker", "trigger": "message"}, channels=[{"id": "jobs"}]).answers
    steps = interview(BOOK, answers)
    assert sum(step.question.field == "listens_to" for step in steps) == 1
    assert len(steps) < 12


def test_a_rate_on_which_many_tasks_rest_is_asked_early() -> None:
    worker = {"id": "worker", "listens_to": "jobs", "longest_run_s": "40 min", "packaging": "container-image"}
    question = first_question(BOOK, verdict(worker, channels=[{"id": "jobs"}]))
    assert question is not None
    assert (question.field, question.because) == ("rate_average_rps", "rate")
    told = first_question(BOOK, verdict({**worker, "rate_average_rps": "0.001/s"}, channels=[{"id": "jobs"}]))
    assert told is None or told.because != "rate"


def test_a_likely_question_is_asked_before_an_unlikely_one_that_would_cost_more() -> None:
    made = verdict(
        {"id": "a", "trigger": "event", "longest_run_s": 10, "reads": ["pictures"]},
        stores=[{"id": "pictures", "access": "objects"}],
    )
    first, *others = open_questions(made)
    assert first.place == ("a", "packaging")
    assert first.chance >= SELDOM
    assert any(other.expected > first.expected and other.chance < SELDOM for other in others)
    question = first_question(BOOK, made)
    assert question is not None
    assert (question.field, question.accept) == ("packaging", False)


def test_short_lists_of_several_parts_are_one_list() -> None:
    api = {"id": "api", "trigger": "request", "authentication": "none", "packaging": "code", "rate_average_rps": "5/s"}
    api |= {"writes": ["s"], "publishes": ["q"], "direct_uploads": False}
    raw = {
        "components": [api, {"id": "worker", "listens_to": "q"}],
        "channels": [{"id": "q", "carries": "work"}],
        "stores": [{"id": "s", "access": "objects"}],
    }
    made = decide_workload(answers_of(make_requirements(raw)), BOOK)
    swept, settled, lists = sweep(BOOK, made), set[Place](), []
    for _ in range(9):  # what is accepted changes no verdict
        open_ = [s for s in swept if (s.subject, s.field.id) not in settled]
        question = first_question(BOOK, made, open_) if any(s.changing for s in open_ if not s.stated) else None
        if question is None:
            break
        settled |= {*question.rest, (question.subject, question.field)}
        lists += [question] if question.accept else []
    parts = [list(dict.fromkeys(subject for subject, _ in question.rest)) for question in lists]
    assert any(len(those) > 1 for those in parts)
    speaker = Speaker(make_requirements(raw), BOOK.book)
    for question, those in zip(lists, parts, strict=True):
        assert those[0] == question.subject
        assert len(those) == 1 or len(question.rest) <= MOST_LISTED
        words, others = worth_words(speaker, question), len(those) - 1
        assert (f"and {others} more:" in words.en) == (f"ほか {others} 要素:" in words.ja) == (others > 0)


def test_what_is_seldom_otherwise_is_put_together_part_by_part() -> None:
    answers = answers_of(rules.load_story("container-web-service"))
    answers = answers.changed("web", {"authentication": "none"}).changed("sessions", {"item_bytes": 4096.0})
    made = decide_workload(answers, BOOK)
    question = first_question(BOOK, made)
    assert question is not None
    assert question.accept
    assert all(q.chance < SELDOM for q in open_questions(made))
    assert {subject for subject, _ in question.rest} == {question.subject}
    assert 0.0 < question.rest_chance < 1.0
    first = first_question(BOOK, verdict({"id": "a", "trigger": "request", "authentication": "none"}))
    assert first is not None
    assert not first.accept
    assert first.chance >= SELDOM


def test_the_chance_of_another_verdict_falls_to_nothing_as_parts_are_accepted() -> None:
    made, settled = decide_workload(answers_of(rules.load_story("event-driven-job")), BOOK), set[tuple[str, str]]()
    before = risk(open_questions(made))
    for _ in range(20):
        left = ranked(made, sweep_open(BOOK, made, settled))
        if not left:
            break
        settled |= {q.place for q in left if q.swept.subject == left[0].swept.subject}
    assert before > 0.05
    assert progress(made, sweep(BOOK, made), settled).good_enough
    assert progress(made, sweep(BOOK, made)).chance == pytest.approx(before)


def test_why_and_how_likely_is_said_in_both_languages() -> None:
    requirements = make_requirements(
        {
            "components": [
                {"id": "a", "title": {"en": "Site", "ja": "サイト"}, "trigger": "request", "authentication": "none"}
            ]
        }
    )
    made = decide_workload(answers_of(requirements), BOOK)
    question, speaker = first_question(BOOK, made), Speaker(requirements, BOOK.book)
    assert question is not None
    words, counted = question_words(speaker, question), counted_words(speaker, question)
    assert words.en.startswith(
        "Site, Packaging: in an estimated 40% of similar workloads, the answer differs from the assumption"
    )
    assert "約 40% では" in words.ja
    assert "with Trigger: A request" in counted.en
    assert "起動方法: リクエスト" in counted.ja
    rest = question._replace(accept=True)
    assert f"{len(question.rest)} assumptions to review" in worth_words(speaker, rest).en
    assert "まとめて確定" in question_words(speaker, rest).ja


@pytest.mark.parametrize(
    ("share", "en", "ja"),
    [
        (0.01, "fewer than 10% of", "10% 未満"),
        (0.97, "more than 90% of", "90% 超"),
        (0.52, "an estimated 50% of", "約 50% では"),
    ],
)
def test_a_likelihood_is_said_in_tenths(share: float, en: str, ja: str) -> None:
    requirements = make_requirements({"components": [{"id": "a"}]})
    question = Question(subject="a", field="packaging", chance=share, moves=(), together=())
    words = question_words(Speaker(requirements, BOOK.book), question)
    assert f"in {en} similar workloads" in words.en
    assert ja in words.ja


def test_progress_says_when_it_is_good_enough() -> None:
    assert Progress(3, 9, 0.049).good_enough
    assert not Progress(3, 9, 0.05).good_enough
    assert "fewer than 5% of similar" in progress_words(Progress(3, 9, 0.01)).en
    assert "約 40% で、" in progress_words(Progress(3, 9, 0.38)).ja
    assert "十分" in GOOD_ENOUGH.ja
    assert remaining_words(Progress(3, 9, 0.01)).en == (
        f"{GOOD_ENOUGH.en} Open questions that affect the decision: 6, each with an assumption."
    )
    assert "未回答の質問は 6 件で" in remaining_words(Progress(3, 9, 0.01)).ja
    assert "an estimated 40% of similar" in remaining_words(Progress(3, 9, 0.38)).en


@pytest.mark.parametrize("chance", [0.96, 0.97, 0.99, 1.0])
def test_progress_states_no_likelihood_more_exactly_than_it_is_known(chance: float) -> None:
    words = progress_words(Progress(4, 24, chance)).en
    assert words.startswith(
        "4 of the 24 questions that currently affect the decision are answered. In more than 90% of"
    )
    assert progress_words(Progress(9, 9, 0.0)).en.endswith("are answered.")


@pytest.mark.parametrize(("share", "seldom"), [(0.4, True), (0.2, False)])
def test_a_list_of_assumptions_says_how_often_one_alone_is_wrong_only_where_that_is_less(
    share: float, *, seldom: bool
) -> None:
    requirements = make_requirements({"components": [{"id": "a"}]})
    question = Question(
        "a", "packaging", 0.2, (), (), rest=(("a", "packaging"), ("a", "gpu")), rest_chance=share, accept=True
    )
    words = worth_words(Speaker(requirements, BOOK.book), question)
    assert "rarely" not in words.en
    assert ("each of them alone does so in fewer than 30%" in words.en) is seldom
    assert ("1 件だけでは 30% 未満" in words.ja) is seldom


def test_a_question_about_the_workload_begins_with_a_capital_letter_and_a_name_stays_as_it_is() -> None:
    requirements = make_requirements({"components": [{"id": "a", "title": "iOS backend"}]})
    speaker = Speaker(requirements, BOOK.book)
    whole = Question(subject="", field="priorities", chance=0.5, moves=(), together=())
    assert worth_words(speaker, whole).en.startswith("Workload: ")
    assert question_words(speaker, whole._replace(subject="a", field="packaging")).en.startswith("iOS backend, ")
