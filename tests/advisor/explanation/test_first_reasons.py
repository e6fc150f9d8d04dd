"""The first reason for a service says why it was chosen and not the next candidate; a limit that is kept never does."""

from itertools import pairwise
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.decision import Choice
from advisor.design import Design
from advisor.requirements import make_requirements


def choice(book: Book, kind: str, answers: dict[str, Any], role: str) -> Choice:
    """Return the choice of a role of a single part."""
    decided = advise(make_requirements({kind: [{"id": "part", **answers}]}), book).decision.subject("part")
    return next(choice for choice in decided.choices if choice.role == role)


@pytest.mark.parametrize("name", rules.STORIES)
def test_no_service_is_chosen_because_it_keeps_a_limit(name: str, designs: dict[str, Design], book: Book) -> None:
    choices = [choice for subject in designs[name].decision.subjects for choice in subject.choices]
    assert not [
        choice.because[0].sentence.en for choice in choices if choice.because and choice.because[0].id in book.facts
    ]


def test_a_relational_database_is_chosen_for_its_access_and_its_ratings(book: Book) -> None:
    found = choice(book, "stores", {"access": "relational", "volume_bytes": "10 GiB"}, "store").because
    assert found[0].id == "before-the-next"
    assert found[0].sentence.en == (
        'Of the candidates that meet the requirements, including "Access: Relational (SQL, joins)", Amazon Aurora Serverless v2 '
        "rates better on low operational effort and reliability than the runner-up, Amazon RDS."
    )
    assert found[-1].id == "aurora-storage-max"


def test_the_only_candidate_left_is_named_with_what_excludes_the_others(book: Book) -> None:
    answers = {"trigger": "always-on", "packaging": "container-image", "host_control": True, "kubernetes": "none"}
    assert "The only candidate" in choice(book, "components", answers, "engine").because[0].sentence.en


def test_a_level_candidate_is_behind_by_the_default_order(book: Book) -> None:
    answers = {"trigger": "always-on", "packaging": "container-image", "privileged": True, "kubernetes": "none"}
    assert "default order of preference" in choice(book, "components", answers, "engine").because[0].sentence.en


def test_a_service_without_another_candidate_is_described(book: Book) -> None:
    assert choice(book, "components", {"trigger": "request"}, "observability").because[0].id == "solves"


def test_a_rule_that_the_next_candidate_shares_comes_after_those_that_it_does_not(book: Book) -> None:
    jobs = {"trigger": "schedule", "packaging": "container-image", "parallel_items": 400, "longest_run_s": "1 h"}
    found = choice(book, "components", jobs, "compute")
    assert found.service == "batch"
    assert [reason.id for reason in found.because][:2] == [
        "many-long-jobs-queue-for-capacity",
        "images-run-as-tasks-as-they-are",
    ]


def test_of_rules_that_the_next_candidate_shares_alike_the_one_that_requires_comes_first(book: Book) -> None:
    order = ("require", "prefer", "explain")
    ranks_of = {rule.id: order.index(rule.effect) for rule in book.rules if rule.effect in order}
    for name in rules.STORIES:
        for subject in advise(rules.load_story(name), book).decision.subjects:
            for decided in subject.choices:
                ranks = [ranks_of[reason.id] for reason in decided.because if reason.id in ranks_of]
                assert sum(after < before for before, after in pairwise(ranks)) <= 1


def test_a_workflow_of_a_single_task_is_no_workflow_of_steps(book: Book) -> None:
    one = {"trigger": "schedule", "longest_run_s": "20 min"}
    first, several = (choice(book, "components", {**one, **more}, "workflow").because for more in ({}, {"steps": 3}))
    assert "does not wait for its result" in first[0].sentence.en
    assert not [reason for reason in first if "steps" in reason.sentence.en]
    assert "runs the steps as one visual workflow" in several[0].sentence.en


def test_a_response_time_is_held_against_the_idle_timeout_of_a_load_balancer(book: Book) -> None:
    answers = {"trigger": "request", "response_s": "2 s", "pins": {"entry": "alb"}}
    said = [reason.sentence.en for reason in choice(book, "components", answers, "entry").because]
    assert any("within the longest idle timeout of an Application Load Balancer" in sentence for sentence in said)


def test_a_tie_says_what_sets_the_candidates_apart_and_which_priority_decides(book: Book) -> None:
    answers = {"trigger": "message", "gpu": True, "packaging": "container-image", "longest_run_s": "2 h"}
    tied = choice(book, "components", answers, "engine")
    said = tied.because[0].sentence
    assert (
        "Amazon EC2 rates better on cost and portability, Amazon ECS Managed Instances on low operational effort"
        in said.en
    )
    assert "運用負荷の軽さを重視する場合" in said.ja
    (next_one,) = [one for one in tied.rejected if one.service == "ecs-managed-instances"]
    assert "it rates better on low operational effort" in next_one.because[0].sentence.en


def test_rare_messages_that_need_a_gpu_are_jobs_and_frequent_ones_are_not(book: Book) -> None:
    answers = {"trigger": "message", "gpu": True, "packaging": "container-image", "longest_run_s": "2 h"}
    rare = choice(book, "components", {**answers, "rate_average_rps": "20 per day"}, "compute")
    assert (rare.service, rare.because[0].id) == ("batch", "rare-gpu-messages-become-jobs")
    assert choice(book, "components", {**answers, "rate_average_rps": "2/s"}, "compute").service == "ecs"
