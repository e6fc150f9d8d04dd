"""Sampled cases: the same seed gives the same architectures, each buildable by every target, of several parts."""

import random

import blueprints
from advisor.book import Book
from prove.cases import sampled
from prove.cases.drawing import answers, offered
from prove.cases.sampled import CASES, FIXED_SEED


def test_a_seed_gives_the_same_architectures_and_another_others(book: Book) -> None:
    first, again, other = (
        [case.design.requirements for case in sampled.sampled(book, seed)] for seed in (FIXED_SEED, FIXED_SEED, 7)
    )
    assert first == again
    assert len(first) == len(other) == CASES
    assert not any(requirements in first for requirements in other)


def test_every_target_builds_a_sampled_case(book: Book) -> None:
    for case in sampled.sampled(book, FIXED_SEED):
        assert not any(blueprints.check(case.design, target.id) for target in blueprints.TARGETS)
        assert len(case.design.requirements.components) >= 2


def test_answers_link_parts(book: Book) -> None:
    drawn = [answers(random.Random(number), book) for number in range(40)]
    assert any(component.get("listens_to") for raw in drawn for component in raw["components"])
    assert any(component.get("publishes") for raw in drawn for component in raw["components"])
    assert any(component["reads"] for raw in drawn for component in raw["components"])


def test_a_part_keeps_its_pin_and_can_be_built_by_itself(book: Book) -> None:
    drawn = [answers(random.Random(number), book) for number in range(8)]
    parts = [part for raw in drawn for kind in ("components", "channels", "stores") for part in raw.get(kind, ())]
    pinned = {service for part in parts for service in part.get("pins", {}).values()}
    assert len(pinned) >= 8
    assert sum(offered(raw, book, "sam") is not None for raw in drawn) >= 5


def test_nothing_is_pinned_of_which_no_project_is_made(book: Book) -> None:
    drawn = [answers(random.Random(number), book) for number in range(8)]
    pins = [part["pins"] for raw in drawn for part in raw["components"] if "pins" in part]
    assert pins
    assert not any(pin.get("compute") in ("ec2", "lambda-microvms") for pin in pins)
