"""Tasks that stay up on Fargate share the vCPUs of an account: services and queue workers are held against its quota."""

from typing import Any

from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements


def decided(book: Book, *components: dict[str, Any]) -> Design:
    given = {
        "components": [
            {"trigger": "request", "pins": {"compute": "ecs", "engine": "fargate"}, "typical_run_s": 1, **one}
            for one in components
        ]
    }
    return advise(make_requirements(given), book)


def warned(design: Design) -> list[str]:
    return [one.sentence.en for one in design.decision.warnings if one.id == "tasks-share-the-account-quota"]


def rows(architecture: Architecture) -> list[tuple[float, str]]:
    found = (one for edge in architecture.edges for one in edge.budgets if one.source == "fargate-vcpu-quota")
    return [(one.have, one.state) for one in found]


def test_a_service_that_exceeds_the_quota_alone_has_a_budget(book: Book) -> None:
    # 80 per second of 1 s each, 8 at a time at 70%: 15 tasks of 0.5 vCPU.
    design = decided(book, {"id": "shop", "rate_peak_rps": 80})
    assert rows(design.architecture) == [(7.5, "warned")]
    assert warned(design) == []


def test_services_that_exceed_it_only_together_are_warned_of_once(book: Book) -> None:
    design = decided(book, {"id": "shop", "rate_peak_rps": 50}, {"id": "hall", "rate_peak_rps": 40})
    assert {state for _, state in rows(design.architecture)} == {"kept"}
    (sentence,) = warned(design)
    assert "need 2 vCPU at the minimum and 8.5 vCPU at the maximum number of tasks" in sentence
    assert "quota of a new account is 6 vCPU per Region" in sentence


def test_services_within_it_are_not_warned_of(book: Book) -> None:
    assert warned(decided(book, {"id": "shop", "rate_peak_rps": 20}, {"id": "hall", "rate_peak_rps": 20})) == []


def test_a_minimum_that_exceeds_it_is_told_in_any_case(book: Book) -> None:
    # The first deployment of two tasks of 4 vCPU hangs.
    (sentence,) = warned(decided(book, {"id": "shop", "rate_peak_rps": 1, "vcpu": 4, "memory_mib": "8 GiB"}))
    assert "The first deployment cannot start all tasks" in sentence


def test_queue_workers_are_counted(book: Book) -> None:
    given = {
        "components": [
            {"id": "worker", "trigger": "message", "listens_to": "jobs", "typical_run_s": "20 min", "vcpu": 4},
        ],
        "channels": [{"id": "jobs", "rate_average_rps": "1/min", "rate_peak_rps": "2/min"}],
    }
    design = advise(make_requirements(given), book)
    ((vcpus, state),) = rows(design.architecture)
    assert (vcpus, state) == (48 * 4, "warned")
    assert len(warned(design)) == 1
